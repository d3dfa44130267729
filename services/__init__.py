"""Use cases, named as their user would say them; the only place that commits."""
