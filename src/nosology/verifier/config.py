"""Where the model is, how it may be asked, and what may be sent: one TOML file that a person of the site writes."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from nosology.errors import NotPermitted, UnreadableInput, UsageError

__all__ = ["KEY_VARIABLE", "Demotion", "ResponseFormat", "VerifierConfig", "parse_config", "read_config"]

KEY_VARIABLE = "NOSOLOGY_VERIFIER_API_KEY"
"""The environment variable that holds the key, unless ``api_key_env`` names another."""


class ResponseFormat(StrEnum):
    """How the shape of the answer is asked for."""

    AUTO = "auto"
    JSON_SCHEMA = "json_schema"
    NONE = "none"


class Demotion(StrEnum):
    """What becomes of a code that the model rejects."""

    REMOVE = "remove"
    SCORE = "score"


_CHOICES = {
    "response_format": tuple(ResponseFormat),
    "demotion": tuple(Demotion),
}
_RANGES = {
    "connect_timeout": (0.05, 120.0),
    "read_timeout": (0.05, 900.0),
    "deadline": (0.1, 3600.0),
    "retries": (0, 8),
    "backoff": (0.0, 60.0),
    "max_prompt_chars": (4000, 400_000),
    "max_answer_bytes": (1000, 4_000_000),
    "max_requests": (1, 100),
    "codes_per_request": (1, 40),
    "window_chars": (40, 4000),
    "max_offers": (0, 40),
    "verify_below": (0.0, 1.0),
    "give_up_after": (1, 1000),
}
_RESERVED = frozenset({"messages", "model", "response_format", "stream", "n", "tools", "functions"})


@dataclass(frozen=True, slots=True)
class VerifierConfig:
    """The settings; times are in seconds, sizes in characters or bytes. Every field is a key of the file.

    ``api_key`` is never shown. ``request`` holds further fields of the request body, for what a server wants
    beyond the rest.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    api_key_env: str = KEY_VARIABLE
    api_key_header: str = "Authorization"
    ca_file: str = ""
    deidentify: bool = True
    allow_plain_http: bool = False
    response_format: str = ResponseFormat.AUTO
    demotion: str = Demotion.REMOVE
    verify_below: float = 1.0
    connect_timeout: float = 5.0
    read_timeout: float = 60.0
    deadline: float = 180.0
    retries: int = 2
    backoff: float = 1.0
    give_up_after: int = 3
    codes_per_request: int = 10
    max_requests: int = 10
    max_prompt_chars: int = 24_000
    max_answer_bytes: int = 200_000
    window_chars: int = 300
    max_offers: int = 12
    request: Mapping[str, Any] = field(default_factory=lambda: {"temperature": 0})


def read_config(path: str | Path, *, environment: Mapping[str, str] | None = None) -> VerifierConfig:
    """Return the settings of a TOML file; the key comes from the environment where it is set there.

    Raises:
        UnreadableInput: the file is not there, or is no TOML.
        UsageError: a key is unknown or missing, or a value cannot be right; plain http to another machine.
        NotPermitted: the file holds a key and others may read it.
    """
    name = os.fspath(path)
    try:
        with open(path, "rb") as file:
            content = tomllib.load(file)
            shared = os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077
    except OSError as error:
        raise UnreadableInput(f"{name}: {(error.strerror or 'cannot be read').lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise UnreadableInput(f"{name}: not a TOML file; see docs/verifier.md") from None
    if content.get("api_key") and shared:
        raise NotPermitted(f"{name}: holds an api_key and others may read it; run chmod 600, or set {KEY_VARIABLE}")
    return parse_config(content, where=name, environment=os.environ if environment is None else environment)


def parse_config(content: Mapping[str, Any], *, where: str, environment: Mapping[str, str]) -> VerifierConfig:
    """Return the settings in ``content``. Raises UsageError, naming ``where`` and the key."""
    known = {item.name: item for item in fields(VerifierConfig)}
    for key, value in content.items():
        if key not in known:
            raise UsageError(f"{where}: unknown key {key[:40]!r}; see docs/verifier.md")
        _check(where, key, value, str(known[key].type))
    for key in ("base_url", "model"):
        if not content.get(key):
            raise UsageError(f"{where}: {key} is missing; see docs/verifier.md")
    variable = content.get("api_key_env", KEY_VARIABLE)
    key = environment.get(variable, "") or content.get("api_key", "")
    if not all(" " < sign <= "~" for sign in key):
        raise UsageError(f"{where}: the API key holds a character that cannot stand in a header")
    config = VerifierConfig(**{**content, "api_key": key})
    _check_address(where, config)
    return config


def _check(where: str, key: str, value: object, kind: str) -> None:
    wanted = kind.split("[")[0]
    right = {
        "str": isinstance(value, str),
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, int | float) and not isinstance(value, bool),
        "Mapping": isinstance(value, dict),
    }[wanted]
    if not right:
        raise UsageError(f"{where}: {key} must be a {'table' if wanted == 'Mapping' else wanted}")
    if key in _CHOICES and value not in _CHOICES[key]:
        raise UsageError(f"{where}: {key} must be one of {', '.join(_CHOICES[key])}")
    if key in _RANGES and isinstance(value, int | float):
        low, high = _RANGES[key]
        if not low <= value <= high:
            raise UsageError(f"{where}: {key} must lie between {low:g} and {high:g}")
    if isinstance(value, dict) and (taken := _RESERVED & value.keys()):
        raise UsageError(f"{where}: request cannot set {sorted(taken)[0]}")
    if key in {"api_key_header", "model"} and isinstance(value, str) and not (value.isascii() and value.isprintable()):
        raise UsageError(f"{where}: {key} must be plain ASCII")
    if key == "api_key_header" and isinstance(value, str) and not value.replace("-", "").isalnum():
        raise UsageError(f"{where}: api_key_header is no name of a header")


def _check_address(where: str, config: VerifierConfig) -> None:
    address = config.base_url
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise UsageError(f"{where}: base_url is no address; write it as https://host/v1") from None
    plain = address.isascii() and address.isprintable() and " " not in address
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain or port == 0:
        raise UsageError(f"{where}: base_url is no address; write it as https://host/v1")
    if parts.username is not None or parts.fragment:
        raise UsageError(f"{where}: base_url must hold neither a user nor a fragment; the key goes into {KEY_VARIABLE}")
    if parts.scheme == "http" and not config.allow_plain_http and not _is_loopback(parts.hostname):
        raise UsageError(
            f"{where}: base_url is plain http to another machine; use https, or set allow_plain_http = true"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
