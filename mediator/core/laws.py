"""The local law library: what an article demands in our own short words, dated, told where its number is unchecked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from mediator.core.numerals import chinese
from mediator.core.tables import Table, shipped

SINCE: Final = date(2000, 1, 1)
LAST: Final = 1300
CITED: Final = re.compile("(?P<title>[^第]*)第(?P<first>[^条]+)条(?:至第(?P<last>[^条]+)条)?")


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `key` is how tables name it (`RTF.33`), `unchecked` that its number awaits an official print.

    A ground that has no articles, a county's own rule, has the number 0 and its title as key.
    """

    key: str
    title: str
    no: int
    says: str
    valid_from: date
    unchecked: bool = False

    @property
    def cited(self) -> str:
        """As a paper cites it."""
        if not self.no:
            return self.title
        return f"{self.title}第{in_words(self.no)}条{'（条号待核）' if self.unchecked else ''}"


def in_words(no: int) -> str:
    """`二百零五` for 205, `一千一百二十七` for 1127: articles go beyond the numerals of clauses."""
    thousands, rest = divmod(no, 1000)
    hundreds, ones = divmod(rest, 100)
    high = f"{chinese(thousands)}千" if thousands else ""
    middle = f"{chinese(hundreds)}百" if hundreds else ""
    return f"{high}{middle}{low_words(ones, inner=bool(high or middle), gap=bool(high) and not hundreds)}"


def low_words(ones: int, *, inner: bool, gap: bool) -> str:
    """The last two digits, `inner` behind hundreds: 零五, 一十二; `gap` where the hundreds are none: 零六十七."""
    if not ones:
        return ""
    words = f"一{chinese(ones)}" if inner and 10 <= ones < 20 else chinese(ones)
    return f"零{words}" if gap or (inner and ones < 10) else words


@lru_cache(maxsize=1)
def library() -> Mapping[str, Article]:
    """Every article and other ground by its key; raises Unacceptable `table.form` for a table that says nothing."""
    table = Table(shipped("laws.json"))
    laws = {row.text("id"): (row.text("title"), row.day("valid_from")) for row in table.rows("laws")}
    found = [article_of(row, laws) for row in table.rows("articles")]
    others = [Article(row.text("title"), row.text("title"), 0, row.text("says"), SINCE) for row in table.rows("others")]
    return {each.key: each for each in (*found, *others)}


def article_of(row: Table, laws: Mapping[str, tuple[str, date]]) -> Article:
    """One row, with the title and day of its law."""
    law, no = row.text("law"), row.count("no")
    title, since = laws[law]
    return Article(f"{law}.{no}", title, no, row.text("says"), since, row.flag("unchecked"))


@lru_cache(maxsize=1)
def names() -> Mapping[str, str]:
    """What a law is called in a source, without marks -> its id."""
    rows = Table(shipped("laws.json")).rows("laws")
    return {name: row.text("id") for row in rows for name in (bare(row.text("title")), *row.texts("names"))}


@lru_cache(maxsize=1)
def numerals() -> Mapping[str, int]:
    """The words of every article that a law may have."""
    return {in_words(no): no for no in range(1, LAST + 1)}


def bare(title: str) -> str:
    """A title without its marks."""
    return title.removeprefix("《").removesuffix("》")


def grounds_of(source: str) -> tuple[Article, ...]:
    """What a source of a rule or a finding rests on, in its order: `人民调解法第三条、第十五条`.

    What the library does not have is left out: a county's own table may cite what it likes.
    """
    return tuple(library()[key] for key in cited_keys(source) if key in library())


def cited_keys(source: str) -> Iterator[str]:
    """The keys that a source names; a number without a law belongs to the law before it."""
    law = ""
    for part in re.split("[；、]", source):
        found = CITED.match(part)
        if found is None:
            yield part
            continue
        law = names().get(bare(found["title"]), found["title"]) if found["title"] else law
        first, last = (numerals().get(found[name] or found["first"], 0) for name in ("first", "last"))
        yield from (f"{law}.{no}" for no in range(first, last + 1))
