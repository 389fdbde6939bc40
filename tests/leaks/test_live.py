"""While a vault is open, in the middle of a write and after a kill: no clear text on disk, no password in a process."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.casework.drafting import pen_for
from mediator.commands.tree import LEAVES
from mediator.core.records import CaseId
from tests.casework.desks import PASSWORD, ROOT, a_desk, encoded, taken_in
from tests.durability.children import SERVER, Place, sit_down
from tests.leaks.day import Day
from tests.leaks.planted import CONTENT, PASSWORDS, SPOKEN, case_file
from tests.leaks.scanner import leaks, log_pages, uneven

WRITING = "O_WRONLY|O_RDWR|O_CREAT"
DEVICES = ("/dev/", "/proc/self/")


class Halting(Mapping[str, bytes]):
    """Papers that are asked for when the entries are already in the open transaction, and take for ever."""

    def __init__(self, told: Connection) -> None:
        self.told = told

    def __iter__(self) -> Iterator[str]:
        self.told.send("inside")
        self.told.recv()
        return iter(())

    def __getitem__(self, sha256: str) -> bytes:
        raise KeyError(sha256)

    def __len__(self) -> int:
        return 0


def write_for_ever(told: Connection, place: Place) -> None:
    """A case is taken in, then a note of it is written in a transaction that does not end."""
    desk = sit_down(place)
    taken_in(desk, case_file())
    seen = desk.vault.case(place.case).seen
    pen = pen_for(desk, place.case, seen)
    notes = [pen.write("case.set", fields={"facts": text * 200}) for text in CONTENT * 2]
    desk.vault.append(notes, papers=Halting(told))


@pytest.mark.threat("T01")
@pytest.mark.threat("T13")
def test_an_open_vault_in_mid_transaction_shows_nothing_and_a_killed_one_neither(tmp_path: Path) -> None:
    machine = Day(tmp_path)
    desk = a_desk(machine.at("vault"))
    case = taken_in(desk, case_file())
    opening.lock(desk)
    ours, theirs = SERVER.Pipe()
    child = SERVER.Process(target=write_for_ever, args=(theirs, Place(machine.at("vault"), case)))
    child.start()
    assert ours.recv() == "inside"
    nothing_to_see(machine)
    child.kill()
    child.join()
    nothing_to_see(machine)
    assert facts_after(machine, case) == case_file()["facts"]


def nothing_to_see(machine: Day) -> None:
    """Neither a secret nor a region in clear; the log holds pages at this moment."""
    assert leaks(machine.others(), [*CONTENT, PASSWORD]) == []
    assert uneven((machine.at("vault") / "vault.db").read_bytes()) == []
    log = log_pages((machine.at("vault") / "vault.db-wal").read_bytes())
    assert len(log) > 4096
    assert uneven(log) == []


def facts_after(machine: Day, case: CaseId) -> str:
    """What the next start finds in the case."""
    desk = sit_down(Place(machine.at("vault"), case, round=1))
    try:
        assert opening.check(desk, full=True).ok
        return desk.vault.case(case).case.facts
    finally:
        opening.lock(desk)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """With a vault and a case."""
    made = Day(tmp_path_factory.mktemp("machine"))
    made("vault", "create", "--organization", "某镇调委会", "--division", "331122101", "--user", "li", "--name", "李")
    made.number = str(made("case", "import", str(made.at("hands") / "case.json"))["cases"][0]["number"])
    return made


@pytest.mark.threat("T15")
def test_a_running_program_has_no_password_in_its_arguments_or_environment(machine: Day) -> None:
    with subprocess.Popen(
        machine.argv("hearing", "record", machine.number), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
        env=machine.environment(),
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"p0\t{SPOKEN[0]}\n".encode())
        child.stdin.flush()
        assert child.stdout.readline() == b"saved 1\n"
        own = Path(f"/proc/{child.pid}")
        for name in ("cmdline", "environ", "comm"):
            shown = (own / name).read_bytes()
            assert not [secret for secret in (*PASSWORDS, *CONTENT) if secret.encode() in shown], name
        child.stdin.close()
        assert child.wait(30) == 0


@pytest.mark.threat("T15")
def test_no_command_takes_a_password_or_a_recovery_code_by_value() -> None:
    names = {name for leaf in LEAVES for option, _ in leaf.options for name in option}
    secret = {name for name in names if re.search("password|secret|recover|code", name)}
    one_time = {"--code"}  # a registration code is good once, for one day, and is worthless after the command
    assert secret - one_time == {"--new-password-file", "--second-password-file", "--code-file"}


def written(machine: Day, *words: str, stdin: bytes = b"") -> set[Path]:
    """Every file that a command opened for writing, made, or renamed to."""
    tracer = shutil.which("strace")
    assert tracer, "scripts/setup.sh test"
    log = machine.at("hands") / "trace"
    watch = "trace=open,openat,creat,rename,renameat,renameat2,link,linkat,symlink,mknod,mknodat,memfd_create"
    command = [tracer, "-f", "--seccomp-bpf", "-s", "4096", "-xx", "-e", watch, "-o", str(log), *machine.argv(*words)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, cwd=ROOT, env=machine.environment(), check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    calls = [line for line in log.read_text(encoding="ascii").splitlines() if " = -1 " not in line]
    opened = [line for line in calls if "open" not in line or re.search(re.escape(WRITING).replace(r"\|", "|"), line)]
    paths = [re.findall(r'"((?:\\x[0-9a-f]{2})+)"', line) for line in opened]
    return {Path(bytes.fromhex(each[-1].replace("\\x", "")).decode()) for each in paths if each}


@pytest.mark.threat("T12")
@pytest.mark.parametrize(
    ("words", "stdin", "outside"),
    [
        (("document", "make", "CASE", "mediation_agreement", "mediation_record", "--out", "OUT"), b"", True),
        (("hearing", "record", "CASE"), f"p0\t{SPOKEN[1]}\n".encode(), False),
        (("case", "search", CONTENT[0]), b"", False),
        (("case", "import", "-"), encoded(case_file()), False),
        (("vault", "check", "--full"), b"", False),
    ],
    ids=["papers", "hearing", "search", "import", "check"],
)
def test_a_command_writes_into_the_vault_and_where_it_was_told_and_nowhere_else(
    machine: Day, words: tuple[str, ...], stdin: bytes, outside: bool
) -> None:
    named = {"CASE": machine.number, "OUT": str(machine.at("out"))}
    paths = written(machine, *(named.get(word, word) for word in words), stdin=stdin)
    allowed = (machine.at("vault"), *((machine.at("out"),) if outside else ()))
    strays = {path for path in paths if not any(path.is_relative_to(place) for place in allowed)}
    assert {path for path in strays if not str(path).startswith(DEVICES)} == set()
    assert any(path.is_relative_to(machine.at("vault")) for path in paths)
    assert any(path.is_relative_to(machine.at("out")) for path in paths) == outside
