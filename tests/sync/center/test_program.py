"""A real laptop and the real program of the county: joining, exchanging, looking, by network and by stick."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.shell import Shell
from tests.sync.center.conftest import fresh_database
from tests.sync.center.program import SAMPLES, SECRET, TOWNSHIP, County, Served, a_laptop_with_a_case


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A founded center."""
    made = County(tmp_path / "center")
    assert made.init().code == 0
    return made


@pytest.fixture
def served(county: County) -> Iterator[Served]:
    """The same, answering on loopback."""
    with county.serving() as running:
        yield running


@pytest.fixture
def laptop(tmp_path: Path) -> Shell:
    """At home in no county yet."""
    return a_laptop_with_a_case(tmp_path / "laptop")


def test_secrets_lie_in_a_file_of_their_owner_alone_and_the_password_nowhere(county: County) -> None:
    keys = county.folder / "center.key"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert stat.S_IMODE(county.folder.stat().st_mode) == 0o700
    files = [path for path in county.folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        assert SECRET.encode() not in path.read_bytes(), path.name


def test_founding_twice_or_badly_changes_nothing(county: County, tmp_path: Path) -> None:
    before = (county.folder / "center.key").read_bytes()
    assert county.init().document["error"]["code"] == "center.exists"
    assert (county.folder / "center.key").read_bytes() == before
    other = County(tmp_path / "other", url="mysql://nowhere")
    assert (other.init().code, other.folder.exists()) == (4, False)


def test_a_weak_password_founds_nothing(tmp_path: Path) -> None:
    (tmp_path / "weak").write_text("88888888\n", encoding="utf-8")
    weak = County(tmp_path / "center")
    done = weak("init", "--name", "某县", "--division", "331122", "--admin", "shen",
                "--password-file", str(tmp_path / "weak"))  # fmt: skip
    assert done.code == 1
    assert done.document["error"]["code"].startswith("password.")
    assert not weak.folder.exists()


@pytest.mark.parametrize("argv", [(), ("fly",), ("case",), ("enroll",), ("serve", "--port", "many")])
def test_a_wrong_command_line_is_code_2_in_chinese(county: County, argv: tuple[str, ...]) -> None:
    done = county.plain(*argv, *(county.options() if argv == ("enroll",) else ()))
    assert done.code == 2
    assert "命令的写法不对" in done.err
    assert done.out == ""


def test_keys_of_another_center_do_not_open_the_database(county: County, tmp_path: Path) -> None:
    other = County(tmp_path / "other")
    other.init()
    (county.folder / "center.key").write_bytes((other.folder / "center.key").read_bytes())
    assert county("status").document["error"]["code"] in {"center.keys", "center.none"}
    (county.folder / "center.key").write_bytes(b"{")
    assert county("status").document["error"]["code"] == "center.keys"


def test_a_taken_address_is_told_and_ends_with_code_6(county: County, served: Served) -> None:
    done = county("serve", "--port", served.url.rpartition(":")[2])
    assert (done.code, done.document["error"]["code"]) == (6, "center.port")


def test_a_laptop_joins_by_code_sends_everything_once_and_the_county_shows_it(
    county: County, served: Served, laptop: Shell
) -> None:
    joined = laptop("enroll", "network", served.url, "--code", county.code()).document
    assert (joined["center"], joined["state"]) == ("缙云县中心", "enrolled")
    first = laptop("sync", "network").document
    assert first["sent"] == 1, "the imported case"
    assert first["pending"] == 0
    again = laptop("sync", "network").document
    assert again["sent"] + again["received"] <= 6, "numbers and the case's official number may follow"
    quiet = laptop("sync", "network").document
    assert (quiet["sent"], quiet["received"]) == (0, 0)
    row = county("case", "list").document["cases"][0]
    shown = county("case", "show", row["number"])
    case = shown.document["cases"][0]
    assert shown.code == 0
    assert case["parties"] == [party["name"] for party in laptop("case", "show", row["number"]).document["parties"]]
    assert all(each["signature"] for each in case["history"])
    assert county("check").document["ok"] is True
    assert county("status").document["cases"] == 1
    seat = joined["device"]
    assert county("revoke", seat).document == {"desk": seat, "number": 1}
    assert (laptop("sync", "network").code, laptop("sync", "network").error["code"]) == (3, "desk.revoked")
    assert county("status").code == 5, "what a stopped computer sends waits for a person"


def test_a_wrong_code_is_code_3_and_joins_nobody(county: County, served: Served, laptop: Shell) -> None:
    county.code()
    done = laptop("enroll", "network", served.url, "--code", "0000000000")
    assert (done.code, done.error["code"]) == (3, "enroll.code")
    assert laptop("sync", "network").error["code"] == "sync.not_enrolled"
    assert county("status").document["desks"] == 0


def test_a_laptop_joins_by_stick_in_two_steps_with_six_digits_compared(
    county: County, laptop: Shell, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert laptop("enroll", "usb", str(stick)).error["code"] == "enroll.no_card"
    assert county("usb", str(stick)).document["written"] == 0
    asked = laptop("enroll", "usb", str(stick)).document
    assert (asked["state"], len(asked["digits"])) == ("requested", 6)
    assert laptop("sync", "usb", str(stick)).error["code"] == "sync.not_enrolled"
    seen = county("usb", str(stick))
    assert (seen.code, seen.document["asking"]) == (5, [asked["digits"]])
    assert laptop("enroll", "usb", str(stick)).document["state"] == "requested", "nobody has agreed yet"
    assert county("enroll", "--confirm", "000000").document["error"]["code"] == "enroll.no_request"
    assert county("enroll", "--confirm", asked["digits"]).code == 0
    assert county("usb", str(stick)).document["written"] == 1
    assert laptop("enroll", "usb", str(stick)).document["state"] == "enrolled"
    left = sorted(path.name[10:13] for path in stick.iterdir())
    assert left == ["-a-"], "only the county's card stays"
    assert laptop("sync", "usb", str(stick)).document["sent"] == 1
    assert county("usb", str(stick)).document["absorbed"] == 1
    assert laptop("sync", "usb", str(stick)).document["receipts"] == 1


def test_a_denied_laptop_is_told_so(county: County, laptop: Shell, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    county("usb", str(stick))
    digits = laptop("enroll", "usb", str(stick)).document["digits"]
    county("usb", str(stick))
    assert county("enroll", "--deny", digits).document["confirmed"] is False
    refused = county("usb", str(stick))
    assert (refused.code, [each["code"] for each in refused.document["rejected"]]) == (4, ["enroll.denied"])
    assert county("status").document["desks"] == 0


def test_stick_and_network_may_alternate_for_one_laptop(
    county: County, served: Served, laptop: Shell, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    laptop("enroll", "network", served.url, "--code", county.code())
    for number, data in enumerate(SAMPLES[1:5]):
        assert laptop.take_in(data).code == 0
        if number % 2:
            assert laptop("sync", "network").code == 0
            continue
        assert laptop("sync", "usb", str(stick)).code == 0
        assert county("usb", str(stick)).code == 0
        assert laptop("sync", "usb", str(stick)).code == 0
    assert laptop("sync", "network").document["pending"] == 0
    assert county("status").document["cases"] == 5
    assert county("check").document["ok"] is True


def test_a_stick_that_is_gone_or_full_of_damage_has_its_code(county: County, laptop: Shell, tmp_path: Path) -> None:
    assert county("usb", str(tmp_path / "gone")).document["error"]["code"] == "stick.gone"
    stick = tmp_path / "stick"
    stick.mkdir()
    county("usb", str(stick))
    laptop("enroll", "usb", str(stick))
    request = next(stick.glob("med-*-e-*.medb"))
    request.write_bytes(request.read_bytes()[:-1])
    done = county("usb", str(stick))
    assert (done.code, done.document["rejected"][0]["file"]) == (4, request.name)
    assert request.name in county.in_words("usb", str(stick)).out


def test_sigterm_ends_the_service_cleanly(county: County) -> None:
    with county.serving() as running:
        os.kill(running.child.pid, signal.SIGTERM)
        assert running.child.wait(30) == 0


def test_the_whole_road_on_postgresql(server: str, laptop: Shell, tmp_path: Path) -> None:
    county = County(tmp_path / "center", url=fresh_database(server))
    assert county.init().code == 0
    assert not (county.folder / "center.db").exists()
    assert county.init().code == 1
    with county.serving() as running:
        laptop("enroll", "network", running.url, "--code", county.code())
        assert laptop("sync", "network").document["sent"] == 1
    assert county("case", "list", "--township", TOWNSHIP).document["total"] == 1
    assert county("check").document["ok"] is True
