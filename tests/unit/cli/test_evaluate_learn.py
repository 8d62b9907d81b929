"""nosology evaluate --calibrate and --train: what is learnt, from which files, and what is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ON = ("--on", "2026-05-04")
PROBLEMS = [
    ("Hypertension, continue lisinopril", "I10"),
    ("Gout", "M10.9"),
    ("OA both knees, diclofenac", "M17.0"),
    ("GERD, stable", "K21.9"),
    ("Migraine", "G43.909"),
    ("Asthma, albuterol", "J45.909"),
    ("Anxiety", "F41.9"),
]


def chart(number: int) -> tuple[str, list[str]]:
    """A chart of five problems; the coder does not report the anxiety, nor every second gout."""
    chosen = [PROBLEMS[(number + n) % 7] for n in range(5)]
    text = f"Visit {number}.\nHPI: doing well.\nASSESSMENT:\n" + "".join(
        f"{n}. {words}.\n" for n, (words, _) in enumerate(chosen, 1)
    )
    return text, [code for _, code in chosen if code != "F41.9" and (code != "M10.9" or number % 2)]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(24):
            text, codes = chart(number)
            record = {"id": f"g{number}", "text": text, "required": [{"code": code} for code in codes]}
            file.write(json.dumps(record) + "\n")
    return path


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    """Coders reject F41.9 and change M17.0 to M17.9, each time."""
    path = tmp_path / "decisions.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(8):
            text, codes = chart(number)
            name, at = f"d{number}", f"2026-05-0{number % 3 + 1}T09:00:00+00:00"
            described = {"kind": "chart", "chart": name, "text": text, "setting": "outpatient", "on": "2026-05-01"}
            file.write(json.dumps(described) + "\n")
            shared = {"kind": "decision", "chart": name, "by": "coder", "at": at}
            if "Anxiety" in text:
                file.write(json.dumps(shared | {"decision": "reject", "before": "F41.9"}) + "\n")
            if "both knees" in text:
                changed = shared | {"decision": "change", "before": "M17.0", "after": "M17.9"}
                file.write(json.dumps(changed) + "\n")
            final = ["M17.9" if code == "M17.0" else code for code in codes]
            file.write(json.dumps({"kind": "final", "chart": name, "codes": final, "by": "coder", "at": at}) + "\n")
    return path


def test_calibration_is_made_the_same_twice_and_says_where_it_comes_from(
    runner: Any, home: Path, gold: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    run = runner("evaluate", gold, *ON, "--calibrate", first, "--suggest-at", 0.1, "--autonomous-at", 0.9)
    assert run.exit_code == 0, run.stderr
    for part in ("Brier score", "Reliability on charts held out", "●", "Gate", "What makes a code likely", "few"):
        assert part in run.stdout, part
    again = runner(
        "evaluate", gold, *ON, "--calibrate", second, "--suggest-at", 0.1, "--autonomous-at", 0.9, "--format", "json"
    )
    assert second.read_bytes() == first.read_bytes()
    assert not [path for path in tmp_path.iterdir() if path.name not in {"a.json", "b.json", "gold.jsonl"}]
    shown = json.loads(again.stdout)
    provenance = shown["provenance"]
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    assert provenance["inputs"] == [{"file": "gold.jsonl", "sha256": digest, "kind": "gold", "charts": 24}]
    assert (provenance["on"], provenance["seed"], provenance["charts"]) == ("2026-05-04", 0, 24)
    assert provenance["base"].startswith("packaged calibration ")
    assert (shown["suggest_at"], shown["autonomous_at"]) == (0.1, 0.9)
    assert shown["figures"]["unseen"]["charts"] == 24
    page = runner("evaluate", gold, *ON, "--calibrate", second, "--format", "html", "--from-scratch").stdout
    assert page.count("<svg") == 2
    assert "default-src 'none'" in page


def test_decisions_are_learnt_and_used(
    runner: Any, home: Path, gold: Path, decisions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    (site / "models").mkdir(parents=True)
    (site / "releases").symlink_to(home / "releases")
    model = site / "models" / "reportable.json"
    run = runner("evaluate", gold, *ON, "--calibrate", model, "--decisions", decisions, "--format", "json")
    assert run.exit_code == 0, run.stderr
    assert [each["kind"] for each in json.loads(run.stdout)["provenance"]["inputs"]] == ["gold", "decisions"]
    raw = json.loads(model.read_text("utf-8"))
    assert raw["records"]["F41.9"][:2] == [0, 5]
    assert raw["records"]["I10"][0] == raw["records"]["I10"][1] == 6
    assert raw["changes"] == {"M17.0": {"M17.9": [6, 6]}}
    note = tmp_path / "note.txt"
    note.write_text("ASSESSMENT:\n1. Hypertension, continue lisinopril.\n2. OA both knees.\n3. Anxiety.\n", "utf-8")
    before = json.loads(runner("code", note, *ON, "--format", "json", "--suggest-at", 0).stdout)["codes"]
    monkeypatch.setenv("NOSOLOGY_HOME", str(site))
    after = json.loads(runner("code", note, *ON, "--format", "json", "--suggest-at", 0).stdout)["codes"]
    assert [each["code"] for each in before] == ["I10", "M17.0", "F41.9"]
    assert [each["code"] for each in after] == ["I10", "M17.9", "F41.9"]
    assert after[2]["score"] < before[2]["score"]
    assert after[2]["confidence"]["decisions"]["judged"] == 5
    assert after[2]["confidence"]["source"].startswith("site calibration ")
    assert after[2]["steps"][-1]["name"] == "calibration"
    demoted = json.loads(runner("code", note, *ON, "--format", "json", "--suggest-at", 0.5).stdout)
    assert [each["code"] for each in demoted["codes"]] == ["I10", "M17.9"]
    assert any("site calibration" in item["why"] for item in demoted["not_coded"])
    measured = runner("evaluate", gold, *ON, "--resamples", 10)
    assert "was fitted to gold.jsonl" in " ".join(measured.stdout.split())


def test_evaluation_shows_the_gate(runner: Any, home: Path, gold: Path) -> None:
    result = json.loads(runner("evaluate", gold, *ON, "--format", "json", "--resamples", 20).stdout)
    gate = result["gate"]
    assert gate["charts"] == 24
    passed = [row["passed"] for row in gate["thresholds"]]
    assert passed == sorted(passed, reverse=True)
    assert passed[0] == 24 - gate["stopped"]
    assert gate["thresholds"][0]["right"] <= gate["entirely_right"]
    low, high = gate["thresholds"][0]["accuracy_interval"]
    assert low <= gate["thresholds"][0]["accuracy"] <= high
    assert result["calibration"]["source"].startswith("packaged calibration ")
    assert result["calibration"]["fitted_on"] == []
    shown = runner("evaluate", gold, *ON, "--resamples", 0).stdout
    assert "Charts passed" in shown
    assert "○" in shown
    everything = json.loads(runner("evaluate", gold, *ON, "--scope", "all", "--format", "json", "--limit", 2).stdout)
    assert everything["gate"] is None


def test_several_gold_files_are_measured_together(runner: Any, home: Path, gold: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "x", "text": "Gout.", "required": [{"code": "M10.9"}]}) + "\n", "utf-8")
    result = json.loads(runner("evaluate", other, gold, *ON, "--format", "json", "--resamples", 0).stdout)
    assert result["notes"] == 25
    limited = json.loads(runner("evaluate", other, gold, *ON, "--limit", 3, "--format", "json").stdout)
    assert limited["notes"] == 3
    twice = runner("evaluate", gold, tmp_path / ".." / tmp_path.name / "gold.jsonl", *ON)
    assert twice.exit_code == 2
    assert "both have a note g0" in twice.stderr


def test_the_ranker_learns_from_finished_charts_of_scope_all(
    runner: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def train(examples: Any, **options: Any) -> Any:
        seen.extend(examples)
        raise SystemExit(3)

    monkeypatch.setattr("nosology.pipeline.train_ranker", train)
    lines: list[dict[str, Any]] = []
    for name, scope, done in (("a", "all", True), ("b", "reportable", True), ("c", "all", False)):
        lines.append(
            {"kind": "chart", "chart": name, "text": "Gout.", "setting": "outpatient", "on": "2026-05-01"}
            | {"scope": scope}
        )
        at = "2026-05-01T09:00:00Z"
        if done:
            lines.append({"kind": "final", "chart": name, "codes": ["M10.9"], "by": "x", "at": at})
    path = tmp_path / "d.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    runner("evaluate", *ON, "--train", tmp_path / "m.json", "--decisions", path)
    assert [example.gold for example in seen] == [{"M10.9"}]


@pytest.mark.parametrize(
    ("words", "exit_code", "part"),
    [
        ([], 2, "name a gold file"),
        (["--calibrate", "OUT"], 2, "name a gold file, --decisions or --readings"),
        (["GOLD", "--calibrate", "OUT", "--train", "OUT"], 2, "call them one after the other"),
        (["GOLD", "--decisions", "GOLD"], 2, "go with --calibrate or --train"),
        (["GOLD", "--calibrate", "OUT", "--limit", "3"], 2, "--limit do not go with --calibrate"),
        (["GOLD", "--train", "OUT", "--seed", "3"], 2, "only --decisions goes with --train"),
        (["-", "--calibrate", "OUT"], 2, "standard input"),
        (["GOLD", "--calibrate", "gone/OUT"], 2, "--calibrate"),
        (["GOLD", "--calibrate", "OUT", "--decisions", "GOLD"], 10, 'line 1: the field "kind"'),
        (["GOLD", "--calibrate", "OUT", "--decisions", "GONE"], 10, "no such file"),
        (["GONE", "--calibrate", "OUT"], 10, "no such file"),
        (["ALL", "--calibrate", "OUT"], 2, "scope all"),
        (["ONE", "--calibrate", "OUT"], 2, "too few to calibrate on"),
        (["GOLD", "--calibrate", "OUT", "--suggest-at", "2"], 2, "--suggest-at"),
    ],
)
def test_a_wrong_call_is_one_line(
    runner: Any, home: Path, gold: Path, tmp_path: Path, words: list[str], exit_code: int, part: str
) -> None:
    one, everything = tmp_path / "one.jsonl", tmp_path / "all.jsonl"
    record = {"id": "x", "text": "Gout.", "required": [{"code": "M10.9"}]}
    one.write_text(json.dumps(record) + "\n", "utf-8")
    everything.write_text(json.dumps(record | {"scope": "all"}) + "\n", "utf-8")
    names = {"GOLD": gold, "OUT": tmp_path / "out.json", "GONE": tmp_path / "gone.jsonl", "ONE": one, "ALL": everything}
    run = runner("evaluate", *[names.get(word, word) for word in words], *ON)
    assert run.exit_code == exit_code, run.output
    assert part in run.stderr
    assert run.stderr.count("\n") == 1
    assert not (tmp_path / "out.json").exists()


def test_text_beside_the_file_is_read(runner: Any, home: Path, gold: Path, tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "1.txt").write_text(chart(0)[0], "utf-8")
    path = tmp_path / "d.jsonl"
    line = {"kind": "chart", "chart": "p", "path": "charts/1.txt", "setting": "outpatient", "on": "2026-05-01"}
    decision = {"kind": "decision", "chart": "p", "decision": "accept", "before": "I10", "by": "x"}
    path.write_text(json.dumps(line) + "\n" + json.dumps(decision | {"at": "2026-05-01T09:00:00Z"}) + "\n", "utf-8")
    out = tmp_path / "out.json"
    run = runner("evaluate", gold, *ON, "--calibrate", out, "--decisions", path)
    assert run.exit_code == 0, run.stderr
    assert json.loads(out.read_text("utf-8"))["records"]["I10"][:2] == [1, 1]
    (tmp_path / "charts" / "1.txt").unlink()
    gone = runner("evaluate", gold, *ON, "--calibrate", out, "--decisions", path)
    assert gone.exit_code == 10
    assert "line 1: 1.txt: no such file" in gone.stderr


def test_first_readings_are_kept_and_decide_what_is_promised(
    runner: Any, home: Path, gold: Path, tmp_path: Path
) -> None:
    kept, out = tmp_path / "first.jsonl", tmp_path / "out.json"
    run = runner("evaluate", gold, *ON, "--keep-readings", kept)
    assert run.exit_code == 0, run.stderr
    assert "readings of 24 charts with 120 judged codes" in " ".join(run.stdout.split())
    assert "lisinopril" not in kept.read_text("utf-8")
    both = runner("evaluate", *ON, "--calibrate", out, "--readings", kept, "--developed-on", gold, "--format", "json")
    assert both.exit_code == 0, both.stderr
    shown = json.loads(both.stdout)
    assert [each["kind"] for each in shown["provenance"]["inputs"]] == [
        "readings that were kept",
        "gold, the rules were written on it",
    ]
    assert shown["provenance"]["charts"] == 24
    assert shown["figures"]["unseen"]["charts"] == shown["figures"]["developed on"]["charts"] == 24
    wrong = runner("evaluate", *ON, "--calibrate", out, "--readings", gold)
    assert wrong.exit_code == 10
    assert "line 1: not a reading" in wrong.stderr
    stdin = runner("evaluate", "-", *ON, "--keep-readings", kept)
    assert stdin.exit_code == 2


def test_thresholds_are_for_scope_reportable(runner: Any, tmp_path: Path) -> None:
    run = runner("code", tmp_path / "x.txt", "--scope", "all", "--suggest-at", 0.5)
    assert run.exit_code == 2
    assert "for scope reportable" in run.stderr
