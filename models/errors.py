"""What can go wrong between the stores and a database, said without a word of SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import DontWrapMixin


class StoreError(Exception):
    """The root of everything that a store or a unit of work can raise."""


class NotStored(StoreError):
    """Something was asked for by a name that is not stored, or not within the asker's unit."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind = kind
        self.key = key
        super().__init__(f"没有存过这个 {kind}: {key} (no such {kind} is stored)")


class BlobDamaged(StoreError):
    """The bytes of a file are no longer those that were kept."""

    def __init__(self, sha256: str, found: str) -> None:
        self.sha256 = sha256
        self.found = found
        super().__init__(
            f"原件 {sha256} 已损坏, 现在的摘要是 {found}; 请从备份恢复 "
            "(the stored file is damaged: restore it from a backup)"
        )


class RowDamaged(StoreError, DontWrapMixin):
    """A stored value is not of the form in which it was written: somebody changed it by another way."""

    def __init__(self, what: str, text: str) -> None:
        self.text = text
        super().__init__(
            f"库中的{what}无法识别: {text[:60]!r}; 请从备份恢复 "
            "(a stored value is damaged: restore it from a backup)"
        )


class UnstorableText(StoreError, DontWrapMixin):
    """A text has a character that not every database can keep (NUL, or half of a surrogate pair)."""

    def __init__(self, text: str, character: str) -> None:
        self.text = text
        self.character = character
        super().__init__(
            f"文字中有不能保存的字符 U+{ord(character):04X}: {text[:60]!r} "
            "(the text has a character that cannot be stored)"
        )


class UnstorableNumber(StoreError, DontWrapMixin):
    """An exact number is too long to be written down."""

    def __init__(self, bits: int) -> None:
        super().__init__(f"数太长, 不能保存: {bits} 位二进制数 (the number is too long to be stored)")


class MomentWithoutZone(StoreError, DontWrapMixin):
    """A time was given without a time zone."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"时间没有时区, 不能保存: {moment} (a time without a zone cannot be stored)")


class WrongState(StoreError):
    """A report was asked to move from a state in which it is not."""

    def __init__(self, report_id: str, state: str, expected: Iterable[str]) -> None:
        self.report_id = report_id
        self.state = state
        self.expected = tuple(expected)
        wanted = "、".join(self.expected)
        super().__init__(
            f"报表 {report_id} 现在是 {state}, 不是 {wanted} "
            "(the report is not in a state from which it could move)"
        )


class Conflict(StoreError):
    """The database refused a change: a name is taken, something is missing, or it was written once."""

    def __init__(self, told: str) -> None:
        self.told = told
        super().__init__(f"数据库拒绝了这个改动: {told} (the database refused the change)")


class StorageFailed(StoreError):
    """The database cannot be reached, or cannot read or write; nothing was changed."""

    def __init__(self, told: str) -> None:
        self.told = told
        super().__init__(f"数据库出错, 没有任何改动: {told} (the database failed; nothing was changed)")


class DatabaseBusy(StorageFailed):
    """Another writer held the database for longer than the patience of this one; trying again may work."""
