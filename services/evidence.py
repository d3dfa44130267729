"""Evidence (佐证材料): files that prove figures, indicators or explanations; attached, read, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from intake.evidence.check import check_evidence
from intake.evidence.kinds import EXTENSIONS, MEDIA_TYPES, EvidenceKind
from models.errors import NotStored
from models.evidence_records import StoredEvidence, StoredLink
from models.records import Sha256
from models.unit_of_work import UnitOfWork
from scoring.codes import ElementCode, MemberCode, NodeCode, PeriodCode, UnitCode
from scoring.errors import one_line
from scoring.periods import period_from_text
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import Conflict, Invalid, NotFound, Rejected
from services.identifiers import new_identifier
from services.policy import Action, Actor, demand, visible_unit
from services.reasons import needed_reason
from services.views import Export

MOST_FILES = 200
MOST_BYTES = 500 * 1024 * 1024
"""Of one unit for one period, what is withdrawn included."""
_LONGEST_TEXT = 500
_EVIDENCE = "佐证材料"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proves:
    """What a file proves: a figure, an indicator, or what was said to an issue (its key); one of them."""

    element: str = ""
    member: str = ""
    indicator: str = ""
    issue: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """A file and everything that it proves or once proved."""

    file: StoredEvidence
    links: tuple[StoredLink, ...]


def attach_evidence(
    context: Context,
    *,
    actor: Actor,
    unit: UnitCode,
    period: str,
    content: bytes,
    file_name: str,
    proves: Proves | None = None,
) -> EvidenceView:
    """Keeps a file of the unit for the period, linked to what it proves where that is said.

    What the file is follows from its content. Rejected where it is none of the kinds or not harmless; nothing
    is kept then. The same bytes again are the same file, with one more link.
    """
    demand(actor, Action.ATTACH_EVIDENCE, unit)
    rules = _rules(context, unit, period)
    wanted = None if proves is None else _checked(rules, proves)
    checked = check_evidence(content)
    if checked.kind is None:
        raise Rejected([] if checked.issue is None else [checked.issue])
    now = context.clock()
    with context.write() as work:
        evidence = _kept(work, actor, unit, PeriodCode(period), content, file_name, checked.kind, now)
        if wanted is not None:
            _link(work, actor, evidence, wanted, now)
        work.commit()
        return _view(work, evidence)


def _kept(
    work: UnitOfWork,
    actor: Actor,
    unit: UnitCode,
    period: PeriodCode,
    content: bytes,
    file_name: str,
    kind: EvidenceKind,
    now: datetime,
) -> StoredEvidence:
    digest = work.blobs.keep(content)
    before = work.evidence.list(unit=unit, period=period)
    same = next((each for each in before if each.sha256 == digest and each.withdrawn_at is None), None)
    if same is not None:
        return same
    if len(before) >= MOST_FILES or sum(each.size for each in before) + len(content) > MOST_BYTES:
        raise Conflict(
            f"一个单位一个报告期的佐证材料最多 {MOST_FILES} 个、共 {MOST_BYTES // 1024 // 1024} MiB",
            "too many evidence files for this unit and period",
        )
    evidence = StoredEvidence(
        id=new_identifier(now),
        sha256=Sha256(digest),
        unit=unit,
        period=period,
        kind=kind,
        file_name=one_line(file_name),
        size=len(content),
        uploaded_by=actor.id,
        uploaded_at=now,
    )
    work.evidence.add(evidence)
    detail = {"unit": unit, "period": period, "sha256": digest, "kind": kind, "size": len(content)}
    _log(work, actor, now, "attach_evidence", evidence.id, detail)
    return evidence


def list_evidence(
    context: Context, *, actor: Actor, unit: UnitCode | None = None, period: str | None = None
) -> tuple[EvidenceView, ...]:
    """The files that the actor may see, oldest first, withdrawn ones too; a region's are its own."""
    own = visible_unit(actor, Action.READ_EVIDENCE)
    demand(actor, Action.READ_EVIDENCE, own)
    if own is not None and unit not in (None, own):
        return ()
    with context.read() as work:
        found = work.evidence.list(unit=own or unit, period=None if period is None else PeriodCode(period))
        links = work.evidence.links([each.id for each in found])
    return tuple(
        EvidenceView(file=each, links=tuple(link for link in links if link.evidence_id == each.id))
        for each in found
    )


def evidence_file(context: Context, *, actor: Actor, evidence: str) -> Export:
    """The very bytes, to be saved and never shown; the name ends as the kind of file does."""
    with context.read() as work:
        found = _readable(work, actor, evidence)
        content = work.blobs.read(found.sha256)
    kind = EvidenceKind(found.kind)
    name = found.file_name
    if not name.casefold().endswith(EXTENSIONS[kind]):
        name += EXTENSIONS[kind][0]
    return Export(content=content, media_type=MEDIA_TYPES[kind], file_name=name)


def link_evidence(context: Context, *, actor: Actor, evidence: str, proves: Proves) -> EvidenceView:
    """Says one more thing that a file proves; saying it again changes nothing."""
    now = context.clock()
    with context.write() as work:
        found = _own(work, actor, evidence)
        wanted = _checked(_rules(context, found.unit, found.period), proves)
        _link(work, actor, found, wanted, now)
        work.commit()
        return _view(work, found)


