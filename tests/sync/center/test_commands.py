"""Every command of `mediator-center`: its exit codes, its one JSON document, its sentences (product/cli.md)."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from mediator.crypto.passwords import HOUSE
from sync.center import __main__ as start_up
from sync.center import reading
from sync.center.__main__ import parser
from sync.center.commands import EXAMPLES
from tests.sync.center.program import DIVISION, SECRET, TOWNSHIP, County

IN_USE = vars(start_up)["HOUSE"]
COMMANDS = (
    "init",
    "serve",
    "enroll",
    "revoke",
    "usb",
    "aside",
    "status",
    "publish",
    "tables",
    "check",
    "passwd",
    "supervise",
    "erasures",
    "restored",
    "slip",
    "backup",
    "restore",
    "certificate",
    "rotate",
    "takeover",
    "case list",
    "case show",
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """A founded center that the tests of this file only look at or add to."""
    made = County(tmp_path_factory.mktemp("county") / "center")
    assert made.init().code == 0
    return made


def words(command: str) -> list[str]:
    """The words of a command."""
    return command.split()


@pytest.mark.parametrize("command", ["", "case", *COMMANDS])
def test_every_command_explains_itself_with_an_example_that_parses(
    county: County, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*words(command), "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    example = re.search(r"例：\n  mediator-center (.*)", told)
    assert example, told
    assert parser().parse_args(example[1].split()).deed is not None
    assert not re.search(r"usage|positional|options:|optional", told), "nothing is left in English"
    assert set(EXAMPLES) <= {part for each in COMMANDS for part in words(each)}


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--version"])
    assert ended.value.code == 0
    assert re.fullmatch(r"mediator-center \S+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    "argv",
    [
        (), ("fly",), ("case",), ("case", "fly"), ("init",), ("init", "--data", "x"), ("usb", "--data", "x"),
        ("status",), ("enroll", "--data", "{data}"), ("serve", "--data", "{data}", "--port", "x"),
        ("serve", "--data", "{data}", "--port", "99999"), ("serve", "--data", "{data}", "--port", "-1"),
        ("enroll", "--data", "{data}", "--confirm", "1", "--deny", "1"),
        ("case", "list", "--data", "{data}", "--limit", "0"), ("case", "list", "--data", "{data}", "--limit", "-5"),
        ("case", "list", "--data", "{data}", "--limit", "9999999"),
        ("case", "show", "--data", "{data}"), ("revoke", "--data", "{data}"), ("status", "--data", "{data}", "more"),
        ("passwd", "--data", "{data}", "--login", "a", "--password-file", "/no/such/file"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_code_2_in_chinese(county: County, argv: tuple[str, ...]) -> None:
    wrong = [part.format(data=county.folder) for part in argv]
    done = county.plain(*wrong)
    assert (done.code, done.out) == (2, "")
    assert re.search("[一-鿿]", done.err)
    document = json.loads(county.plain(*wrong, "--json").out)
    assert set(document) == {"error"}
    assert document["error"]["code"].startswith("usage")


@pytest.mark.parametrize(
    ("argv", "code", "error"),
    [
        (("enroll", "--township", "330000101"), 1, "enroll.township"),
        (("enroll", "--township", "331122999"), 1, "enroll.township"),
        (("enroll", "--confirm", "000000"), 1, "enroll.no_request"),
        (("enroll", "--deny", "000000"), 1, "enroll.no_request"),
        (("revoke", "99"), 1, "desk.unknown"),
        (("case", "show", "（2026）缙壶民调字第9999号"), 4, "case.unknown"),
        (("case", "show", ""), 4, "case.unknown"),
        (("usb", "/no/such/stick"), 6, "stick.gone"),
        (("serve", "--host", "203.0.113.1", "--port", "0"), 6, "center.port"),
    ],
)
def test_what_is_refused_has_its_code_its_sentence_and_what_is_safe(
    county: County, argv: tuple[str, ...], code: int, error: str
) -> None:
    done = county(*argv)
    told = done.document["error"]
    assert (done.code, told["code"]) == (code, error)
    assert set(told) >= {"code", "message", "where", "safe"}
    assert re.search("[一-鿿]", told["message"])
    assert error not in told["message"], "a person reads a sentence of its own"
    assert told["safe"]


@pytest.mark.parametrize("command", ["status", "check", "case list", "restored"])
def test_a_folder_without_a_center_is_code_4(tmp_path: Path, command: str) -> None:
    done = County(tmp_path / "nothing")(*words(command))
    assert (done.code, done.document["error"]["code"]) == (4, "center.none")
    assert not (tmp_path / "nothing").exists(), "looking makes nothing"


def test_founding_prints_what_stands_on_the_printed_card(tmp_path: Path) -> None:
    county = County(tmp_path / "center")
    done = county.init()
    assert set(done.document) == {"center_id", "fingerprint"}
    assert re.fullmatch("[0-9a-f]{32}", done.document["center_id"])
    assert county("status").document["fingerprint"] == done.document["fingerprint"]


@pytest.mark.parametrize(
    ("changes", "code", "error"),
    [
        ({"--division": "33112"}, 1, "center.division"), ({"--division": "abcdef"}, 1, "center.division"),
        ({"--admin": ""}, 1, "room.login"), ({"--admin": "shen li"}, 1, "room.login"),
        ({"--password-file": "/no/such"}, 2, "usage.password_file"),
        ({"--database": "mysql://x"}, 4, "center.database_url"),
        ({"--database": "postgresql+psycopg://nobody@127.0.0.1:1/x"}, 6, "center.database"),
    ],
)  # fmt: skip
def test_founding_that_fails_leaves_no_keys_behind(
    tmp_path: Path, changes: dict[str, str], code: int, error: str
) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
    sound = {"--data": str(tmp_path / "c"), "--name": "某县", "--division": DIVISION, "--admin": "shen",
             "--password-file": str(tmp_path / "secret")}  # fmt: skip
    argv = [part for pair in (sound | changes).items() for part in pair]
    done = County(tmp_path).plain("init", *argv, "--json")
    assert (done.code, done.document["error"]["code"]) == (code, error)
    assert not (tmp_path / "c" / "center.key").exists()


def test_a_code_is_given_with_the_day_it_ends(county: County) -> None:
    told = county("enroll", "--township", TOWNSHIP).document
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{10}", told["code"])
    assert re.match(r"\d{4}-\d\d-\d\dT.*\+08:00", told["expires"])
    assert "只能用一次" in county.in_words("enroll", "--township", TOWNSHIP).out


def test_an_empty_county_is_sound_and_lists_nothing(county: County) -> None:
    assert county("case", "list").document == {"cases": [], "total": 0}
    done = county("status")
    assert done.code == 0
    assert {"entries", "cases", "desks", "requests", "put_aside", "name"} <= set(done.document)
    told = county("check")
    assert (told.code, told.document["ok"], told.document["findings"]) == (0, True, [])
    assert "完好" in county.in_words("check").out


def test_a_new_password_is_asked_to_be_a_good_one(county: County, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    for password, code in (("88888888", 1), ("another house of 2026", 0), ("x1" * 600, 1)):
        secret.write_text(password, encoding="utf-8")
        done = county("passwd", "--login", "li", "--password-file", str(secret))
        assert done.code == code, password
    assert county("passwd", "--login", "li:", "--password-file", str(secret)).code == 1


def test_a_password_may_come_by_standard_input(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    given = io.TextIOWrapper(io.BytesIO(b"another house of 2026\n"))
    monkeypatch.setattr(sys, "stdin", given)
    assert county("passwd", "--login", "wang", "--password-file", "-").document == {"login": "wang"}


def test_after_a_restore_the_county_begins_a_new_life(tmp_path: Path) -> None:
    county = County(tmp_path / "center")
    county.init()
    first, second = (county("restored").document["epoch"] for _ in range(2))
    assert 1 < first < second
    assert county("check").document["ok"] is True
    assert "补送" in county.in_words("restored").out or "再送一遍" in county.in_words("restored").out


def test_damage_is_told_with_its_place_and_code_4(tmp_path: Path) -> None:
    county = County(tmp_path / "center")
    county.init()
    engine = create_engine(f"sqlite:///{county.folder / 'center.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE entry SET sig = zeroblob(64)"))
    engine.dispose()
    done = county("check")
    assert (done.code, done.document["ok"]) == (4, False)
    assert done.document["findings"][0].startswith("entry.signature ")
    assert "不对" in county.in_words("check").out


def test_a_newer_database_is_not_opened(tmp_path: Path) -> None:
    county = County(tmp_path / "center")
    county.init()
    engine = create_engine(f"sqlite:///{county.folder / 'center.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE center_meta SET value = '99' WHERE name = 'schema'"))
    engine.dispose()
    done = county("status")
    assert (done.code, done.document["error"]["code"]) == (4, "center.newer")


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_keys_that_may_not_be_read_are_the_worlds_fault(county: County) -> None:
    (county.folder / "center.key").chmod(0)
    assert county("status").code == 6
    (county.folder / "center.key").chmod(0o600)


def test_a_defect_is_told_without_a_trace(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(reading, "townships", broken)
    done = county("status")
    assert done.document["error"]["code"] == "bug.unexpected"
    assert "secret words" not in done.out + done.err


def test_ctrl_c_ends_quietly(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "townships", stopped)
    assert (county("status").code, county("status").out) == (130, "")


@pytest.mark.threat("T24")
def test_a_founding_that_was_killed_after_its_keys_is_finished_by_the_next(tmp_path: Path) -> None:
    county = County(tmp_path / "center")
    assert county.init().code == 0
    key = (tmp_path / "center" / "center.key").read_bytes()
    for left in (tmp_path / "center").glob("center.db*"):
        left.unlink()
    assert county("status").code == 4
    assert county.init().code == 0
    assert (tmp_path / "center" / "center.key").read_bytes() == key
    assert county("check").document["ok"]
    assert county.init().code == 1


@pytest.mark.threat("T08")
def test_in_use_the_county_s_passwords_are_stretched_as_the_house_does() -> None:
    assert IN_USE is HOUSE, "taken before the tests of this folder made it cheap"
