"""The tables of payment codes: sound, complete, in our own words; an official list goes first where a site has one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from nosology.codes.claim_status import explain_status
from nosology.codes.eligibility import explain_benefit, explain_follow_up, explain_period, service_types
from nosology.codes.payment_codes import explain_payment_code
from nosology.codes.wording import code_classes, official_text, read_words

DATA = Path(str(__import__("nosology").__file__)).parent / "codes" / "data"
TABLES = sorted(path.stem for path in DATA.glob("*.tsv") if path.stem != "classes")


@pytest.mark.parametrize("table", TABLES)
def test_table_is_sound(table: str) -> None:
    head = [line.lstrip("# ") for line in (DATA / f"{table}.tsv").read_text("utf-8").splitlines()[:2]]
    assert "own w" in " ".join(head), "the head says whose words they are"
    assert "authoritative" in " ".join(head)
    lines = (DATA / f"{table}.tsv").read_text("utf-8").splitlines()
    codes = [line.partition("\t")[0] for line in lines if not line.startswith("#")]
    assert len(set(codes)) == len(codes)
    for code, words in read_words(table).items():
        assert words.words, code
        assert table in ("benefit", "revenue") or words.kind in {"", *code_classes()}, code
        assert words.since is None or words.until is None or words.since < words.until


def test_tables_hold_what_is_in_use() -> None:
    assert len(read_words("carc")) > 280
    assert len(read_words("rarc")) > 700
    assert len(read_words("claim_status")) > 400
    assert {"M51", "MA130", "N211", "N382", "N640"} <= set(read_words("rarc"))
    assert all(
        str(number) in read_words("carc") for number in (*range(1, 14), 16, 18, 22, 29, 45, 50, 96, 97, 109, 197)
    )


def test_words_cover_the_codes_of_our_guides() -> None:
    """What the guide allows in a segment has words: adjustment reasons of providers, service types, rejections."""
    uses = {(use.id, index): codes for kind in ("835", "271") for use, index, codes in _codes(kind)}
    assert set(uses["PLB", "3.1"]) <= set(read_words("provider_adjustment"))
    assert set(uses["EB", "1"]) <= set(read_words("benefit"))
    assert set(uses["EB", "3"]) <= set(service_types())
    assert set(uses["EB", "6"]) <= set(read_words("period"))
    assert set(uses["AAA", "3"]) <= set(read_words("reject_reason"))
    assert set(uses["AAA", "4"]) <= set(read_words("follow_up"))


def _codes(kind: str) -> list[tuple[object, str, list[str]]]:
    found = []

    class Use:
        def __init__(self, name: str) -> None:
            self.id = name

    def walk(body: list[dict[str, object]]) -> None:
        for each in body:
            if "loop" in each:
                walk(each["body"])  # type: ignore[arg-type]
            else:
                for index, codes in each.get("codes", {}).items():  # type: ignore[attr-defined]
                    found.append((Use(str(each["seg"])), str(index), codes))

    walk(yaml.safe_load((DATA.parents[1] / "rules" / "x12" / f"{kind}.yaml").read_text("utf-8"))["body"])
    return found


def test_words_of_eligibility_and_status() -> None:
    assert explain_benefit("G").startswith("most that the patient pays")
    assert explain_period("29") == "remaining"
    assert explain_follow_up("C") == "Correct the question and ask again."
    assert explain_benefit("??") == ""
    assert explain_status("A7", "33", "QC") == (
        "rejected: information is not valid; subscriber and member number not found (patient)"
    )
    assert explain_status("Z9", "9999", "??") == "category Z9; status 9999 (??)"


def test_a_sites_official_list_goes_first(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "carc.tsv").write_text("1\tWords of the publisher\n", "utf-8")
    assert official_text("carc", "1", home=tmp_path) == "Words of the publisher"
    assert official_text("carc", "2", home=tmp_path) == ""
    found = explain_payment_code("PR-1", home=tmp_path)
    assert found is not None
    assert ("official text", "Words of the publisher") in found.facts


def test_a_code_that_has_ended_is_not_in_force() -> None:
    old = read_words("carc")["42"]
    assert old.in_force(date(2006, 1, 1))
    assert not old.in_force(date(2026, 1, 1))
