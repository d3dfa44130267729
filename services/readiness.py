"""Whether work can begin: the database answers and there is a rule set."""

from __future__ import annotations

from services.context import Context
from services.errors import NotFound


def require_ready(context: Context) -> None:
    """Returns when everything answers.

    Raises:
        StorageFailed: the database cannot be reached, or is not of this version.
        NotFound: there is no rule set.
        RuleSetInvalid: a rule set does not load.
    """
    with context.read() as work:
        work.log.last_position()
    years = context.library.years()
    if not years:
        raise NotFound("规则集", "rules/")
    for year in years:
        context.library.current(year)
