"""The product's own line beside its peers: `python -m tests.bench.ours run --cases N --changes M --json`.

One vault and one county center on loopback, both on the disk of the working folder with their full durability, every
entry signed, every bundle sealed. Prints one JSON line with rows first, changes, nothing, search, store, docx, pdf.
The cases are those of the folder it is called in when a `gen.py` of the peers lies there, else made-up ones of ours.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, Final

import httpx

from mediator.casework import exchange, hearing, importing, intake, opening, performing, practice, printing, reading
from mediator.casework.desk import Desk, Workshop
from mediator.casework.hearing import HearingForm
from mediator.casework.searching import search
from mediator.commands.demo_center import DemoCenter
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.wiring import build_workshop
from sync.carriers import http

ROOM: Final = opening.RoomForm("缙云县壶镇镇人民调解委员会", "331122101", "bench", "测量员")
PASSWORD: Final = "湖川村口三棵树-2026"
COUNTY: Final = "331122"
DAYS: Final = [date(2026, 1, 5) + timedelta(days=each) for each in range(200)]
ROOT: Final = Path(__file__).resolve().parents[2]
QUERIES: Final = 40
WARM: Final = 5
NOTE: Final = (
    "one encrypted vault and one center over HTTP on loopback; every entry signed, chained and folded at both ends,"
    " every bundle sealed and signed, both databases with synchronous=FULL; bytes are bodies and header lines both ways"
)
Row = dict[str, float]


class Counted(httpx.HTTPTransport):
    """A transport that counts requests and what goes over the wire, header lines and bodies of both directions."""

    def __init__(self) -> None:
        super().__init__(verify=http.authorities())
        self.requests = self.bytes = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        self.bytes += lines(request.headers) + len(request.read())
        response = super().handle_request(request)
        body = b"".join(httpx.Response(200, stream=response.stream).iter_raw())
        self.bytes += lines(response.headers) + len(body)
        return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(body))


def lines(headers: httpx.Headers) -> int:
    """Bytes of the header lines."""
    return sum(len(name) + len(value) + 4 for name, value in headers.raw)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def generator() -> ModuleType | None:
    """The peers' generator, when it lies in the working folder."""
    place = Path.cwd() / "gen.py"
    spec = importlib.util.spec_from_file_location("gen", place) if place.is_file() else None
    if spec is None or spec.loader is None:
        return None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def documents(count: int, seed: int) -> list[dict[str, Any]]:
    """Case files: the peers' facts, or made-up ones."""
    gen = generator()
    if gen:
        return [gen.as_mediator_case(each) for each in gen.cases(count, seed)]
    return list(practice.made_up(seed, count, township=ROOM.division, days=DAYS))


@contextmanager
def counted_roads() -> Iterator[Counted]:
    """Every client made meanwhile goes through one counting transport."""
    counted, usual = Counted(), http.client_with

    def client(url: str, trusted: ssl.SSLContext, *, proxy: str = "") -> httpx.Client:
        made = usual(url, trusted, proxy=proxy)
        return httpx.Client(
            base_url=made.base_url, timeout=made.timeout, headers=made.headers, trust_env=False, transport=counted
        )

    http.client_with = client
    try:
        yield counted
    finally:
        http.client_with = usual


def exchanged(desk: Desk, url: str) -> Row:
    """One whole exchange, and another until nothing more waits."""
    with counted_roads() as wire:
        took = seconds(lambda: exchange.by_network(desk, url))
    state = exchange.status(desk)
    if state.pending:
        raise RuntimeError(f"{state.pending} entries wait after the exchange")
    return {"s": took, "wire_bytes": float(wire.bytes), "requests": float(wire.requests)}


def change(desk: Desk, cases: list[CaseId], chance: Random) -> None:
    """A later day in each case's life: a sentence more of facts, a sitting with a turn, a payment met."""
    for case_id in cases:
        opened = reading.reread(desk, case_id)
        words = "".join(chance.choices(opened.case.facts, k=24))
        intake.save_case(desk, case_id, opened.seen, {"facts": f"{opened.case.facts}补充：{words}。"})
        sitting = HearingForm(desk.workshop.clock.now(), "调解室", ("周明",), "何静")
        held = hearing.open_hearing(desk, case_id, sitting)
        hearing.record_turn(desk, case_id, held, speaker="周明", text=words, party=None)
        agreement = opened.case.agreement
        if agreement and agreement.obligations:
            owed = agreement.obligations[0]
            performing.record_payment(
                desk, case_id, owed.id, amount=owed.amount or Fen(0), paid_on=desk.today(), method="现金"
            )


