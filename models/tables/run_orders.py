"""Lines of a ranking in other orders than by rank, and which have a property; written with the run."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import STRICT, Base
from models.records import RunId


class RunOrderRow(Base):
    """Positions in a ranking, four bytes each, the least first. Written once."""

    __tablename__ = "run_orders"
    __table_args__ = (STRICT,)

    run_id: Mapped[RunId] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    positions: Mapped[bytes]
