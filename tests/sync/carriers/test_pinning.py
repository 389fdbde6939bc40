"""A line to one county and to nobody else (T51): to whoever cannot prove it, not one byte of a request is sent."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mediator.crypto.certificates import Issued, certify, fresh_key, new_authority, pin_of
from mediator.errors import MediatorError, Unacceptable
from mediator.journal.port import Outgoing
from sync.carriers.http import HttpCarrier, client, first_card
from sync.carriers.pinning import pin_in, pinned
from sync.wire.cards import CenterCard

NOW = datetime.now(UTC)
OURS = new_authority("缙云县中心", now=NOW)
THEIRS = new_authority("缙云县中心", now=NOW)
KEY, OTHER_KEY = fresh_key(), fresh_key()
CARD = CenterCard(
    "c" * 32, "331122", "缙云县中心", "1" * 64, "2" * 64, ca=OURS.certificate.decode(), pins=f"{pin_of(KEY)} {'0' * 64}"
)
SECRET = b"what a room wrote"
HOSTS = ("localhost", "127.0.0.1")
LATE = NOW - timedelta(days=500)


@contextmanager
def impostor(folder: Path, shown: Issued, *, old: bool = False) -> Iterator[tuple[str, bytearray]]:
    """A server with this certificate: its address, and all that it could read of what was sent to it."""
    (folder / "key.pem").write_bytes(shown.key)
    (folder / "shown.pem").write_bytes(shown.certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "shown.pem", folder / "key.pem")
    if old:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    heard = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=listen, args=(listener, context, heard))
        thread.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}", heard
        finally:
            thread.join(10)


def listen(listener: socket.socket, context: ssl.SSLContext, heard: bytearray) -> None:
    """One caller: shake hands, and keep what is said until it hangs up or has said a whole request."""
    caller, _ = listener.accept()
    with caller:
        caller.settimeout(10)
        try:
            with context.wrap_socket(caller, server_side=True) as line:
                while data := line.recv(4096):
                    heard += data
                    if SECRET in heard or (heard.startswith(b"GET") and heard.endswith(b"\r\n\r\n")):
                        line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        return
        except OSError:
            return


def offer(url: str, card: CenterCard) -> str:
    """Offer a bundle; the code of what came of it."""
    with client(url, card) as http:
        try:
            HttpCarrier(http).offer(Outgoing(bundle="b" * 32, no=1, base=0, top=1, top_hash="0" * 64, data=SECRET))
        except MediatorError as error:
            return error.code
    return ""


@pytest.mark.threat("T51")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")  # the old protocol is the point
@pytest.mark.parametrize(
    ("shown", "old"),
    [
        pytest.param(certify(OURS, KEY, ("other.example",), now=NOW), False, id="wrong name"),
        pytest.param(certify(OURS, KEY, HOSTS, now=LATE), False, id="expired"),
        pytest.param(certify(OURS, OTHER_KEY, HOSTS, now=NOW), False, id="right authority, wrong pin"),
        pytest.param(certify(THEIRS, KEY, HOSTS, now=NOW), False, id="rogue authority of the same name"),
        pytest.param(Issued(THEIRS.key, THEIRS.certificate), False, id="self-signed"),
        pytest.param(certify(OURS, KEY, HOSTS, now=NOW), True, id="old protocol"),
    ],
)
def test_nothing_is_sent_to_whoever_is_not_the_county(tmp_path: Path, shown: Issued, old: bool) -> None:
    with impostor(tmp_path, shown, old=old) as (url, heard):
        assert offer(url, CARD) == "network.pin"
    assert heard == b""


@pytest.mark.threat("T51")
def test_the_county_itself_is_spoken_to(tmp_path: Path) -> None:
    with impostor(tmp_path, certify(OURS, KEY, HOSTS, now=NOW)) as (url, heard):
        assert offer(url, CARD) == "network.not_center", "this one only answers 404"
    assert SECRET in heard


def test_a_public_center_is_checked_by_the_authorities_of_the_world(tmp_path: Path) -> None:
    with impostor(tmp_path, certify(OURS, KEY, HOSTS, now=NOW)) as (url, heard):
        assert offer(url, CenterCard("c" * 32, "331122", "某县", "1" * 64, "2" * 64)) == "network.pin"
    assert heard == b""


def test_a_card_is_asked_of_anybody_and_tells_nothing(tmp_path: Path) -> None:
    shown = certify(THEIRS, OTHER_KEY, ("other.example",), now=LATE)
    with impostor(tmp_path, shown) as (url, heard), pytest.raises(Unacceptable, match=r"center\.card"):
        first_card(url)
    assert heard.startswith(b"GET /sync/v1/center HTTP/1.1\r\n")
    assert heard.endswith(b"\r\n\r\n"), "a question without a body"


def test_a_line_that_breaks_in_the_handshake_is_no_impostor() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:

        def hang_up() -> None:
            caller, _ = door.accept()
            caller.recv(64)
            caller.shutdown(socket.SHUT_RDWR)
            caller.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        assert offer(f"https://localhost:{door.getsockname()[1]}", CARD) in ("network.cut", "network.unreachable")
        thread.join(10)


def test_a_pin_is_read_from_a_certificate_as_the_room_of_ciphers_reads_it() -> None:
    for key in (KEY, OTHER_KEY, fresh_key()):
        der = ssl.PEM_cert_to_DER_cert(certify(OURS, key, HOSTS, now=NOW).certificate.decode())
        assert pin_in(der) == pin_of(key)
        assert pin_in(der[:100]) == pin_in(b"") == pin_in(b"\x30") == ""


def test_a_card_with_an_authority_that_is_none_is_refused() -> None:
    with pytest.raises(Unacceptable, match=r"center\.card"):
        pinned("no certificate", ())


def test_an_address_where_nobody_answers_is_no_matter_of_keys() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{probe.getsockname()[1]}"
    assert offer(url, CARD) == "network.unreachable"


def test_a_card_without_a_line_is_the_same_bytes_as_ever() -> None:
    assert "ca" not in CenterCard("c" * 32, "331122", "某县", "1" * 64, "2" * 64).members()
