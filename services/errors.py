"""What a caller of a use case can be told: not found, not allowed, in conflict, or rejected with issues."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.errors import Issue


class ServiceError(Exception):
    """The root of all refusals; `code` is stable, `zh` and `en` are whole sentences."""

    code = "refused"

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} ({en})")


class NotFound(ServiceError):
    """There is no such thing, or none that the actor may know of."""

    code = "not-found"

    def __init__(self, kind: str, name: str) -> None:
        self.kind, self.name = kind, name
        super().__init__(f"没有找到{kind} {name}", f"not found: {name}")


_BARRIERS = {
    "role": ("您的账号没有这项权限", "none of your roles may do this"),
    "own-unit": ("只能用于本单位", "only for your own unit"),
    "assigned-unit": ("只能用于分派给您的单位", "only for the units assigned to you"),
    "own-line": ("只能用于本条线的表", "only for the forms of your own line"),
    "not-released": ("结果还没有公布", "the result has not been published"),
    "two-persons": (
        "前一步是您做的,要由另一个人来做",
        "you took the step before: it needs a second person",
    ),
    "key-scope": ("这个密钥没有这项权限", "the key in use is not for this"),
}


class NotAllowed(ServiceError):
    """The actor may not do this; `barrier` names the rule of the policy that refused."""

    code = "not-allowed"

    def __init__(self, action: str, barrier: str = "role") -> None:
        self.barrier = barrier
        why, why_en = _BARRIERS[barrier]
        super().__init__(f"您的账号无权{action}:{why}", f"your account is not allowed to do this: {why_en}")


class Unauthenticated(ServiceError):
    """No valid key was given."""

    code = "unauthenticated"

    def __init__(self) -> None:
        super().__init__("请提供有效的密钥(请求头 Authorization: Bearer …)", "a valid API key is needed")


class Conflict(ServiceError):
    """The thing is not in a state in which this can be done."""

    code = "conflict"


class Invalid(ServiceError):
    """A parameter of the request is not of the form needed."""

    code = "invalid"


class Rejected(ServiceError):
    """A file was read and refused; the issues say everything that is wrong with it."""

    code = "rejected"

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(
            f"文件有 {len(self.issues)} 个问题,没有接收", f"refused with {len(self.issues)} issues"
        )


class EnginesDisagree(ServiceError):
    """The two engines gave different numbers, so that neither may be kept."""

    code = "engines-disagree"

    def __init__(self, differing: Iterable[str]) -> None:
        self.differing = tuple(differing)
        some = "、".join(self.differing[:5])
        super().__init__(
            f"两个引擎对 {len(self.differing)} 个数算得不同({some}),没有保存,请把这句话转给维护人员",
            f"the engines disagree on {len(self.differing)} numbers; nothing was kept",
        )
