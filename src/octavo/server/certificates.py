"""A certificate of our own, for trials and for clients that refuse plain http."""

import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_FOR = timedelta(days=397)
"""The longest that Apple's clients accept (https://support.apple.com/102028)."""
RENEW_BEFORE = timedelta(days=30)
CERTIFICATE_NAME = "self-signed.crt"
KEY_NAME = "self-signed.key"


def self_signed(data_dir: Path, *, host: str, now: datetime | None = None) -> tuple[Path, Path]:
    """The paths of a certificate and its key, made now or kept from an earlier start.

    Valid for localhost, 127.0.0.1, ::1, this machine's name and `host`. Clients trust it by the
    certificate file itself; it is no certificate authority, so it can vouch for nothing else.
    """
    now = now or datetime.now(UTC)
    certificate, key = data_dir / CERTIFICATE_NAME, data_dir / KEY_NAME
    names = _names(host)
    if not _still_good(certificate, key, names, now):
        private = ec.generate_private_key(ec.SECP256R1())
        _write(key, _key_pem(private), 0o600)
        _write(certificate, _make(private, names, now).public_bytes(serialization.Encoding.PEM), 0o644)
    return certificate, key


def _names(host: str) -> list[x509.GeneralName]:
    texts = ["localhost", "127.0.0.1", "::1", socket.gethostname()]
    if host and host not in {"0.0.0.0", "::"}:  # noqa: S104 -- compared, not listened on
        texts.append(host)
    return [_general_name(text) for text in dict.fromkeys(texts)]


def _general_name(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _still_good(certificate: Path, key: Path, names: list[x509.GeneralName], now: datetime) -> bool:
    if not (certificate.exists() and key.exists()):
        return False
    try:
        kept = x509.load_pem_x509_certificate(certificate.read_bytes())
        covered = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        return False
    return now + RENEW_BEFORE < kept.not_valid_after_utc and set(names) <= set(covered)


def _make(
    private: ec.EllipticCurvePrivateKey, names: list[x509.GeneralName], now: datetime
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Octavo (self-signed)")])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )


def _key_pem(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.touch(mode=mode)
    unfinished.write_bytes(content)
    unfinished.replace(path)
