"""Rule sets of the folder stay as they were read; older ones come back from the database, or not at all."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import BlobDamaged, NotStored
from models.records import Sha256, StoredRuleSet
from scoring.codes import NodeCode
from scoring.errors import RuleSetInvalid
from scoring.explain import as_data
from scoring.rulebook.files import digest_of, read_rule_set, rule_files
from services.context import Context
from services.errors import NotFound
from services.rule_library import RuleLibrary
from services.rule_sets import list_rule_sets, rule_set
from services.runs import explain_score, list_runs, ranking
from services.score import score_period
from tests.support.databases import plant, sqlite_url
from tests.support.office import BEIJING, OFFICE, ROOT, Office
from tests.support.rulesets import small_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules that a test may change."""
    copy = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", copy)
    return copy


@pytest.fixture
def context(office: Office, folder: Path) -> Context:
    """The office over that copy."""
    return replace(office.context, library=RuleLibrary(folder))


def revise(folder: Path) -> None:
    """A new version of the rules of 2021."""
    file = folder / "national" / "2021" / "ruleset.yaml"
    text = file.read_text(encoding="utf-8")
    (line,) = (each for each in text.splitlines() if each.startswith("version:"))
    file.write_text(text.replace(line, "version: 另一版"), encoding="utf-8")


def write_rules(folder: Path, year: str, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / "national" / year / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def test_a_rule_set_is_read_once_and_stays_as_it_was_while_the_program_runs(folder: Path) -> None:
    library = RuleLibrary(folder)
    first = library.current(2021)
    revise(folder)
    assert library.current(2021) is first
    assert RuleLibrary(folder).current(2021).version == "另一版"


def test_its_files_are_those_it_was_read_from(folder: Path) -> None:
    library = RuleLibrary(folder)
    rules = library.current(2021)
    revise(folder)
    assert "另一版" not in library.files(rules.digest)["ruleset.yaml"].decode()


def test_a_run_is_explained_by_the_rules_it_was_scored_by_after_the_folder_has_changed(
    office: Office, context: Context, folder: Path
) -> None:
    run = score_period(context, actor=OFFICE, period="2021Q1")
    node = NodeCode("I28-1")
    before = as_data(explain_score(context, actor=OFFICE, run=run.id, unit=BEIJING, node=node))
    revise(folder)
    restarted = replace(office.context, library=RuleLibrary(folder))
    again = score_period(restarted, actor=OFFICE, period="2021Q1")
    assert again.rule_set_digest != run.rule_set_digest
    assert again.rule_set_version == "另一版"
    old = ranking(restarted, actor=OFFICE, run=run.id).run
    assert (old.rule_set_digest, old.rule_set_version) == (run.rule_set_digest, run.rule_set_version)
    assert as_data(explain_score(restarted, actor=OFFICE, run=run.id, unit=BEIJING, node=node)) == before
    versions = [each.rule_set_version for each in list_runs(restarted, actor=OFFICE)]
    assert sorted(versions) == sorted(["另一版", run.rule_set_version])
    rebuilt = rule_set(restarted, name=run.rule_set_digest)
    assert rebuilt == context.library.current(2021)
    assert rule_set(restarted, name="2021").version == "另一版"


def test_what_was_rebuilt_once_is_kept(context: Context, folder: Path) -> None:
    digest = score_period(context, actor=OFFICE, period="2021Q1").rule_set_digest
    library = RuleLibrary(folder)
    with context.read() as work:
        assert library.by_digest(digest, work) is library.by_digest(digest, work)


def test_stored_files_that_were_changed_are_not_taken_for_the_rules(
    context: Context, folder: Path, tmp_path: Path
) -> None:
    digest = score_period(context, actor=OFFICE, period="2021Q1").rule_set_digest
    plant(sqlite_url(tmp_path / "kaohe.db"), "rule_set_files", "content", b"language: 1\n")
    with context.read() as work, pytest.raises(BlobDamaged):
        RuleLibrary(folder).by_digest(digest, work)


def test_rules_that_this_program_cannot_read_any_more_are_refused(office: Office, folder: Path) -> None:
    files = {name: text.encode() for name, text in small_files().items()}
    files["ruleset.yaml"] = files["ruleset.yaml"].replace(b"language: 1", b"language: 99")
    digest = Sha256(digest_of(files))
    summary = StoredRuleSet(
        digest=digest, code="small", title="小规则集", year=2021, version="1", stored_at=office.now
    )
    with office.context.write() as work:
        work.rule_sets.keep(summary, files)
        work.commit()
    with office.context.read() as work, pytest.raises(RuleSetInvalid) as refused:
        RuleLibrary(folder).by_digest(digest, work)
    assert refused.value.issues


def test_rules_that_inherit_are_rebuilt_without_the_folder_of_those_above(
    office: Office, folder: Path, tmp_path: Path
) -> None:
    city = folder / "province" / "guangdong-2021"
    rules, _ = read_rule_set(city)
    assert rules is not None
    with office.context.write() as work:
        work.rule_sets.keep(StoredRuleSet.summary_of(rules, office.now), rule_files(city))
        work.commit()
    with office.context.read() as work:
        again = RuleLibrary(tmp_path / "nothing").by_digest(rules.digest, work)
    assert again == rules
    assert again.lineage == rules.lineage


@pytest.mark.parametrize("name", ["2035", "0" * 64, "latest", "", "２０２１", "2021/../2021"])
def test_what_was_never_used_is_not_found(office: Office, name: str) -> None:
    with pytest.raises(NotFound):
        rule_set(office.context, name=name)


def test_the_store_says_that_it_has_no_such_rule_set(office: Office) -> None:
    with office.context.read() as work, pytest.raises(NotStored):
        office.context.library.by_digest("0" * 64, work)


def test_years_are_folders_with_a_rule_set_the_latest_first(folder: Path) -> None:
    write_rules(folder, "2023", small_files())
    write_rules(folder, "2022", {"plan.yaml": ""})
    write_rules(folder, "draft", small_files())
    library = RuleLibrary(folder)
    assert library.years() == (2023, 2021)
    assert library.years("harbour") == ()
    assert library.current(2023).code == "small"
    with pytest.raises(NotFound):
        library.current(2022)


def test_a_broken_rule_set_tells_everything_that_is_wrong_with_it(folder: Path, office: Office) -> None:
    write_rules(folder, "2022", {**small_files(), "units.yaml": "units: 无", "plan.yaml": "document: ["})
    with pytest.raises(RuleSetInvalid) as refused:
        list_rule_sets(replace(office.context, library=RuleLibrary(folder)))
    assert {issue.place.file for issue in refused.value.issues} >= {"units.yaml", "plan.yaml"}
