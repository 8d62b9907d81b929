"""``nosology remit`` and ``nosology ledger``: what they show, what they write once, what they refuse in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HEAD = "ISA*00*          *00*          *ZZ*P              *ZZ*C              *260520*0900*^*00501*000000001*0*T*:~"
GROUP = "GS*{kind}*P*C*20260520*0900*1*X*{version}~"
CLAIMS = (
    HEAD
    + GROUP.format(kind="HC", version="005010X222A1")
    + "ST*837*0001*005010X222A1~BHT*0019*00*1*20260504*0900*CH~NM1*41*2*CLINIC*****46*C~PER*IC*DESK*TE*2175550100~"
    "NM1*40*2*P*****46*P~HL*1**20*1~NM1*85*2*CLINIC*****XX*1234567893~N3*1 MAIN ST~N4*SPRINGFIELD*IL*627010001~"
    "REF*EI*123456789~HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*ABLE*ANN****MI*M1~N3*1 MAIN ST~N4*SPRINGFIELD*IL*62701~"
    "DMG*D8*19700101*F~NM1*PR*2*GOOD PAYER*****PI*P1~CLM*A1*100***11:B:1*Y*A*Y*Y~HI*ABK:I10~LX*1~"
    "SV1*HC:99213*100*UN*1***1~DTP*472*D8*20260504~SE*23*0001~GE*1*1~IEA*1*000000001~"
)


def era(body: str, *, amount: str = "60", trace: str = "T1") -> str:
    head = f"BPR*I*{amount}*C*CHK************20260520~TRN*1*{trace}*1512345678~"
    head += "N1*PR*GOOD PAYER*XV*P1~N1*PE*CLINIC*XX*1234567893~"
    inner = f"{head}LX*1~{body}"
    sets = f"ST*835*0001~{inner}SE*{inner.count('~') + 2}*0001~"
    return HEAD + GROUP.format(kind="HP", version="005010X221A1") + sets + "GE*1*1~IEA*1*000000001~"


PAID = "CLP*A1*1*100*60*20*CI*ICN1~SVC*HC:99213*100*60~DTM*472*20260504~CAS*CO*45*20~CAS*PR*2*20~"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sent.837").write_text(CLAIMS)
    (tmp_path / "paid.835").write_text(era(PAID))
    return tmp_path


def put(runner: Any, folder: Path, *more: object, file: str = "paid.835") -> Any:
    return runner("remit", folder / file, "--books", folder / "b.db", "--claims", folder / "sent.837", *more)


def ledger(runner: Any, folder: Path, *words: object) -> Any:
    result = runner("ledger", words[0], "--books", folder / "b.db", *words[1:])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_posted_once_and_explained(runner: Any, folder: Path) -> None:
    first = put(runner, folder, "--post", "--on", "2026-05-21", "--who", "kim")
    found = json.loads(first.stdout)["remittances"][0]
    assert (first.exit_code, found["outcome"]) == (0, "posted")
    assert {key: found["claims"][0][key] for key in ("charged", "allowed", "paid", "patient")} == {
        "charged": "100.00", "allowed": "80.00", "paid": "60.00", "patient": "20.00",
    }  # fmt: skip
    assert "CO-45: 20.00 of line 1 is not owed by contract" in found["claims"][0]["steps"]
    again = put(runner, folder, "--post", "--format", "table")
    assert "already posted" in again.stdout
    assert len(ledger(runner, folder, "entries")["entries"]) == 3
    told = ledger(runner, folder, "balance", "--claim", "A1")
    assert (told["state"], told["patient_due"], told["insurance_due"]) == ("patient balance", "20.00", {})
    statement = ledger(runner, folder, "statement", "--patient", "M1", "--on", "2026-06-01")
    assert (statement["due"], statement["to_send"], statement["visits"][0]["insurance_paid"]) == (
        "20.00",
        True,
        "60.00",
    )
    aged = ledger(runner, folder, "aging", "--on", "2026-07-01")["accounts"]
    assert [(each["account"], each["buckets"]["31-60"]) for each in aged] == [("patient:M1", "20.00")]


def test_without_post_nothing_is_kept(runner: Any, folder: Path) -> None:
    result = put(runner, folder)
    assert (result.exit_code, json.loads(result.stdout)["remittances"][0]["outcome"]) == (0, "would be posted")
    assert not (folder / "b.db").exists()
    put(runner, folder, "--post")
    before = (folder / "b.db").read_bytes(), len(ledger(runner, folder, "entries")["entries"])
    (folder / "sent.837").write_text(CLAIMS.replace("CLM*A1*", "CLM*A2*"))
    (folder / "next.835").write_text(era(PAID.replace("CLP*A1", "CLP*A2"), trace="T2"))
    found = json.loads(put(runner, folder, file="next.835").stdout)["remittances"][0]
    assert (found["outcome"], found["claims"][0]["matched"]) == ("would be posted", "A2")
    assert ((folder / "b.db").read_bytes(), len(ledger(runner, folder, "entries")["entries"])) == before


def test_a_denial_comes_on_the_worklist(runner: Any, folder: Path) -> None:
    (folder / "denied.835").write_text(era("CLP*A1*4*100*0**CI*ICN1~CAS*CO*29*100~", amount="0"))
    put(runner, folder, "--post", "--on", "2026-05-21", file="denied.835")
    (item,) = ledger(runner, folder, "denials")["denials"]
    assert (item["reason"], item["kind"], item["amount"], item["deadline"]) == (
        "CO-29",
        "timely",
        "100.00",
        "2026-09-18",
    )
    shown = runner("ledger", "denials", "--books", folder / "b.db", "--format", "table", width=200)
    assert "appeal with proof" in shown.stdout


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"%PDF-1.7 a picture of a check", 10),
        (b"", 10),
        (era(PAID, amount="61").encode(), 1),
        (era(PAID)[:-150].encode(), 1),
        (era(PAID.replace("*60", "*6O")).encode(), 1),
        (era("CLP*ZZ*1*60*60~").encode(), 0),
    ],
    ids=["pdf", "empty", "sum", "cut", "letter", "unknown claim"],
)
def test_bad_files(runner: Any, folder: Path, text: bytes, code: int) -> None:
    (folder / "bad.835").write_bytes(text)
    result = put(runner, folder, "--post", file="bad.835")
    assert result.exit_code == code
    assert result.stderr.count("\n") <= 1
    if code != 10:
        balance = ledger(runner, folder, "balance")
        assert balance["total"] == "0.00"


def test_two_files_with_one_trace_number(runner: Any, folder: Path) -> None:
    put(runner, folder, "--post")
    (folder / "other.835").write_text(era(PAID.replace("60", "70").replace("45*20", "45*10"), amount="70"))
    result = put(runner, folder, "--post", file="other.835")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["remittances"][0]["outcome"] == "held"
    assert ledger(runner, folder, "balance")["held"][0]["trace"] == "T1"


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["remit", "x.835", "--post"], 2, "--books"),
        (["remit", "absent.835"], 10, "absent"),
        (["remit", "absent.835", "--on", "soon"], 2, "not a date"),
        (["ledger", "balance", "--books", "absent.db"], 10, "no books"),
    ],
)
def test_wrong_calls_are_one_line(runner: Any, words: list[str], code: int, part: str) -> None:
    result = runner(*words)
    assert (result.exit_code, result.stderr.count("\n")) == (code, 1)
    assert part in result.stderr


def test_unknown_claim_and_patient(runner: Any, folder: Path) -> None:
    put(runner, folder, "--post")
    assert runner("ledger", "balance", "--books", folder / "b.db", "--claim", "ZZ").exit_code == 2
    assert runner("ledger", "entries", "--books", folder / "b.db", "--claim", "ZZ").exit_code == 2
    assert runner("ledger", "statement", "--books", folder / "b.db", "--patient", "ZZ").exit_code == 2


def test_a_waiting_payment_is_matched_by_hand(runner: Any, folder: Path) -> None:
    (folder / "odd.835").write_text(era(PAID.replace("CLP*A1*1*100", "CLP*QQ*1*100").replace("99213", "0001")))
    (folder / "sent.837").write_text(CLAIMS.replace("20260504~SE", "20260102~SE"))
    put(runner, folder, "--post", file="odd.835")
    (waiting,) = ledger(runner, folder, "balance")["waiting"]
    words = ("--remittance", waiting["remittance"], "--ordinal", waiting["ordinal"], "--claim", "A1", "--who", "kim")
    result = runner("ledger", "match", "--books", folder / "b.db", *words)
    assert "posted to claim A1, which is now patient balance" in result.stdout
    assert ledger(runner, folder, "balance")["waiting"] == []
    assert runner("ledger", "match", "--books", folder / "b.db", *words).exit_code == 2


def test_rivals_24_what_the_patient_paid_at_the_visit_is_not_asked_for_again(runner: Any, folder: Path) -> None:
    (folder / "sent.837").write_text(CLAIMS.replace("HI*ABK:I10", "AMT*F5*15~HI*ABK:I10").replace("SE*23", "SE*24"))
    for _ in range(2):
        put(runner, folder, "--post", "--on", "2026-05-21")
    told = ledger(runner, folder, "statement", "--patient", "M1", "--on", "2026-06-01")
    visit = told["visits"][0]
    assert (visit["patient_paid"], visit["insurance_paid"], told["due"]) == ("15.00", "60.00", "5.00")


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("CLM*A1*100*", "CLM*A1*-100*", 1, "its charge is negative"),
        ("CLM*A1*100*", "CLM*A1*120*", 1, "do not add up"),
        ("CLM*A1*100*", "CLM*A1*1O0*", 1, "cannot be read"),
        (CLAIMS, CLAIMS[: CLAIMS.index("LX*1")], 1, "do not add up"),
        (CLAIMS, era(PAID), 10, "holds no claims (837)"),
    ],
    ids=["negative", "sum", "letter", "cut", "another kind"],
)
def test_claims_that_are_not_whole_are_not_charged(
    old: str, new: str, code: int, says: str, runner: Any, folder: Path
) -> None:
    (folder / "sent.837").write_text(CLAIMS.replace(old, new))
    result = put(runner, folder, "--post")
    assert (result.exit_code, says in result.stderr, "ABLE" in result.stderr) == (code, True, False)
    if code == 1:
        assert ledger(runner, folder, "balance")["waiting"][0]["paid"] == "60.00"
    else:
        assert not (folder / "b.db").exists()


@pytest.mark.parametrize("hurt", ["every hundredth byte", "half of it"])
def test_damaged_books_are_one_line(hurt: str, runner: Any, folder: Path) -> None:
    put(runner, folder, "--post")
    file = folder / "b.db"
    data = bytearray(file.read_bytes())
    for at in range(200, len(data), 100):
        data[at] = 0xE9
    file.write_bytes(data if hurt.startswith("every") else data[: len(data) // 2])
    before = file.read_bytes()
    for words in (("remit", folder / "paid.835", "--post"), ("ledger", "balance"), ("ledger", "entries")):
        result = runner(*words, "--books", file)
        assert (result.exit_code, result.stderr.count("\n"), "b.db" in result.stderr) == (10, 1, True), result.stderr
    assert file.read_bytes() == before


def test_rivals_5_a_corrected_claim_under_the_same_number_takes_the_place_of_the_first(
    runner: Any, folder: Path
) -> None:
    put(runner, folder, "--post", "--on", "2026-05-21")
    more = CLAIMS.replace("*100***11:B:1", "*90***11:B:7").replace("HC:99213*100*", "HC:99213*90*")
    (folder / "sent.837").write_text(more.replace("HI*ABK", "REF*F8*ICN1~HI*ABK").replace("SE*23", "SE*24"))
    back = "CLP*A1*22*-100*-60*-20*CI*ICN1~SVC*HC:99213*-100*-60~DTM*472*20260504~CAS*CO*45*-20~CAS*PR*2*-20~"
    anew = "CLP*A1*1*90*60*20*CI*ICN2~SVC*HC:99213*90*60~DTM*472*20260504~CAS*CO*45*10~CAS*PR*2*20~"
    (folder / "next.835").write_text(era(back + anew, amount="0", trace="T2"))
    for _ in range(2):
        assert put(runner, folder, "--post", "--on", "2026-06-21", file="next.835").exit_code == 0
    told = ledger(runner, folder, "balance", "--claim", "A1")
    assert (told["charged"], told["contractual"], told["insurance_due"], told["patient_due"], told["state"]) == (
        "90.00", "10.00", {}, "20.00", "patient balance",
    )  # fmt: skip


def test_rivals_23_the_share_of_a_claim_that_insurance_is_not_done_with_is_not_due(runner: Any, folder: Path) -> None:
    part = "CLP*A1*1*100*30*20*CI*ICN1~SVC*HC:99213*100*30~DTM*472*20260504~CAS*CO*45*20~CAS*PR*2*20~CAS*OA*133*30~"
    (folder / "part.835").write_text(era(part, amount="30"))
    put(runner, folder, "--post", file="part.835")
    told = ledger(runner, folder, "statement", "--patient", "M1", "--on", "2999-01-01")
    assert (told["to_send"], told["due"], told["insurance_pending"]) == (False, "0.00", "50.00")


def test_a_payment_too_much_does_not_keep_the_patients_share_back(runner: Any, folder: Path) -> None:
    put(runner, folder, "--post")
    (folder / "again.835").write_text(era(PAID, trace="T2"))
    put(runner, folder, "--post", file="again.835")
    told = ledger(runner, folder, "balance", "--claim", "A1")
    assert (told["state"], told["patient_due"], told["insurance_due"]) == ("patient balance", "20.00", {"P1": "-60.00"})
