"""What a finished paper says, in both its formats, held against the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from mediator.core.money import in_words, parse_yuan
from mediator.core.numerals import chinese
from mediator.core.records import Case, PartyId
from mediator.docs.catalogue import kind_of
from mediator.docs.checks.bench import Check, Examined, PaperFinding, first_difference
from mediator.docs.expected import expected
from mediator.docs.finished_word import squeezed
from mediator.docs.forms.parts import SIGNING, copies_of, parties_of
from mediator.docs.kinds import EACH_AND_ONE_MORE
from mediator.errors import Unacceptable

UNFILLED: Final = ("{{", "{%", "None", "null", "nan", "XX", "待定")
SUM: Final = re.compile(r"人民币([\d,]+\.\d\d)元（大写：([^（）\d，。]+)）")
COPIES: Final = re.compile(r"一式([一二三四五六七八九十\d]+)份")
DAY: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def same_text(bench: Examined) -> Iterator[PaperFinding]:
    """C01: both files say the same."""
    if bench.word and bench.pdf and bench.word.text != bench.flowing:
        yield PaperFinding("C01", "两种格式的文字不一样", str(first_difference(bench.word.text, bench.flowing)))


def every_value(bench: Examined) -> Iterator[PaperFinding]:
    """C02: what the record holds stands on the paper."""
    for place, value in expected(bench.paper.kind, bench.case, bench.facts):
        wanted = squeezed(value)
        for form, text in bench.texts:
            if wanted not in text and not bench.goes_on(wanted):
                yield PaperFinding("C02", "案件里的内容没有印出来", f"{form}:{place}")


def sums_in_words(bench: Examined) -> Iterator[PaperFinding]:
    """C03: figures and words name one sum, in all that was agreed and all that the program wrote."""
    for form, text in bench.texts:
        for match in SUM.finditer(text):
            if not named_alike(match[1], match[2]) and not is_quoted(match.group(), bench):
                yield PaperFinding("C03", "小写与大写金额不一致", f"{form}:{match[1]}")


def is_quoted(words: str, bench: Examined) -> bool:
    """True for what somebody said or wrote in the case and nobody agreed."""
    agreed = squeezed("".join(each.text for each in bench.case.clauses))
    return words in squeezed(bench.own_words) and words not in agreed


def named_alike(figures: str, words: str) -> bool:
    """True when the words are those of the figures; figures that are no sum have none."""
    try:
        return in_words(parse_yuan(figures.replace(",", ""))) == words
    except Unacceptable:
        return False


def same_bytes(bench: Examined) -> Iterator[PaperFinding]:
    """C12: the same record gives the same bytes."""
    if bench.again is not None and dict(bench.again().files) != dict(bench.paper.files):
        yield PaperFinding("C12", "同一内容两次做出的文件不同")


def nothing_unfilled(bench: Examined) -> Iterator[PaperFinding]:
    """C15: no word of a template or of a program; what people wrote themselves is theirs."""
    for word in UNFILLED:
        if word not in bench.own_words and any(word in text for _, text in bench.texts):
            yield PaperFinding("C15", "文书里留有未填的字样", word)


def clauses_numbered(bench: Examined) -> Iterator[PaperFinding]:
    """C16: 一、 二、 三、 without a gap."""
    agreement = bench.case.agreement
    if agreement is None or not kind_of(bench.paper.kind).binding:
        return
    for form, text in bench.texts:
        at = 0
        for number, clause in enumerate(agreement.clauses, start=1):
            found = text.find(squeezed(f"{chinese(number)}、{clause.text}"), at)
            if found < 0:
                yield PaperFinding("C16", "条款编号不连续", f"{form}:{number}")
            at = max(found, at)


def copies_counted(bench: Examined) -> Iterator[PaperFinding]:
    """C21: an agreement says how many copies there are as was agreed, else one a party and one for the file."""
    if kind_of(bench.paper.kind).copies != EACH_AND_ONE_MORE:
        return
    for form, text in bench.texts:
        for words in COPIES.findall(text):
            if words != chinese(copies_of(bench.case)):
                yield PaperFinding("C21", "份数与约定不一致", f"{form}:{words}")


def days_exist(bench: Examined) -> Iterator[PaperFinding]:
    """C22: every day that the program printed is a day of the calendar."""
    for form, text in bench.texts:
        for match in DAY.finditer(text):
            if match.group() not in squeezed(bench.own_words) and not is_day(match):
                yield PaperFinding("C22", "日期不存在", f"{form}:{match.group()}")


def is_day(match: re.Match[str]) -> bool:
    """True for a day that exists."""
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def one_name_each(bench: Examined) -> Iterator[PaperFinding]:
    """C23: a party is written alike wherever it stands; who pays is the party meant."""
    places = (f"parties.{each.ref}" for each in parties_of(bench.case, SIGNING) if is_unlike(each.name, bench))
    for place in (*places, *unmeant(bench.case)):
        yield PaperFinding("C23", "同一当事人的姓名前后不一致", place)


def is_unlike(name: str, bench: Examined) -> bool:
    """True for a name that one file has more often than the other."""
    return len({text.count(squeezed(name)) for _, text in bench.texts}) > 1


def unmeant(case: Case) -> Iterator[str]:
    """Places of the plan that name somebody else than the party they are tied to."""
    meant = {party.id: party.name for party in case.parties}
    return (place for place, link, name in linked(case) if meant.get(link, name) != name)


def linked(case: Case) -> Iterator[tuple[str, PartyId, str]]:
    """Who owes and who gets, wherever the plan ties a name to a party: place, party, name."""
    for number, each in enumerate(case.obligations, start=1):
        for link, name in ((each.payer_party, each.payer), (each.payee_party, each.payee)):
            if link is not None:
                yield f"obligations.{number}", link, name


CHECKS: Final[tuple[Check, ...]] = (
    same_text, every_value, sums_in_words, same_bytes, nothing_unfilled, clauses_numbered, copies_counted, days_exist,
    one_name_each,
)  # fmt: skip
