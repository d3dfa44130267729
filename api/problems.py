"""The one table from what can go wrong to a status, and its form on the wire (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from api.schemas.problems import IssueBody, ProblemBody, issue_body
from intake.workbook import ReaderUnavailable
from models.errors import (
    BlobDamaged,
    DatabaseBusy,
    NotStored,
    RowDamaged,
    StorageFailed,
    StoreError,
    UnstorableText,
    WrongState,
)
from models.errors import Conflict as StoreConflict
from scoring.errors import RuleSetInvalid, ScoringError, UnknownNode, UnknownUnit
from services.errors import (
    Conflict,
    EnginesDisagree,
    Invalid,
    NotAllowed,
    NotFound,
    Rejected,
    ServiceError,
    Unauthenticated,
)
from services.report_life import IllegalMove
from services.rule_book.pdf import CannotPrint

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("kaohe.api")
_INTERNAL = 500

Told = tuple[str, str]
"""The sentence in Chinese and in English."""


class NotReady(ServiceError):
    """The service runs but cannot work."""

    code = "not-ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of error is told; `tell` says what of the error itself may be known."""

    status: int
    code: str
    title: str
    tell: Callable[[Any], Told]
    headers: Mapping[str, str] | None = None


def _own_words(error: ServiceError) -> Told:
    return error.zh, error.en


def _always(zh: str, en: str) -> Callable[[Exception], Told]:
    return lambda _: (zh, en)


def _state(error: WrongState) -> Told:
    wanted = "、".join(error.expected)
    return f"报表现在的状态是 {error.state},只有 {wanted} 才能这样处理", "the report is in another state"


_RETRY = {"Retry-After": "5"}
_FAILED = _always(
    "服务出了故障,请把请求编号告诉管理员", "the service failed: tell the request id to its keeper"
)

TABLE: Mapping[type[Exception], Kind] = {
    Unauthenticated: Kind(
        status=401,
        code="unauthenticated",
        title="需要密钥",
        tell=_own_words,
        headers={"WWW-Authenticate": "Bearer"},
    ),
    NotAllowed: Kind(status=403, code="not-allowed", title="没有权限", tell=_own_words),
    NotFound: Kind(status=404, code="not-found", title="没有找到", tell=_own_words),
    NotStored: Kind(
        status=404,
        code="not-found",
        title="没有找到",
        tell=_always("没有找到这一项", "there is no such thing"),
    ),
    UnknownNode: Kind(
        status=404,
        code="not-found",
        title="没有找到",
        tell=lambda error: (f"规则集中没有 {error.node}", "the rule set has no such node"),
    ),
    UnknownUnit: Kind(
        status=404,
        code="not-found",
        title="没有找到",
        tell=lambda error: (f"没有被考核单位 {error.unit}", "no such assessed unit"),
    ),
    IllegalMove: Kind(status=409, code="wrong-state", title="状态不允许", tell=_own_words),
    Conflict: Kind(status=409, code="conflict", title="状态不允许", tell=_own_words),
    WrongState: Kind(status=409, code="wrong-state", title="状态不允许", tell=_state),
    StoreConflict: Kind(
        status=409,
        code="conflict",
        title="状态不允许",
        tell=_always("别人刚刚改动了同一项,请重新查看后再试", "somebody else changed the same thing"),
    ),
    Rejected: Kind(status=422, code="rejected", title="文件没有接收", tell=_own_words),
    Invalid: Kind(status=422, code="invalid", title="参数不对", tell=_own_words),
    UnstorableText: Kind(
        status=422,
        code="invalid",
        title="参数不对",
        tell=_always("文字中有不能保存的字符", "a text has a character that cannot be stored"),
    ),
    EnginesDisagree: Kind(status=_INTERNAL, code="engines-disagree", title="没有计分", tell=_own_words),
    CannotPrint: Kind(status=503, code="cannot-print", title="这台机器不能印制", tell=_own_words),
    NotReady: Kind(status=503, code="not-ready", title="还不能工作", tell=_own_words, headers=_RETRY),
    DatabaseBusy: Kind(
        status=503,
        code="busy",
        title="数据库正忙",
        tell=_always("数据库正忙,请稍后再试", "the database is busy: try again"),
        headers=_RETRY,
    ),
    StorageFailed: Kind(
        status=503,
        code="storage-failed",
        title="数据库出错",
        tell=_always("数据库出错,没有任何改动,请稍后再试", "the database failed; nothing was changed"),
        headers=_RETRY,
    ),
    ReaderUnavailable: Kind(
        status=503,
        code="reader-unavailable",
        title="不能读取文件",
        tell=_always("现在不能读取表格文件,请稍后再试", "no file can be read now: try again"),
        headers=_RETRY,
    ),
    BlobDamaged: Kind(
        status=_INTERNAL,
        code="damaged",
        title="原件已损坏",
        tell=_always("保存的原件已损坏,请管理员从备份恢复", "the stored file is damaged: restore it"),
    ),
    RowDamaged: Kind(
        status=_INTERNAL,
        code="damaged",
        title="数据已损坏",
        tell=_always("保存的数据已损坏,请管理员从备份恢复", "a stored value is damaged: restore it"),
    ),
    RuleSetInvalid: Kind(
        status=_INTERNAL,
        code="rule-set-invalid",
        title="规则集有错",
        tell=_always("规则集有错,不能使用,请管理员检查", "the rule set does not load"),
    ),
    ScoringError: Kind(status=_INTERNAL, code="failed", title="服务出错", tell=_FAILED),
    StoreError: Kind(status=_INTERNAL, code="failed", title="服务出错", tell=_FAILED),
    ServiceError: Kind(status=_INTERNAL, code="failed", title="服务出错", tell=_FAILED),
    Exception: Kind(status=_INTERNAL, code="failed", title="服务出错", tell=_FAILED),
}


def kind_of(error: Exception) -> Kind:
    """The line of the table for an error: that of its nearest class."""
    return next(TABLE[each] for each in type(error).__mro__ if each in TABLE)


def problem_of(request: Request, error: Exception) -> Response:
    """The answer to an error; what is nobody's mistake but ours is logged with its request id."""
    kind = kind_of(error)
    if kind.status >= _INTERNAL:
        _log.error("request %s failed", request_id(request), exc_info=error)
    zh, en = kind.tell(error)
    issues = error.issues if isinstance(error, Rejected) else ()
    return problem(
        request,
        status=kind.status,
        code=kind.code,
        title=kind.title,
        told=(zh, en),
        issues=[issue_body(issue) for issue in issues],
        headers=kind.headers,
    )


def problem(
    request: Request,
    *,
    status: int,
    code: str,
    title: str,
    told: Told,
    issues: Iterable[IssueBody] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document."""
    body = ProblemBody(
        type=f"urn:kaohe:problem:{code}",
        title=title,
        status=status,
        detail=told[0],
        detail_en=told[1],
        code=code,
        instance=request.url.path,
        request_id=request_id(request),
        issues=list(issues),
    )
    content = orjson.dumps(body.model_dump(mode="json"))
    return Response(content, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def request_id(request: Request) -> str:
    """The id by which the log knows this request."""
    return str(request.scope.get("kaohe.request_id", ""))


def answer_errors(app: FastAPI) -> None:
    """Have every error of the table answered by it; those that nobody foresaw are caught further out."""

    async def answer(request: Request, error: Exception) -> Response:
        return problem_of(request, error)

    for each in TABLE:
        if each is not Exception:
            app.add_exception_handler(each, answer)
