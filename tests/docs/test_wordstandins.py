"""A picture in the place of a character is read back as that character, and only when nothing else was done to it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from mediator.docs.finished_word import WordFile
from mediator.docs.hidden import shows_more
from mediator.docs.pictured import plain_picture
from mediator.docs.showing import look
from mediator.docs.wordstandins import stand_ins
from tests.casework.issued import MAIN, package_of, parts_of
from tests.docs.papers import issued
from tests.docs.test_pictured import LACKING, drawn, named

FILL = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
DATA = issued("rights_notice", named()).files["docx"]


def with_main(change: Callable[[str], str]) -> bytes:
    """The notice with its main part changed."""
    parts = parts_of(DATA)
    main = parts[MAIN].decode()
    assert change(main) != main
    return package_of({**parts, MAIN: change(main).encode()})


def test_character_and_picture_are_read_back_and_nothing_else_is_seen() -> None:
    found = list(stand_ins(WordFile(DATA)))
    assert {(each.char, each.sha256) for each in found} == {
        (LACKING, hashlib.sha256(plain_picture(drawn())).hexdigest())
    }
    assert len(found) == WordFile(DATA).text.count(LACKING)
    assert not shows_more(WordFile(DATA))


def test_what_an_office_program_adds_to_a_picture_changes_nothing() -> None:
    added = with_main(lambda main: main.replace("<a:stretch>", "<a:srcRect/><a:stretch>").replace(
        "</pic:spPr>", "<a:noFill/></pic:spPr>"))  # fmt: skip
    assert not shows_more(WordFile(added))


@pytest.mark.threat("T65")
@pytest.mark.parametrize(
    "change",
    [
        lambda main: main.replace(f'descr="{LACKING}"', 'descr="大"', 1),
        lambda main: main.replace(f">{LACKING}</w:t>", ">吴</w:t>", 1),
        lambda main: main.replace(f">{LACKING}</w:t>", f">{LACKING}不</w:t>", 1),
        lambda main: main.replace('cx="203200"', 'cx="1"').replace('cy="203200"', 'cy="1"'),
        lambda main: main.replace('cx="203200"', 'cx="2032000"', 1),
        lambda main: main.replace("<a:stretch>", '<a:srcRect l="90000"/><a:stretch>', 1),
        lambda main: main.replace("<a:xfrm>", '<a:xfrm flipH="1">', 1),
        lambda main: main.replace("</pic:spPr>", f"{FILL}</pic:spPr>", 1),
        lambda main: main.replace("明", '明</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>、', 1),
    ],
    ids=["called otherwise", "other character", "two hidden", "too small", "not square", "cut", "turned", "filled",
         "hidden without a picture"],
)  # fmt: skip
def test_whatever_else_is_done_to_it_is_seen(change: Callable[[str], str]) -> None:
    assert shows_more(WordFile(with_main(change)))
    assert not look(with_main(change)).plain
