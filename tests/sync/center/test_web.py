"""Both doors of the county over HTTP: what laptops get, what people see, what strangers do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import httpx
import pytest

from mediator.errors import WorldFailed
from sync.carriers.http import HttpCarrier
from sync.center import accounts, reading
from sync.center.application import HEADERS, application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.session.exchange import Exchange
from sync.session.joining import read_card
from sync.wire.cards import read_membership
from sync.wire.limits import MAX_INLINE
from tests.sync.center.people import PASSWORD, add_person, code_now, log_in, quick
from tests.sync.center.serving import SeenFrom, client_of
from tests.sync.center.test_exchange import CASE, tell
from tests.sync.fakes import Clock, FakeSealer
from tests.sync.world import Desk, a_laptop

NASTY = "<script>alert(1)</script>"


@pytest.fixture
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """A center with one account; one database is enough for what is said over HTTP."""
    from tests.sync.fakes import a_center

    folder = tmp_path_factory.mktemp("center")
    made = a_center(Random(5), url=f"sqlite:///{folder / 'center.db'}")
    add_person(made)
    yield made
    made.database.close()


@pytest.fixture
def client(center: Center) -> Iterator[httpx.Client]:
    """A browser or a laptop."""
    with client_of(application(center, quick)) as made:
        yield made


def by_http(center: Center, desk: Desk, client: httpx.Client) -> tuple[int, int]:
    """One exchange: entries sent, requests made."""
    card = desk.shelf.card()
    assert card
    road = HttpCarrier(client)
    done = Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, center.now, read_membership(card)).run()
    assert done.code == "", done.code
    return done.sent, road.requests


def test_a_laptop_exchanges_by_one_request_and_nothing_new_is_one_request_too(
    center: Center, client: httpx.Client
) -> None:
    desk = a_laptop(Random(1), center, "desk-http")
    tell(desk, 10)
    assert by_http(center, desk, client) == (11, 1)
    assert by_http(center, desk, client) == (0, 1)


def test_a_large_bundle_goes_in_pieces_and_goes_on_where_it_was_cut(center: Center, client: httpx.Client) -> None:
    desk = a_laptop(Random(1), center, "desk-large")
    random = Random(3)
    from mediator.journal.entry import StreamId

    for number in range(30):
        text = "".join(chr(random.randrange(0x4E00, 0x9FA5)) for _ in range(20_000))
        body: dict[str, object] = {
            "id": f"{number:032x}",
            "hearing": "0" * 32,
            "speaker": "王某",
            "text": text,
            "at": 1,
        }
        desk.writer.write(StreamId(CASE), "hearing.sentence", body)
    patches = {"left": 2}
    real = client.stream

    def cut(method: str, url: str, **facts: object) -> object:
        if method == "PATCH":
            patches["left"] -= 1
            if patches["left"] < 0:
                patches["left"] = 10**6
                raise WorldFailed("network.cut")
        return real(method, url, **facts)  # type: ignore[arg-type]  # passed on

    client.stream = cut  # type: ignore[method-assign, assignment]  # the road breaks once
    card = desk.shelf.card()
    assert card
    road = HttpCarrier(client)
    first = Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, center.now, read_membership(card)).run()
    assert first.code == "network.cut"
    waiting = desk.shelf.outgoing()
    assert waiting is not None
    assert len(waiting.data) > MAX_INLINE
    sent, requests = by_http(center, desk, client)
    assert sent == 30
    assert requests < len(waiting.data) // (64 << 10) + 4
    assert reading.entry_count(center) >= 30


def test_the_card_is_signed_by_the_key_it_names(center: Center, client: httpx.Client) -> None:
    card = read_card(client.get("/sync/v1/center").content, FakeSealer("anybody"))
    assert card == center.card


@pytest.mark.parametrize("data", [b"", b"nonsense", b"MEDB1\r\n\x1a" + b"\0" * 100, b"\xff" * 2000])
def test_nonsense_is_refused_with_a_code_and_a_sentence(client: httpx.Client, data: bytes) -> None:
    answer = client.post("/sync/v1/exchange", content=data)
    assert 400 <= answer.status_code < 500
    problem = answer.json()
    assert problem["code"].startswith("bundle.")
    assert re.search("[一-鿿]", problem["title"])


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: httpx.Client) -> None:
    assert client.post("/sync/v1/exchange", content=b"\0" * (MAX_INLINE + 1)).json()["code"] == "request.size"


def test_a_guesser_of_bundles_is_slowed_down(center: Center, client: httpx.Client) -> None:
    assert isinstance(center.now, Clock)
    center.now.step = 0
    codes = {client.post("/sync/v1/exchange", content=b"x" * 50).json()["code"] for _ in range(40)}
    assert "request.rate" in codes


@pytest.mark.threat("T57")
@pytest.mark.parametrize("path", ["/", "/cases", "/cases/" + CASE, "/devices"])
def test_no_page_is_shown_to_a_stranger(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.threat("T62")
@pytest.mark.parametrize("path", ["/login", "/", "/style.css", "/nothing", "/sync/v1/center", "/sync/v1/nothing"])
def test_every_answer_bears_the_headers_that_protect_a_browser(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "server" not in answer.headers


def test_no_page_holds_a_script_or_an_inline_style(center: Center, client: httpx.Client) -> None:
    desk = a_laptop(Random(1), center, "desk-page")
    tell(desk, 2)
    by_http(center, desk, client)
    log_in(client)
    for path in ("/", "/cases", f"/cases/{CASE}", "/devices"):
        text = client.get(path).text
        assert not re.search(r"<script|\son\w+=|style=|javascript:", text), path


@pytest.mark.threat("T54")
def test_what_people_wrote_is_shown_as_text_and_never_as_markup(center: Center, client: httpx.Client) -> None:
    from mediator.journal.entry import StreamId

    desk = a_laptop(Random(1), center, "desk-nasty")
    fields = {"title": NASTY, "facts": NASTY, "kind": "people_mediation", "dispute_type": NASTY}
    desk.writer.write(StreamId(CASE), "case.opened", {"fields": fields})
    party: dict[str, object] = {"name": NASTY, "side": "applicant", "kind": "organization", "ref": "a"}
    desk.writer.write(StreamId(CASE), "party.added", {"id": "1" * 32, "fields": party})
    by_http(center, desk, client)
    fold_dirty(center)
    log_in(client)
    for path in ("/", "/cases", f"/cases/{CASE}", f"/cases?q={NASTY}"):
        text = client.get(path).text
        assert NASTY not in text
        assert "&lt;script&gt;" in text or path == "/"


def test_a_case_shows_that_signatures_hold_and_who_looked_is_kept(center: Center, client: httpx.Client) -> None:
    desk = a_laptop(Random(1), center, "desk-case")
    tell(desk, 3)
    by_http(center, desk, client)
    log_in(client)
    before = reading.entry_count(center)
    text = client.get(f"/cases/{CASE}").text
    assert "作者签名都已核对无误" in text
    assert "相邻通行" in text
    assert reading.entry_count(center) == before + 1
    assert client.get("/cases/" + "9" * 32).status_code == 404


@pytest.mark.threat("T55")
def test_a_form_without_its_token_or_from_another_site_does_nothing(center: Center, client: httpx.Client) -> None:
    token = log_in(client)
    data = {"township": "331122101"}
    assert client.post("/devices/code", data=data).status_code == 403
    assert client.post("/devices/code", data={**data, "token": "x" * 44}).status_code == 403
    foreign = client.post("/devices/code", data={**data, "token": token}, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert "新的登记码" in client.post("/devices/code", data={**data, "token": token}).text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: httpx.Client) -> None:
    answer = client.post("/login", data={"login": "admin", "password": PASSWORD, "code": code_now()})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.threat("T58")
def test_wrong_passwords_are_told_alike_and_then_have_to_wait(client: httpx.Client) -> None:
    answers = [client.post("/login", data={"login": name, "password": "wrong"}).text for name in ("admin", "nobody")]
    assert answers[0] == answers[1]
    for _ in range(accounts.FREE_TRIES + 4):
        client.post("/login", data={"login": "admin", "password": "wrong"})
    assert client.post("/login", data={"login": "admin", "password": PASSWORD, "code": code_now()}).status_code == 429


@pytest.mark.threat("T56")
def test_a_session_ends_by_idling_by_age_and_by_leaving(center: Center, client: httpx.Client) -> None:
    token = log_in(client)
    assert isinstance(center.now, Clock)
    center.now.ms += accounts.IDLE + 1000
    assert client.get("/").status_code == 303
    token = log_in(client)
    client.post("/logout", data={"token": token})
    assert client.get("/").status_code == 303


def test_a_password_is_not_taken_over_an_open_line(center: Center) -> None:
    with client_of(SeenFrom(application(center, quick), host="10.0.0.9")) as far:
        answer = far.post("/login", data={"login": "admin", "password": PASSWORD, "code": code_now()})
    assert answer.status_code == 403
    assert "加密连接" in answer.text


def test_a_defect_is_told_without_a_trace(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(reading, "townships", broken)
    with client_of(application(center, quick)) as made:
        made.post("/login", data={"login": "admin", "password": PASSWORD, "code": code_now()})
        answer = made.get("/")
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "Traceback" not in answer.text
