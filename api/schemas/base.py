"""What all shapes have in common: nothing unknown gets in or out, and exact numbers are texts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from scoring.workdays import BEIJING_TIME

Exact = Annotated[
    str,
    Field(
        description="准确的数:十进制文字;除不尽时写成分数,如 200/3。An exact number as text.",
        examples=["89.25", "200/3"],
    ),
]
Amount = Annotated[
    str,
    Field(description="准确的数、日期或选项,都是文字。A number, date or choice as text.", examples=["96.5"]),
]
Moment = Annotated[
    datetime,
    PlainSerializer(lambda moment: moment.astimezone(BEIJING_TIME).isoformat(), return_type=str),
    Field(description="北京时间。In Beijing time."),
]


class Body(BaseModel):
    """The root of all shapes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def as_bytes(self) -> bytes:
        """The body as JSON; the same body always gives the same bytes."""
        return orjson.dumps(self.model_dump(mode="json"))
