"""The pure library: rule set and facts in, values, points, totals, ranks and explanations out."""
