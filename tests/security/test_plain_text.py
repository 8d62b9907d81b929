"""What no database keeps is refused at the door."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import RequestFactory

from nosology.web.auth.plain_text import PlainText


@pytest.mark.parametrize(
    ("body", "sound"),
    [
        (b'{"text": "plain"}', True),
        (b'{"text": "\\u00e4 \\ud83d\\ude00"}', True),
        (b'{"text": "a\\u0000b"}', False),
        (b'{"text": ["\\ud800"]}', False),
        (b'{"text": "\\udfff', True),  # no JSON: whoever reads it says so
    ],
)
def test_json(body: bytes, sound: bool) -> None:
    look = PlainText(lambda _request: HttpResponse()).process_view
    request: Any = RequestFactory().post("/api/x", body, content_type="application/json")
    if sound:
        look(request, None, (), {})
    else:
        with pytest.raises(SuspiciousOperation):
            look(request, None, (), {})


def test_forms_and_addresses(client_as: Any) -> None:
    client = client_as("coder")
    assert client.post("/account/tokens/", {"name": "a\x00b", "roles": "coder", "days": "1"}).status_code == 400
    assert client.get("/codebook/icd10cm/I10%00").status_code in (400, 404)
    assert client.get("/account/tokens/?q=%00").status_code == 400
    assert client.get("/account/tokens/?q=%ed%a0%80").status_code == 200  # bytes that are no text become marks
