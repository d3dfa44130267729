"""The shape of the limits of uploads."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body
from intake.limits import published


class LimitBody(Body):
    """One bound."""

    key: str = Field(examples=["file_bytes"])
    most: int = Field(description="还能接受的最大值。The largest value that is still taken.")
    unit: str = Field(examples=["byte", "row", "second"])
    zh: str
    en: str


class LimitsBody(Body):
    """All bounds, in the order in which a file meets them."""

    items: list[LimitBody]


def limits_body() -> LimitsBody:
    """The bounds on the wire."""
    items = [
        LimitBody(key=each.key, most=int(each.most), unit=each.unit, zh=each.zh, en=each.en)
        for each in published()
    ]
    return LimitsBody(items=items)
