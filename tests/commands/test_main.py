"""The door of the command line: usage, help, errors, streams."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from mediator.casework.desk import Workshop
from mediator.commands import tree
from mediator.commands.main import run, system_streams, version
from mediator.commands.program import Program, Streams
from tests.casework.desks import a_document, encoded
from tests.commands.shell import Shell


def test_without_a_command_the_desktop_opens(bare_shell: Shell) -> None:
    assert bare_shell.bare().code == 0
    assert bare_shell.bare("app", "--vault", "库").code == 0
    assert bare_shell.opened == [None, Path("库")]


def test_screenshots_are_named(bare_shell: Shell) -> None:
    done = bare_shell.bare("screenshots", "--out", "图", "--json")
    assert done.document == {"pages": [{"name": "工作台", "file": str(Path("图") / "workbench.png")}]}


@pytest.mark.parametrize("words", ["", *tree.GROUPS, *(leaf.words for leaf in tree.LEAVES)])
def test_every_command_has_help_with_an_example(
    bare_shell: Shell, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        bare_shell.bare(*words.split(), "--help")
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert "用法：" in text
    assert "例：\n  mediator" in text
    assert "usage" not in text
    assert "show this help" not in text


def test_the_version_is_that_of_the_installed_program(bare_shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        bare_shell.bare("--version")
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"mediator {version()}\n"


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["vault"], "vault 后面还要写一个命令"),
        (["nonsense"], "没有“nonsense”，可用的是 vault、case"),
        (["case", "show"], "缺少 案件"),
        (["document", "make"], "缺少 案件、种类、--out"),
        (["--json=yes", "case", "list"], "--json 后面不能跟值"),
        (["case", "list", "--vault", ""], "--vault 的值“”不对"),
        (["document", "make", "x", "application", "--out", " "], "--out 的值“ ”不对"),
        (["sync", "usb", ""], "文件夹 的值“”不对"),
        (["case", "list", "--limit"], "--limit 后面要跟一个值"),
        (["case", "list", "--limit", "many"], "--limit 的值“many”不对"),
        (["case", "list", "--nonsense"], "不认识 --nonsense"),
        (["case", "list", "--js"], "不认识 --js"),
    ],
)
def test_a_wrong_command_line_is_code_2_in_chinese(bare_shell: Shell, argv: list[str], words: str) -> None:
    done = bare_shell.bare(*argv)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    as_json = bare_shell.bare(*argv, "--json")
    assert as_json.error["code"] == "usage"
    assert words in as_json.error["message"]


def test_common_options_stand_before_or_after_the_command(shell: Shell) -> None:
    common = ["--vault", str(shell.vault), "--password-file", shell.secret_file("竹林小径旁的灯 42 盏"), "--user", "li"]
    assert shell.bare(*common, "--json", "case", "list").document == {"cases": [], "total": 0}
    assert shell.bare("case", *common, "list", "--json").document == {"cases": [], "total": 0}
    assert shell.bare("case", "list", "--json", *common).document == {"cases": [], "total": 0}


def test_json_goes_alone_to_standard_output(shell: Shell) -> None:
    done = shell("case", "list")
    assert done.out.count("\n") == 1
    assert done.err == ""


class Boom:
    """A workshop that fails in a given way when it is built."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __call__(self) -> Workshop:
        raise self.error


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (MemoryError(), 6, "memory.short"),
        (PermissionError(13, "denied", "/secret/place/file.db"), 6, "world.os"),
        (ZeroDivisionError("张三"), 70, "bug.unexpected"),
        (RecursionError(), 70, "bug.unexpected"),
    ],
)
def test_whatever_fails_a_person_gets_a_sentence_and_no_trace(
    bare_shell: Shell, error: BaseException, code: int, word: str
) -> None:
    bare_shell.build = Boom(error)
    done = bare_shell("case", "list")
    assert (done.code, done.error["code"]) == (code, word)
    assert done.err == ""
    assert "/secret" not in done.out
    assert "张三" not in done.out


def test_a_developer_may_ask_for_the_trace(bare_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    bare_shell.build = Boom(ZeroDivisionError())
    monkeypatch.setenv("MEDIATOR_DEBUG", "1")
    assert "Traceback" in bare_shell("case", "list").err


def test_an_interruption_is_no_error_of_the_program(bare_shell: Shell) -> None:
    bare_shell.build = Boom(KeyboardInterrupt())
    done = bare_shell("case", "list")
    assert (done.code, done.error["code"], done.err) == (130, "command.interrupted", "")
    words = bare_shell.in_words("case", "list")
    assert (words.code, words.out, words.err.splitlines()[0]) == (130, "", "已经中断。")


class Deaf(io.StringIO):
    """An output that nobody reads."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError


def test_a_reader_that_goes_away_is_no_error(shell: Shell) -> None:
    streams = Streams(io.BytesIO(), Deaf(), io.StringIO(), lambda _: "", lambda: False)
    program = Program(lambda: shell.workshop, lambda *_: 0, lambda *_: [])
    common = ["--vault", str(shell.vault), "--password-file", shell.secret_file("竹林小径旁的灯 42 盏")]
    assert run(["case", "list", *common], program, streams) == 0
    assert run(["case", "list", "--json", "--vault", "/nirgends", *common[2:]], program, streams) == 3


def test_the_streams_of_the_system_speak_utf_8() -> None:
    streams = system_streams()
    assert json.dumps("壶") == '"\\u58f6"'
    assert callable(streams.is_terminal)


class Watched(io.StringIO):
    """Messages at a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_told_only_where_somebody_watches(shell: Shell) -> None:
    path = shell.folder / "c.json"
    path.write_bytes(encoded(a_document()))
    common = ["--vault", str(shell.vault), "--password-file", shell.secret_file("竹林小径旁的灯 42 盏")]
    program = Program(lambda: shell.workshop, lambda *_: 0, lambda *_: [])
    for messages, told in ((Watched(), f"正在录入：{path}\n"), (io.StringIO(), "")):
        streams = Streams(io.BytesIO(), io.StringIO(), messages, lambda _: "", lambda: False)
        assert run(["case", "import", str(path), *common], program, streams) == 0
        assert messages.getvalue() == told
