"""Search beside reading everything and beside other indexes, in one file and one run: python -m tests.bench.search.

    python -m tests.bench.search [CASES ...] [--queries N]

Each number of cases (5000 unless said) gets a vault with generated texts. Told are: answers that differ from reading
every text, the median of each, how much slower LIKE is, and size and seconds of our index, of trigrams and of pairs.
With several numbers, the growth of the median from the first to the last.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from mediator.store import searching
from mediator.store.appending import Ledger
from mediator.store.driver import transaction
from mediator.store.finding import Asked, search
from mediator.store.grams import folded
from tests.bench.__main__ import told
from tests.bench.measures import Measured, a_house, timed

COMMON: Final = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么"
    "去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实路墙田沟钱款借还付村组邻房屋树界证欠条工资"
)
NAMES: Final = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"
MARKS: Final = ("，", "。", "：", "“", "（", "2026年", "3,000.00元", "𬱖", " ")
LIKES, SIZES, BATCH = 40, 12, 200


def texts_of(number: int, words: list[str]) -> Iterator[searching.Text]:
    """The texts of one case: two people, facts, a hearing of eight turns, clauses; the frequent words often."""
    chance = Random(number)
    people = [chance.choice(NAMES) + "".join(chance.sample(COMMON, 2)) for _ in range(2)]

    def said(pieces: int) -> str:
        picked = (words[int(len(words) ** chance.random()) - 1] for _ in range(pieces))
        return "".join(word + (chance.choice(MARKS) if chance.random() < 0.2 else "") for word in picked)

    yield "case.title", f"{people[0]}与{people[1]}{said(2)}纠纷"
    yield "case.facts", said(200)
    for name in people:
        yield "party.name", name
        yield "party.phone", f"13{chance.randrange(10**9):09d}"
    for _ in range(8):
        yield "sentence.speaker", chance.choice(people)
        yield "sentence.text", said(20)
    for _ in range(4):
        yield "clause.text", said(15)


def kept(ledger: Ledger, cases: list[list[searching.Text]]) -> None:
    """The texts of these cases, so many cases in one transaction."""
    for start in range(0, len(cases), BATCH):
        with transaction(ledger.connection):
            for number, texts in enumerate(cases[start : start + BATCH], start):
                searching.index(ledger.connection, f"{number:032x}", "x", texts, fresh=True)


def size_of(ledger: Ledger, *names: str) -> float:
    """Megabytes of these indexes."""
    asked = " UNION ALL ".join(f"SELECT length(block) AS size FROM {name}_data" for name in names)
    return float(ledger.connection.execute(f"SELECT sum(size) FROM ({asked})").fetchone()[0]) / 1e6


def pairs(text: str) -> str:
    """Neighbours as tokens, for the index of pairs."""
    return " ".join(f"{ord(one):x}z{ord(other):x}" for one, other in zip(text, text[1:] + "\0", strict=True))


def others(ledger: Ledger) -> Iterator[Measured]:
    """Trigrams and pairs over the same texts, in the same encrypted file."""
    connection = ledger.connection
    connection.execute(
        "CREATE VIRTUAL TABLE tri USING fts5 (body, tokenize='trigram', content='text', content_rowid='id')"
    )
    yield Measured(
        "三字索引建立", timed(lambda: connection.execute("INSERT INTO tri (tri) VALUES ('rebuild')")), "s", None
    )
    yield Measured("三字索引大小", size_of(ledger, "tri"), "MB", None)
    connection.create_function("pairs", 1, pairs)
    connection.execute("CREATE VIRTUAL TABLE two USING fts5 (body, tokenize='ascii', content='')")
    filled = "INSERT INTO two (rowid, body) SELECT id, pairs(body) FROM text"
    yield Measured("二字索引建立", timed(lambda: connection.execute(filled)), "s", None)
    yield Measured("二字索引大小", size_of(ledger, "two"), "MB", None)


def middle(work: Callable[[str], object], queries: list[str]) -> float:
    """Median milliseconds."""
    return statistics.median(timed(lambda query=query: work(query)) for query in queries) * 1000  # type: ignore[misc]


def asked_of(cases: list[list[searching.Text]], count: int) -> list[str]:
    """Random parts of random texts, 1 to 12 characters long."""
    chance, found = Random(3), list[str]()
    while len(found) < count:
        body = chance.choice(chance.choice(cases))[1]
        start = chance.randrange(len(body))
        found.append(body[start : start + chance.randint(1, SIZES)])
    return found


def compared(ledger: Ledger, queries: list[str], cases: int) -> Iterator[Measured]:
    """Ours, LIKE and trigrams, each asked for the newest 50 and their number."""
    connection = ledger.connection

    def ours(query: str) -> object:
        return search(connection, Asked((query,)))

    def like(query: str) -> object:
        return connection.execute("SELECT id, body FROM text WHERE body LIKE ?", (f"%{query}%",)).fetchall()

    def trigram(query: str) -> object:
        asked = '"' + query.replace('"', '""') + '"'
        newest = "SELECT rowid, body FROM tri WHERE tri MATCH ? ORDER BY rowid DESC LIMIT 50"
        rows = connection.execute(newest, (asked,)).fetchall()
        return rows, connection.execute("SELECT count(*) FROM tri WHERE tri MATCH ?", (asked,)).fetchone()

    long = [query for query in queries if len(query) >= 3]
    mine = middle(ours, queries)
    many = cases > 5000
    yield Measured(f"{cases}件中查找，中位数", mine, "ms", 200 if many else 50)
    yield Measured("一个字的查找，中位数", middle(ours, [query for query in queries if len(query) == 1]), "ms", 150)
    yield Measured("查找比 LIKE 快", middle(like, queries[:LIKES]) / mine, "×", 20 if many else 8, at_least=True)
    yield Measured("三字以上，比三字索引", middle(ours, long) / middle(trigram, long), "×", None)


def wrong(ledger: Ledger, queries: list[str]) -> int:
    """Answers that differ from reading every text."""
    bodies = [folded(row[0]) for row in ledger.connection.execute("SELECT body FROM text")]
    return sum(
        search(ledger.connection, Asked((query,), limit=1)).total != sum(folded(query) in body for body in bodies)
        for query in queries
    )


def measured(folder: Path, cases: int, queries: int) -> Iterator[Measured]:
    """Everything about so many cases."""
    chance = Random(1)
    words = ["".join(chance.sample(COMMON, 2)) for _ in range(4000)]
    made = [list(texts_of(number, words)) for number in range(cases)]
    asked = asked_of(made, queries)
    with a_house(folder / f"search{cases}") as desk:
        inside = desk.vault.on_thread
        yield Measured(f"{cases}件的索引建立", timed(lambda: inside(lambda ledger: kept(ledger, made))), "s", None)
        inside(lambda ledger: searching.tidy(ledger.connection))
        yield Measured("索引大小", inside(lambda ledger: size_of(ledger, *searching.INDEXES)), "MB", None)
        yield from inside(lambda ledger: list(others(ledger)))
        if cases <= 5000:
            yield Measured("查找出错", inside(lambda ledger: wrong(ledger, asked)), f"次/{queries}", 0)
        yield from inside(lambda ledger: list(compared(ledger, asked, cases)))


def main() -> int:
    """Measure and tell."""
    line = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    line.add_argument("cases", nargs="*", type=int, default=[5000])
    line.add_argument("--queries", type=int, default=2000)
    given = line.parse_args()
    begun, middles, met = time.perf_counter(), list[float](), True
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for cases in given.cases:
            for each in measured(Path(folder), cases, given.queries):
                print(told(each), flush=True)
                met &= each.met
                middles += [each.value] if each.what.endswith("中位数") and "件中" in each.what else []
    print(told(Measured("中位数从第一个数到最后一个数的增长", middles[-1] / middles[0], "×", None)))
    print(told(Measured("一共", time.perf_counter() - begun, "s", None)))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
