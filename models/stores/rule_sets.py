"""The store of rule sets with their files: an auditor can lay out the very folder again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, exists, insert, select

from models.bulk import insert_rows
from models.errors import NotStored
from models.records import Sha256, StoredRuleSet
from models.stores.rows import columns_of, values_of
from models.tables.rule_sets import RuleSetFileRow, RuleSetRow


class RuleSets:
    """Rule sets in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, rule_set: StoredRuleSet, files: Mapping[str, bytes]) -> bool:
        """Keep a rule set with its files, by paths relative to its folder; False when it is there already.

        Raises:
            ValueError: there are no files.
        """
        if not files:
            raise ValueError("a rule set without files cannot be built again")
        if self._has(rule_set.digest):
            return False
        self._connection.execute(insert(RuleSetRow).values(values_of(rule_set)))
        rows = [(rule_set.digest, path, content) for path, content in sorted(files.items())]
        insert_rows(self._connection, RuleSetFileRow, ("digest", "path", "content"), rows)
        return True

    def _has(self, digest: Sha256) -> bool:
        return bool(
            self._connection.execute(select(exists().where(RuleSetRow.digest == digest))).scalar_one()
        )

    def by_digest(self, digest: Sha256) -> StoredRuleSet:
        """The record of one rule set.

        Raises:
            NotStored: there is none of this digest.
        """
        found = self._connection.execute(
            select(*columns_of(StoredRuleSet, RuleSetRow)).where(RuleSetRow.digest == digest)
        ).one_or_none()
        if found is None:
            raise NotStored("规则集", digest)
        return StoredRuleSet(**found._asdict())

    def all(self) -> tuple[StoredRuleSet, ...]:
        """Every rule set, in the order in which they were first kept."""
        found = self._connection.execute(
            select(*columns_of(StoredRuleSet, RuleSetRow)).order_by(RuleSetRow.stored_at, RuleSetRow.digest)
        )
        return tuple(StoredRuleSet(**row._asdict()) for row in found)

    def files(self, digest: Sha256) -> Mapping[str, bytes]:
        """The bytes of each file, by path, in order of the paths.

        Raises:
            NotStored: there is no rule set of this digest.
        """
        found = self._connection.execute(
            select(RuleSetFileRow.path, RuleSetFileRow.content)
            .where(RuleSetFileRow.digest == digest)
            .order_by(RuleSetFileRow.path)
        )
        files = {row.path: row.content for row in found}
        if not files:
            raise NotStored("规则集", digest)
        return files
