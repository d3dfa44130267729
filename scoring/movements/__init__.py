"""What moved a unit between two scorings: its own figures, others', the rules, or corrections."""
