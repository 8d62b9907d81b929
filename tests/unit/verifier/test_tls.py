"""Over TLS: a certificate that the file names is trusted, any other is not, and the deadline holds there too."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from nosology.model.coding import CodedNote

from .conftest import Stub, answers


@pytest.fixture
def secure(stub: Stub, tmp_path: Path) -> tuple[str, str]:
    """The address of the stub over TLS and the file of its certificate."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    made = subprocess.run(
        ["openssl", "req", "-x509", *curve, *subject, "-keyout", str(key), "-out", str(certificate)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("this openssl makes no certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    stub.server.socket = context.wrap_socket(stub.server.socket, server_side=True)
    return stub.url.replace("http:", "https:"), str(certificate)


def test_named_certificate_is_trusted(stub: Stub, verifier: Any, coded: CodedNote, secure: tuple[str, str]) -> None:
    address, certificate = secure
    stub.replies = [answers({"id": "C1", "quote": "Type 2 diabetes"})]
    verified = verifier(base_url=address, ca_file=certificate).verify(coded)
    assert verified.suggestions[0].steps[-1].name == "verifier"
    refused = verifier(base_url=address).verify(coded)
    assert "certificate" in refused.findings[0].message
    assert len(stub.requests) == 1


def test_deadline_holds_over_tls(stub: Stub, verifier: Any, coded: CodedNote, secure: tuple[str, str]) -> None:
    def drip(out: Any) -> None:
        while not stub.released.wait(0.05):
            out.write(b" ")
            out.flush()

    address, certificate = secure
    stub.replies = [(200, {}, drip)]
    started = time.monotonic()
    verified = verifier(base_url=address, ca_file=certificate, deadline=0.5).verify(coded)
    assert time.monotonic() - started < 3
    assert "no answer in time" in verified.findings[0].message
