"""What routes say of themselves in the OpenAPI document: refusals, kept pages, files."""

from __future__ import annotations

from typing import Any

from api.problems import MEDIA_TYPE
from api.schemas.problems import ProblemBody

Responses = dict[int | str, dict[str, Any]]

_SAYS = {
    401: "没有给出有效的密钥。No valid key.",
    403: "账号无权这样做。Not allowed.",
    404: "没有这一项,或者不能让您知道。No such thing, or none for you.",
    409: "状态不允许。Not in a state in which this can be done.",
    413: "文件太大。Too large.",
    415: "内容类型不对。Unsupported media type.",
    422: "参数不对,或文件没有接收:每个问题都在 issues 里。Every issue is listed.",
    503: "暂时不能工作。Try again later.",
}
_SIGNED_IN = (401, 403)
_TAG = {"ETag": {"schema": {"type": "string"}, "description": "内容的强标签。A strong tag."}}
_UNCHANGED = {"description": "您手里的就是最新的。Not modified."}


def refusals(*statuses: int) -> Responses:
    """The refusals of a route for people with a key, each a problem document."""
    other: Responses = {"default": {"model": ProblemBody, "description": "其他问题。Any other problem."}}
    return _problems(*_SIGNED_IN, *statuses) | other


def unready() -> Responses:
    """The one refusal of a route that needs no key."""
    return _problems(503)


def _problems(*statuses: int) -> Responses:
    schema = {"$ref": f"#/components/schemas/{ProblemBody.__name__}"}
    return {
        status: {"description": _SAYS[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def page(model: Any, says: str) -> Responses:
    """An answer that never changes, with a strong tag."""
    return {200: {"model": model, "description": says, "headers": _TAG}, 304: _UNCHANGED}


def file(*media_types: str, says: str) -> Responses:
    """An answer that is a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        200: {"description": says, "content": dict.fromkeys(media_types, binary), "headers": _TAG},
        304: _UNCHANGED,
    }
