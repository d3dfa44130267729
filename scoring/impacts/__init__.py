"""What a change of rules does to scores, and which part of the change did it."""
