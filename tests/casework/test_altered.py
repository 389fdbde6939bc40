"""Papers changed by a character, a digit, a page, a picture: every one is found, here and where only the key is.

The usual tier plants forty, the long one five hundred; a seed is a paper, so that a failure can be planted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest
from lxml import etree

from mediator.casework import opening, verifying
from mediator.docs.elements import W
from mediator.docs.finished import PdfFile
from tests.casework.desks import a_desk
from tests.casework.issued import MAIN, Bureau, a_bureau, package_of, parts_of, with_pages

HAN = "甲乙丙丁戊己庚辛壬癸不未零"
USUAL = 40


@dataclass(frozen=True)
class Both:
    """The desk that issued, and one that has heard of its key and of none of its papers."""

    here: Bureau
    away: Bureau


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("both")
    with a_bureau(folder / "here") as here:
        desk = a_desk(folder / "away")
        desk.vault.absorb(here.desk.vault.since(here.desk.vault.desk, 0, 1))
        yield Both(here, replace(here, desk=desk))
        opening.lock(desk)


def in_words(random: Random, data: bytes, wanted: Callable[[str], bool], change: Callable[[str], str]) -> bytes:
    """A DOCX in which one of the wanted characters is changed."""
    parts = parts_of(data)
    tree = etree.fromstring(parts[MAIN])
    places = [(node, at) for node in tree.iter(f"{W}t") for at, char in enumerate(node.text) if wanted(char)]
    node, at = random.choice(places)
    node.text = node.text[:at] + change(node.text[at]) + node.text[at + 1 :]
    return package_of({**parts, MAIN: etree.tostring(tree)})


def other(random: Random, old: str, among: str) -> str:
    """Another character."""
    return random.choice([char for char in among if char != old])


def a_character(random: Random, bureau: Bureau) -> bytes:
    """One character is another."""
    return in_words(random, bureau.first["docx"], str.isalpha, lambda char: other(random, char, HAN))


def a_digit(random: Random, bureau: Bureau) -> bytes:
    """One digit is another."""
    return in_words(random, bureau.first["docx"], str.isdigit, lambda char: other(random, char, "0123456789"))


def a_character_less(random: Random, bureau: Bureau) -> bytes:
    """One character is gone, or there twice."""
    return in_words(random, bureau.first["docx"], str.isalpha, lambda char: random.choice(("", char + char)))


def another_picture(_random: Random, bureau: Bureau) -> bytes:
    """The QR of the other paper."""
    name = "word/media/image1.png"
    return package_of({**parts_of(bureau.first["docx"]), name: parts_of(bureau.second["docx"])[name]})


def pages(random: Random, bureau: Bureau) -> bytes:
    """A page is gone, there twice, or stands elsewhere; the last, which has the QR, stays the last."""
    count = len(PdfFile(bureau.first["pdf"]).bodies)
    *front, last = range(count)
    gone = [page for page in front if page != random.choice(front)]
    return with_pages(bureau.first["pdf"], random.choice((([*gone, last]), [*front, random.choice(front), last])))


def pages_swapped(_random: Random, bureau: Bureau) -> bytes:
    """The last page stands before the first, and once more at the end."""
    count = len(PdfFile(bureau.first["pdf"]).bodies)
    return with_pages(bureau.first["pdf"], [count - 1, *range(1, count - 1), count - 1])


CHANGES = (a_character, a_digit, a_character_less, another_picture, pages, a_character, a_digit, pages_swapped)


def seeds() -> list[object]:
    """Forty papers always, five hundred in the long tier."""
    return [seed if seed < USUAL else pytest.param(seed, marks=pytest.mark.full) for seed in range(500)]


@pytest.mark.threat("T65")
@pytest.mark.parametrize("seed", seeds())
def test_every_changed_paper_is_found(both: Both, seed: int) -> None:
    data = CHANGES[seed % len(CHANGES)](Random(seed), both.here)
    assert both.here.state(data)[0] == "altered"
    assert both.away.state(data)[0] == "altered"


@pytest.mark.threat("T65")
@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_a_byte_changed_is_never_genuine_where_it_was_issued(both: Both, seed: int) -> None:
    random = Random(seed)
    data = bytearray(both.here.first["pdf"])
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    assert both.here.state(bytes(data))[0] in ("altered", "unknown")


def test_the_untouched_papers_are_genuine_in_both_places(both: Both) -> None:
    for files in (both.here.first, both.here.second):
        for data in files.values():
            assert both.here.state(data) == ("genuine", "")
            assert both.away.state(data) == ("genuine", verifying.BY_SIGNATURE)
