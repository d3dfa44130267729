"""The codes of the domain as types, so that a type checker sees a swapped argument."""

from __future__ import annotations

from typing import NewType

UnitCode = NewType("UnitCode", str)
"""An assessed unit (a region, a city): "110000". Never taken apart: a prefix is not an identity."""

ElementCode = NewType("ElementCode", str)
"""A data element: "E602"."""

MemberCode = NewType("MemberCode", str)
"""A member of a breakdown, such as an agency line: "市场监管". Empty where there is no breakdown."""

NodeCode = NewType("NodeCode", str)
"""A node of the assessment tree: an indicator "I09-1", an item "item-09", a section, the total."""

ClauseCode = NewType("ClauseCode", str)
"""A clause of the work points: "9.1"."""

PeriodCode = NewType("PeriodCode", str)
"""A reporting or scored period: "2021", "2021H1", "2021Q3"."""

WHOLE = MemberCode("")
"""The member of figures that are not broken down, or whose total alone was reported."""

FormCode = NewType("FormCode", str)
"""A form: "F01"."""
