"""argparse in Chinese: usage, help, and its complaints."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Final, NoReturn

from mediator.errors import MediatorError

COMPLAINTS: Final = (
    (r"the following arguments are required: (.*)", "缺少 {0}"),
    (r"unrecognized arguments: (.*)", "不认识 {0}"),
    (r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)", "{1} 不在可用的范围内（{2}）"),
    (r"argument (\S+): expected one argument", "{0} 后面要跟一个值"),
    (r"argument (\S+): expected at least one argument", "{0} 后面至少要有一个值"),
    (r"argument (\S+): invalid \S+ value: (.*)", "{0} 的值 {1} 不对"),
    (r"argument (\S+): not allowed with argument (\S+)", "{0} 不能与 {1} 同用"),
    (r"ambiguous option: (.*)", "选项写得不完整：{0}"),
)


class UsageProblem(MediatorError):
    """The command line was used wrongly; nothing was done."""

    exit_code = 2


def in_chinese(message: str) -> str:
    """One of argparse's sentences in Chinese; an unknown one as it stands."""
    for pattern, sentence in COMPLAINTS:
        found = re.fullmatch(pattern, message)
        if found:
            return sentence.format(*found.groups())
    return message


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese usage line and the examples kept as written."""

    def add_usage(
        self,
        usage: str | None,
        actions: object,
        groups: object,
        prefix: str | None = None,
    ) -> None:
        """The usage line, begun in Chinese."""
        super().add_usage(usage, actions, groups, prefix or "用法：")  # type: ignore[arg-type]  # passed through


class Parser(argparse.ArgumentParser):
    """A parser that never exits by itself: a wrong command line is an error like any other."""

    def __init__(self, *, prog: str, description: str, example: str, parents: list[argparse.ArgumentParser]) -> None:
        """A parser with its example below the help."""
        super().__init__(
            prog=prog, description=description, epilog=f"例：\n  {example}", parents=parents, add_help=False,
            allow_abbrev=False, formatter_class=Formatter,
        )  # fmt: skip
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """The help with full-width colons after its headings."""
        return re.sub(r"(?m)^(\S+):$", r"\1：", super().format_help())

    def error(self, message: str) -> NoReturn:
        """Raise instead of exiting; code `usage`."""
        raise UsageProblem("usage", where=in_chinese(message))


def option_group(add: Callable[[argparse.ArgumentParser], object]) -> argparse.ArgumentParser:
    """A parent parser that holds options for many commands; unset ones leave what stands before the command."""
    parent = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    add(parent)
    return parent