def unlink_evidence(context: Context, *, actor: Actor, evidence: str, link: str) -> EvidenceView:
    """Takes back that a file proves something; the link stays, marked as withdrawn."""
    now = context.clock()
    with context.write() as work:
        found = _own(work, actor, evidence)
        try:
            work.evidence.withdraw_link(found.id, link, at=now, by=actor.id)
        except NotStored:
            raise NotFound("佐证的对象", link) from None
        _log(work, actor, now, "unlink_evidence", found.id, {"link": link})
        work.commit()
        return _view(work, found)


def withdraw_evidence(context: Context, *, actor: Actor, evidence: str, because: str) -> EvidenceView:
    """Takes a file back, with a reason; it is kept and marked. Conflict where it is already."""
    now = context.clock()
    with context.write() as work:
        found = _own(work, actor, evidence)
        told = needed_reason(because, "撤回佐证材料要写明理由", "a reason is needed to withdraw evidence")
        if found.withdrawn_at is not None:
            raise Conflict("这份佐证材料已经撤回", "the evidence is withdrawn already")
        work.evidence.withdraw(found.id, at=now, by=actor.id, because=told)
        _log(work, actor, now, "withdraw_evidence", found.id, {"reason": told})
        work.commit()
        return _view(work, replace(found, withdrawn_at=now, withdrawn_by=actor.id, withdrawn_because=told))


def _link(work: UnitOfWork, actor: Actor, evidence: StoredEvidence, proves: Proves, now: datetime) -> None:
    if evidence.withdrawn_at is not None:
        raise Conflict("这份佐证材料已经撤回,不能再关联", "the evidence is withdrawn")
    told = {
        "element": proves.element,
        "member": proves.member,
        "indicator": proves.indicator,
        "issue_key": proves.issue,
    }
    for each in work.evidence.links([evidence.id]):
        same = all(getattr(each, name) == value for name, value in told.items())
        if same and each.withdrawn_at is None:
            return
    link = StoredLink(
        id=new_identifier(now),
        evidence_id=evidence.id,
        element=proves.element,
        member=proves.member,
        indicator=proves.indicator,
        issue_key=proves.issue,
        note=proves.note,
        linked_by=actor.id,
        linked_at=now,
    )
    work.evidence.add_link(link)
    _log(work, actor, now, "link_evidence", evidence.id, {"link": link.id, **told, "note": proves.note})


def _view(work: UnitOfWork, evidence: StoredEvidence) -> EvidenceView:
    return EvidenceView(file=evidence, links=work.evidence.links([evidence.id]))


def _readable(work: UnitOfWork, actor: Actor, evidence: str) -> StoredEvidence:
    """The file, for one who may see it; raises NotFound in the same words for another's and for none."""
    own = visible_unit(actor, Action.READ_EVIDENCE)
    demand(actor, Action.READ_EVIDENCE, own)
    try:
        return work.evidence.by_id(evidence, unit=own)
    except NotStored:
        raise NotFound(_EVIDENCE, evidence) from None


def _own(work: UnitOfWork, actor: Actor, evidence: str) -> StoredEvidence:
    found = _readable(work, actor, evidence)
    demand(actor, Action.ATTACH_EVIDENCE, found.unit)
    return found


def _rules(context: Context, unit: UnitCode, period: str) -> RuleSet:
    asked = period_from_text(period)
    if asked is None:
        raise Invalid(f"报告期“{period}”要写成 2021 或 2021Q1", "the period must be such as 2021 or 2021Q1")
    rules = context.library.current(asked.year)
    if unit not in rules.units:
        raise NotFound("被考核单位", unit)
    return rules


def _checked(rules: RuleSet, proves: Proves) -> Proves:
    """What is to be proved, where there is such a thing; raises Invalid or NotFound."""
    if sum(map(bool, (proves.element, proves.indicator, proves.issue))) != 1:
        raise Invalid(
            "佐证材料要对应一个数据项、一项指标或一条说明,只写一种", "name one thing that it proves"
        )
    if proves.member and not proves.element:
        raise Invalid("分类(member)要和数据项(element)一起写", "a member goes with an element")
    if len(proves.note) > _LONGEST_TEXT or len(proves.issue) > _LONGEST_TEXT:
        raise Invalid(f"附注最多 {_LONGEST_TEXT} 个字", f"a note has at most {_LONGEST_TEXT} characters")
    if proves.indicator and NodeCode(proves.indicator) not in rules.indicators:
        raise NotFound("指标", proves.indicator)
    if proves.element:
        element = rules.elements.get(ElementCode(proves.element))
        if element is None:
            raise NotFound("数据项", proves.element)
        if proves.member and MemberCode(proves.member) not in element.members:
            raise NotFound("分类", proves.member)
    return replace(proves, note=one_line(proves.note), issue=one_line(proves.issue))


def _log(
    work: UnitOfWork, actor: Actor, now: datetime, act: str, evidence: str, detail: dict[str, object]
) -> None:
    work.log.append(
        at=now, actor=actor.id, act=act, object_kind="evidence", object_id=evidence, detail=detail
    )
