"""Files as they came, by the digest of their bytes; written once."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import STRICT, Base
from models.records import Sha256


class BlobRow(Base):
    """One file."""

    __tablename__ = "blobs"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("length(content) = size", name="size"),
        STRICT,
    )

    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes]
