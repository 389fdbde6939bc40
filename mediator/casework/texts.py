"""Text is cleaned once, where it comes in (C4), and every change is told with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, ClassVar, Final, Protocol, TypeVar

from mediator.casework.desk import Desk
from mediator.core.lint import Finding, Severity
from mediator.core.text import clean

SHOWN: Final = 5
RULE: Final = "C4"


class Form(Protocol):
    """A dataclass as screens fill it in."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


F = TypeVar("F", bound=Form)


class Cleaner:
    """Cleans texts and collects a finding for every text that was changed."""

    __slots__ = ("_findings",)

    def __init__(self) -> None:
        """Nothing found yet."""
        self._findings: list[Finding] = []

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was changed, in order of reading."""
        return tuple(self._findings)

    def clean(self, text: str, place: str) -> str:
        """NFC without control and direction characters; raises Unacceptable `text.*` for a lone surrogate."""
        cleaned = clean(text)
        if cleaned.removed:
            rows = [f"第{r.position + 1}个字符（U+{r.codepoint:04X}）" for r in cleaned.removed[:SHOWN]]
            more = f"等共{len(cleaned.removed)}处" if len(cleaned.removed) > SHOWN else ""
            self._note(place, f"文字中有不可见的控制字符，已去除：{'、'.join(rows)}{more}。")
        if "\r" in text or "\t" in text:
            self._note(place, "换行和制表符已统一为换行和空格。")
        if not unicodedata.is_normalized("NFC", text):
            self._note(place, "文字已按统一编码形式（NFC）整理，字形不变。")
        return cleaned.text

    def _note(self, place: str, message: str) -> None:
        self._findings.append(Finding(rule=RULE, severity=Severity.INFO, message=message, source="", place=place))

    def value(self, value: object, place: str) -> object:
        """A plain value of a form with every text in it cleaned."""
        if isinstance(value, str):
            return self.clean(value, place)
        if isinstance(value, list | tuple):
            return type(value)(self.value(item, f"{place}.{number}") for number, item in enumerate(value))
        if isinstance(value, dict):
            return {self.clean(str(key), place): self.value(item, f"{place}.{key}") for key, item in value.items()}
        return value


def cleaned(desk: Desk, form: F) -> F:
    """A form (a dataclass) with every text cleaned; the workshop hears what was changed."""
    cleaner = Cleaner()
    names = [each.name for each in fields(form)]
    changed: dict[str, Any] = {name: cleaner.value(getattr(form, name), name) for name in names}
    _tell(desk, cleaner)
    return replace(form, **changed)


def cleaned_fields(desk: Desk, given: Mapping[str, object]) -> dict[str, object]:
    """Fields by name with every text cleaned; the workshop hears what was changed."""
    cleaner = Cleaner()
    kept = {name: cleaner.value(value, name) for name, value in given.items()}
    _tell(desk, cleaner)
    return kept


def cleaned_text(desk: Desk, text: str, place: str) -> str:
    """One text, cleaned; the workshop hears what was changed."""
    cleaner = Cleaner()
    kept = cleaner.clean(text, place)
    _tell(desk, cleaner)
    return kept


def _tell(desk: Desk, cleaner: Cleaner) -> None:
    """Pass findings on, if there are any."""
    if cleaner.findings:
        desk.workshop.heard(cleaner.findings)
