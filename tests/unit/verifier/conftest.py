"""A stub of a chat-completions endpoint on loopback, and coded notes to verify."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.model.coding import CodedNote, CodeRole, CodeSuggestion
from nosology.model.encounter import Setting
from nosology.model.note import Document, Evidence, Note, Section, Span
from nosology.model.trace import Provenance, Step
from nosology.verifier.chat import ChatVerifier
from nosology.verifier.config import VerifierConfig

ON = date(2026, 5, 4)
TEXT = (
    "Patient: Jane Doe   MRN: 00123456   DOB: 03/14/1950\n"
    "HISTORY: Ms. Doe was seen on 05/02/2026. Mother had breast cancer.\n"
    "ASSESSMENT:\n"
    "1. Type 2 diabetes with diabetic chronic kidney disease, stage 3b.\n"
    "2. Low back pain since 04/20/2026, vertebrogenic on MRI.\n"
    "3. Cough has resolved. No cough today.\n"
)

Handle = Callable[[dict[str, Any]], Any]


class Stub:
    """The endpoint. ``replies`` are used in turn, the last one again and again; ``requests`` are (headers, body)."""

    def __init__(self) -> None:
        self.replies: list[Any] = []
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.paths: list[str] = []
        self.released = threading.Event()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stub.paths.append(self.path)
                stub.requests.append((dict(self.headers), body))
                reply = stub.replies[min(len(stub.requests), len(stub.replies)) - 1]
                status, headers, content = reply(body) if callable(reply) else reply
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    if callable(content):
                        content(self.wfile)
                    else:
                        self.wfile.write(content)
                except OSError:
                    return

            def log_message(self, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    @property
    def material(self) -> str:
        """What the model was given to read in the last request."""
        content: str = self.requests[-1][1]["messages"][1]["content"]
        return content


def says(text: str, **more: Any) -> tuple[int, dict[str, str], bytes]:
    """A chat completion with ``text``."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"} | more
    body = {"object": "chat.completion", "model": "stub-1", "choices": [choice]}
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def answers(*rows: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """A chat completion with these answers; what a row leaves out is filled."""
    filled = [{"verdict": "confirm", "code": "", "quote": "", "reason": "It is documented."} | row for row in rows]
    return says(json.dumps({"answers": filled}))


@pytest.fixture
def stub() -> Iterator[Stub]:
    stub = Stub()
    thread = threading.Thread(target=stub.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield stub
    stub.released.set()
    stub.server.shutdown()
    stub.server.server_close()
    thread.join(5)


@pytest.fixture(scope="session")
def icd(home: Path) -> Icd10cm:
    return open_icd10cm(on=ON, home=home)


def code_by_hand(
    icd: Icd10cm, *pairs: tuple[str, str], text: str = TEXT, setting: Setting = Setting.OUTPATIENT
) -> CodedNote:
    """A note with these (code, quote) suggestions, in this order."""
    first = CodeRole.PRINCIPAL if setting is Setting.INPATIENT else CodeRole.FIRST_LISTED
    suggestions = []
    for rank, (code, quote) in enumerate(pairs, 1):
        start = text.index(quote)
        suggestions.append(
            CodeSuggestion(
                "icd10cm",
                code,
                icd.title(code),
                first if rank == 1 else CodeRole.SECONDARY,
                rank,
                0.8,
                (Evidence(Span(start, start + len(quote)), quote, "assessment"),),
                (Step("index", quote, "ICD-10-CM Index"),),
                poa="Y" if setting is Setting.INPATIENT else None,
            )
        )
    whole = Span(0, len(text))
    note = Note(Document("CANARY-name.txt", text, sha256="ab" * 32), (Section("assessment", "", whole, whole),), (), ())
    return CodedNote(
        note, setting, ON, "reportable", (("icd10cm", "x"),), tuple(suggestions), provenance=Provenance("0")
    )


@pytest.fixture
def coded(icd: Icd10cm) -> CodedNote:
    """E11.22 with N18.30, M54.50, R05.9."""
    return code_by_hand(
        icd,
        ("E11.22", "Type 2 diabetes with diabetic chronic kidney disease"),
        ("N18.30", "chronic kidney disease, stage 3"),
        ("M54.50", "Low back pain"),
        ("R05.9", "Cough"),
    )


@pytest.fixture
def verifier(stub: Stub, home: Path) -> Callable[..., ChatVerifier]:
    """Makes a verifier that asks the stub; pauses between tries are noted in ``pauses`` and not slept."""

    def make(pauses: list[float] | None = None, **settings: Any) -> ChatVerifier:
        config = VerifierConfig(**{"base_url": stub.url, "model": "site-model", "read_timeout": 5.0} | settings)
        return ChatVerifier(config, home=home, sleep=(pauses if pauses is not None else []).append)

    return make
