"""Jobs for the printer. Their names lie in the spool and on the printer's display: a number, never a person (T16)."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrinter

from mediator.ui.words import say


def named(printer: QPrinter, number: str = "") -> QPrinter:
    """The printer with the job's name: the program's, and the number of the case or nothing."""
    printer.setDocName(f"{say('frame.brand')} {number}".strip())
    printer.setCreator(say("frame.brand"))
    return printer
