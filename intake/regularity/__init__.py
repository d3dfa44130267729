"""Figures that are too regular to be counted things: hints for the reviewer, one kind a module."""
