"""Every failure as an error of the house, with what is said beside its sentence: findings, or a part that was done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.findings import finding_document, finding_line
from mediator.commands.program import Interrupted, PartlyDone, Result
from mediator.errors import Bug, MediatorError, WorldFailed

if TYPE_CHECKING:
    from mediator.core.lint import Finding

NOTHING_MORE = Result({})


def understood(error: BaseException) -> tuple[MediatorError, Result]:
    """The error to speak of, and what to print before it; a stranger becomes one that carries no text of its own."""
    if isinstance(error, PartlyDone):
        return error.error, error.done
    if isinstance(error, MediatorError):
        return error, _refusal(getattr(error, "findings", ()))
    return _of_the_world(error), NOTHING_MORE


def _refusal(findings: tuple[Finding, ...]) -> Result:
    """What a refused paper adds: all findings."""
    if not findings:
        return NOTHING_MORE
    return Result({"findings": [finding_document(each) for each in findings]}, tuple(map(finding_line, findings)))


def _of_the_world(error: BaseException) -> MediatorError:
    """Memory, a refusal of the system, Ctrl-C; anything else is a bug of ours, told by its class alone."""
    from mediator.casework.files_out import refusal_of

    if isinstance(error, MemoryError):
        return WorldFailed("memory.short")
    if isinstance(error, OSError):
        return WorldFailed("world.os", where=Path(str(error.filename or "")).name, fault=refusal_of(error))
    if isinstance(error, KeyboardInterrupt):
        return Interrupted("command.interrupted")
    return Bug("bug.unexpected", where=type(error).__name__)
