"""What the start-up file hands to the command line, and what a command sees of the world."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from mediator.errors import MediatorError

if TYPE_CHECKING:
    from mediator.casework.desk import Workshop


@dataclass(frozen=True, slots=True)
class Program:
    """The doors that only the start-up file may open; each is called when a command needs it and not before."""

    workshop: Callable[[], Workshop]
    open_desktop: Callable[[Workshop, Path | None], int]
    render_screens: Callable[[Workshop, Path, bool], list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Streams:
    """Standard input as bytes, output and messages as text, and how a terminal asks for a password."""

    input: BinaryIO
    output: TextIO
    messages: TextIO
    ask_secret: Callable[[str], str]
    is_terminal: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a command: its options, the program, the streams."""

    options: argparse.Namespace
    program: Program
    streams: Streams
    cache: dict[str, Workshop] = field(default_factory=dict)

    @property
    def workshop(self) -> Workshop:
        """The workshop, built once a call."""
        if "workshop" not in self.cache:
            self.cache["workshop"] = self.program.workshop()
        return self.cache["workshop"]

    def say(self, sentence: str) -> None:
        """A sentence for people, on standard error."""
        tell(self.streams.messages, sentence)

    def progress(self, sentence: str) -> None:
        """A sentence about how far it is, only where somebody watches."""
        if self.streams.messages.isatty():
            self.say(sentence)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command hands back: the JSON document, the same in words, and an exit code other than 0 if need be."""

    document: dict[str, object]
    lines: tuple[str, ...] = ()
    exit_code: int = 0


class PartlyDone(Exception):
    """A failure after a part was done, which holds; `done` is what the result would have said of that part."""

    def __init__(self, error: MediatorError, done: Result) -> None:
        """Remember both."""
        super().__init__(error.code)
        self.error, self.done = error, done


class Interrupted(MediatorError):
    """Somebody pressed Ctrl-C; 130 is what shells give for it."""

    exit_code = 130


def tell(stream: TextIO, sentence: str) -> None:
    """A sentence to a stream that may be full or closed: that is no reason to stop a deed or to fail twice."""
    try:
        print(sentence, file=stream, flush=True)
    except (OSError, ValueError):
        stop_writing(stream)


def stop_writing(stream: TextIO) -> None:
    """Nobody reads any more: let what is still buffered go nowhere instead of failing at exit."""
    with suppress(OSError, ValueError):  # a stream without a file below has nothing to flush at exit
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
