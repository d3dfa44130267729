"""The store of people and their keys; a key's secret is never kept, only the digest of it."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, insert, select, update

from models.errors import NotStored
from models.records import ApiKey, Person, PersonId, Sha256
from models.stores.rows import columns_of, values_of
from models.tables.people import ApiKeyRow, PersonRow

PREFIX_LENGTH: Final = 12
SHORTEST_SECRET: Final = 32
"""In characters. A key is random, so a plain digest of it cannot be guessed back; a password is no key."""


class People:
    """People in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, person: Person) -> None:
        """Keep a new person.

        Raises:
            IntegrityError: the id is taken (Conflict, outside).
        """
        self._connection.execute(insert(PersonRow).values(values_of(person)))

    def by_id(self, person_id: PersonId) -> Person:
        """One person, disabled or not.

        Raises:
            NotStored: there is none of this id.
        """
        found = self._people(_selected().where(PersonRow.id == person_id))
        if not found:
            raise NotStored("人员", person_id)
        return found[0]

    def all(self) -> tuple[Person, ...]:
        """Everybody, by id."""
        return self._people(_selected().order_by(PersonRow.id))

    def disable(self, person_id: PersonId, *, disabled: bool = True) -> None:
        """From now on none of the person's keys is known; or, with False, they are known again.

        Raises:
            NotStored: there is none of this id.
        """
        changed = self._connection.execute(
            update(PersonRow).where(PersonRow.id == person_id).values(disabled=disabled)
        )
        if not changed.rowcount:
            raise NotStored("人员", person_id)

    def give_key(self, person_id: PersonId, secret: str, *, created_at: datetime) -> ApiKey:
        """Let the person be known by a new key, which somebody else has drawn at random.

        Raises:
            ValueError: the secret has fewer than 32 characters.
            IntegrityError: no such person, or the first 12 characters are taken (Conflict, outside).
        """
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"a key needs at least {SHORTEST_SECRET} characters")
        key = ApiKey(prefix=secret[:PREFIX_LENGTH], person_id=person_id, created_at=created_at)
        self._connection.execute(insert(ApiKeyRow).values(hash=_digest_of(secret), **values_of(key)))
        return key

    def by_key(self, secret: str) -> Person | None:
        """Who a key belongs to; None when it is wrong or revoked, or the person is disabled."""
        query = (
            select(ApiKeyRow.hash, ApiKeyRow.person_id)
            .join(PersonRow, PersonRow.id == ApiKeyRow.person_id)
            .where(ApiKeyRow.prefix == secret[:PREFIX_LENGTH])
            .where(ApiKeyRow.revoked_at.is_(None), PersonRow.disabled == False)  # noqa: E712 - SQL, not Python
        )
        found = self._connection.execute(query).one_or_none()
        if found is None or not hmac.compare_digest(found.hash, _digest_of(secret)):
            return None
        return self.by_id(found.person_id)

    def keys(self, person_id: PersonId) -> tuple[ApiKey, ...]:
        """The person's keys, revoked ones too, oldest first."""
        query = select(*columns_of(ApiKey, ApiKeyRow)).where(ApiKeyRow.person_id == person_id)
        found = self._connection.execute(query.order_by(ApiKeyRow.created_at, ApiKeyRow.prefix))
        return tuple(ApiKey(**row._asdict()) for row in found)

    def revoke_key(self, prefix: str, *, revoked_at: datetime) -> None:
        """From now on the key is not known. The time of a key revoked before stays as it was.

        Raises:
            NotStored: there is none of this prefix.
        """
        known = select(ApiKeyRow.prefix).where(ApiKeyRow.prefix == prefix)
        if self._connection.execute(known).one_or_none() is None:
            raise NotStored("密钥", prefix)
        self._connection.execute(
            update(ApiKeyRow)
            .where(ApiKeyRow.prefix == prefix, ApiKeyRow.revoked_at.is_(None))
            .values(revoked_at=revoked_at)
        )

    def _people(self, query: Select[Any]) -> tuple[Person, ...]:
        return tuple(Person(**row._asdict()) for row in self._connection.execute(query))


def _selected() -> Select[Any]:
    return select(*columns_of(Person, PersonRow))


def _digest_of(secret: str) -> Sha256:
    return Sha256(hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest())
