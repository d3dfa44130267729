"""The engine that scores all units at once: whole numbers in arrays, every result equal to the plain engine's."""
