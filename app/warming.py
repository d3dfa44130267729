"""What the first upload would otherwise wait for, done while nobody waits yet."""

from __future__ import annotations

import gc
from threading import Thread

from intake.workbook import read_workbook
from scoring.errors import RuleSetInvalid
from services.context import Context
from services.errors import NotFound

_YOUNG_OBJECTS = 20_000
"""Between two looks of the collector; a report makes tens of thousands of objects and no circles."""


def warm_up_beside(context: Context) -> None:
    """Starts `warm_up` in a thread of its own, which ends with the process."""
    Thread(target=warm_up, args=(context,), daemon=True, name="warming").start()


def warm_up(context: Context) -> None:
    """Loads the rule sets and what checks reports, and starts a process that reads workbooks.

    What is loaded then stays for good, so the collector need not look at it again with every report.
    """
    for year in context.library.years():
        try:
            context.library.current(year)
        except (NotFound, RuleSetInvalid):
            continue  # whoever needs that year is told
    import pandera.pandas  # noqa: F401 - it takes seconds

    read_workbook(b"-")
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 20, 100)
