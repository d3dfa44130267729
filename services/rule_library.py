"""Rule sets: those of the given folder, and older ones rebuilt from the database by their digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from models.errors import BlobDamaged
from models.records import Sha256
from models.unit_of_work import UnitOfWork
from scoring.errors import RuleSetInvalid, has_hard
from scoring.rulebook.files import digest_of, read_rule_set, rule_files, rule_set_from_files
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings
from services.errors import NotFound


@dataclass(frozen=True, slots=True)
class RuleLibrary:
    """Rule sets found under a folder as <assessment>/<year>; each is read once and then stays as it is."""

    folder: Path
    _known: dict[str, RuleSet] = field(default_factory=dict)
    _folders: dict[str, Path] = field(default_factory=dict)
    _files: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def current(self, year: int, assessment: str = "national") -> RuleSet:
        """The rule set of a year; raises NotFound, or RuleSetInvalid with every issue."""
        folder = self.folder / assessment / str(year)
        with self._lock:
            for digest, known in self._folders.items():
                if known == folder:
                    return self._known[digest]
            if not (folder / "ruleset.yaml").is_file():
                raise NotFound("规则集", f"{assessment}/{year}")
            rules, issues = read_rule_set(folder)
            if rules is None:
                raise RuleSetInvalid(issues)
            self._known[rules.digest] = rules
            self._files[rules.digest] = rule_files(folder)
            self._folders[rules.digest] = folder
            return rules

    def files(self, digest: str) -> Mapping[str, bytes]:
        """The bytes of a rule set read from the folder, as they were then."""
        return self._files[digest]

    def by_digest(self, digest: str, work: UnitOfWork) -> RuleSet:
        """Any rule set ever used, rebuilt from its stored files.

        Raises:
            NotStored: nothing was ever scored or handed in by it.
            BlobDamaged: its stored files are no longer those that were kept.
            RuleSetInvalid: this version of the program cannot read them.
        """
        with self._lock:
            if digest in self._known:
                return self._known[digest]
        files = work.rule_sets.files(Sha256(digest))
        if digest_of(files) != digest:
            raise BlobDamaged(digest, digest_of(files))
        findings = Findings()
        rules = rule_set_from_files(files, findings)
        if rules is None or has_hard(findings.issues):
            raise RuleSetInvalid(findings.issues)
        with self._lock:
            self._known[digest] = rules
        return rules

    def years(self, assessment: str = "national") -> tuple[int, ...]:
        """The years that have a rule set, latest first."""
        folders = (self.folder / assessment).glob("*/ruleset.yaml")
        return tuple(
            sorted((int(path.parent.name) for path in folders if path.parent.name.isdigit()), reverse=True)
        )
