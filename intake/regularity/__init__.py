"""Hints for the reviewer: figures too regular to be counted things, or far from others; one kind a module."""
