"""The engine that scores all units at once, in whole numbers; every result equals the plain engine's."""
