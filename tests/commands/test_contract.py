"""Every command held against the contract: done, refused, used wrongly; exit code and members of the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.casework.county import Enrolled, Exchanged, ever
from mediator.commands import tree
from mediator.errors import NoAccess, Unacceptable, WorldFailed
from mediator.store.vault import Vault
from tests.casework.desks import PASSWORD, ROOT, a_document, a_hearing, an_agreement, encoded
from tests.casework.tapes import recorded
from tests.casework.test_exchange import Door
from tests.casework.test_ledger_import import GOOD, HEAD, table
from tests.commands.contract import PROMISED, ROWS, SAID, Row
from tests.commands.shell import Outcome, Shell
from tests.commands.test_ledger import ORDER, ORDERS
from tests.commands.townships import joined
from tests.docs.foreign import page, written

NEW = "石桥下的流水 77 声"
SLOTS = {"payer": "b", "payee": "a", "cause": "借款", "amount": "3000.00", "due": "2026-05-01", "method": "转账"}


class Road(Door):
    """A road that refuses what a real one refuses: a stick that is away, an open address, a wrong code."""

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        refuse_missing(folder)
        return super().by_stick(vault, folder)

    def by_network(self, vault: Vault, url: str, going: Callable[[], bool] = ever) -> Exchanged:
        if url.startswith("http:"):
            raise Unacceptable("sync.url")
        return super().by_network(vault, url)

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        if code != "ABCD-1234":
            raise NoAccess("enroll.code")
        return super().enroll_network(vault, url, code)

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        refuse_missing(folder)
        return super().enroll_stick(vault, folder)


def refuse_missing(folder: Path) -> None:
    """As a stick that was pulled."""
    if folder.name == "away":
        raise WorldFailed("stick.gone")


@dataclass(frozen=True)
class World:
    """A vault with two cases and everything the words in braces stand for."""

    shell: Shell
    words: dict[str, str]

    def run(self, row: Row, line: str, *more: str) -> Outcome:
        """A command with the options every command takes before it, so that its own win."""
        argv = [part.format(**self.words) for part in f"{row.words} {line}".split()]
        return self.shell.bare("--vault", str(self.shell.vault), "--password-file", self.words["own"], *argv, *more)

    def traces(self) -> tuple[int, int]:
        """How many cases and users there are."""
        return self.shell("case", "list").document["total"], len(self.shell("vault", "user", "list").document["users"])


@pytest.fixture
def world(bare_shell: Shell, tmp_path: Path) -> World:
    shell = bare_shell
    code = shell.create().document["recovery_code"]
    shell.with_road(Road())
    signed = a_document(hearings=[a_hearing()], agreement=an_agreement(), outcome="agreed", accepted_on="2026-03-01")
    words = {"number": shell.number_of(signed), "plain": shell.number_of(a_document())}
    for name, text in (("own", PASSWORD), ("secret", NEW), ("weak", "kurz"), ("code", code)):
        words[name] = shell.secret_file(text, name)
    for name in ("out", "new", "away"):
        words[name] = str(tmp_path / name)
    for name, data in (
        ("file", encoded(a_document())),
        ("bad", encoded(a_document(title=1))),
        ("taken", b"x"),
        ("photo", written(page(), "PNG")),
        ("values", '{"receiver": "王五"}'.encode()),
        ("slots", encoded(SLOTS)),
        ("ledger", table(HEAD, GOOD)),
        ("orders", table(ORDERS, ORDER)),
    ):
        (tmp_path / f"{name}.json").write_bytes(data)
        words[name] = str(tmp_path / f"{name}.json")
    words["docx"] = str(ROOT / "templates" / "documents" / "receipt.docx")
    return World(shell, words)


def before_erasure(world: World, row: Row) -> None:
    """A second user who decides too, a backup that came back, a county with another computer."""
    if row.words.startswith("township "):
        world.words.update(joined(world.shell, row.words.partition(" ")[2]))
    if row.words in ("erasure decide", "recording destroy"):
        assert world.shell("vault", "user", "add", "wang", "--new-password-file", world.words["own"]).code == 0
    if row.words == "erasure waive":
        desk = opening.unlock(world.shell.workshop, world.shell.vault, "li", PASSWORD)
        desk.vault.keep_setting(opening.ERASURE_LIST, opening.WANTED)
        opening.lock(desk)


def before_listening(world: World, row: Row) -> None:
    """A case whose sitting was recorded."""
    if row.words.startswith("recording "):
        desk = opening.unlock(world.shell.workshop, world.shell.vault, "li", PASSWORD)
        case, _, world.words["recording"] = recorded(desk, 2)
        world.words["recorded"] = desk.vault.case(case).case.number
        opening.lock(desk)


def prepare(world: World, row: Row) -> None:
    """What a command finds when it works: a backup, an issued paper, a second user."""
    shell, words = world.shell, world.words
    before_erasure(world, row)
    before_listening(world, row)
    if row.words == "vault restore":
        words["backup"] = shell("vault", "backup", "--out", words["out"]).document["backup"]
    if row.words in ("document verify", "document check", "document reprint"):
        made = shell("document", "make", words["plain"], "application", "--format", "pdf", "--out", words["out"])
        (paper,) = made.document["documents"]
        words["paper_number"] = paper["number"]
        words["paper"] = str(Path(paper["files"][0]["path"]).rename(words["out"] + ".pdf"))
    if row.words in ("template list", "template try", "template approve", "template withdraw"):
        added = shell("template", "add", words["docx"], "--kind", "receipt", "--version", "1")
        words["template"] = added.document["template"]
    if row.words == "template approve":
        assert shell("vault", "user", "add", "wang", "--new-password-file", words["own"]).code == 0
    if row.words == "dossier verify":
        dossier = next(each for each in ROWS if each.words == "dossier")
        bound = world.run(dossier, dossier.works, "--json").document
        for word, name in (("volume", "file"), ("listing", "manifest")):
            words[word] = str(Path(bound[name]).rename(words["out"] + name))
    if row.words in ("case orders", "case answer"):
        words["late"] = shell.number_of(a_document(accepted_on="2026-02-02", title="逾期"))
        order, *_ = shell("case", "orders", words["late"]).document["orders"]
        words["order"] = order["id"][:8]
    if row.words == "agreement sign":
        ready = an_agreement()
        del ready["signed_on"]
        words["ready"] = shell.number_of(a_document(hearings=[a_hearing()], agreement=ready, accepted_on="2026-03-01"))
    if row.words == "vault user remove":
        assert shell("vault", "user", "add", "wang", "--new-password-file", words["secret"]).code == 0
        world.shell.defaults = ("--user", "li")
    prepare_course(world, row)


def prepare_course(world: World, row: Row) -> None:
    """What a command about the course of a matter finds: a petition, a breach, an issued supplement."""
    if "{petition}" in row.works or "{paused}" in row.works:
        world.words.update(a_petition(world))
    if row.words == "case reopen":
        assert world.shell("case", "move", world.words["number"], "breached").code == 0
    if row.words == "case amend":
        world.words["supplement"] = a_supplement(world)


def a_petition(world: World) -> dict[str, str]:
    """An accepted petition with a recorded event, and one whose period stands still."""
    shell, told = world.shell, ("--by", "王主任", "--reason", "听证")
    running, paused = (shell.number_of(a_document(kind="petition", accepted_on="2026-03-02")) for _ in range(2))
    event = shell("case", "event", "add", running, "handed_over").document["event"]
    change = shell("case", "period", "pause", paused, "D11", *told).document["change"]
    return {"petition": running, "paused": paused, "event": event, "change": change}


def a_supplement(world: World) -> str:
    """The number of a supplement that was issued in the signed case."""
    number, out = world.words["number"], world.words["out"]
    typed = str(ROOT / "tests" / "docs" / "typed" / "supplement_agreement.json")
    assert world.shell("document", "fill", number, "supplement_agreement", "--values", typed).code == 0
    made = world.shell("document", "make", number, "supplement_agreement", "--format", "pdf", "--out", out)
    (paper,) = made.document["documents"]
    return str(paper["number"])


def ids(rows: tuple[Row, ...]) -> list[str]:
    """Test ids."""
    return [row.words for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_a_command_that_works_prints_what_was_promised(world: World, row: Row) -> None:
    prepare(world, row)
    done = world.run(row, row.works, "--json", *world.shell.defaults)
    assert done.code == 0, done.out
    assert done.out.count("\n") == 1
    document = done.document
    assert "error" not in document
    assert set(document) >= row.members
    for name, members in row.rows.items():
        assert document[name], name
        assert all(set(each) >= members for each in document[name])


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_the_same_for_people_is_chinese_on_standard_output(world: World, row: Row) -> None:
    prepare(world, row)
    done = world.run(row, row.works, *world.shell.defaults)
    assert done.code == 0
    assert row.words == "hearing record" or any("\u4e00" <= char <= "\u9fff" for char in done.out)
    assert "None" not in done.out


REFUSED = tuple(row for row in ROWS if row.code)


@pytest.mark.parametrize("row", REFUSED, ids=ids(REFUSED))
def test_a_refusal_gives_its_code_and_says_all_there_is_to_say(world: World, row: Row) -> None:
    before = world.traces()
    done = world.run(row, row.refused, "--json")
    assert (done.code, done.error["code"], done.err) == (row.code, row.word, "")
    assert set(done.error) >= SAID
    assert done.error["message"].endswith("。")
    assert done.error["safe"].endswith("。")
    assert world.traces() == before
    words = world.run(row, row.refused)
    assert (words.code, words.out) == (row.code, "")
    assert done.error["message"] in words.err.splitlines()


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_a_wrong_use_is_code_2_and_opens_nothing(world: World, row: Row) -> None:
    world.shell.build = lambda: pytest.fail("a wrong command line built the workshop")
    done = world.run(row, row.misused, "--json")
    assert (done.code, done.error["code"]) in {(2, "usage"), (2, "document.kind")}


def test_no_command_is_missing_and_none_is_unknown_to_the_contract() -> None:
    assert {leaf.words for leaf in tree.LEAVES} == PROMISED


WITHOUT_VAULT = ("vault create", "vault restore", "vault recover", "document check", "dossier verify", "template start")
VAULT_ROWS = tuple(row for row in REFUSED if row.words not in WITHOUT_VAULT)


def files_of(folder: Path) -> dict[Path, bytes]:
    """Every file with its bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("row", VAULT_ROWS, ids=ids(VAULT_ROWS))
