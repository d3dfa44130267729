"""Rules as data: what a rule set is, how its files are read, checked and compiled."""
