"""Papers of a run, to print and to send: the score report of a region, and the circular of results."""
