"""A real vault and the real program of the county, a stick between them: one order, the same words at both ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mediator.wiring.county import CountyRoad
from tests.casework.desks import a_document
from tests.commands.shell import Shell
from tests.sync.center.program import County


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A founded center; its clock is the machine's, months after the laptop's."""
    made = County(tmp_path / "center")
    assert made.init().code == 0
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for one."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def laptop(county: County, stick: Path, tmp_path: Path) -> Shell:
    """A real vault that joined by stick; its clock stands at 9 March 2026."""
    folder = tmp_path / "laptop"
    folder.mkdir()
    shell = Shell(folder)
    shell.workshop = replace(shell.workshop, exchange=CountyRoad(shell.workshop.clock))
    assert shell.create().code == 0
    county("usb", str(stick))
    digits = shell("enroll", "usb", str(stick)).document["digits"]
    county("usb", str(stick))
    assert county("enroll", "--confirm", digits).code == 0
    county("usb", str(stick))
    assert shell("enroll", "usb", str(stick)).document["state"] == "enrolled"
    return shell


def carried(laptop: Shell, county: County, stick: Path) -> None:
    """There and back."""
    assert laptop("sync", "usb", str(stick)).code == 0
    assert county("usb", str(stick)).code == 0
    assert laptop("sync", "usb", str(stick)).code == 0


def orders(laptop: Shell, number: str) -> Any:
    """What the room has, and how many entries the look took."""
    return laptop("case", "orders", number).document


def test_what_the_county_issued_is_noted_by_the_exchange_and_not_raised_again(
    county: County, laptop: Shell, stick: Path
) -> None:
    number = laptop.number_of(a_document(accepted_on="2026-02-02"))
    carried(laptop, county, stick)
    issued = county("supervise", "--issue").document
    assert issued["issued"] == len(issued["orders"]) >= 1
    assert {each["heard"] for each in issued["orders"]} == {"2026-03-09"}, "the day on which the stick was written"
    carried(laptop, county, stick)
    here = orders(laptop, number)
    assert here["raised"] == 0
    assert {each["id"]: each["text"] for each in here["orders"]} == {
        each["id"]: each["text"] for each in issued["orders"]
    }
    assert all(each["received_on"] == "2026-03-09" and each["by_county"] for each in here["orders"])
    assert {each["answer_by"] for each in here["orders"] if each["sort"] == "supervise"} == {"2026-03-12"}


def test_what_the_room_raised_is_not_issued_again_and_its_answer_waits_for_a_verdict(
    county: County, laptop: Shell, stick: Path
) -> None:
    number = laptop.number_of(a_document(accepted_on="2026-02-02"))
    raised = orders(laptop, number)
    assert raised["raised"] == len(raised["orders"]) >= 1
    first = raised["orders"][0]["id"]
    assert laptop("case", "answer", number, first[:8], "--text", "已约双方周五面谈").code == 0
    carried(laptop, county, stick)
    done = county("supervise", "--issue")
    assert (done.code, done.document) == (5, {"orders": [], "issued": 0, "answered": 1})
    carried(laptop, county, stick)
    again = orders(laptop, number)
    assert again["raised"] == 0
    assert [each["id"] for each in again["orders"]] == [each["id"] for each in raised["orders"]]
    assert {each["id"]: each["state"] for each in again["orders"]}[first] == "answered"
    assert county("check").document["ok"] is True
    assert laptop("vault", "check", "--full").document["ok"] is True
