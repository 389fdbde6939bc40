"""Passwords come from a file, from standard input or from a terminal; never from an argument or the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mediator.commands.program import Call
from mediator.commands.wording import UsageProblem

LONGEST: Final = 4096
STANDARD_INPUT: Final = "-"


def first_line(data: bytes) -> str:
    """The first line without its line end, as text; bytes that are no UTF-8 cannot be a password that was typed."""
    line = data.split(b"\n", 1)[0].removesuffix(b"\r").removeprefix(b"\xef\xbb\xbf")
    return line.decode("utf-8", "surrogateescape")


def secret_from(call: Call, source: str) -> str:
    """The first line of a file, or the next line of standard input for `-`; raises UsageProblem."""
    if source == STANDARD_INPUT:
        return first_line(call.streams.input.readline(LONGEST))
    try:
        with Path(source).open("rb") as file:
            return first_line(file.read(LONGEST))
    except OSError:
        raise UsageProblem("usage.password_file", where=Path(source).name or source) from None


def from_standard_input(call: Call) -> bool:
    """True when the password is the first line of standard input: it must be read before anything else is."""
    return bool(call.options.password_file == STANDARD_INPUT)


def password(call: Call, option: str = "password_file", *, words: str = "密码：") -> str:
    """The password an option names; a terminal asks, a script without the option is told so."""
    source = getattr(call.options, option, None)
    if source is not None:
        return secret_from(call, source)
    if not call.streams.is_terminal():
        raise UsageProblem("usage.password", where=f"--{option.replace('_', '-')}")
    return asked(call, words)


def asked(call: Call, words: str) -> str:
    """What is typed at the terminal; raises UsageProblem when its input ends (Ctrl-D)."""
    try:
        return call.streams.ask_secret(words)
    except EOFError:
        raise UsageProblem("usage.password") from None


def new_password(call: Call, option: str) -> str:
    """A new password; a terminal asks twice."""
    typed = password(call, option, words="新密码：")
    if getattr(call.options, option, None) is None and asked(call, "再输入一次：") != typed:
        raise UsageProblem("usage.typed_twice")
    return typed
