"""Certificates of a county's own authority for its web service (T51): one authority, one key in use, one in waiting.

P-256, because browsers take it. Laptops know the authority and the pins of both keys from the county's signed card, so
that a renewal surprises nobody: the key in waiting is pinned long before it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mediator.errors import Unacceptable

AUTHORITY_YEARS: Final = 20
SERVICE_DAYS: Final = 397  # what browsers accept at most
EARLIER: Final = timedelta(days=1)  # a laptop whose clock is slow


@dataclass(frozen=True, slots=True)
class Issued:
    """A private key (PKCS#8, PEM) and its certificate (PEM)."""

    key: bytes
    certificate: bytes

    def __repr__(self) -> str:
        """Nothing secret, wherever it is printed."""
        return "Issued()"


def fresh_key() -> bytes:
    """A new private key."""
    return pem_of(ec.generate_private_key(ec.SECP256R1()))


def new_authority(name: str, *, now: datetime) -> Issued:
    """The county's own authority; it may sign certificates of services and no further authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = named(name)
    made = (
        begun(subject, subject, key, now=now, days=AUTHORITY_YEARS * 365)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs=True), critical=True)
    )
    return Issued(pem_of(key), made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def certify(authority: Issued, key: bytes, hosts: Sequence[str], *, now: datetime) -> Issued:
    """A certificate for a service's key under these host names and addresses; raises Unacceptable `center.keys`."""
    signer, own = key_of(authority.key), key_of(key)
    issuer = x509.load_pem_x509_certificate(authority.certificate)
    made = (
        begun(named(hosts[0]), issuer.subject, own, now=now, days=SERVICE_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([alternative(each) for each in hosts]), critical=False)
    )
    return Issued(key, made.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, now: datetime, days: int
) -> x509.CertificateBuilder:
    """What both kinds of certificate say."""
    return x509.CertificateBuilder(
        issuer_name=issuer, subject_name=subject, public_key=key.public_key(),
        serial_number=x509.random_serial_number(), not_valid_before=now - EARLIER,
        not_valid_after=now + timedelta(days=days),
    ).add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)  # fmt: skip


def named(name: str) -> x509.Name:
    """A name with one part, as long as the standard allows."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def usage(*, signs: bool) -> x509.KeyUsage:
    """What the key may do."""
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def alternative(host: str) -> x509.GeneralName:
    """A host as the certificate names it: an address as an address, a name as a name."""
    address = address_in(host)
    return x509.IPAddress(address) if address else x509.DNSName(host.encode("idna").decode())


def address_in(host: str) -> IPv4Address | IPv6Address | None:
    """An address, None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def pin_of(key: bytes) -> str:
    """SHA-256 of the public half (SubjectPublicKeyInfo), as hex: what laptops compare."""
    public = key_of(key).public_key()
    spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()


def days_left(certificate: bytes, *, now: datetime) -> int:
    """Days until a certificate ends; negative afterwards."""
    return (x509.load_pem_x509_certificate(certificate).not_valid_after_utc - now.astimezone(UTC)).days


def hosts_of(certificate: bytes) -> tuple[str, ...]:
    """The hosts that a certificate names."""
    found = x509.load_pem_x509_certificate(certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return tuple(str(each.value) for each in found.value)


def pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A key as it lies in the data folder, readable by its owner alone."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def key_of(pem: bytes) -> ec.EllipticCurvePrivateKey:
    """The reverse; raises Unacceptable `center.keys`."""
    try:
        key = serialization.load_pem_private_key(pem, None)
    except ValueError:
        raise Unacceptable("center.keys") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Unacceptable("center.keys")
    return key
