"""Each measure is a function of a folder: it gives what was measured and the bar it must keep."""

from __future__ import annotations

import secrets
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from mediator.casework import hearing, importing, opening, reading, searching
from mediator.casework.desk import Desk, SystemClock, Workshop
from mediator.casework.hearing import HearingForm
from mediator.core.calendar import shipped_calendar
from mediator.core.divisions import division_names
from mediator.core.records import CaseId
from mediator.crypto.columns import Columns
from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.journal.entry import StreamId
from mediator.journal.port import Outgoing
from mediator.store.driver import connect
from mediator.store.opening import SETTINGS, WORDS
from sync.center.answering import exchange as answer
from sync.center.county import Center, Places
from sync.center.database import Database, open_engine
from sync.center.enrollment import join, make_code
from sync.center.opening import Ground, found
from sync.session.exchange import Exchange, keep_membership
from sync.session.joining import JoinRequest, proof_of, read_answer
from sync.session.packing import upward
from sync.session.ports import Answer
from sync.wire.bundle import Address, pack
from sync.wire.cards import read_membership
from tests.casework.desks import ROOM, ROOT, a_document, encoded
from tests.journal.list_journal import Writer
from tests.sync.fakes import COUNTY, MemoryShelf
from tests.sync.world import TOWNSHIP

PASSWORD = "湖川村口三棵树-2026"
CASES, QUERIES, TURNS, ENTRIES = 5000, 500, 300, 1000
WORDS_OF_CASES = ("界址", "通行", "借款", "工资", "赡养", "排水", "树木", "噪声", "彩礼", "占道", "补偿", "漏水")


@dataclass(frozen=True, slots=True)
class Measured:
    """`value` must be at most `bar`, or at least when `at_least`; without a bar it is only told."""

    what: str
    value: float
    unit: str
    bar: float | None
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the bar is kept."""
        if self.bar is None:
            return True
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def timed(work: Callable[[], object]) -> float:
    """Seconds that work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def a_workshop() -> Workshop:
    """The house's own passwords and clock."""
    return Workshop(SystemClock(), secrets.token_bytes, ROOT / ".fonts")


@contextmanager
def a_house(folder: Path) -> Iterator[Desk]:
    """A vault with the house's own costs."""
    desk = opening.create(a_workshop(), folder, ROOM, PASSWORD).desk
    try:
        yield desk
    finally:
        opening.lock(desk)


def unlocking(folder: Path) -> Iterator[Measured]:
    """Password to open vault."""
    with a_house(folder / "unlock"):
        pass

    def once() -> None:
        opening.lock(opening.unlock(a_workshop(), folder / "unlock", None, PASSWORD))

    yield Measured("打开保险库", min(timed(once) for _ in range(3)), "s", 1.5)


def rows_in(path: Path, *, key: bytes | None) -> float:
    """Our workload on a bare connection: 200 transactions of 10 entries' rows, read back twice."""
    connection = connect(str(path))
    if key:
        connection.set_key(bytearray(b"x'" + key.hex().encode() + b"'"))
    for name, wanted in SETTINGS.items():
        connection.execute(f"PRAGMA {name}={WORDS.get(name, wanted)}")
    connection.execute("CREATE TABLE journal (desk BLOB, n INTEGER, raw BLOB, PRIMARY KEY (desk, n))")
    random = Random(1)
    data = [random.randbytes(600) for _ in range(2000)]

    def work() -> None:
        for start in range(0, 2000, 10):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO journal VALUES (?, ?, ?)", [(b"d" * 16, n, data[n]) for n in range(start, start + 10)]
            )
            connection.execute("COMMIT")
        for _ in range(2):
            connection.execute("SELECT raw FROM journal ORDER BY n").fetchall()

    seconds = timed(work)
    connection.close()
    return seconds


