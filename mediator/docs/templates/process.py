"""Asking the child process: what goes in is text and plain values, what comes back is text; nothing else is shared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.docs.templates.fields import Slot, Sort
from mediator.docs.templates.grammar import Shape

DEADLINE: Final = 20.0
BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from mediator.docs.templates.child import main; main()"
)
KEPT_OF_ENVIRONMENT: Final = ("SYSTEMROOT",)  # Windows starts no program without it


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child said: parts and the values put into each, or a fault with its name, part and the text near it."""

    parts: Mapping[str, str]
    told: Mapping[str, Sequence[str]]
    fault: str = ""
    name: str = ""
    part: str = ""
    near: str = ""


def ask(
    parts: Mapping[str, str], slots: Sequence[Slot], context: Mapping[str, object] | None, *, deadline: float = DEADLINE
) -> Answer:
    """Check parts, and fill them when there is a context. Never raises for what a template does; `deadline` in seconds.

    A child that takes too long, too much memory, or dies gives fault `limits`.
    """
    request = json.dumps({"parts": dict(parts), "names": shapes(slots), "context": context})
    command = [sys.executable, "-I", "-B", "-c", BOOT, json.dumps([each or str(Path.cwd()) for each in sys.path])]
    try:
        done = subprocess.run(
            command, input=request.encode(), capture_output=True, timeout=deadline, check=True,
            env=environment(),
        )  # fmt: skip
        said = dict(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError, TypeError):
        return Answer({}, {}, "limits")
    known = {key: said[key] for key in ("fault", "name", "part", "near") if key in said}
    return Answer(said.get("parts", {}), said.get("told", {}), **known)


def environment() -> dict[str, str]:
    """What the child is told of the machine."""
    return {name: os.environ[name] for name in KEPT_OF_ENVIRONMENT if name in os.environ}


def shapes(slots: Sequence[Slot], above: str = "") -> dict[str, Shape]:
    """What stands behind each name, as the grammar reads it; `name` is the one English name of it."""
    return {name: shape_of(slot, above) for slot in slots for name in slot.names}


def shape_of(slot: Slot, above: str) -> Shape:
    """One slot; a column is named with its list, `parties.name`."""
    shape = {"sort": slot.sort.value, "name": f"{above}{slot.name}"}
    return {**shape, "columns": shapes(slot.columns, f"{slot.name}.")} if slot.sort is Sort.ROWS else shape
