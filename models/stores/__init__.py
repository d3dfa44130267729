"""Stores: queries in, domain objects out; one file an aggregate."""
