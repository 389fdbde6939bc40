"""argparse in Chinese: usage, help, and its complaints."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from enum import Enum
from typing import Final, NoReturn, TypeVar
from unicodedata import east_asian_width

from mediator.errors import MediatorError

COMPLAINTS: Final = (
    (r"the following arguments are required: (.*)", "缺少 {0}"),
    (r"unrecognized arguments: (.*)", "不认识 {0}"),
    (r"argument \S+: invalid choice: (.*) \(choose from (.*)\)", "没有{0}，可用的是 {1}"),
    (r"argument (\S+): expected one argument", "{0} 后面要跟一个值"),
    (r"argument (\S+): ignored explicit argument .*", "{0} 后面不能跟值"),
    (r"argument (\S+): invalid \S+ value: (.*)", "{0} 的值{1}不对"),
)
ROW: Final = re.compile(r"( {2,4}[^ ].*?) {2,}([^ ].*)")
NEXT_WORD: Final = "命令"
C = TypeVar("C", bound=Enum)
QUOTED: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")


class UsageProblem(MediatorError):
    """The command line was used wrongly; nothing was done."""

    exit_code = 2


def chosen(codes: type[C], value: str, what: str) -> C:
    """A member of a code list by the word of the command line; another word is wrong use and told with the known."""
    found = next((each for each in codes if each.value == value), None)
    if found is None:
        known = "、".join(str(each.value) for each in codes)
        raise UsageProblem("usage", where=f"没有{what}“{value}”，可用的是 {known}")
    return found


def in_chinese(message: str) -> str:
    """One of argparse's sentences in Chinese; an unknown one as it stands."""
    for pattern, sentence in COMPLAINTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(*(in_chinese_marks(each) for each in found.groups()))
    return message


def in_chinese_marks(words: str) -> str:
    """Quoted words in Chinese quotation marks, several of them with the comma of lists between; bare names as bare."""
    quoted = [first or second for first, second in QUOTED.findall(words)]
    if not quoted and not QUOTED.search(words):
        return words.replace(", ", "、")
    return f"“{quoted[0]}”" if len(quoted) == 1 else "、".join(quoted)


def width(text: str) -> int:
    """Columns a terminal needs: two for a Chinese character."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def straight(text: str) -> str:
    """A help whose explanations begin in one column, as argparse counts characters and not columns."""
    rows = [(line, ROW.fullmatch(line)) for line in text.split("\n")]
    column = max((width(found[1]) for _, found in rows if found), default=0) + 2
    return "\n".join(found[1] + " " * (column - width(found[1])) + found[2] if found else line for line, found in rows)


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
        """The help with full-width colons after its headings, straight columns, and no heading under a heading."""
        text = re.sub(r"(?m)^(\S+):$", r"\1：", super().format_help())
        return straight(text.replace(f"\n  {NEXT_WORD}\n", "\n"))

    def error(self, message: str) -> NoReturn:
        """Raise instead of exiting; code `usage`."""
        raise UsageProblem("usage", where=in_chinese(message))


def option_group(add: Callable[[argparse.ArgumentParser], object]) -> argparse.ArgumentParser:
    """A parent parser that holds options for many commands; unset ones leave what stands before the command."""
    parent = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    add(parent)
    return parent
