"""Names with rare characters in the DOCX."""

from __future__ import annotations

import pytest

from mediator.docs.elements import W
from mediator.docs.finished_word import WordFile
from mediator.docs.model import Document, Run, text
from mediator.docs.word import write_docx
from mediator.docs.wordnames import is_common


@pytest.mark.parametrize(
    ("name", "common"),
    [("吴某斌", True), ("", True), ("吴㛃", False), ("𬱖某", False), ("陈镕某", False), ("张喆", False)],
)
def test_what_windows_face_of_the_body_draws(name: str, common: bool) -> None:
    assert is_common(name) is common


def runs(*parts: str | Run, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Text and face of each run of the last paragraph."""
    word = WordFile(write_docx(Document("kind", "书", "", "", (text(*parts),), names=names)))
    found = word.body.findall(f"{W}p")[-1].findall(f"{W}r")
    return [(run.find(f"{W}t").text, run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")) for run in found]


def test_a_rare_name_stands_whole_in_one_face_and_the_rest_in_the_body_s() -> None:
    assert runs("由吴㛃𬱖付给吴某。", names=("吴㛃𬱖", "吴某")) == [
        ("由", "仿宋_GB2312"), ("吴㛃𬱖", "宋体"), ("付给吴某。", "仿宋_GB2312"),
    ]  # fmt: skip


def test_a_run_that_is_nothing_but_a_rare_name_changes_its_face_alone() -> None:
    assert runs(Run("吴㛃", strong=True), "来。", names=("吴㛃",)) == [("吴㛃", "宋体"), ("来。", "仿宋_GB2312")]


def test_the_longer_of_two_rare_names_is_not_cut_by_the_shorter() -> None:
    assert [words for words, _ in runs("吴㛃𬱖来", names=("吴㛃", "吴㛃𬱖"))] == ["吴㛃𬱖", "来"]


def test_text_without_rare_names_stays_one_run() -> None:
    assert runs("吴某来。", names=("吴某", "吴㛃")) == [("吴某来。", "仿宋_GB2312")]
