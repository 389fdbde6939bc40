"""A keyboard that counts: steps to think of, keys, characters, and how long the screen was held by each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtWidgets import QWidget

from tests.ui.keyboard import Keyboard
from tests.ui.pulse import Pulse

# design/ui.md asks for 50 ms; counted is the thread's own time, in a process that also runs the test around it
LONGEST_S: Final = 0.05


@dataclass
class Tally:
    """One journey. A step is one thing to know: a key or a line of keys, a field to go to, words to type."""

    name: str
    steps: int = 0
    keys: int = 0
    characters: int = 0
    longest: float = 0.0
    held: list[str] = field(default_factory=list)


TALLIES: Final[dict[str, Tally]] = {}


@dataclass
class Counted(Keyboard):
    """Counts what it does under a name; the same name begins anew."""

    name: str = "-"
    inside: bool = False

    def __post_init__(self) -> None:
        """Nothing done yet."""
        self.tally = TALLIES[self.name] = Tally(self.name)
        self.pulse = Pulse()
        self.pulse.rest()

    def press(self, *names: str) -> None:
        """Each name is a key; a line of keys is one step, Tab on the way to a field is none."""
        self.tally.keys += len(names)
        with self.step(" ".join(names)):
            super().press(*names)

    def type(self, text: str) -> None:
        """One step, however long."""
        self.tally.characters += len(text)
        with self.step(f"“{text[:6]}”"):
            super().type(text)

    def reach(self, name: str, *, limit: int = 120) -> QWidget:
        """One step, as many keys as it takes."""
        with self.step(name):
            return super().reach(name, limit=limit)

    def fill(self, *texts: str) -> None:
        """A step a field, and its Tab."""
        for text in texts:
            self.type(text)
            self.tally.steps -= 1  # Tab belongs to the field
            self.press("Tab")

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Count it once and listen how long the screen is held."""
        if self.inside:
            yield
            return
        self.inside = True
        self.tally.steps += 1
        self.pulse.longest = 0.0
        self.pulse.wake()
        yield
        self.pulse.rest()
        self.inside = False
        self.tally.longest = max(self.tally.longest, self.pulse.longest)
        if self.pulse.longest > LONGEST_S:
            self.tally.held.append(f"{what}: {self.pulse.longest * 1000:.0f} ms")
