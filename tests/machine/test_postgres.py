"""The throw-away PostgreSQL is a real one, and nothing of it stays behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import sqlalchemy

from tests.support.needs import skip_or_fail
from tests.support.postgres import PostgresFailedError, find_server_programs, throwaway_cluster


@pytest.mark.postgres
def test_the_cluster_answers_in_utf_8_and_compares_by_code_point(postgres_url: str) -> None:
    engine = sqlalchemy.create_engine(postgres_url)
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        first = connection.exec_driver_sql(
            "SELECT min(x) FROM (VALUES ('重庆'), ('安徽')) AS t(x)"
        ).scalar_one()
    engine.dispose()
    assert (encoding, first) == ("UTF8", min("重庆", "安徽"))


@pytest.mark.postgres
def test_a_cluster_that_cannot_be_made_says_what_the_program_printed() -> None:
    # not tmp_path: as root, the server's account could not get in
    with tempfile.TemporaryDirectory() as name:
        programs = Path(name)
        programs.chmod(0o755)
        (programs / "initdb").write_text("#!/bin/sh\necho no room left\nexit 1\n")
        (programs / "initdb").chmod(0o755)
        with pytest.raises(PostgresFailedError, match="initdb: no room left"), throwaway_cluster(programs):
            pass


def test_something_missing_is_a_skip_at_a_desk_and_a_failure_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("KAOHE_REQUIRE_THING", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no thing"):
        skip_or_fail("KAOHE_REQUIRE_THING", "no thing")
    monkeypatch.setenv("KAOHE_REQUIRE_THING", "1")
    with pytest.raises(pytest.fail.Exception, match=r"no thing \(KAOHE_REQUIRE_THING=1\)"):
        skip_or_fail("KAOHE_REQUIRE_THING", "no thing")


def test_the_server_programs_are_found_only_in_pairs() -> None:
    programs = find_server_programs()
    assert programs is None or ((programs / "initdb").exists() and (programs / "pg_ctl").exists())
