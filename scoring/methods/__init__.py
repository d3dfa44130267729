"""Scoring methods: one file a way of turning a value into points, and their registry."""