def found_cases(desk: Desk, query: str) -> set[str]:
    """Which cases hold these words."""
    return {hit.case for hit in search(desk, query, limit=1_000_000, traced=False).hits}


def searching(desk: Desk, texts: dict[CaseId, str]) -> Row:
    """Queries of one, two and four characters: median seconds, and answers that differ from reading every text."""
    row: Row = {}
    chance, bodies = Random(5), list(texts.values())
    for size in (1, 2, 4):
        taken, wrong = [], 0
        for _ in range(QUERIES):
            body = chance.choice(bodies)
            start = chance.randrange(len(body) - size)
            query = body[start : start + size]
            begun = time.perf_counter()
            found = found_cases(desk, query)
            taken.append(time.perf_counter() - begun)
            wrong += not {case for case, text in texts.items() if query in text} <= found
        row |= {f"{size}ch_s": statistics.median(taken), f"{size}ch_wrong_of_40": float(wrong)}
    return row


def paper(vault: Path, case_id: CaseId, form: str) -> Row:
    """An agreement as a draft: a new process from its start to its end, then several times in this one."""
    asked = (str(vault), str(case_id), form)
    script = f"from tests.bench.ours import lone_paper; lone_paper(*{asked!r})"
    cold = seconds(lambda: subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT))
    desk = opening.unlock(build_workshop(), vault, None, PASSWORD)
    out = vault.parent / "papers"

    def make() -> tuple[printing.Made, ...]:
        return printing.make(desk, case_id, ["mediation_agreement"], formats=(form,), out=out, draft=True)

    size = make()[0].files[0].path.stat().st_size
    warm = statistics.median(seconds(make) for _ in range(WARM))
    opening.lock(desk)
    return {"cold_s": cold, "warm_s": warm, "bytes": float(size)}


def lone_paper(vault: str, case_id: str, form: str) -> None:
    """What the cold process does: unlock, make one paper, end."""
    desk = opening.unlock(build_workshop(), Path(vault), None, PASSWORD)
    with tempfile.TemporaryDirectory() as out:
        printing.make(desk, CaseId(case_id), ["mediation_agreement"], formats=(form,), out=Path(out), draft=True)
    opening.lock(desk)


def a_county(folder: Path) -> DemoCenter:
    """A center on SQLite."""
    secret = folder / "secret"
    secret.write_text("测量县中心-2026-abc\n", encoding="utf-8")
    center = DemoCenter(folder / "center", secret, COUNTY)
    center.set_up("缙云县中心")
    return center


def measured(cases: int, changes: int, seed: int) -> dict[str, Any]:
    """Everything, in one folder that is gone afterwards."""
    files = documents(cases, seed)
    rows: dict[str, Row] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workshop: Workshop = build_workshop()
        desk = opening.create(workshop, folder / "vault", ROOM, PASSWORD).desk
        center = a_county(folder)
        with center.serving() as url:
            exchange.enroll_network(desk, url, center.code(ROOM.division))
            data = json.dumps(files, ensure_ascii=False).encode()
            begun = time.perf_counter()
            taken = [each.id for each in importing.import_file(desk, data).cases]
            kept = time.perf_counter() - begun
            rows["first"] = {"local_commit_s": kept, **exchanged(desk, url)}
            rows["store"] = {"s": kept, "db_bytes": float((folder / "vault" / "vault.db").stat().st_size)}
            texts = {case: str(each["facts"]) for case, each in zip(taken, files, strict=True)}
            rows["search"] = searching(desk, texts)
            local = seconds(lambda: change(desk, taken[:changes], Random(seed)))
            rows["changes"] = {"local_commit_s": local, **exchanged(desk, url)}
            rows["nothing"] = exchanged(desk, url)
        opening.lock(desk)
        signed = next(case for case, each in zip(taken, files, strict=True) if "agreement" in each)
        rows |= {form: paper(folder / "vault", signed, form) for form in ("docx", "pdf")}
    rows["first"]["rss"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0
    return {"rows": rows, "note": NOTE}


def main() -> int:
    """The contract of the peers' runner."""
    line = argparse.ArgumentParser(description=__doc__)
    line.add_argument("deed", choices=["run"])
    line.add_argument("--cases", type=int, default=1000)
    line.add_argument("--changes", type=int, default=100)
    line.add_argument("--seed", type=int, default=7)
    line.add_argument("--json", action="store_true")
    asked = line.parse_args()
    print(json.dumps(measured(asked.cases, asked.changes, asked.seed), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
