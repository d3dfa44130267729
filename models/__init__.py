"""Persistence: tables, stores and the unit of work."""
