"""How one rule set differs from another, by meaning and in words."""