def test_a_wrong_password_is_code_3_for_every_command_and_touches_nothing(world: World, row: Row) -> None:
    prepare(world, row)
    before = files_of(world.shell.vault)
    Path(world.words["own"]).write_text("falsches Passwort\n", encoding="utf-8")
    done = world.run(row, row.works, "--json", *world.shell.defaults)
    assert (done.code, done.error["code"]) == (3, "vault.wrong_password")
    assert files_of(world.shell.vault) == before


@pytest.mark.parametrize("row", VAULT_ROWS, ids=ids(VAULT_ROWS))
def test_without_a_vault_every_command_names_the_place(world: World, row: Row) -> None:
    prepare(world, row)
    nowhere = world.words["new"]
    done = world.run(row, row.works, "--vault", nowhere, "--json", *world.shell.defaults)
    assert (done.code, done.error["code"], done.error["where"]) == (3, "vault.none", nowhere)
    assert not Path(nowhere).exists()


def test_a_refused_paper_prints_its_findings_beside_the_error(world: World) -> None:
    row = next(row for row in ROWS if row.words == "document make")
    document = world.run(row, row.refused, "--json").document
    assert {each["rule"] for each in document["findings"] if each["severity"] == "block"} == {"needs"}
    assert document["error"]["message"] == "还有必须改正的问题（内容不全），没有出具文书。"
    words = world.run(row, row.refused).err
    assert "【必须改正】《人民调解协议书》还缺少协议条款（文书格式）。" in words.splitlines()


def test_what_was_taken_in_before_a_bad_file_is_told_to_people_too(world: World) -> None:
    done = world.shell.in_words("case", "import", world.words["file"], world.words["bad"])
    assert (done.code, done.out) == (4, "")
    first, row, stopped, message, _ = done.err.splitlines()
    assert first == "已录入1件。"
    assert row.endswith(f"\t{world.words['file']}")
    assert stopped == f"没有录入：{world.words['bad']}"
    assert message == "案件文件有误：title 应当是文字（金额和日期也要加引号）。"
    as_json = world.shell("case", "import", world.words["file"], world.words["bad"])
    assert json.loads(as_json.out)["file"] == world.words["bad"]
