"""Who acts at the command line: the holder of the key that the environment gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.context import Context
    from services.policy import Actor


@dataclass(frozen=True, slots=True)
class Acting:
    """What a command works with."""

    context: Context
    actor: Actor


@contextmanager
def open_context() -> Iterator[Context]:
    """The house over the database of the environment; closed afterwards."""
    from app.settings import read_settings
    from app.wiring import open_house, require_database

    settings = read_settings()
    require_database(settings)
    house = open_house(settings)
    try:
        yield house.context
    finally:
        house.close()


@contextmanager
def acting() -> Iterator[Acting]:
    """The same, with who acts.

    Raises:
        Invalid: no key is given.
        Unauthenticated: nobody is known by it.
    """
    from app.settings import read_settings
    from services.errors import Invalid
    from services.people import actor_of_key

    key = read_settings().key
    if not key:
        raise Invalid(
            "这个命令要知道是谁在操作:请把自己的密钥放在环境变量 KAOHE_KEY 里",
            "set KAOHE_KEY to your API key",
        )
    with open_context() as context:
        yield Acting(context, actor_of_key(context, secret=key))
