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
from dataclasses import asdict
from functools import partial
from getpass import getpass
from importlib import metadata
from pathlib import Path
from typing import TextIO

from mediator.commands import tree
from mediator.commands.failures import NOTHING_MORE, understood
from mediator.commands.program import Call, Program, Result, Streams, stop_writing, tell
from mediator.commands.wording import UsageProblem
from mediator.errors import MediatorError, WorldFailed


def run(argv: Sequence[str], program: Program, streams: Streams) -> int:
    """One command line from arguments to exit code; raises nothing but SystemExit of `--help` and `--version`."""
    as_json = tree.words_of(argv)
    try:
        result = _do(argv, program, streams)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  the door: whatever it is, a person gets a sentence
        return _failed(error, streams, as_json=as_json)
    return _handed_over(partial(_print_result, result, streams, as_json=as_json), streams, result.exit_code)


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
    for line in (json.dumps(result.document, ensure_ascii=False),) if as_json else result.lines:
        print(line, file=streams.output)
    streams.output.flush()


def _handed_over(write: Callable[[], None], streams: Streams, code: int) -> int:
    """The exit code once all is written: a reader that went away is no failure, an output that is full is one."""
    try:
        write()
    except BrokenPipeError:
        stop_writing(streams.output)
    except (OSError, ValueError):
        stop_writing(streams.output)
        lost = WorldFailed("output.failed")
        _complain(lost, streams, NOTHING_MORE)
        return code or lost.exit_code
    return code


def _failed(error: BaseException, streams: Streams, *, as_json: bool) -> int:
    """Say what happened and give the code of the error's family."""
    known, beside = understood(error)
    code = known.exit_code
    if as_json:
        code = _handed_over(partial(_print_error, known, streams, beside), streams, code)
    else:
        _complain(known, streams, beside)
    if wants_trace():
        traceback.print_exception(error, file=streams.messages)
    return code


def _print_error(error: MediatorError, streams: Streams, beside: Result) -> None:
    """The error as the one JSON document, with what is said beside it."""
    from mediator.casework.complaints import complain

    print(json.dumps({"error": asdict(complain(error)), **beside.document}, ensure_ascii=False), file=streams.output)
    streams.output.flush()


def _complain(error: MediatorError, streams: Streams, beside: Result) -> None:
    """The error for people: what is said beside it, what happened, what is safe and what to do next."""
    from mediator.casework.complaints import complain

    said = complain(error)
    for line in (*beside.lines, said.message, f"{said.safe}{said.next}"):
        tell(streams.messages, line)


def wants_trace() -> bool:
    """True in a checkout with `MEDIATOR_DEBUG=1`: developers alone see a stack trace."""
    checkout = (Path(__file__).parents[2] / "pyproject.toml").is_file()
    return checkout and os.environ.get("MEDIATOR_DEBUG") == "1"


def system_streams() -> Streams:
    """The process's own streams, in UTF-8 whatever the locale says; one that is closed swallows what it is given."""
    output, messages = (_utf_8(stream) for stream in (sys.stdout, sys.stderr))
    ask: Callable[[str], str] = partial(getpass, stream=messages)
    source = getattr(sys.stdin, "buffer", None) or io.BytesIO()
    return Streams(source, output, messages, ask, source.isatty)


def _utf_8(stream: TextIO | None) -> TextIO:
    """A stream that takes any text."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
