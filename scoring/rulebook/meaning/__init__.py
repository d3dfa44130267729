"""What is meant by rules beyond their form: references, measures, branches, what can never happen."""
