"""Outputs that are full, closed or no longer read: what was done stands, the exit code tells it, nothing is lost."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
from pathlib import Path

import pytest

from mediator.casework import opening, reading
from mediator.commands.main import run
from mediator.commands.program import Program, Streams, tell
from tests.casework.desks import PASSWORD, ROOT, a_desk, a_document, a_workshop, taken_in
from tests.commands.shell import Shell
from tests.commands.test_processes import LIGHT, environment

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no full device to write to")


class Broken(io.StringIO):
    """An output that fails in one way after some writes."""

    def __init__(self, error: OSError, after: int = 0) -> None:
        super().__init__()
        self.error, self.left = error, after

    def write(self, text: str) -> int:
        if self.left <= 0:
            raise self.error
        self.left -= 1
        return super().write(text)


def outcome(shell: Shell, *argv: str, output: io.StringIO, stdin: bytes = b"") -> tuple[int, str]:
    """Exit code and messages of a command with this output."""
    messages = io.StringIO()
    streams = Streams(io.BytesIO(stdin), output, messages, lambda _: "", lambda: False)
    common = ["--vault", str(shell.vault), "--password-file", shell.secret_file(PASSWORD)]
    code = run([*argv, *common], Program(lambda: shell.workshop, lambda *_: 0, lambda *_: []), streams)
    return code, messages.getvalue()


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_full_output_is_told_once_and_is_code_6(shell: Shell, more: list[str]) -> None:
    code, said = outcome(shell, "case", "list", *more, output=Broken(OSError(errno.ENOSPC, "full")))
    assert (code, said.splitlines()[0]) == (6, "结果没能全部显示或者写出。")


def test_a_failure_keeps_its_own_code_when_it_cannot_be_written(shell: Shell) -> None:
    code, said = outcome(shell, "case", "show", "无", "--json", output=Broken(OSError(errno.ENOSPC, "full")))
    assert (code, said.splitlines()[0]) == (4, "结果没能全部显示或者写出。")


def test_a_reader_that_went_away_does_not_hide_that_a_vault_is_damaged(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opening.CheckReport(False, 3, ())
    monkeypatch.setattr(opening, "check", lambda _desk, *, full: found)
    assert outcome(shell, "vault", "check", output=Broken(BrokenPipeError())) == (4, "")


def test_messages_that_nobody_takes_stop_no_deed(shell: Shell) -> None:
    number = shell.number_of(a_document())
    deaf = Broken(OSError(errno.ENOSPC, "full"))
    streams = Streams(io.BytesIO("a\t还\u202e钱\n".encode()), io.StringIO(), deaf, lambda _: "", lambda: False)
    common = ["--vault", str(shell.vault), "--password-file", shell.secret_file(PASSWORD)]
    program = Program(lambda: shell.workshop, lambda *_: 0, lambda *_: [])
    assert run(["hearing", "record", number, *common], program, streams) == 0
    assert run(["case", "show", "无", *common], program, streams) == 4
    tell(deaf, "closed streams are no harm either")


def turns_of(shell: Shell, number: str) -> list[str]:
    """What the last hearing holds."""
    turns = shell("case", "show", number).document["hearings"][-1]["turns"]
    return [turn["text"] for turn in turns]


def test_a_hearing_goes_on_when_nobody_reads_the_receipts_any_more(shell: Shell) -> None:
    number = shell.number_of(a_document())
    lines = "".join(f"a\t第{line}句\n" for line in range(1, 6)).encode()
    code, _ = outcome(shell, "hearing", "record", number, output=Broken(BrokenPipeError(), after=4), stdin=lines)
    assert code == 0
    assert turns_of(shell, number) == [f"第{line}句" for line in range(1, 6)]


def test_a_hearing_stops_at_the_turn_it_cannot_acknowledge(shell: Shell) -> None:
    number = shell.number_of(a_document())
    full = Broken(OSError(errno.ENOSPC, "full"), after=2)
    code, said = outcome(shell, "hearing", "record", number, output=full, stdin="a\t一\na\t二\na\t三\n".encode())
    assert (code, said.splitlines()[0]) == (6, "磁盘已满，这一步没有完成（—）。")
    assert turns_of(shell, number) == ["一", "二"]


def test_an_ended_terminal_gives_no_password(shell: Shell) -> None:
    def ended(_words: str) -> str:
        raise EOFError

    messages = io.StringIO()
    streams = Streams(io.BytesIO(), io.StringIO(), messages, ended, lambda: True)
    program = Program(lambda: shell.workshop, lambda *_: 0, lambda *_: [])
    assert run(["case", "list", "--vault", str(shell.vault)], program, streams) == 2
    assert messages.getvalue().splitlines()[0] == "没有给出密码。"


@pytest.fixture
def place(tmp_path: Path) -> tuple[list[str], str]:
    """Options that name a vault, and the number of its one case."""
    desk = a_desk(tmp_path / "vault", workshop=a_workshop())
    number = desk.vault.case(taken_in(desk, a_document())).case.number
    opening.lock(desk)
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    return ["--vault", str(tmp_path / "vault"), "--password-file", str(tmp_path / "password")], number


def in_shell(command: str) -> subprocess.CompletedProcess[bytes]:
    """A line of the system's shell, for what only it can do with streams."""
    return subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, env=environment(), check=False)


@needs_full
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("case list --json {common} > /dev/full", 6),
        ("case list {common} > /dev/full", 6),
        ("case show x --json {common} > /dev/full", 4),
        ("case show x {common} 2> /dev/full", 4),
        ("case list {common} >&-", 0),
        ("case show x --json {common} >&-", 4),
        ("case show x {common} 2>&-", 4),
        ("case list --json {common} <&-", 0),
    ],
)
def test_real_streams_never_bring_a_stack_trace(place: tuple[list[str], str], line: str, code: int) -> None:
    program = " ".join(LIGHT)
    done = in_shell(f"{program} {line.format(common=' '.join(place[0]))}")
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert "2>&-" not in line or done.stdout == b""


def at_a_terminal() -> None:
    """Ctrl-C interrupts, also where these tests themselves run behind a shell that told its children to ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_in_the_middle_of_a_hearing_keeps_what_was_saved(place: tuple[list[str], str], tmp_path: Path) -> None:
    common, number = place
    argv = [*LIGHT, "hearing", "record", number, *common, "--json"]
    pipe = subprocess.PIPE
    child = subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env=environment(),
                             preexec_fn=at_a_terminal)  # noqa: PLW1509 — one thread here  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("a\t第一句\n".encode())
    child.stdin.flush()
    assert child.stdout.readline() == b"saved 1\n"
    os.kill(child.pid, signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (130, b"")
    assert b'"command.interrupted"' in out
    desk = opening.unlock(a_workshop(), tmp_path / "vault", None, PASSWORD)
    try:
        assert [turn.text for turn in reading.show(desk, number).case.hearings[-1].turns] == ["第一句"]
        assert opening.check(desk, full=True).ok
    finally:
        opening.lock(desk)
