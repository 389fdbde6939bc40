"""The county's own authority and the certificates of its service, judged by another reader (T51)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from mediator.crypto.certificates import (
    SERVICE_DAYS,
    certify,
    days_left,
    fresh_key,
    hosts_of,
    new_authority,
    pin_of,
)  # fmt: skip
from mediator.errors import Unacceptable

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
OURS = new_authority("缙云县矛盾纠纷调解中心", now=NOW)
KEY = fresh_key()
MADE = certify(OURS, KEY, ("center.example", "10.0.0.5"), now=NOW)


@pytest.mark.threat("T51")
def test_a_certificate_is_good_for_its_hosts_its_days_and_its_authority() -> None:
    names = x509.load_pem_x509_certificate(MADE.certificate)
    assert names.not_valid_before_utc < NOW, "a laptop whose clock is a little slow is let in"
    assert hosts_of(MADE.certificate) == ("center.example", "10.0.0.5")
    assert days_left(MADE.certificate, now=NOW) == SERVICE_DAYS
    assert days_left(MADE.certificate, now=NOW + timedelta(days=400)) < 0
    usages = names.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert not usages.ca, "it signs nothing itself"


def test_pins_are_of_keys_and_stay_through_renewals_of_the_certificate() -> None:
    assert pin_of(KEY) == pin_of(certify(OURS, KEY, ("other.example",), now=NOW).key)
    assert pin_of(KEY) != pin_of(fresh_key())
    assert len(pin_of(KEY)) == 64


def test_the_signature_is_the_authoritys() -> None:
    shown = x509.load_pem_x509_certificate(MADE.certificate)
    shown.verify_directly_issued_by(x509.load_pem_x509_certificate(OURS.certificate))
    other = new_authority("缙云县矛盾纠纷调解中心", now=NOW)
    with pytest.raises(InvalidSignature):
        shown.verify_directly_issued_by(x509.load_pem_x509_certificate(other.certificate))


@pytest.mark.parametrize("data", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused(data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"center\.keys"):
        pin_of(data)


def test_a_key_of_another_sort_is_refused() -> None:
    other = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(Unacceptable, match=r"center\.keys"):
        pin_of(other)


def test_nothing_secret_is_printed() -> None:
    assert "PRIVATE" not in repr(MADE)
