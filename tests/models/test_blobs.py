"""Files are kept by their digest and proved whenever they are read."""

from __future__ import annotations

import hashlib

import pytest

from models.errors import BlobDamaged, NotStored
from models.records import Sha256
from models.unit_of_work import Database
from tests.support.databases import plant
from tests.support.stored import FILE, FILE_DIGEST


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 5, bytes(range(256)) * 4096], ids=len)
def test_bytes_come_back_as_they_were_kept(database: Database, content: bytes) -> None:
    with database.writing() as work:
        sha256 = work.blobs.keep(content)
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert work.blobs.read(sha256) == content


def test_the_same_bytes_are_kept_once(database: Database) -> None:
    with database.writing() as work:
        assert work.blobs.keep(FILE) == work.blobs.keep(FILE)
        other = work.blobs.keep(b"another")
        assert work.blobs.digests() == tuple(sorted([FILE_DIGEST, other]))


def test_what_was_not_kept_is_not_there(database: Database) -> None:
    missing = Sha256("0" * 64)
    with database.reading() as work:
        assert not work.blobs.has(missing)
        with pytest.raises(NotStored, match="000000"):
            work.blobs.read(missing)


@pytest.mark.parametrize("position", range(len(FILE)))
def test_one_changed_byte_is_detected(url: str, database: Database, position: int) -> None:
    with database.writing() as work:
        work.blobs.keep(FILE)
        work.commit()
    damaged = bytearray(FILE)
    damaged[position] ^= 1
    plant(url, "blobs", "content", bytes(damaged))
    with database.reading() as work, pytest.raises(BlobDamaged) as caught:
        work.blobs.read(FILE_DIGEST)
    assert caught.value.found == hashlib.sha256(damaged).hexdigest()
