"""The local law library: what an article demands in our own short words, dated, told where its number is unchecked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mediator.core.numerals import chinese
from mediator.core.tables import Table, shipped


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `key` is how tables name it (`RTF.33`), `unchecked` that its number awaits an official print."""

    key: str
    title: str
    no: int
    says: str
    valid_from: date
    unchecked: bool

    @property
    def cited(self) -> str:
        """As a paper cites it."""
        return f"{self.title}第{in_words(self.no)}条{'（条号待核）' if self.unchecked else ''}"


def in_words(no: int) -> str:
    """`二百零五` for 205: articles go beyond the numerals of clauses."""
    hundreds, rest = divmod(no, 100)
    if not hundreds:
        return chinese(rest)
    ones = f"零{chinese(rest)}" if 0 < rest < 10 else f"一{chinese(rest)}" if 10 <= rest < 20 else chinese(rest)
    return f"{chinese(hundreds)}百{ones if rest else ''}"


@lru_cache(maxsize=1)
def library() -> Mapping[str, Article]:
    """Every article by its key; raises Unacceptable `table.form` for a table that says nothing."""
    table = Table(shipped("laws.json"))
    laws = {row.text("id"): (row.text("title"), row.day("valid_from")) for row in table.rows("laws")}
    return {each.key: each for each in (article_of(row, laws) for row in table.rows("articles"))}


def article_of(row: Table, laws: Mapping[str, tuple[str, date]]) -> Article:
    """One row, with the title and day of its law."""
    law, no = row.text("law"), row.count("no")
    title, since = laws[law]
    return Article(f"{law}.{no}", title, no, row.text("says"), since, row.flag("unchecked"))
