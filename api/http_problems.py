"""Problems of the wire itself: no such address, another method, a request that is not of its shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.problems import Told, problem
from api.schemas.problems import IssueBody
from intake.limits import DEFAULT_LIMITS, in_mib

_LARGEST = in_mib(DEFAULT_LIMITS.file_bytes)
_HTTP: Mapping[int, tuple[str, str, Told]] = {
    400: ("malformed", "请求读不懂", ("请求的内容读不懂,请检查格式", "the request cannot be read")),
    404: ("no-such-address", "没有这个地址", ("没有这个地址,请对照接口文档", "there is no such address")),
    405: ("method-not-allowed", "方法不对", ("这个地址不支持这种方法", "this address has no such method")),
    408: (
        "too-slow",
        "等得太久",
        ("请求的内容没有按时传完,请检查网络后重试", "the request did not come in time: try again"),
    ),
    413: (
        "too-large",
        "内容太大",
        (f"上传的内容太大;文件最大 {_LARGEST}", f"the content is too large: {_LARGEST} at most"),
    ),
    415: (
        "unsupported-media-type",
        "内容类型不对",
        ("上传文件要用 multipart/form-data", "files are uploaded as multipart/form-data"),
    ),
}
_OTHER = ("failed", "请求没有完成", ("请求没有完成", "the request was not completed"))

# By the type that pydantic gives an error; what is not named here is said in general.
_WRONG: Mapping[str, Told] = {
    "missing": ("缺少这一项", "it is missing"),
    "doubled": (
        "出现了不止一次,不知道以哪个为准",
        "it came more than once: which one counts?",
    ),
    "extra_forbidden": ("没有这一项", "it is not known here"),
    "json_invalid": ("不是正确的 JSON", "not valid JSON"),
    "string_type": ("要写成文字", "it must be a text"),
    "string_too_long": ("太长", "it is too long"),
    "int_parsing": ("要写成整数", "it must be a whole number"),
    "bool_parsing": ("要写成 true 或 false", "it must be true or false"),
    "greater_than_equal": ("太小", "it is too small"),
    "less_than_equal": ("太大", "it is too large"),
    "file_expected": ("要上传一个文件", "a file is expected"),
    "text_expected": ("要写成文字,不是文件", "a text is expected, not a file"),
}
_GENERAL: Told = ("值不符合要求", "it is not as required")


def wrong_request(fields: Iterable[tuple[str, str]]) -> RequestValidationError:
    """An error for parameters (kind of `_WRONG`, name) that a route found wrong by itself."""
    return RequestValidationError(
        [{"type": kind, "loc": ("body", name), "msg": kind} for kind, name in fields]
    )


def answer_http_errors(app: FastAPI) -> None:
    """Have the framework's own refusals answered as problems, too."""
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(RequestValidationError, _answer_invalid)


def http_problem(request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The problem for a status that the wire itself brings about."""
    code, title, told = _HTTP.get(status, _OTHER)
    return problem(request, status=status, code=code, title=title, told=told, headers=headers)


async def _answer_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return http_problem(request, error.status_code, error.headers)


async def _answer_invalid(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    return problem(
        request,
        status=422,
        code="invalid",
        title="参数不对",
        told=("请求的参数不对,见 issues", "parameters of the request are wrong: see issues"),
        issues=[_issue(each) for each in found],
    )


def _issue(found: Mapping[str, Any]) -> IssueBody:
    kind = str(found["type"])
    zh, en = _WRONG.get(kind, _GENERAL)
    place, *names = (str(part) for part in found["loc"])
    field = ".".join(names) or place
    return IssueBody(code=kind.replace("_", "-"), zh=f"参数 {field}:{zh}", en=f"{field}: {en}", field=field)
