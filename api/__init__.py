"""JSON over HTTP: the words of the wire and nothing else."""
