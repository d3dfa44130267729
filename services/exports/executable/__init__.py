"""The executable breakdown: a workbook whose live formulas recompute one unit's whole score."""
