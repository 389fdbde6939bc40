"""Power cuts: a traced program, the moments at which the power fails, and the folder as the disk gives it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from shutil import rmtree

from mediator.errors import MediatorError
from tests.durability.disk import Content, Disk, Said, Step
from tests.durability.tracing import Reader, traced

Judge = Callable[[int, Path], None]


@dataclass(frozen=True)
class Traced:
    """The steps of a program in one folder, and what lay there before."""

    folder: Path
    steps: tuple[Step, ...]
    before: dict[str, bytes] = field(default_factory=dict)

    def said(self, upto: int) -> list[str]:
        """What was acknowledged before a step."""
        return [step.words for step in self.steps[:upto] if isinstance(step, Said)]

    def after(self, deeds: int) -> int:
        """The step that follows an acknowledgement."""
        return [place for place, step in enumerate(self.steps, 1) if isinstance(step, Said)][deeds - 1]

    def anywhere(self, count: int, *, seed: int) -> list[int]:
        """Moments, any with the same chance."""
        return Random(seed).choices(range(len(self.steps) + 1), k=count)


def trace(module: str, folder: Path, *argv: str) -> Traced:
    """Run a program on a folder under the tracer."""
    before = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    reader = Reader(folder, known=set(before))
    return Traced(folder, tuple(reader.steps(traced(module, str(folder), *argv))), before)


def worlds(day: Traced, cuts: list[int], random: Random) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Cuts in order, and what each leaves on the disk."""
    held = {path: Content(data) for path, data in day.before.items()}
    disk, done = Disk(dict(held), held), 0
    for cut in sorted(cuts):
        for step in day.steps[done:cut]:
            disk.take(step)
        done = cut
        yield cut, disk.after_cut(random)


def rebuild(day: Traced, world: dict[str, bytes], place: Path) -> Path:
    """The folder as the disk gives it back; folders themselves are never lost."""
    rmtree(place, ignore_errors=True)
    folder = place / day.folder.name
    folder.mkdir(parents=True)
    for inner in day.folder.rglob("*/"):
        (folder / inner.relative_to(day.folder)).mkdir(exist_ok=True)
    for path, data in world.items():
        (folder / Path(path).relative_to(day.folder)).write_bytes(data)
    return folder


def losses(day: Traced, cuts: list[int], place: Path, *, seed: int, judge: Judge) -> list[str]:
    """Everything that goes wrong in so many worlds, by the word of a judge who is told how much was said, and where."""
    found = []
    for cut, world in worlds(day, cuts, Random(seed)):
        said = day.said(cut)
        try:
            judge(len(said), rebuild(day, world, place))
        except (MediatorError, AssertionError) as error:
            found.append(f"cut {cut} after {said[-3:]}: {error!r}")
    return found
