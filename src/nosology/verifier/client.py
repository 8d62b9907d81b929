"""Asks a chat-completions endpoint over HTTP: bounded in time, in size and in tries.

The standard library does this: one kind of request, to the one host that the site named. It follows no
redirect and reads no proxy from
the environment, so a request goes nowhere else.
"""

from __future__ import annotations

import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from nosology.errors import UsageError
from nosology.verifier.config import ResponseFormat, VerifierConfig
from nosology.verifier.interface import UnavailableError

__all__ = ["ChatClient", "Reply"]

_LOG = logging.getLogger("nosology.verifier")
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_NO_SCHEMA = frozenset({400, 404, 415, 422, 501})
"""What servers answer that do not know ``response_format``."""
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, and the id by which the endpoint names it ("" if it does not)."""

    text: str
    model: str


class ChatClient:
    """One endpoint. ``sleep`` and ``clock`` are in seconds. Raises UsageError where ``ca_file`` cannot be used."""

    def __init__(
        self,
        config: VerifierConfig,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config = config
        self._sleep = sleep
        self._clock = clock
        self._schema_refused = False
        parts = urlsplit(config.base_url)
        secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if secure else 80)
        self._path = parts.path.rstrip("/") + "/chat/completions" + (f"?{parts.query}" if parts.query else "")
        self._tls = _trust(config.ca_file) if secure else None

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any], *, until: float) -> Reply:
        """Return the reply to ``messages``, asked for in the shape of ``schema``. Raises UnavailableError.

        ``until`` is the moment of ``clock`` at which asking must have ended, whatever the endpoint does.
        """
        config = self._config
        body = {**config.request, "model": config.model, "messages": messages, "stream": False}
        wanted = config.response_format
        if wanted == ResponseFormat.JSON_SCHEMA or (wanted == ResponseFormat.AUTO and not self._schema_refused):
            shaped = {"name": "verification", "strict": True, "schema": schema}
            try:
                return self._try(body | {"response_format": {"type": "json_schema", "json_schema": shaped}}, until)
            except UnavailableError as error:
                if wanted != ResponseFormat.AUTO or error.status not in _NO_SCHEMA:
                    raise
            reply = self._try(body, until)
            self._schema_refused = True
            return reply
        return self._try(body, until)

    def _try(self, body: dict[str, Any], until: float) -> Reply:
        data = json.dumps(body, ensure_ascii=False).encode()
        number = 0
        while True:  # ends with an answer, or with the error of the last try that is allowed
            started = self._clock()
            try:
                reply = self._post(data, until)
            except UnavailableError as error:
                _LOG.info("model %s: status %d after %.2f s", self._config.model, error.status, self._clock() - started)
                pause = min(_LONGEST_PAUSE, error.retry_after or self._config.backoff * 2**number)
                if not error.again or number == self._config.retries or self._clock() + pause >= until:
                    raise
                self._sleep(pause)
                number += 1
            else:
                _LOG.info("model %s: answered in %.2f s", self._config.model, self._clock() - started)
                return reply

    def _post(self, data: bytes, until: float) -> Reply:
        config = self._config
        left = until - self._clock()
        if left <= 0:
            raise UnavailableError("the time for this note is used up")
        connection = self._connection(min(config.connect_timeout, left))
        watch: threading.Timer | None = None
        try:
            try:
                connection.connect()
            except TimeoutError:
                raise UnavailableError("no connection in time", again=True) from None
            except ssl.SSLError:
                raise UnavailableError("the certificate or the TLS handshake was not accepted") from None
            except (OSError, ValueError):
                raise UnavailableError("no connection", again=True) from None
            connection.sock.settimeout(min(config.read_timeout, left))
            watch = threading.Timer(max(0.0, until - self._clock()), _hang_up, [connection.sock])
            watch.daemon = True
            watch.start()
            try:
                connection.request("POST", self._path, body=data, headers=self._headers())
                response = connection.getresponse()
                content = response.read(config.max_answer_bytes + 1)
            except TimeoutError:
                raise UnavailableError("no answer in time") from None
            except (OSError, HTTPException, ValueError):
                over = self._clock() >= until
                raise UnavailableError(
                    "no answer in time" if over else "the connection broke", again=not over
                ) from None
        finally:
            if watch is not None:
                watch.cancel()
            connection.close()
        return self._read(response, content, over=self._clock() >= until)

    def _connection(self, timeout: float) -> HTTPConnection:
        if self._tls is not None:
            return HTTPSConnection(self._host, self._port, timeout=timeout, context=self._tls)
        return HTTPConnection(self._host, self._port, timeout=timeout)

    def _headers(self) -> dict[str, str]:
        config = self._config
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "nosology"}
        if config.api_key:
            bearer = config.api_key_header.lower() == "authorization"
            headers[config.api_key_header] = f"Bearer {config.api_key}" if bearer else config.api_key
        return headers

    def _read(self, response: HTTPResponse, content: bytes, *, over: bool) -> Reply:
        status = response.status
        if status != 200:
            raise UnavailableError(
                f"the endpoint answered with status {status}",
                status=status,
                again=status in _AGAIN,
                retry_after=_seconds(response.headers.get("Retry-After")),
            )
        if len(content) > self._config.max_answer_bytes:
            raise UnavailableError(f"the answer is longer than {self._config.max_answer_bytes} bytes")
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            raise UnavailableError("no answer in time" if over else "the answer is no chat completion") from None
        return _reply(answer)


def _trust(ca_file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except OSError:
        raise UsageError(f"ca_file {ca_file}: not a file of certificates that can be read") from None


def _reply(answer: Any) -> Reply:
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        text, refusal = message.get("content"), message.get("refusal")
        reason = choice.get("finish_reason")
        model = answer.get("model")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise UnavailableError("the answer is no chat completion") from None
    if refusal or reason == "content_filter":
        raise UnavailableError("the model refused")
    if reason == "length":
        raise UnavailableError("the answer was cut off; raise the limit of tokens, or lower codes_per_request")
    if not isinstance(text, str) or not text.strip():
        raise UnavailableError("the answer is empty")
    return Reply(text, model if isinstance(model, str) else "")


def _seconds(header: str | None) -> float | None:
    """What Retry-After says in seconds; a date there is not followed."""
    return float(header) if header and header.isascii() and header.isdigit() and len(header) < 6 else None


def _hang_up(plain: socket.socket) -> None:
    try:
        socket.socket.shutdown(
            plain, socket.SHUT_RDWR
        )  # the plain socket's, also under TLS: it may be called at any time
    except OSError:
        return
