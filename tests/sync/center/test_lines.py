"""The county's own line (T51): keys made once, renewals that surprise nobody, a laptop that goes on over it."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from mediator.crypto.certificates import hosts_of
from sync.carriers.pinning import pin_in
from sync.center import lines
from sync.center.__main__ import notary
from tests.commands.shell import Shell
from tests.sync.center.program import County
from tests.sync.center.test_program import laptop

__all__ = ["laptop"]

LOCAL = ("localhost", "127.0.0.1", "::1")


def shown_pin(made: lines.Lines) -> str:
    """The pin of the certificate that the service shows."""
    return pin_in(ssl.PEM_cert_to_DER_cert(made.certificate.read_text("ascii")))


@pytest.mark.threat("T51")
def test_the_key_in_waiting_takes_over_and_the_authority_stays(tmp_path: Path) -> None:
    first = lines.make(tmp_path, notary(), name="某县", hosts=["center.example"])
    assert (len(first.pins.split()), shown_pin(first)) == (2, first.pins.split()[0])
    assert hosts_of(first.certificate.read_bytes()) == ("center.example", *LOCAL)
    again = lines.make(tmp_path, notary(), name="某县", hosts=["10.0.0.5"])
    assert (again.pins, again.authority) == (first.pins, first.authority), "what is there is not made anew"
    assert hosts_of(again.certificate.read_bytes()) == ("10.0.0.5", *LOCAL)
    second = lines.renew(tmp_path, notary(), ["10.0.0.5"])
    assert second.pins.split()[0] == first.pins.split()[1] == shown_pin(second), "laptops know it already"
    assert second.pins.split()[1] not in first.pins
    assert second.authority == first.authority


def test_keys_are_for_their_owner_alone_and_a_kill_in_a_renewal_is_made_good(tmp_path: Path) -> None:
    first = lines.make(tmp_path, notary(), name="某县", hosts=["a.example"])
    assert {path.stat().st_mode & 0o777 for path in first.folder.iterdir()} == {0o600}
    (first.folder / lines.WAITING_KEY).replace(first.folder / lines.SERVICE_KEY)  # killed here
    found = lines.read(tmp_path, notary())
    assert found is not None
    assert found.pins == first.pins.split()[1]
    mended = lines.make(tmp_path, notary(), name="某县", hosts=["a.example"])
    assert (mended.pins.split()[0], shown_pin(mended)) == (found.pins, found.pins)
    assert lines.read(tmp_path / "none", notary()) is None


@pytest.mark.threat("T51")
def test_a_laptop_joins_over_the_line_goes_on_after_renewals_and_refuses_another_county(
    tmp_path: Path, laptop: Shell
) -> None:
    county, other = County(tmp_path / "county"), County(tmp_path / "other")
    assert county.init().code == other.init().code == 0
    with county.serving("--tls") as served:
        assert served.url.startswith("https://")
        joined = laptop("enroll", "network", served.url, "--code", county.code()).document
        assert joined["state"] == "enrolled"
        assert laptop("sync", "network").document["pending"] == 0
    for _ in range(2):  # after the second the laptop knows neither key of the county any more
        assert county("certificate", "--renew").document["days"] > 300
    with county.serving("--tls") as served:
        assert laptop("sync", "network", served.url).code == 0
    with other.serving("--tls") as served:
        refused = laptop("sync", "network", served.url)
        assert (refused.code, refused.error["code"]) == (6, "network.pin")


def test_a_service_for_others_is_never_without_a_line(tmp_path: Path) -> None:
    county = County(tmp_path / "county")
    county.init()
    with county.serving("--host", "0.0.0.0") as served:
        assert served.url.startswith("https://")
    for each in (tmp_path / "county" / lines.FOLDER).iterdir():
        each.unlink()
    refused = county("serve", "--host", "0.0.0.0", "--port", "0")
    assert (refused.code, refused.document["error"]["code"]) == (1, "center.no_line")
