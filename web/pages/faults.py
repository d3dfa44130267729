"""What a visitor sees when something is not there, not allowed, or went wrong: a page, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from intake.limits import DEFAULT_LIMITS, in_mib
from models.errors import DatabaseBusy, NotStored, StorageFailed, UnstorableText
from scoring.errors import UnknownNode, UnknownUnit
from services.errors import Conflict, Invalid, NotAllowed, NotFound, ServiceError, Unauthenticated
from web.rendering import links_of, render


@dataclass(frozen=True, slots=True)
class Fault:
    """A status and what is said of it."""

    status: int
    title: str
    advice: str


_NOT_FOUND = Fault(404, "没有这个页面", "地址可能不完整，或者内容属于另一个批次。请从首页重新进入。")
_NOT_ALLOWED = Fault(
    403,
    "没有权限",
    "各单位只能查看本单位的得分，只能报送本单位的报表。需要其他权限的，请用相应的账号登录或联系全国双打办。",
)
_NOT_READABLE = Fault(400, "地址有误", "请检查地址中的考核期和参数。")
_BUSY = Fault(503, "系统正忙", "数据没有丢失。请过几秒再刷新。")
_BROKEN = Fault(500, "系统出错", "错误已记入日志，数据没有改动。请稍后再试；仍不行的，请告知系统管理员。")

_OF_ERRORS: dict[type[Exception], Fault] = {
    NotFound: _NOT_FOUND,
    NotStored: _NOT_FOUND,
    UnstorableText: _NOT_FOUND,
    UnknownNode: _NOT_FOUND,
    UnknownUnit: _NOT_FOUND,
    NotAllowed: _NOT_ALLOWED,
    Invalid: _NOT_READABLE,
    Conflict: Fault(409, "现在不能这样做", "请回到首页查看最新情况。"),
    DatabaseBusy: _BUSY,
    StorageFailed: _BUSY,
}
_OF_STATUSES = {
    403: Fault(403, "没有处理", "这个表单不是从本站提交的。请在本站的页面上重新填写。"),
    404: _NOT_FOUND,
    405: Fault(405, "地址用法不对", "这个地址不能这样打开。请从首页进入。"),
    400: Fault(400, "提交的内容读不懂", "请在本站的页面上重新填写。"),
    408: Fault(408, "等得太久", "内容没有按时传完，什么都没有留下。请检查网络后重试。"),
    413: Fault(
        413,
        "提交的内容太大",
        f"报表文件最大 {in_mib(DEFAULT_LIMITS.file_bytes).replace('MiB', 'MB')}，什么都没有留下。"
        "请去掉表里的图片和不用的工作表，再试一次。",
    ),
    415: Fault(415, "提交的内容读不懂", "请在本站的报送页面上选择文件，再点按钮。"),
}


def handle(app: FastAPI) -> None:
    """Let every error of the pages end in a page."""
    app.add_exception_handler(Unauthenticated, _ask_for_key)
    for kind in _OF_ERRORS:
        app.add_exception_handler(kind, _told)
    app.add_exception_handler(HTTPException, _told_by_status)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(Exception, _unexpected)


def _ask_for_key(request: Request, _error: Exception) -> Response:
    path = request.url.path
    if request.url.query:
        path = f"{path}?{request.url.query}"
    links = links_of(request)
    return RedirectResponse(links.sign_in("" if path == links.home() else path), status_code=303)


def _told(request: Request, error: Exception) -> Response:
    fault = next(_OF_ERRORS[kind] for kind in type(error).__mro__ if kind in _OF_ERRORS)
    return _page(request, fault, error.zh if isinstance(error, ServiceError) else "")


def _told_by_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else _BROKEN.status
    return _page(request, _OF_STATUSES.get(status, Fault(status, "请求未能完成", _BROKEN.advice)), "")


def _unreadable(request: Request, _error: Exception) -> Response:
    return _page(request, _NOT_READABLE, "")


def _unexpected(request: Request, _error: Exception) -> Response:
    return _page(request, _BROKEN, "")


def _page(request: Request, fault: Fault, said: str) -> Response:
    return render(request, "fault.html", status=fault.status, title=fault.title, fault=fault, said=said)
