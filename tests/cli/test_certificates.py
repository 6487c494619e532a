"""The certificate that `--ssl-self-signed` makes."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from octavo.server.certificates import RENEW_BEFORE, VALID_FOR, self_signed

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def _names(certificate: Path) -> set[str]:
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in names}


def test_it_is_good_for_every_name_of_this_machine(tmp_path: Path) -> None:
    certificate, _ = self_signed(tmp_path, host="192.0.2.7")

    assert {"localhost", "127.0.0.1", "::1", "192.0.2.7"} <= _names(certificate)


def test_listening_everywhere_is_no_name(tmp_path: Path) -> None:
    certificate, _ = self_signed(tmp_path, host="0.0.0.0")  # noqa: S104 -- listened on by nobody

    assert "0.0.0.0" not in _names(certificate)  # noqa: S104 -- as above


def test_a_client_that_trusts_the_file_accepts_it_and_vouches_for_nothing_else(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path, host="127.0.0.1")

    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.create_default_context(cafile=str(certificate))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    one = client.wrap_bio(to_client, to_server, server_hostname="localhost")
    other = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for end in (one, other):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue

    assert one.version() == "TLSv1.3"
    constraints = x509.load_pem_x509_certificate(certificate.read_bytes()).extensions.get_extension_for_class(
        x509.BasicConstraints
    )
    assert not constraints.value.ca


def test_only_this_user_reads_the_key(tmp_path: Path) -> None:
    _, key = self_signed(tmp_path, host="127.0.0.1")

    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_second_start_keeps_it(tmp_path: Path) -> None:
    first = self_signed(tmp_path, host="127.0.0.1", now=NOW)[0].read_bytes()

    assert self_signed(tmp_path, host="127.0.0.1", now=NOW + timedelta(days=1))[0].read_bytes() == first


def test_it_is_made_anew_before_it_ends_or_for_another_address(tmp_path: Path) -> None:
    first = self_signed(tmp_path, host="127.0.0.1", now=NOW)[0].read_bytes()
    late = self_signed(tmp_path, host="127.0.0.1", now=NOW + VALID_FOR - RENEW_BEFORE)[0].read_bytes()
    moved = self_signed(tmp_path, host="192.0.2.9", now=NOW + VALID_FOR - RENEW_BEFORE)[0].read_bytes()

    assert len({first, late, moved}) == 3


def test_a_broken_file_is_replaced(tmp_path: Path) -> None:
    certificate, _ = self_signed(tmp_path, host="127.0.0.1")
    certificate.write_text("not a certificate")

    assert "localhost" in _names(self_signed(tmp_path, host="127.0.0.1")[0])
