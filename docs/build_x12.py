"""Writes docs/x12.md anew from the guide tables: ``python docs/build_x12.py`` (part of ``make docs``)."""

from __future__ import annotations

from pathlib import Path

from nosology.x12.guide import Guide, LoopSpec, SegmentUse, load_guide

PAGE = Path(__file__).with_name("x12.md")
KINDS = ("837P", "837I", "837D", "835", "999", "277CA", "276", "277", "270", "271")

INTRODUCTION = Path(__file__).with_name("_x12_intro.md")


def page() -> str:
    """The text of the page."""
    return INTRODUCTION.read_text("utf-8") + "".join(_guide(load_guide(kind)) for kind in KINDS)


def _guide(guide: Guide) -> str:
    lines = [f"\n### {guide.kind}: {guide.title[:1].lower()}{guide.title[1:]}", ""]
    lines += [
        f"`{guide.id}`, functional group {guide.functional_group}.",
        "",
        "| loop | what | use | segments |",
        "|---|---|---|---|",
    ]
    lines += [_row(spec, depth) for spec, depth in _walk(guide.root, 0)]
    return "\n".join(lines) + "\n"


def _walk(spec: LoopSpec, depth: int) -> list[tuple[LoopSpec, int]]:
    found = [(spec, depth)]
    for item in spec.items:
        if isinstance(item, LoopSpec):
            found += _walk(item, depth + 1)
    return found


def _row(spec: LoopSpec, depth: int) -> str:
    indent = "&nbsp;&nbsp;" * max(0, depth - 1)
    segments = " · ".join(_use(item) for item in spec.items if isinstance(item, SegmentUse))
    name = spec.name if spec.id else "transaction set"
    return f"| {indent}{spec.id or '–'} | {name} | {spec.usage} {_times(spec.max)} | {segments} |"


def _use(use: SegmentUse) -> str:
    codes = sorted(use.values or ())
    told = f" {'/'.join(codes[:3])}{'…' if len(codes) > 3 else ''}" if codes and use.id not in {"HL", "ST"} else ""
    return f"{use.id}{told} {use.usage}{'' if use.max == 1 else ' ' + _times(use.max)}"


def _times(most: int) -> str:
    return f"×{most or '∞'}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")
