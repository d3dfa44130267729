"""The engines behind stored runs, kept for a while: a run never changes, so one load answers many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from scoring.engine import PlainEngine

_MOST_KEPT = 8


@dataclass(slots=True)
class RunBooks:
    """The latest few runs asked about, by their id."""

    _kept: OrderedDict[str, PlainEngine] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def engine(self, run: str, load: Callable[[], PlainEngine]) -> PlainEngine:
        """The engine of a run, loaded where it is not at hand."""
        with self._lock:
            if run in self._kept:
                self._kept.move_to_end(run)
                return self._kept[run]
        engine = load()
        with self._lock:
            self._kept[run] = engine
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return engine
