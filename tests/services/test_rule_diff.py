"""Two folders, or two stored rule sets, compared: who may ask, and what cannot be compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from services.errors import NotAllowed, NotFound, Rejected
from services.rule_diff import diff_folders, diff_rule_sets
from services.rule_keeping import keep_rules
from tests.support.office import AUDITOR, BEIJING, OFFICE, Office, clerk

NATIONAL = Path(__file__).parents[2] / "rules" / "national" / "2021"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the national rule set that can be changed."""
    return Path(shutil.copytree(NATIONAL, tmp_path / "later"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_copy_of_a_folder_does_not_differ(copy: Path) -> None:
    assert diff_folders(before=NATIONAL, after=copy).changes == ()


def test_a_changed_copy_differs_by_its_change(copy: Path) -> None:
    change(copy, "ruleset.yaml", "at_least: 60", "at_least: 65")
    (found,) = diff_folders(before=NATIONAL, after=copy).changes
    assert (found.address, found.before, found.after) == ("grades/合格/at_least", "60", "65")


def test_what_does_not_load_is_told_with_the_folder_it_stands_in(copy: Path, tmp_path: Path) -> None:
    change(copy, "ruleset.yaml", "at_least: 60", "at_least: sixty")
    with pytest.raises(Rejected) as refused:
        diff_folders(before=copy, after=tmp_path / "nothing")
    places = [str(issue.place) for issue in refused.value.issues]
    assert any(place.startswith(f"{copy.as_posix()}/ruleset.yaml:") for place in places)
    assert str(tmp_path / "nothing") in places


def test_what_does_load_is_not_told_of(copy: Path) -> None:
    change(copy, "ruleset.yaml", "at_least: 60", "at_least: sixty")
    with pytest.raises(Rejected) as refused:
        diff_folders(before=NATIONAL, after=copy)
    assert all(str(copy) in str(issue.place) for issue in refused.value.issues)


def test_a_rule_set_in_use_can_be_compared_with_one_that_was_kept(office: Office) -> None:
    with office.context.write() as work:
        keep_rules(office.context, work, office.rules, OFFICE)
        work.commit()
    for actor in (OFFICE, AUDITOR):
        one, other, found = diff_rule_sets(
            office.context, actor=actor, before="2021", after=office.rules.digest
        )
        assert (one, found.is_empty) == (other, True)


@pytest.mark.parametrize("name", ["1999", "0" * 64, "no name"])
def test_what_was_never_kept_is_not_found(office: Office, name: str) -> None:
    with pytest.raises(NotFound):
        diff_rule_sets(office.context, actor=OFFICE, before="2021", after=name)


def test_a_region_may_not_compare(office: Office) -> None:
    with pytest.raises(NotAllowed):
        diff_rule_sets(office.context, actor=clerk(BEIJING), before="2021", after="2021")
