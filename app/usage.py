"""A command that was typed wrongly: what is wrong with it in Chinese, and how it is typed."""

from __future__ import annotations

from collections.abc import Mapping

import typer

_SENTENCES: Mapping[str, str] = {
    "MissingParameter": "缺少 {named}",
    "NoSuchOption": "没有 {named} 这个选项",
    "BadOptionUsage": "选项 {named} 的写法不对",
    "BadParameter": "{named} 的值不能用",
}


def usage_lines(error: typer.TyperException) -> list[str]:
    """The lines to print: a sentence, the usage of the command, and where its help is."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return [error.format_message()]
    sentence = _SENTENCES.get(kind, "命令写得不对").format(named=_named(error))
    return [f"{sentence}:{error.format_message()}", *_usage(error)]


def _named(error: typer.TyperException) -> str:
    """The option or argument that is meant, as it is typed."""
    hint = getattr(error, "param_hint", None) or getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if hint is None and parameter is not None:
        hint = parameter.get_error_hint()
    return hint if isinstance(hint, str) else " / ".join(hint or ("参数",))


def _usage(error: typer.TyperException) -> list[str]:
    context: typer.Context | None = getattr(error, "ctx", None)
    if context is None:
        return ["说明:kaohe --help"]
    usage = context.get_usage().removeprefix("Usage: ")
    return [f"用法:{usage}", f"说明:{context.command_path} --help"]
