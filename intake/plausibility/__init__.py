"""Figures that may be right and do not look it, held against the unit's own past."""
