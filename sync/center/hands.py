"""What the start-up file hands to the pages from rooms that the county's own rooms do not reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

SHORTEST: Final = 10


def no_picture(_text: str) -> str:
    """Without a drawer of QR codes the secret is typed by hand."""
    return ""


def too_short(password: str, _login: str) -> tuple[str, ...]:
    """The least that is asked of a password where nothing better was handed in."""
    return ("short",) if len(password) < SHORTEST else ()


@dataclass(frozen=True, slots=True)
class Hands:
    """`picture` draws a text as a QR code (an SVG element); `weak` names why a password of a login will not do."""

    picture: Callable[[str], str] = no_picture
    weak: Callable[[str, str], tuple[str, ...]] = too_short
