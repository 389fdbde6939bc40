"""The command line's door: parse, do, print, and turn every failure into a sentence and an exit code.

One of the four doors where any exception is caught: no stack trace ever reaches a user.
"""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from getpass import getpass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mediator.commands import tree
from mediator.commands.program import Call, PartlyDone, Program, Result, Streams
from mediator.commands.wording import UsageProblem
from mediator.errors import Bug, MediatorError, WorldFailed

if TYPE_CHECKING:
    from mediator.casework.complaints import Complaint

INTERRUPTED: Final = 130
Extra = tuple[dict[str, object], tuple[str, ...]]
NOTHING_MORE: Final[Extra] = ({}, ())


def run(argv: Sequence[str], program: Program, streams: Streams) -> int:
    """One command line from arguments to exit code; raises nothing but SystemExit of `--help` and `--version`."""
    as_json = tree.words_of(argv)
    try:
        result = _do(argv, program, streams)
        _print_result(result, streams, as_json=as_json)
    except BrokenPipeError:
        _stop_writing(streams)
        return 0
    except KeyboardInterrupt:
        print("\n已经中断，已经保存的内容都在。", file=streams.messages)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  the door: whatever it is, a person gets a sentence
        return _failed(error, streams, as_json=as_json)
    return result.exit_code


def _do(argv: Sequence[str], program: Program, streams: Streams) -> Result:
    """Parse and run; a word that only leads to other words is an unfinished command."""
    refuse_unreadable(argv)
    options = tree.parse(argv, version())
    if options.deed is None:
        raise UsageProblem("usage", where=f"{options.group} 后面还要写一个命令")
    return tree.deed_of(options)(Call(options, program, streams))


def refuse_unreadable(argv: Sequence[str]) -> None:
    """A word that is no text can only be the name of a file that is there; raises UsageProblem `usage`."""
    for word in argv:
        if any("\ud800" <= char <= "\udfff" for char in word) and not os.path.lexists(word):
            raise UsageProblem("usage", where="有一个字词不是完整的文字")


def version() -> str:
    """The installed version."""
    try:
        return metadata.version("mediator")
    except metadata.PackageNotFoundError:
        return "0"


def _print_result(result: Result, streams: Streams, *, as_json: bool) -> None:
    """One JSON document, or the lines."""
    if as_json:
        print(json.dumps(result.document, ensure_ascii=False), file=streams.output)
    else:
        for line in result.lines:
            print(line, file=streams.output)
    streams.output.flush()


def _failed(error: Exception, streams: Streams, *, as_json: bool) -> int:
    """Say what happened and give the code of the error's family."""
    known, extra = _understood(error)
    try:
        _print_complaint(known, streams, as_json=as_json, extra=extra)
    except BrokenPipeError:
        _stop_writing(streams)
    if wants_trace():
        traceback.print_exception(error, file=streams.messages)
    return known.exit_code


def _understood(error: Exception) -> tuple[MediatorError, Extra]:
    """An error of the house, with what it brings for print beside its sentence."""
    if isinstance(error, PartlyDone):
        return error.error, (error.done, ())
    if isinstance(error, MediatorError):
        found = getattr(error, "findings", None)
        return error, _refusal(found) if found else NOTHING_MORE
    if isinstance(error, MemoryError):
        return WorldFailed("memory.short"), NOTHING_MORE
    if isinstance(error, OSError):
        return WorldFailed("world.os", where=Path(str(error.filename or "")).name), NOTHING_MORE
    return Bug("bug.unexpected", where=type(error).__name__), NOTHING_MORE


def _refusal(found: tuple[object, ...]) -> Extra:
    """The findings of a refused paper."""
    from mediator.commands.document import refused

    return refused(found)


def _print_complaint(error: MediatorError, streams: Streams, *, as_json: bool, extra: Extra) -> None:
    """The error as JSON on output or as sentences on the messages' stream."""
    from mediator.casework.complaints import complain

    said: Complaint = complain(error)
    document, lines = extra
    if as_json:
        row = {"code": said.code, "message": said.message, "where": said.where, "safe": said.safe, "next": said.next}
        print(json.dumps({"error": row, **document}, ensure_ascii=False), file=streams.output, flush=True)
        return
    for line in (*lines, said.message, " ".join(part for part in (said.safe, said.next) if part)):
        if line:
            print(line, file=streams.messages, flush=True)


def _stop_writing(streams: Streams) -> None:
    """Nobody reads any more: let what is still buffered go nowhere instead of failing at exit."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, streams.output.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        return


def wants_trace() -> bool:
    """True in a checkout with `MEDIATOR_DEBUG=1`: developers alone see a stack trace."""
    checkout = (Path(__file__).parents[2] / "pyproject.toml").is_file()
    return checkout and os.environ.get("MEDIATOR_DEBUG") == "1"


def system_streams() -> Streams:
    """The process's own streams, in UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    ask: Callable[[str], str] = partial(getpass, stream=sys.stderr)
    source = getattr(sys.stdin, "buffer", None) or io.BytesIO()
    return Streams(source, sys.stdout, sys.stderr, ask, source.isatty)
