"""The file that switches the verifier on: what it may say, and what is refused."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from nosology.errors import NosologyError, NotPermitted, UnreadableInput, UsageError
from nosology.verifier import ChatVerifier, open_verifier
from nosology.verifier.config import KEY_VARIABLE, VerifierConfig, parse_config, read_config

GOOD = {"base_url": "https://models.example.org/v1", "model": "m"}


def parse(environment: dict[str, str] | None = None, **settings: Any) -> VerifierConfig:
    return parse_config(GOOD | settings, where="c.toml", environment=environment or {})


def test_defaults_are_the_careful_ones() -> None:
    config = parse()
    assert config.deidentify is True
    assert config.allow_plain_http is False
    assert config.api_key == ""


def test_key_comes_from_the_environment_and_is_never_shown() -> None:
    assert parse({KEY_VARIABLE: "k1"}).api_key == "k1"
    assert parse({KEY_VARIABLE: "k1", "MINE": "k2"}, api_key_env="MINE").api_key == "k2"
    assert parse(api_key="CANARY").api_key == "CANARY"
    assert "CANARY" not in repr(parse(api_key="CANARY"))


@pytest.mark.parametrize(
    "address", ["http://localhost:8000/v1", "http://127.0.0.1/v1", "http://[::1]:8000/v1", "https://10.0.0.5"]
)
def test_loopback_may_be_plain(address: str) -> None:
    assert parse(base_url=address).base_url == address


def test_plain_http_elsewhere_only_if_allowed() -> None:
    for address in ("http://models.example.org/v1", "http://10.0.0.5/v1", "http://localhost.example.org"):
        with pytest.raises(UsageError, match="plain http"):
            parse(base_url=address)
    assert parse(base_url="http://10.0.0.5/v1", allow_plain_http=True).allow_plain_http


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ({"base_url": ""}, "base_url is missing"),
        ({"model": ""}, "model is missing"),
        ({"base_url": "ftp://x/v1"}, "no address"),
        ({"base_url": "https://"}, "no address"),
        ({"base_url": "https://x:99999/v1"}, "no address"),
        ({"base_url": "https://x/v1\r\nA: b"}, "no address"),
        ({"base_url": "https://me:CANARY@x/v1"}, "neither a user"),
        ({"base_ulr": "x"}, "unknown key 'base_ulr'"),
        ({"deidentify": "no"}, "deidentify must be a bool"),
        ({"retries": 99}, "between 0 and 8"),
        ({"retries": 1.5}, "retries must be a int"),
        ({"read_timeout": float("nan")}, "read_timeout must lie"),
        ({"demotion": "hide"}, "one of remove, score"),
        ({"response_format": "xml"}, "one of auto"),
        ({"request": {"messages": []}}, "cannot set messages"),
        ({"request": 3}, "must be a table"),
        ({"api_key": "a\nCANARY"}, "cannot stand in a header"),
        ({"api_key_header": "A: b"}, "no name of a header"),
        ({"model": "m\u2028"}, "plain ASCII"),
    ],
)
def test_wrong_settings_are_one_line(settings: dict[str, Any], part: str) -> None:
    with pytest.raises(UsageError, match=part) as caught:
        parse(**settings)
    assert str(caught.value).startswith("c.toml: ")
    assert "\n" not in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "v.toml"
    path.write_text('base_url = "http://127.0.0.1:9/v1"\nmodel = "m"\n[request]\nseed = 1\n', "utf-8")
    assert read_config(path, environment={}).request == {"seed": 1}
    assert isinstance(open_verifier(path), ChatVerifier)


@pytest.mark.parametrize("content", ["base_url =", b"\xff\xfe"])
def test_file_that_is_no_toml(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "v.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(UnreadableInput, match="not a TOML file"):
        read_config(path, environment={})


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        read_config(tmp_path / "none.toml", environment={})


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_file_with_a_key_must_be_private(tmp_path: Path) -> None:
    path = tmp_path / "v.toml"
    path.write_text('base_url = "https://x/v1"\nmodel = "m"\napi_key = "CANARY"\n', "utf-8")
    path.chmod(0o644)
    with pytest.raises(NotPermitted, match="chmod 600") as caught:
        read_config(path, environment={})
    assert "CANARY" not in str(caught.value)
    path.chmod(0o600)
    assert read_config(path, environment={}).api_key == "CANARY"


def test_unreadable_certificates(tmp_path: Path) -> None:
    with pytest.raises(NosologyError, match="ca_file"):
        ChatVerifier(parse(ca_file=str(tmp_path / "none.pem")))


def test_every_key_is_documented_and_the_example_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "verifier.md").read_text("utf-8")
    for item in fields(VerifierConfig):
        assert f"`{item.name}`" in page or f"`[{item.name}]`" in page, item.name
    path = tmp_path / "v.toml"
    path.write_text(page.partition("```toml\n")[2].partition("```")[0], "utf-8")
    assert read_config(path, environment={}).model == "site-model"
    assert {"verifier.ignored", "verifier.unavailable"} <= {*re.findall(r"`(verifier\.\w+)`", page)}
