"""The verifier against a stub that speaks the protocol: what counts, what is ignored, what happens when it fails."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import replace
from typing import Any

import pytest

from nosology.codes.icd10cm import Icd10cm
from nosology.model.coding import CodedNote, Gate
from nosology.model.encounter import Setting
from nosology.model.finding import Severity

from .conftest import TEXT, Stub, answers, code_by_hand, says

KIDNEY = {"id": "C2", "quote": "chronic kidney disease, stage 3b"}
ALL = (
    {"id": "C1", "quote": "Type 2 diabetes"},
    KIDNEY,
    {"id": "C3", "quote": "low  back pain"},
    {"id": "C4", "quote": "Cough"},
)


def codes(coded: CodedNote) -> list[str]:
    return [suggestion.code for suggestion in coded.suggestions]


def with_answer(**row: str) -> tuple[int, dict[str, str], bytes]:
    """All confirmed, but this one."""
    return answers(*({**each, **row} if each["id"] == row["id"] else each for each in ALL))


def test_confirmation_adds_a_step_that_names_the_model(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [answers(*ALL)]
    verified = verifier().verify(coded)
    assert codes(verified) == codes(coded)
    assert verified.findings == ()
    assert [s.score for s in verified.suggestions] == [s.score for s in coded.suggestions]
    for suggestion in verified.suggestions:
        assert suggestion.steps[-1].name == "verifier"
        assert suggestion.steps[-1].result == "confirmed: It is documented."
        assert suggestion.steps[-1].source == "stub-1, verify-1"
    assert verified.provenance.model == "stub-1, verify-1"
    assert len(stub.requests) == 1


def test_request_speaks_the_protocol(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [answers(*ALL)]
    verifier(api_key="secret-key", request={"temperature": 0, "seed": 7}).verify(coded)
    headers, body = stub.requests[0]
    assert stub.paths == ["/v1/chat/completions"]
    assert headers["Authorization"] == "Bearer secret-key"
    assert (body["model"], body["seed"], body["stream"]) == ("site-model", 7, False)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    shape = body["response_format"]["json_schema"]
    row = shape["schema"]["properties"]["answers"]["items"]
    assert shape["strict"] is True
    assert row["properties"]["id"]["enum"] == ["C1", "C2", "C3", "C4"]
    assert "N18.32" in row["properties"]["code"]["enum"]
    assert set(row["required"]) == set(row["properties"])


def test_offers_are_billable_siblings_with_their_titles(
    stub: Stub, verifier: Any, coded: CodedNote, icd: Icd10cm
) -> None:
    stub.replies = [answers(*ALL)]
    verifier(max_offers=8).verify(coded)
    material = json.loads(stub.material.partition("\n\n")[2])
    for row in material["codes"]:
        assert len(row["offers"]) <= 8
        for offer in row["offers"]:
            assert offer["code"][:3] == row["code"][:3]
            assert offer["code"] != row["code"]
            assert icd.is_billable(offer["code"])
            assert offer["title"] == icd.title(offer["code"])
    assert {"N18.31", "N18.32"} <= {offer["code"] for offer in material["codes"][1]["offers"]}


def test_sibling_takes_the_place_with_the_quote_as_evidence(
    stub: Stub, verifier: Any, coded: CodedNote, icd: Icd10cm
) -> None:
    stub.replies = [
        with_answer(id="C2", verdict="change", code="N18.32", quote="stage 3b", reason="Stage 3b is written.")
    ]
    verified = verifier().verify(coded)
    changed = verified.suggestions[1]
    assert codes(verified) == ["E11.22", "N18.32", "M54.50", "R05.9"]
    assert changed.title == icd.title("N18.32")
    assert changed.alternatives[-1].code == "N18.30"
    assert changed.steps[-1].result == "N18.30 changed to N18.32: Stage 3b is written."
    piece = changed.evidence[-1]
    assert piece.quote == "stage 3b" == TEXT[piece.span.start : piece.span.end]
    assert changed.rank == 2


def test_rejected_code_is_not_coded_with_the_reason(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    row = {"id": "C3", "verdict": "reject", "quote": "Low back pain", "reason": "Only a symptom.\nOf \x1b[31m another."}
    stub.replies = [with_answer(**row)]
    verified = verifier().verify(coded)
    assert codes(verified) == ["E11.22", "N18.30", "R05.9"]
    assert [s.rank for s in verified.suggestions] == [1, 2, 3]
    (item,) = verified.not_coded
    assert (item.code, item.quote) == ("M54.50", "Low back pain")
    assert item.why == "verifier: Only a symptom. Of 31m another. (stub-1, verify-1)"
    kept = verifier(demotion="score").verify(coded)
    assert codes(kept) == codes(coded)
    assert kept.suggestions[2].score == 0.4


def test_doubt_lowers_the_score_and_stops_the_gate(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [with_answer(id="C4", verdict="doubt", quote="No cough today")]
    coded = replace(coded, gate=Gate(0.99, 0.9, True, ()))
    verified = verifier().verify(coded)
    assert verified.gate == Gate(0.99, 0.9, False, ("the verifier did not confirm R05.9",))
    assert verified.suggestions[3].score == 0.4
    assert verified.suggestions[3].steps[-1].result.startswith("doubted")


@pytest.mark.parametrize(("id_", "part"), [("C1", "first in order"), ("C2", "kept for E11.22")])
def test_first_code_and_needed_codes_are_never_taken_out(
    stub: Stub, verifier: Any, coded: CodedNote, id_: str, part: str
) -> None:
    stub.replies = [with_answer(id=id_, verdict="reject")]
    verified = verifier().verify(coded)
    assert codes(verified) == codes(coded)
    number = int(id_[1]) - 1
    assert verified.suggestions[number].score == 0.4
    assert part in verified.suggestions[number].steps[-1].result


@pytest.mark.parametrize(
    ("pairs", "rejected", "stays"),
    [
        ([("M54.50", "Low back pain"), ("E11.22", "diabetes"), ("N18.32", "stage 3b")], "E11.22", True),
        ([("M54.50", "Low back pain"), ("E11.22", "diabetes"), ("N18.32", "stage 3b")], "N18.32", True),
        ([("E11.9", "diabetes"), ("J44.9", "Cough"), ("F17.210", "Low back pain")], "J44.9", False),
        ([("M54.50", "Low back pain"), ("J15.9", "Cough"), ("B95.61", "today")], "B95.61", False),
        ([("M54.50", "Low back pain"), ("L03.116", "Cough"), ("B95.61", "today")], "L03.116", True),
        ([("L03.115", "Low back pain"), ("L03.116", "Cough"), ("B95.61", "today")], "L03.116", False),
    ],
)
def test_code_that_another_needs_stays(
    stub: Stub, verifier: Any, icd: Icd10cm, pairs: list[tuple[str, str]], rejected: str, stays: bool
) -> None:
    coded = code_by_hand(icd, *pairs)
    place = [code for code, _ in pairs].index(rejected)
    stub.replies = [answers({"id": f"C{place + 1}", "verdict": "reject", "quote": pairs[place][1]})]
    assert (rejected in codes(verifier().verify(coded))) is stays


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({"verdict": "change", "code": "N18.99", "quote": "stage 3b"}, "N18.30: the verifier was not followed: N18.99"),
        ({"verdict": "change", "code": "E10.22", "quote": "stage 3b"}, "E10.22 was not offered"),
        ({"verdict": "change", "code": "M54.51", "quote": "stage 3b"}, "M54.51 was not offered"),
        ({"verdict": "change", "code": "Jane Doe", "quote": "stage 3b"}, "something that was not offered"),
        ({"verdict": "change", "code": "", "quote": "stage 3b"}, "something that was not offered"),
        ({"verdict": "change", "code": "N18.32", "quote": "stage IIIb"}, "quote does not stand"),
        ({"verdict": "change", "code": "N18.32", "quote": ""}, "quote does not stand"),
        ({"verdict": "change", "code": "N18.32", "quote": "tage 3"}, "quote does not stand"),
        ({"verdict": "change", "code": "N18.32", "quote": "."}, "quote does not stand"),
        ({"verdict": "reject", "quote": "[NAME]"}, "quote does not stand"),
        ({"verdict": "reject", "quote": "kidney failure was ruled out"}, "quote does not stand"),
        ({"verdict": "confirm", "code": "N18.32"}, "names another code"),
        ({"verdict": "upgrade"}, "no verdict"),
    ],
)
def test_what_is_invented_is_ignored_and_listed(
    stub: Stub, verifier: Any, coded: CodedNote, row: dict[str, str], part: str
) -> None:
    stub.replies = [with_answer(id="C2", **row)]
    verified = verifier().verify(coded)
    assert verified.suggestions[1] == coded.suggestions[1]
    (finding,) = verified.findings
    assert finding.rule == "verifier.ignored"
    assert finding.severity is Severity.INFORMATION
    assert part in finding.message
    assert "Jane" not in finding.message


def test_change_that_breaks_the_coding_is_ignored(stub: Stub, verifier: Any, icd: Icd10cm) -> None:
    coded = code_by_hand(icd, ("E11.22", "Type 2 diabetes"), ("N18.30", "stage 3b"), ("N18.32", "kidney disease"))
    rows = [
        {"id": "C1", "verdict": "change", "code": "E11.9", "quote": "Type 2 diabetes"},
        {"id": "C2", "verdict": "change", "code": "N18.32", "quote": "stage 3b"},
        {"id": "C3", "quote": "kidney disease"},
    ]
    stub.replies = [answers(*rows)]
    verified = verifier(max_offers=40).verify(coded)
    assert codes(verified) == codes(coded)
    messages = " ".join(finding.message for finding in verified.findings)
    assert "N18.32 is coded already" in messages
    assert "E11.9" in messages


def test_change_to_a_code_that_another_excludes_is_ignored(stub: Stub, verifier: Any, icd: Icd10cm) -> None:
    coded = code_by_hand(icd, ("A48.0", "diabetic"), ("A41.9", "resolved"))
    rows = [{"id": "C1", "quote": "diabetic"}, {"id": "C2", "verdict": "change", "code": "A41.4", "quote": "resolved"}]
    stub.replies = [answers(*rows)]
    verified = verifier(max_offers=40).verify(coded)
    assert codes(verified) == ["A48.0", "A41.9"]
    assert "A41.4 and A48.0 exclude each other" in verified.findings[0].message


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([*ALL, {"id": "C9", "quote": "Cough"}], ["a question that was not asked"]),
        ([*ALL, {"id": "C4", "quote": "Cough", "verdict": "reject"}], ["R05.9", "more than once"]),
        (list(ALL[:2]), ["M54.50", "R05.9", "not answered"]),
        ([], ["E11.22", "not answered"]),
    ],
)
def test_wrong_missing_and_double_answers(
    stub: Stub, verifier: Any, coded: CodedNote, rows: list[dict[str, str]], parts: list[str]
) -> None:
    stub.replies = [answers(*rows)]
    verified = verifier().verify(coded)
    assert codes(verified) == codes(coded)
    messages = " ".join(finding.message for finding in verified.findings)
    assert all(part in messages for part in parts)
    assert {finding.rule for finding in verified.findings} == {"verifier.ignored"}


@pytest.mark.parametrize(
    "text",
    [
        "I think the coding is fine.",
        '{"answers": "all good"}',
        '{"answers": [1, null, "x", {"id": ["C1"]}]}',
        "[1, 2]",
        "{" * 5000,
        '{"a":' * 3000,
        "{}",
        '{"answers": [{"id": "C1", "verdict": ["confirm"], "code": 3, "quote": {}, "reason": null}]}',
    ],
)
def test_garbage_changes_nothing(stub: Stub, verifier: Any, coded: CodedNote, text: str) -> None:
    stub.replies = [says(text)]
    verified = verifier().verify(coded)
    assert verified.suggestions == coded.suggestions
    assert verified.not_coded == coded.not_coded
    assert {finding.rule for finding in verified.findings} == {"verifier.ignored"}


def test_thoughts_and_fences_around_the_json(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    _, _, content = answers(*ALL)
    inner = json.loads(content)["choices"][0]["message"]["content"]
    stub.replies = [says(f'<think>{{"answers": []}} maybe {{x}}</think>\nHere it is:\n```json\n{inner}\n```')]
    assert verifier().verify(coded).findings == ()


def test_429_then_an_answer(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    pauses: list[float] = []
    stub.replies = [(429, {"Retry-After": "3"}, b""), (503, {}, b"busy"), answers(*ALL)]
    verified = verifier(pauses).verify(coded)
    assert verified.findings == ()
    assert len(stub.requests) == 3
    assert pauses == [3.0, 2.0]


@pytest.mark.parametrize(
    ("reply", "tries", "part"),
    [
        ((500, {}, b"CANARY"), 3, "status 500"),
        ((401, {}, b"CANARY"), 1, "status 401"),
        ((302, {"Location": "http://127.0.0.1:9/v1/chat/completions"}, b""), 1, "status 302"),
        ((200, {}, b"<html>CANARY</html>"), 1, "no chat completion"),
        ((200, {}, b'{"choices": []}'), 1, "no chat completion"),
        ((200, {}, b"[" * 100_000), 1, "no chat completion"),
        ((200, {}, b"x" * 300_000), 1, "longer than 200000 bytes"),
        (says("", message={"role": "assistant", "content": None, "refusal": "CANARY"}), 1, "refused"),
        (says("I cannot", finish_reason="content_filter"), 1, "refused"),
        (says('{"answers": [', finish_reason="length"), 1, "cut off"),
        (says("  "), 1, "empty"),
    ],
)
def test_failure_leaves_the_coding_as_it_was(
    stub: Stub,
    verifier: Any,
    coded: CodedNote,
    caplog: pytest.LogCaptureFixture,
    reply: Any,
    tries: int,
    part: str,
) -> None:
    stub.replies = [reply]
    with caplog.at_level(logging.DEBUG):
        verified = verifier().verify(coded)
    assert len(stub.requests) == tries
    assert verified.suggestions == coded.suggestions
    assert verified.provenance == coded.provenance
    (finding,) = verified.findings
    assert finding.rule == "verifier.unavailable"
    assert finding.severity is Severity.WARNING
    assert part in finding.message
    assert "CANARY" not in finding.message
    assert caplog.text
    assert not [word for word in ("CANARY", "Doe", "diabetes", "kidney") if word in caplog.text]


def test_silence_ends_with_the_time_out(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [lambda body: (stub.released.wait(20), (200, {}, b""))[1]]
    started = time.monotonic()
    verified = verifier(read_timeout=0.2).verify(coded)
    assert time.monotonic() - started < 3
    assert len(stub.requests) == 1
    assert "no answer in time" in verified.findings[0].message


def test_dripping_answer_ends_with_the_deadline(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    def drip(out: Any) -> None:
        while not stub.released.wait(0.05):
            out.write(b" ")
            out.flush()

    stub.replies = [(200, {}, drip)]
    started = time.monotonic()
    verified = verifier(deadline=0.5).verify(coded)
    assert time.monotonic() - started < 3
    assert "no answer in time" in verified.findings[0].message


def test_nobody_listens(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    pauses: list[float] = []
    verified = verifier(pauses, base_url="http://127.0.0.1:1/v1", retries=1).verify(coded)
    assert verified.findings[0].message == "the coding was not verified: no connection"
    assert pauses == [1.0]


def test_endpoint_that_keeps_failing_is_left_alone(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [(401, {}, b"")]
    asked = verifier(give_up_after=2)
    results = [asked.verify(coded) for _ in range(4)]
    assert len(stub.requests) == 2
    assert all(result.findings[0].rule == "verifier.unavailable" for result in results)
    assert "left alone" in results[-1].findings[0].message


def test_server_that_knows_no_schema_is_asked_without(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [lambda body: (400, {}, b"") if "response_format" in body else answers(*ALL)]
    asked = verifier()
    assert asked.verify(coded).findings == ()
    assert asked.verify(coded).findings == ()
    assert ["response_format" in body for _, body in stub.requests] == [True, False, False]
    assert verifier(response_format="json_schema").verify(coded).findings[0].rule == "verifier.unavailable"


def test_prompt_is_bounded_and_split(stub: Stub, verifier: Any, icd: Icd10cm) -> None:
    names = [code for code in icd.leaves("M25") if icd.is_billable(code)][:60]
    filler = "The joint was examined and found stable at rest. " * 30
    text = "".join(f"Finding{n} here. {filler}\n" for n in range(60))
    coded = code_by_hand(icd, *((code, f"Finding{n} here") for n, code in enumerate(names)), text=text)
    stub.replies = [lambda body: answers()]
    verified = verifier(max_prompt_chars=8000, max_requests=5).verify(coded)
    assert len(stub.requests) == 5
    for _, body in stub.requests:
        assert sum(len(message["content"]) for message in body["messages"]) <= 8000
    assert [finding for finding in verified.findings if "want of room" in finding.message]


def test_inpatient_offers_keep_the_seventh_character(stub: Stub, verifier: Any, icd: Icd10cm) -> None:
    coded = code_by_hand(icd, ("S72.001A", "Low back pain"), setting=Setting.INPATIENT)
    stub.replies = [answers()]
    verifier(max_offers=20).verify(coded)
    offers = json.loads(stub.material.partition("\n\n")[2])["codes"][0]["offers"]
    assert offers
    assert all(offer["code"].endswith("A") and offer["code"].startswith("S72") for offer in offers)


def test_only_the_windows_leave_and_without_identifiers(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [answers(*ALL)]
    verifier().verify(coded)
    sent = json.dumps(stub.requests)
    for secret in ("Jane", "Doe", "00123456", "03/14", "05/02", "04/20", "CANARY", "abab"):
        assert secret not in sent
    assert "Low back pain since [DATE 2026]" in stub.material
    verifier(window_chars=40).verify(coded)
    assert "Mother had" not in stub.material
    verifier(deidentify=False).verify(coded)
    assert "04/20/2026" in stub.material


def test_quote_across_a_mask_leads_back_to_the_text(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    row = {"id": "C3", "verdict": "change", "code": "M54.51", "quote": "since [DATE 2026], vertebrogenic"}
    stub.replies = [with_answer(**row)]
    verified = verifier().verify(coded)
    piece = verified.suggestions[2].evidence[-1]
    assert verified.suggestions[2].code == "M54.51"
    assert piece.quote == "since 04/20/2026, vertebrogenic" == TEXT[piece.span.start : piece.span.end]


def test_codes_above_the_threshold_are_not_asked(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [answers()]
    assert verifier(verify_below=0.5).verify(coded) == coded
    assert stub.requests == []


def test_note_without_codes_is_not_sent(stub: Stub, verifier: Any, icd: Icd10cm) -> None:
    coded = code_by_hand(icd)
    assert verifier().verify(coded) is coded
    assert stub.requests == []


def test_endpoint_without_tls_is_not_believed(stub: Stub, verifier: Any, coded: CodedNote) -> None:
    stub.replies = [answers(*ALL)]
    verified = verifier(base_url=stub.url.replace("http:", "https:"), retries=0).verify(coded)
    assert verified.findings[0].rule == "verifier.unavailable"
    assert stub.requests == []


def test_no_proxy_is_taken_from_the_environment(
    stub: Stub, verifier: Any, coded: CodedNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    stub.replies = [answers(*ALL)]
    assert verifier().verify(coded).findings == ()
