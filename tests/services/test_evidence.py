"""Evidence: what a region attaches, who may see it, and that nothing of it is ever lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.records import Sha256
from services import evidence as services_evidence
from services.errors import Conflict, Invalid, NotAllowed, NotFound, Rejected
from services.evidence import (
    EvidenceView,
    Proves,
    attach_evidence,
    evidence_file,
    link_evidence,
    list_evidence,
    unlink_evidence,
    withdraw_evidence,
)
from services.policy import Actor
from tests.support.hostile_evidence import jpeg, pdf, pdf_with_script, png
from tests.support.office import AUDITOR, BEIJING, OFFICE, TIANJIN, Office, clerk

FIGURE = Proves(element="E101", member="市场监管", note="台账第 3 页")


def attach(office: Office, content: bytes, **changes: object) -> EvidenceView:
    """北京 attaches a file to the first quarter."""
    asked = {"actor": clerk(BEIJING), "unit": BEIJING, "period": "2021Q1", "file_name": "台账.pdf", **changes}
    return attach_evidence(office.context, content=content, **asked)  # type: ignore[arg-type]


def acts(office: Office) -> list[str]:
    """What was done, oldest first."""
    with office.context.read() as work:
        return [entry.act for entry in work.log.entries()]


def test_a_file_is_kept_with_what_it_proves_and_given_back_as_it_was(office: Office) -> None:
    kept = attach(office, pdf(), proves=FIGURE)
    assert (kept.file.kind, kept.file.size, kept.file.file_name) == ("pdf", len(pdf()), "台账.pdf")
    (link,) = kept.links
    assert (link.element, link.member, link.note) == ("E101", "市场监管", "台账第 3 页")
    assert list_evidence(office.context, actor=clerk(BEIJING)) == (kept,)
    given = evidence_file(office.context, actor=OFFICE, evidence=kept.file.id)
    assert (given.content, given.media_type, given.file_name) == (pdf(), "application/pdf", "台账.pdf")
    assert acts(office) == ["attach_evidence", "link_evidence"]


@pytest.mark.parametrize(
    ("content", "name", "media", "given"),
    [
        (jpeg(), "照片.html", "image/jpeg", "照片.html.jpg"),
        (jpeg(), "照片.JPEG", "image/jpeg", "照片.JPEG"),
        (png(), "x.pdf", "image/png", "x.pdf.png"),
    ],
)
def test_the_kind_follows_from_the_content_and_the_name_ends_as_the_kind_does(
    office: Office, content: bytes, name: str, media: str, given: str
) -> None:
    kept = attach(office, content, file_name=name)
    found = evidence_file(office.context, actor=clerk(BEIJING), evidence=kept.file.id)
    assert (found.media_type, found.file_name) == (media, given)


def test_a_hostile_file_is_rejected_and_leaves_no_trace(office: Office) -> None:
    with pytest.raises(Rejected) as refused:
        attach(office, pdf_with_script(), proves=FIGURE)
    assert [issue.code for issue in refused.value.issues] == ["pdf-acts"]
    assert acts(office) == []
    with office.context.read() as work:
        assert (work.blobs.digests(), work.evidence.list(unit=None)) == ((), ())


def test_the_same_bytes_are_the_same_file_with_one_more_link(office: Office) -> None:
    first = attach(office, pdf(), proves=FIGURE)
    office.now += timedelta(minutes=1)
    again = attach(office, pdf(), proves=Proves(indicator="I28-1"))
    assert again.file == first.file
    assert [(link.element, link.indicator) for link in again.links] == [("E101", ""), ("", "I28-1")]
    assert attach(office, pdf(), proves=FIGURE) == again
    assert acts(office) == ["attach_evidence", "link_evidence", "link_evidence"]


def test_links_come_and_go_and_stay_in_the_record(office: Office) -> None:
    kept = attach(office, pdf())
    asked = {"actor": clerk(BEIJING), "evidence": kept.file.id}
    linked = link_evidence(office.context, proves=Proves(issue="plausible|F01|E101"), **asked)  # type: ignore[arg-type]
    (link,) = linked.links
    (gone,) = unlink_evidence(office.context, link=link.id, **asked).links  # type: ignore[arg-type]
    assert (gone.id, gone.withdrawn_at) == (link.id, office.now)
    with pytest.raises(NotFound):
        unlink_evidence(office.context, link=link.id, **asked)  # type: ignore[arg-type]
    assert acts(office) == ["attach_evidence", "link_evidence", "unlink_evidence"]


def test_a_withdrawn_file_stays_readable_and_takes_no_more_links(office: Office) -> None:
    kept = attach(office, pdf())
    asked = {"actor": clerk(BEIJING), "evidence": kept.file.id}
    gone = withdraw_evidence(office.context, because="传错了", **asked)  # type: ignore[arg-type]
    assert (gone.file.withdrawn_at, gone.file.withdrawn_because) == (office.now, "传错了")
    assert evidence_file(office.context, actor=AUDITOR, evidence=kept.file.id).content == pdf()
    with pytest.raises(Conflict):
        withdraw_evidence(office.context, because="再来", **asked)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        link_evidence(office.context, proves=FIGURE, **asked)  # type: ignore[arg-type]
    assert attach(office, pdf()).file.id != kept.file.id
    assert acts(office) == ["attach_evidence", "withdraw_evidence", "attach_evidence"]


def test_a_region_sees_its_own_and_is_told_nothing_of_others(office: Office) -> None:
    kept = attach(office, pdf())
    assert list_evidence(office.context, actor=clerk(TIANJIN)) == ()
    assert list_evidence(office.context, actor=clerk(TIANJIN), unit=BEIJING) == ()
    told = []
    for name in (kept.file.id, "0" * 24):
        with pytest.raises(NotFound) as refused:
            evidence_file(office.context, actor=clerk(TIANJIN), evidence=name)
        told.append(refused.value.zh.replace(name, ""))
        with pytest.raises(NotFound):
            withdraw_evidence(office.context, actor=clerk(TIANJIN), evidence=name, because="x")
    assert told[0] == told[1]
    assert len(list_evidence(office.context, actor=AUDITOR, unit=BEIJING, period="2021Q1")) == 1
    assert list_evidence(office.context, actor=OFFICE, period="2021Q2") == ()


@pytest.mark.parametrize("actor", [OFFICE, AUDITOR, clerk(TIANJIN)], ids=lambda actor: actor.id)
def test_only_the_region_itself_attaches_links_and_withdraws(office: Office, actor: Actor) -> None:
    kept = attach(office, pdf())
    with pytest.raises(NotAllowed):
        attach(office, png(), actor=actor)
    with pytest.raises((NotAllowed, NotFound)):
        link_evidence(office.context, actor=actor, evidence=kept.file.id, proves=FIGURE)
    with pytest.raises((NotAllowed, NotFound)):
        withdraw_evidence(office.context, actor=actor, evidence=kept.file.id, because="x")
    assert acts(office) == ["attach_evidence"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"proves": Proves(element="E999")}, NotFound, id="no such element"),
        pytest.param({"proves": Proves(element="E101", member="消防")}, NotFound, id="no such breakdown"),
        pytest.param({"proves": Proves(indicator="I99")}, NotFound, id="no such indicator"),
        pytest.param({"proves": Proves(note="x")}, Invalid, id="nothing is proved"),
        pytest.param({"proves": Proves(element="E101", indicator="I28-1")}, Invalid, id="two things"),
        pytest.param({"proves": Proves(indicator="I28-1", member="海关")}, Invalid, id="a member of nothing"),
        pytest.param({"proves": Proves(element="E101", note="长" * 501)}, Invalid, id="an endless note"),
        pytest.param({"period": "一季度"}, Invalid, id="no period"),
        pytest.param({"period": "2035Q1"}, NotFound, id="no rule set"),
    ],
)
def test_what_cannot_be_attached_leaves_no_trace(
    office: Office, changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        attach(office, pdf(), **changes)
    assert acts(office) == []


def test_a_unit_can_attach_so_much_and_no_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services_evidence, "MOST_FILES", 1)
    attach(office, pdf())
    with pytest.raises(Conflict, match="最多"):
        attach(office, png())
    assert attach(office, pdf()).file.kind == "pdf"
    monkeypatch.setattr(services_evidence, "MOST_FILES", 9)
    monkeypatch.setattr(services_evidence, "MOST_BYTES", len(pdf()) + 1)
    with pytest.raises(Conflict):
        attach(office, png())
    with office.context.read() as work:
        assert [each.sha256 for each in work.evidence.list(unit=None)] == [Sha256(work.blobs.digests()[0])]