def encryption(folder: Path) -> Iterator[Measured]:
    """The price of the cipher: turn about, so that the machine's other work falls on both, and the best of each."""
    plain, sealed = [], []
    for number in range(9):
        plain.append(rows_in(folder / f"plain{number}.db", key=None))
        sealed.append(rows_in(folder / f"sealed{number}.db", key=b"k" * 32))
    yield Measured("加密与不加密之比", min(sealed) / min(plain), "×", 1.25)


@contextmanager
def plain_commits(path: Path) -> Iterator[Callable[[], object]]:
    """A plain SQLite commit on the same disk, as durable as ours."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (x TEXT)")
    yield lambda: connection.execute("INSERT INTO t VALUES (?)", ("话" * 40,))
    connection.close()


def turns(folder: Path) -> Iterator[Measured]:
    """A turn of a hearing, from the deed to the disk; turn about with a plain commit, so that both meet one disk."""
    with a_house(folder / "turns") as desk:
        case = importing.import_file(desk, encoded(a_document())).cases[0].id
        sitting = hearing.open_hearing(desk, case, HearingForm(place="室"))

        def one(number: int) -> None:
            hearing.record_turn(desk, case, sitting, speaker="张三", text=f"第{number}句，" + "说过的话" * 9)

        times, commits = [], []
        with plain_commits(folder / "commits.db") as commit:
            for number in range(TURNS):
                times.append(timed(partial(one, number)))
                commits.append(timed(commit))
    yield Measured("一段笔录中位数，比普通提交", statistics.median(times) / statistics.median(commits), "×", 4)
    yield Measured("一段笔录 p99", sorted(times)[int(TURNS * 0.99)] * 1000, "ms", 50)


def many_cases(random: Random) -> list[dict[str, object]]:
    """Cases with different words."""
    made = []
    for number in range(CASES):
        words = "、".join(random.sample(WORDS_OF_CASES, 4))
        facts = f"第{number}件：双方因{words}发生纠纷，" + "".join(
            chr(random.randrange(0x4E00, 0x5E00)) for _ in range(60)
        )
        made.append(a_document(title=f"{words[:2]}纠纷{number}", facts=facts))
    return made


def among_many(folder: Path) -> Iterator[Measured]:
    """Opening a case and searching, among 5,000."""
    random = Random(5)
    documents = many_cases(random)
    with a_house(folder / "many") as desk:
        ids: list[CaseId] = []
        for start in range(0, CASES, 250):
            ids += [each.id for each in importing.import_file(desk, encoded(documents[start : start + 250])).cases]
    desk = opening.unlock(a_workshop(), folder / "many", None, PASSWORD)
    try:
        opened = [timed(lambda case=case: reading.reread(desk, case)) for case in random.sample(ids, 100)]  # type: ignore[misc]
        yield Measured("五千件中打开一件", max(opened) * 1000, "ms", 100)
        yield from searches(desk, documents, ids, random)
    finally:
        opening.lock(desk)


def searches(desk: Desk, documents: list[dict[str, object]], ids: list[CaseId], random: Random) -> Iterator[Measured]:
    """500 queries of 1-12 characters: exact, and against LIKE in the same file."""
    queries = []
    for _ in range(QUERIES):
        text = str(random.choice(documents)["facts"])
        start = random.randrange(len(text))
        queries.append(text[start : start + random.randrange(1, 13)])
    spent, wrong = 0.0, 0
    for query in queries:
        begun = time.perf_counter()
        hits = searching.search(desk, query, 10**6, traced=False)
        spent += time.perf_counter() - begun
        found_facts = {hit.case for hit in hits.hits if hit.field == "case.facts"}
        wrong += found_facts != {case for case, each in zip(ids, documents, strict=True) if query in str(each["facts"])}

    def like(query: str) -> float:
        statement = "SELECT item, body FROM text WHERE body LIKE ?"
        seconds = desk.vault.on_thread(
            lambda ledger: timed(lambda: ledger.connection.execute(statement, (f"%{query}%",)).fetchall())
        )
        assert isinstance(seconds, float)
        return seconds

    fast = [timed(lambda query=query: searching.search(desk, query, 50, traced=False)) for query in queries]  # type: ignore[misc]
    slow = [like(query) for query in queries[:60]]
    yield Measured("查找出错", wrong, "次/500", 0)
    yield Measured("查找比 LIKE 快", statistics.median(slow) / statistics.median(fast), "×", 8, at_least=True)


class KeyedWriter(Writer):
    """Signs with a real key."""

    keys: DeskKeys

    def sign(self, text: bytes) -> bytes:
        return self.keys.sign(text)


def the_county(folder: Path) -> Iterator[Measured]:
    """A thousand entries to their receipt, with real ciphers, on SQLite with full durability."""
    ground = Ground(
        Sealer(DeskKeys.fresh()), Columns(b"c" * 32, owner="a" * 32), lambda: int(time.time() * 1000),
        secrets.token_bytes, Places(division_names(COUNTY)), shipped_calendar(),
    )  # fmt: skip
    center = found(
        Database(open_engine(f"sqlite:///{folder / 'center.db'}"), COUNTY), ground, center="a" * 32, name="县中心"
    )
    writer = KeyedWriter("bench")
    writer.keys = DeskKeys.fresh()
    sealer, shelf = Sealer(writer.keys), MemoryShelf(writer.journal)
    enroll(center, writer, sealer, shelf)
    stream = StreamId("ab" * 16)
    writer.write(stream, "case.opened", {"fields": {"title": "纠纷", "kind": "people_mediation"}})
    for number in range(ENTRIES - 1):
        text = "".join(
            Random(number).choice("他说那天下午在村口为了排水的事吵了起来后来又去找了村主任") for _ in range(30)
        )
        body: dict[str, object] = {
            "id": f"{number:032x}",
            "hearing": "b" * 32,
            "speaker": "王某",
            "text": text,
            "at": number,
        }
        writer.write(stream, "hearing.sentence", body)
    packed = upward(writer.journal, writer.desk, base=(0, "0" * 64), cursors={}, wall=1)
    address = Address(center="a" * 32, county=COUNTY, dir="up", desk=writer.desk,
                      to=(bytes.fromhex(center.card.seal),), no=1, made=1)  # fmt: skip
    data = pack(address, packed.payload, sealer)
    yield Measured("千条包裹每条字节", len(data) / ENTRIES, "字节", 420)
    yield Measured("千条收下到收据", timed(lambda: answer(center, data)), "s", 1.0)
    road = Counting(center)
    run(center, writer, sealer, shelf, road)
    settled = replace_requests(road)
    run(center, writer, sealer, shelf, settled)
    yield Measured("没有新内容时的请求", settled.requests, "次", 1)


class Counting:
    """A network that counts."""

    name = "network"

    def __init__(self, center: Center) -> None:
        self.center, self.requests = center, 0

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        self.requests += 1
        return Answer(down=(answer(self.center, outgoing.data).down,))

    def absorbed(self, down: bytes, *, covered: int) -> None:
        return


def replace_requests(road: Counting) -> Counting:
    """The same road, counted from zero."""
    return Counting(road.center)


def run(center: Center, writer: Writer, sealer: Sealer, shelf: MemoryShelf, road: Counting) -> None:
    """One exchange."""
    card = shelf.card()
    assert card
    Exchange(writer.journal, shelf, sealer, road, writer.desk, center.now, read_membership(card)).run()


def enroll(center: Center, writer: KeyedWriter, sealer: Sealer, shelf: MemoryShelf) -> None:
    """Join by a code."""
    code = make_code(center, TOWNSHIP).text
    sign, seal = sealer.sign_public, sealer.seal_public
    proof = proof_of(code, desk=writer.desk, sign=sign, seal=seal)
    joined = join(center, JoinRequest(writer.desk, sign.hex(), seal.hex(), "壶镇镇", TOWNSHIP, "bench", proof))
    keep_membership(shelf, read_answer(joined.answer, center.card, sealer, desk=writer.desk))


MEASURES: tuple[Callable[[Path], Iterator[Measured]], ...] = (
    unlocking, encryption, turns, the_county, among_many,
)  # fmt: skip
