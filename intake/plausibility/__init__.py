"""Figures that may be right and do not look it: against the unit's own past, and against its peers."""
