"""The guide tables hold together, and segments find their loops."""

from __future__ import annotations

import pytest

from nosology.errors import NosologyError
from nosology.x12.guide import Guide, LoopSpec, all_guides, build_guide, find_guide, known_codes, load_guide
from nosology.x12.loops import Loop, Walker
from nosology.x12.segments import Delimiters

ELEMENTS = {"1": ["code", "ID", 1, 2], "2": ["text", "AN", 1, 10], "3": ["amount", "R", 1, 18]}
SHARED = {
    "segments": {
        "ST": {"name": "begin", "elements": ["1"]},
        "SE": {"name": "end", "elements": ["1"]},
        "HL": {"name": "level", "elements": ["2", "2", "1"]},
        "REF": {"name": "reference", "elements": ["1", "2", "C1"], "syntax": ["R0203"]},
        "LX": {"name": "line", "elements": ["2"]},
        "SV": {"name": "service", "elements": ["3", "2*3"]},
        "ZZ": {"name": "elsewhere", "elements": ["2"]},
    },
    "composites": {"C1": {"name": "pair", "elements": ["1", "2"], "syntax": ["P0102"]}},
}
TABLE = """
ST R 1
REF R 1 A
REF S 2 B
(1 R 1
HL R 1 20
(2 S 0
HL R 1 22
REF S 1 C
(3 R 2
LX R 1
SV R 1
REF S 0 D
)
)
)
SE R 1
"""


def table(text: str = TABLE) -> dict[str, object]:
    """A small guide from lines: segment, usage, max, code; ( and ) around a loop."""
    stack: list[list[dict[str, object]]] = [[]]
    for line in text.split("\n"):
        words = line.split()
        if not words:
            continue
        if words[0].startswith("("):
            loop = {"loop": words[0][1:], "name": "loop", "usage": words[1], "max": int(words[2]), "body": []}
            stack[-1].append(loop)
            stack.append(loop["body"])  # type: ignore[arg-type]
        elif words[0] == ")":
            stack.pop()
        else:
            made: dict[str, object] = {"seg": words[0], "name": "segment", "usage": words[1], "max": int(words[2])}
            made["use"] = {"HL": "SSR", "REF": "RSS", "SV": "RS"}.get(words[0], "R")
            if len(words) > 3:
                made["codes"] = {"3" if words[0] == "HL" else "1": [words[3]]}
            stack[-1].append(made)
    facts = {"id": "005010X999", "kind": "TEST", "transaction": "999", "functional_group": "FA"}
    return {**facts, "title": "test", "source": "none", "body": stack[0]}


GUIDE = build_guide(table(), ELEMENTS, SHARED)


def walk(text: str, guide: Guide = GUIDE) -> tuple[list[str], list[str]]:
    """Where each segment of "ST REF*A …" stands, and the problems as "count:code:segment:loop"."""
    problems: list[str] = []
    places: list[str] = []
    walker = Walker(
        guide,
        Delimiters(),
        lambda code, _item, name, loop, at, _: problems.append(f"{at}:{code}:{name}:{loop.id}"),
        lambda _loop: None,
    )
    for count, segment in enumerate(text.split(), 1):
        walker.feed(segment.split("*"), count, 0)
        places.append(walker.loop.id)
    walker.finish()
    return places, problems


VALID = "ST*1 REF*A REF*B HL*1**20 HL*2*1*22 REF*C LX*1 SV*5 REF*D REF*D LX*2 SV*5 HL*3*1*22 LX*1 SV*5 SE*1"


def test_every_segment_finds_its_loop() -> None:
    places, problems = walk(VALID)
    assert places == ["", "", "", "1", "2", "2", "3", "3", "3", "3", "3", "3", "2", "3", "3", ""]
    assert not problems


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("REF*A ", "", "3:3:REF:"),
        ("REF*A REF*B", "REF*B REF*A", ""),
        ("REF*B ", "REF*B REF*B REF*B ", "5:5:REF:"),
        ("SV*5 REF*D", "REF*D SV*5", "9:7:SV:3"),
        ("LX*1 SV*5 REF*D REF*D LX*2", "LX*2", ""),
        ("LX*2 ", "LX*2 SV*5 LX*3 ", "13:4:LX:2"),
        ("SV*5 REF*D", "REF*D", "8:3:SV:3"),
        ("LX*2 ", "", "11:3:LX:3"),
        ("HL*1**20 ", "", "4:3:HL:1"),
        ("HL*2*1*22 ", "", "5:3:HL:2"),
        ("HL*1**20 ", "HL*1**2X ", ""),
        ("REF*C", "REF*X", ""),
        ("REF*C", "QQ*1", "6:1:QQ:2"),
        ("REF*C", "NTE*1", "6:6:NTE:2"),
        (" SE*1", "", "15:3:SE:"),
    ],
)
def test_one_defect_is_one_problem(old: str, new: str, problem: str) -> None:
    assert old in VALID
    _, problems = walk(VALID.replace(old, new, 1))
    assert problems == ([problem] if problem else [])


def test_loops_hold_their_segments_and_know_what_is_around_them() -> None:
    closed: list[Loop] = []
    walker = Walker(GUIDE, Delimiters(), lambda *_: None, closed.append)
    for count, text in enumerate(VALID.split(), 1):
        walker.feed(text.split("*"), count, count * 10)
    walker.finish()
    assert [loop.id for loop in closed] == ["3", "3", "2", "3", "2", "1", ""]
    first = closed[0]
    assert first.head.elements == ["LX", "1"]
    assert [placed.elements for placed in first.all("REF", "D")] == [["REF", "D"]] * 2
    found = first.find("SV")
    assert found is not None
    assert (found.get(1), found.get(9), found.ordinal, found.offset) == ("5", "", 8, 80)
    assert first.find("REF", "X") is None
    above = first.up("1")
    assert above is not None
    assert above.head.elements[1] == "1"
    assert [loop.head.elements[1] for loop in closed[2].loops("3")] == ["1", "2"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"use": "RRRR"}, "4 letters"),
        ({"codes": {"7": ["A"]}}, "not used"),
        ({"codes": {"3": ["A"]}}, "need a component"),
        ({"seg": "XX"}, "segments.yaml"),
        ({"use": "R(R)"}, "no composite"),
        ({"use": "X"}, "is X"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(change: dict[str, object], says: str) -> None:
    raw = table()
    raw["body"][1].update(change)  # type: ignore[index]
    with pytest.raises(NosologyError, match=says):
        build_guide(raw, ELEMENTS, SHARED)


def test_packaged_guides_hold_together() -> None:
    guides = all_guides()
    assert {"270", "271", "276", "277", "277CA", "835", "999"} <= {guide.kind for guide in guides}
    for guide in guides:
        assert find_guide(guide.id, guide.transaction) is load_guide(guide.kind)
        assert guide.root.items[0].head.id == "ST"
        assert guide.root.items[-1].head.id == "SE"
        for use in guide.root.uses():
            assert use.usage in {"R", "S"}, use
        for spec in guide.root.walk():
            names = [item.id for item in spec.items if isinstance(item, LoopSpec)]
            assert len(names) == len(set(names)), f"{guide.kind} {spec.id}: a loop stands twice"
            assert spec.head.usage == "R", f"{guide.kind} {spec.id}: what begins a loop is required in it"
    assert {"85", "IL", "PR"} <= known_codes("98")
    with pytest.raises(NosologyError, match="no guide"):
        load_guide("999X")
    assert find_guide("004010X098A1", "837") is None
