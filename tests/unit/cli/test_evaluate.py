"""nosology evaluate: the report in its three shapes, runs that are kept and compared."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from nosology.cli.render_evaluation import draw_reliability, format_p
from nosology.cli.render_evaluation_html import draw_reliability_svg
from nosology.coding.evaluate import Bin

ON = ("--on", "2026-05-04")

RECORDS = [
    {
        "id": "one <b>",
        "text": "ASSESSMENT: Hypertension, continue lisinopril. Type 2 diabetes, continue metformin.",
        "setting": "professional",
        "required": [
            {"code": "I10", "accept": [], "quote": "Hypertension"},
            {"code": "A01.00", "quote": "typhoid & <script>alert(1)</script>"},
        ],
        "first_listed": ["I10"],
    },
    {
        "id": "two",
        "text": "DISCHARGE DIAGNOSIS:\n1. Pneumonia\n2. Hypertension\n",
        "setting": "inpatient",
        "required": [
            {"code": "J18.9", "quote": "Pneumonia", "poa": "Y"},
            {"code": "I10", "quote": "Hypertension", "poa": "Y"},
        ],
        "first_listed": ["J18.9"],
    },
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")
    return path


def test_json_holds_every_part(runner: Any, home: Path, gold: Path) -> None:
    run = runner("evaluate", gold, *ON, "--format", "json", "--resamples", 50)
    assert run.exit_code == 0, run.stderr
    result = json.loads(run.stdout)
    for key in ("gold", "on", "notes", "exact", "category", "macro_f1", "first_listed", "evidence", "calibration"):
        assert key in result
    assert set(result["by_setting"]) == {"inpatient", "professional"}
    assert result["poa"]["codes"] == 2
    assert result["principal"]["notes"] == 1
    assert result["macro"]["by_note"]["f1"] == result["macro_f1"]
    low, high = result["intervals"]["figures"]["exact_f1"]
    assert low <= result["exact"]["f1"] <= high
    assert sum(part["exact"]["missed"] for part in result["by_chapter"].values()) == result["exact"]["missed"]
    (missed,) = [cause for cause in result["causes"] if cause["kind"] == "missed"]
    assert missed["examples"][0]["code"] == "A01.00"
    assert missed["examples"][0]["title"] == "Typhoid fever, unspecified"
    assert result["comparison"] is None
    assert runner("evaluate", gold, *ON, "--format", "json", "--resamples", 50).stdout == run.stdout


def test_table_shows_every_part(runner: Any, home: Path, gold: Path) -> None:
    shown = runner("evaluate", gold, *ON, "--resamples", 20).stdout
    for part in (
        "code, micro",
        "macro by code",
        "By chapter",
        "By frequency",
        "By section",
        "Present on admission",
        "Reliability",
        "Why codes were missed",
        "●",
        "95 % interval",
        "principal right",
    ):
        assert part in shown, part
    without = runner("evaluate", gold, *ON, "--resamples", 0, "--limit", 1)
    assert without.exit_code == 0
    assert "Present on admission" not in without.stdout


def test_errors_name_their_cause(runner: Any, home: Path, gold: Path, tmp_path: Path) -> None:
    for name in ("errors.txt", "errors.jsonl"):
        assert runner("evaluate", gold, *ON, "--errors", tmp_path / name).exit_code == 0
        assert "no mention found" in (tmp_path / name).read_text("utf-8")
    (line,) = (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()
    record = json.loads(line)
    assert record["missed"][0]["cause"] == "no mention found"
    assert record["false"][0]["code"].startswith("E11")
    assert record["false"][0]["why"]
    assert record["false"][0]["quote"] == "Type 2 diabetes"


def test_run_is_kept_and_compared(runner: Any, home: Path, gold: Path, tmp_path: Path) -> None:
    kept = tmp_path / "run.json"
    assert runner("evaluate", gold, *ON, "--save", kept).exit_code == 0
    text = kept.read_text("utf-8")
    assert "lisinopril" not in text
    assert not list(tmp_path.glob("*.part*"))
    record = json.loads(text)
    note = record["notes"][1]
    note["missed"].append(note["true"].pop())
    note["first_listed"] = False
    note["tally"][0] -= 1
    note["tally"][2] += 1
    kept.write_text(json.dumps(record), "utf-8")
    run = runner("evaluate", gold, *ON, "--compare", kept, "--format", "json", "--save", kept)
    found = json.loads(run.stdout)["comparison"]
    assert found["notes"] == 2
    assert found["figures"]["exact_recall"]["change"] == pytest.approx(0.25)
    assert found["mcnemar"][0] == {"what": "required codes found", "better": 1, "worse": 0, "p": 1.0}
    (changed,) = found["changed"]
    assert (changed["id"], changed["first_listed"]) == ("two", "better")
    assert len(changed["gained"]) == 1
    again = runner("evaluate", gold, *ON, "--compare", kept)
    assert "Against the earlier run" in again.stdout
    assert "Notes that changed" not in again.stdout


def test_run_of_other_notes_compares_nothing(runner: Any, home: Path, gold: Path, tmp_path: Path) -> None:
    kept = tmp_path / "run.json"
    assert runner("evaluate", gold, *ON, "--save", kept).exit_code == 0
    gold.write_text(json.dumps(RECORDS[0] | {"text": "Hypertension."}) + "\n", "utf-8")
    for form in ("table", "html"):
        run = runner("evaluate", gold, *ON, "--compare", kept, "--format", form)
        assert run.exit_code == 0
        assert "Not compared" in run.stdout


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b"{" * 100_000])
def test_bad_run_is_refused_before_anything_is_measured(runner: Any, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "run.json"
    bad.write_bytes(content)
    for path in (bad, tmp_path / "gone.json", tmp_path):
        run = runner("evaluate", tmp_path / "gold.jsonl", "--compare", path)
        assert run.exit_code == 10, path
        assert run.stderr.count("\n") == 1
    run = runner("evaluate", tmp_path / "gold.jsonl", "--save", tmp_path / "gone" / "run.json")
    assert run.exit_code == 2
    assert "--save" in run.stderr


def test_hostile_words_do_no_harm(runner: Any, home: Path, tmp_path: Path) -> None:
    words = "[/bold]\x1b[31m\ud800 <b>\n"
    record = {
        "id": f"id{words}",
        "text": f"ASSESSMENT: Gout {words}",
        "required": [{"code": f"X{words}", "quote": f"Gout {words}", "accept": [words], "poa": words}],
        "first_listed": [words],
    }
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(record) + "\n", "utf-8")
    kept, errors = tmp_path / "run.json", tmp_path / "errors.txt"
    assert runner("evaluate", gold, *ON, "--save", kept, "--errors", errors, "--limit", 1).exit_code == 0
    assert len(errors.read_text("utf-8").splitlines()) == 3
    run = json.loads(kept.read_text("utf-8"))
    run["notes"][0]["false"] = [words]
    kept.write_text(json.dumps(run), "utf-8")
    shown = runner("evaluate", gold, *ON, "--compare", kept)
    assert shown.exit_code == 0
    assert "\x1b" not in shown.stdout
    assert "[/bold]" in shown.stdout
    page = runner("evaluate", gold, *ON, "--compare", kept, "--format", "html")
    assert page.exit_code == 0
    assert "<b>" not in re.sub(r"<summary><b>", "", page.stdout)


class Page(HTMLParser):
    """Checks that tags are closed in order and collects what matters."""

    VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})
    SELF_CLOSED = frozenset({"line", "rect", "polyline", "circle"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        assert not {name for name in found if name.startswith("on")} | ({"src", "srcset"} & set(found))
        if found.get("href"):
            self.links.append(str(found["href"]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.VOID | self.SELF_CLOSED

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_page_is_whole_closed_and_escaped(runner: Any, home: Path, gold: Path, tmp_path: Path) -> None:
    kept = tmp_path / "run.json"
    assert runner("evaluate", gold, *ON, "--save", kept).exit_code == 0
    record = json.loads(kept.read_text("utf-8"))
    record["notes"][0]["false"], record["notes"][0]["tally"][1] = ["R05.9", "X<y"], 2
    kept.write_text(json.dumps(record), "utf-8")
    text = runner("evaluate", gold, *ON, "--format", "html", "--compare", kept).stdout
    page = Page(text)
    assert len(set(page.ids)) == len(page.ids)
    assert page.links
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert "script" not in page.tags
    assert "default-src 'none'" in text
    assert not re.search(r"https?://", text)
    assert page.tags.count("h1") == 1
    assert page.tags.count("caption") >= 6
    assert "typhoid & <script>alert(1)</script>" in page.words
    assert "Newly false" in page.words
    assert '<html lang="en">' in text
    assert 'role="img"' in text


def test_reliability_is_drawn_where_its_points_are() -> None:
    bins = (Bin(0.0, 0.1, 1, 0.0, 1.0), Bin(0.9, 1.0, 9, 1.0, 0.0))
    lines = draw_reliability(bins, width=11, height=5)
    assert lines[0] == "1.0 ┤●        ··"
    assert lines[4] == "0.0 ┤··        ●"
    assert lines[-1].startswith("codes▂")
    assert lines[-1].endswith("█")
    assert "·" in "".join(draw_reliability(()))
    svg = draw_reliability_svg(bins)
    assert svg.count("<circle") == 2
    assert "score 1.00: 0.00 right of 9" in svg


def test_small_p_is_not_printed_as_zero() -> None:
    assert (format_p(0.0004), format_p(0.02), format_p(1.0)) == ("< 0.001", "0.020", "1.000")
