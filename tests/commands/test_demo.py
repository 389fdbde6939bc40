"""`mediator demo`: the main job once through with a real county, and a second time on the same folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from mediator.casework import opening, printing, reading, workbench
from mediator.casework.desk import Desk
from mediator.casework.reading import RowQuery
from mediator.commands import demo_story
from tests.casework.desks import a_workshop, sample_names, with_the_real_road
from tests.commands.shell import Outcome, Shell

TAKEN = "s03_mason_wage"
PROMISED = {"vault", "case", "documents", "center_url", "synced_entries"}


@dataclass(frozen=True)
class TwoRuns:
    """What two runs on one folder said, what lay there after the first, and the shell that made them."""

    shell: Shell
    folder: Path
    first: Outcome
    second: Outcome
    between: dict[str, bytes]


def papers_in(folder: Path) -> dict[str, bytes]:
    """Every paper of a demo folder."""
    return {str(path): path.read_bytes() for path in sorted((folder / "documents").rglob("*.*")) if path.is_file()}


def two_runs(folder: Path) -> TwoRuns:
    """A first run, one case's papers taken away, a second run."""
    shell = Shell(folder, workshop=with_the_real_road(a_workshop()))
    place = folder / "演示 一"
    first = shell.bare("demo", "--dir", str(place), "--json")
    between = papers_in(place)
    (place / "documents" / TAKEN).rename(folder / "taken away")
    return TwoRuns(shell, place, first, shell.bare("demo", "--dir", str(place), "--json"), between)


def test_the_demo_does_the_main_job_and_a_second_run_does_no_harm(tmp_path: Path) -> None:
    runs = two_runs(tmp_path)
    the_results_lie_where_it_says(runs)
    it_tells_what_it_does_in_chinese_and_english(runs.first.err.splitlines())
    only_what_was_taken_away_is_written_again(runs)
    desk = demo_story.sit_down(runs.shell.workshop, runs.folder)
    try:
        no_case_hearing_or_payment_came_twice(desk, runs.second.document["case"])
        every_paper_is_genuine_or_a_draft(desk, runs.folder)
        the_vault_is_whole_and_enrolled(desk)
    finally:
        opening.lock(desk)


def the_results_lie_where_it_says(runs: TwoRuns) -> None:
    assert runs.first.code == 0, runs.first.out
    document = runs.first.document
    assert set(document) >= PROMISED
    assert document["center_url"].startswith("http://127.0.0.1:")
    assert document["synced_entries"] > 0
    assert {Path(path).suffix for path in document["documents"]} == {".docx", ".pdf"}
    assert set(document["documents"]) == set(runs.between)
    assert all(len(data) > 1000 for data in runs.between.values())
    assert {Path(path).parent.name for path in runs.between} == {name.removesuffix(".json") for name in sample_names()}


def it_tells_what_it_does_in_chinese_and_english(said: list[str]) -> None:
    assert len(said) == 7
    for line in said:
        assert any("\u4e00" <= char <= "\u9fff" for char in line)
        assert any(word in line for word in ("The", "Six", "A hearing", "paper", "Joined", "Network", "Stick"))


def no_case_hearing_or_payment_came_twice(desk: Desk, number: str) -> None:
    rows = reading.rows(desk, RowQuery())
    assert len(rows) == reading.count(desk, RowQuery()) == 6
    cases = [desk.vault.case(row.id).case for row in rows]
    assert sum(len(case.payments) for case in cases) == 1
    held = next(case for case in cases if case.number == number)
    assert [turn.text for turn in held.hearings[-1].turns] == [words for _, words in demo_story.SPOKEN]
    assert held.hearings[-1].closed


def only_what_was_taken_away_is_written_again(runs: TwoRuns) -> None:
    assert runs.second.code == 0, runs.second.out
    now = papers_in(runs.folder)
    untouched = {path: data for path, data in runs.between.items() if TAKEN not in path}
    assert len(untouched) < len(runs.between)
    assert {path: data for path, data in now.items() if TAKEN not in path} == untouched
    assert set(runs.second.document["documents"]) == set(now)


def every_paper_is_genuine_or_a_draft(desk: Desk, folder: Path) -> None:
    found = printing.verify(desk, [Path(path) for path in papers_in(folder)])
    kinds = {(each.state, each.file.name.startswith("草稿")) for each in found}
    assert kinds == {("genuine", False), ("unknown", True)}


def the_vault_is_whole_and_enrolled(desk: Desk) -> None:
    assert opening.check(desk, full=True).ok
    assert opening.recovery_confirmed(desk)
    state = workbench.bench(desk).sync
    assert (state.state, state.center) == ("enrolled", "缙云县矛盾纠纷调解中心（演示）")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', '{"format": "mediator-demo", "more": 1}', "{"])
def test_a_folder_with_something_else_in_it_is_left_alone(bare_shell: Shell, text: str) -> None:
    folder = bare_shell.folder / "d"
    folder.mkdir()
    (folder / "demo.json").write_text(text, encoding="utf-8")
    done = bare_shell.bare("demo", "--dir", str(folder), "--json")
    assert (done.code, done.error["code"], done.error["where"]) == (1, "demo.place", "d")
    assert [path.name for path in folder.iterdir()] == ["demo.json"]


def test_a_demo_in_the_place_of_a_file_is_a_failure_of_the_world(bare_shell: Shell) -> None:
    (bare_shell.folder / "f").write_bytes(b"")
    done = bare_shell.bare("demo", "--dir", str(bare_shell.folder / "f"), "--json")
    assert (done.code, done.error["code"]) == (6, "world.os")
    assert done.error["message"] == "“f”不是文件夹，或者已被同名的文件占用，这一步没有完成。"


def test_the_diary_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    diary = demo_story.open_diary(tmp_path / "new")
    diary.cases["s"], diary.sent = "id", 3
    demo_story.once(diary, "hearing", lambda: "first")
    demo_story.once(diary, "hearing", lambda: "second")
    assert demo_story.open_diary(tmp_path / "new") == diary
    assert json.loads(diary.path.read_bytes())["done"] == {"hearing": "first"}
