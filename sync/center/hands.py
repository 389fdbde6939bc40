"""What the start-up file hands to the pages from rooms that the county's own rooms do not reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

SHORTEST: Final = 10


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing about a template's file in words, its place before it; `stops` says that the file will not do."""

    words: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Looked:
    """A template's file as the desks' checks see it: as it would be kept, in the portions of its entry, with faults."""

    file: bytes = b""
    portions: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def will_do(self) -> bool:
        """True when nothing stops it."""
        return not any(each.stops for each in self.faults)


class Layouts(Protocol):
    """Templates of papers by the code of the desks."""

    def kinds(self) -> Mapping[str, str]:
        """Every kind of paper and its title."""

    def starters(self) -> tuple[str, ...]:
        """The kinds of which the program brings one to begin with."""

    def look(self, kind: str, data: bytes) -> Looked:
        """A foreign file through every check; never raises for what stands in it."""

    def starter(self, kind: str) -> bytes:
        """The program's own to begin with; raises RefusedByRule `template.none` for a kind without one."""


def no_picture(_text: str) -> str:
    """Without a drawer of QR codes the secret is typed by hand."""
    return ""


def too_short(password: str, _login: str) -> tuple[str, ...]:
    """The least that is asked of a password where nothing better was handed in."""
    return ("short",) if len(password) < SHORTEST else ()


@dataclass(frozen=True, slots=True)
class Hands:
    """`picture` draws a text as a QR code (an SVG element); `weak` names why a password of a login will not do.

    Without `layouts` the county takes no templates of papers.
    """

    picture: Callable[[str], str] = no_picture
    weak: Callable[[str, str], tuple[str, ...]] = too_short
    layouts: Layouts | None = None
