"""The shapes of the wire; numbers are texts, so that no client rounds them by accident."""
