"""A real laptop and the real program: keys that change, a database that is lost for good; nobody joins twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.shell import Shell
from tests.sync.center.program import SAMPLES, SECRET, County, a_laptop_with_a_case


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A founded center."""
    made = County(tmp_path / "center")
    assert made.init().code == 0
    return made


@pytest.fixture
def laptop(tmp_path: Path) -> Shell:
    """At home in no county yet."""
    return a_laptop_with_a_case(tmp_path / "laptop")


def taken_over(county: County, tmp_path: Path) -> County:
    """Nothing is left but a copy of the keys."""
    assert county("backup", "--out", str(tmp_path / "backup"), "--keys", str(tmp_path / "keys")).code == 0
    anew, secret = County(tmp_path / "anew"), tmp_path / "again"
    secret.write_text(SECRET)
    done = anew(
        "takeover", "--name", "缙云县中心", "--admin", "shen", "--password-file", str(secret),
        "--keys", str(tmp_path / "keys"),
    )  # fmt: skip
    assert done.code == 0, done.out
    return anew


def whole(county: County) -> bool:
    """Two cases, and all that stands there holds."""
    told = county("status").document
    return (told["cases"], told["desks"], told["absent"]) == (2, 1, []) and county("check").document["ok"]


def test_by_network_a_laptop_goes_on_under_new_keys_and_at_a_county_that_forgot_it(
    county: County, laptop: Shell, tmp_path: Path
) -> None:
    with county.serving() as running:
        laptop("enroll", "network", running.url, "--code", county.code())
        assert laptop("sync", "network").code == 0
    assert county("rotate").code == 0
    assert laptop.take_in(SAMPLES[1]).code == 0
    with county.serving() as running:
        for _ in range(2):
            done = laptop("sync", "network", running.url)
            assert (done.code, done.document.get("pending")) == (0, 0), done.out
    assert whole(county)
    anew = taken_over(county, tmp_path)
    with anew.serving() as running:
        done = laptop("sync", "network", running.url)
        assert (done.code, done.document.get("pending")) == (0, 0), done.out
    assert whole(anew)


def test_by_stick_a_laptop_comes_back_to_a_county_that_forgot_it(county: County, laptop: Shell, tmp_path: Path) -> None:
    with county.serving() as running:
        laptop("enroll", "network", running.url, "--code", county.code())
        laptop("sync", "network")
    assert laptop.take_in(SAMPLES[1]).code == 0
    anew, stick = taken_over(county, tmp_path), tmp_path / "stick"
    stick.mkdir()
    for _ in range(4):
        laptop("sync", "usb", str(stick))
        anew("usb", str(stick))
    done = laptop("sync", "usb", str(stick))
    assert (done.code, done.document["pending"]) == (0, 0)
    assert whole(anew)
    assert sorted(path.name[10:13] for path in stick.iterdir() if "-e-" in path.name) == [], "nothing is asked any more"
