"""The store of files: kept by the digest of their bytes, and looked at again whenever they are read."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, exists, insert, select

from models.errors import BlobDamaged, NotStored
from models.records import Sha256
from models.tables.blobs import BlobRow


def digest_of(content: bytes) -> Sha256:
    """The SHA-256 by which bytes are kept."""
    return Sha256(hashlib.sha256(content).hexdigest())


class Blobs:
    """Files in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, content: bytes) -> Sha256:
        """Keep the bytes (once, however often they come) and give their digest."""
        sha256 = digest_of(content)
        if not self.has(sha256):
            row = {"sha256": sha256, "size": len(content), "content": content}
            self._connection.execute(insert(BlobRow).values(row))
        return sha256

    def has(self, sha256: Sha256) -> bool:
        """Whether bytes of this digest were kept."""
        found = self._connection.execute(select(exists().where(BlobRow.sha256 == sha256))).scalar_one()
        return bool(found)

    def read(self, sha256: Sha256) -> bytes:
        """The bytes, proved to be those that were kept.

        Raises:
            NotStored: nothing was kept under this digest.
            BlobDamaged: the bytes have another digest now.
        """
        content = self._connection.execute(
            select(BlobRow.content).where(BlobRow.sha256 == sha256)
        ).scalar_one_or_none()
        if content is None:
            raise NotStored("原件", sha256)
        if (found := digest_of(content)) != sha256:
            raise BlobDamaged(sha256, found)
        return content

    def digests(self) -> tuple[Sha256, ...]:
        """Every digest, in order: for those who verify all that is kept."""
        return tuple(self._connection.execute(select(BlobRow.sha256).order_by(BlobRow.sha256)).scalars())
