"""From an uploaded workbook to facts, or to the list of everything wrong with it."""
