"""The checks of templates as the program hands them in, for counties in tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sync.center.__main__ import DeskLayouts
from sync.center.county import Center
from sync.center.hands import Fault, Hands, Looked
from sync.center.paper_templates import Typed, every, propose

REAL: Final = Hands(layouts=DeskLayouts())
KIND: Final = "receipt"
TYPED: Final = Typed(KIND, "2026-1", "2026-03-01")


@dataclass
class TakesAll:
    """Checks that let everything pass, as fast as a list; `refuses` names files that will not do."""

    refuses: frozenset[bytes] = frozenset()

    def kinds(self) -> Mapping[str, str]:
        return {KIND: "收条"}

    def starters(self) -> tuple[str, ...]:
        return (KIND,)

    def look(self, kind: str, data: bytes) -> Looked:
        if data in self.refuses:
            return Looked(faults=(Fault("不行"),))
        from mediator.casework.templates import portions

        return Looked(data, tuple(portions(data)))

    def starter(self, kind: str) -> bytes:
        return kind.encode()


def handed_in(center: Center, data: bytes, *, who: str = "shen", typed: Typed = TYPED) -> str:
    """The id of a template that somebody handed in, unchecked."""
    assert propose(center, TakesAll(), typed, data, who=who).will_do
    found = every(center)[0]
    assert found.sha256 == sha256(data).hexdigest()
    return found.id
