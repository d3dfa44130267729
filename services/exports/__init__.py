"""Exports: one file a format, and their registry."""
