"""Procedures whose codes rest on counts: grafts of a coronary bypass, levels of a spinal fusion, hours of ventilation.

Source: ICD-10-PCS Official Guidelines B3.6b (bypass of coronary arteries), B3.10a to B3.10c (fusion), B4.4 (coronary
arteries), table 5A1 (durations).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nosology.coding.pcs.catalogue import spell_pattern
from nosology.coding.pcs.coronary import count_coronary_bypass, count_coronary_dilation
from nosology.coding.pcs.hours import masked_from_to, stated_hours, ventilated_from_to
from nosology.coding.pcs.house import rule_data
from nosology.coding.pcs.scenes import NEAR, Found, Scene
from nosology.model.note import Span

__all__ = ["COUNTED", "spinal_joints"]

_Pattern = tuple[str, Found | None]
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS)}
_HOURS_TOLD = re.compile(r"\d\s*(?:consecutive\s*)?-?(?:hours?|hrs?)\b", re.IGNORECASE)
_LONGEST = 240  # code points of a quote
_NUMBERS |= {"single": 1, "double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "a": 1, "an": 1}


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower(), 0)


def _search(scene: Scene, pattern: str, *, near: bool = False) -> Found | None:
    return scene.find(spell_pattern(pattern), near=near)


_LEVELS = re.compile(
    r"\b(?P<a>[CTLS])(?P<m>\d{1,2})\s*(?:-|–|—|to|through|thru"
    r"|/)\s*(?P<b>[CTLS])?(?P<n>\d{1,2})\b(?P<more>(?:\s*(?:,|and|&)"
    r"\s*[CTLS]?\d{1,2}\s*(?:-|–|/)\s*[CTLS]?\d{1,2})*)"
)
_CHAIN = (
    {f"C{n}": n for n in range(1, 8)} | {f"T{n}": 7 + n for n in range(1, 13)} | {f"L{n}": 19 + n for n in range(1, 6)}
)
_CHAIN["S1"] = 25


def spinal_joints(text: str) -> dict[str, int]:
    """Return how many vertebral joints of each kind the levels in ``text`` name.

    Kinds: cervical, cervicothoracic, thoracic, thoracolumbar, lumbar, lumbosacral. "L3-L5" are two lumbar joints.
    """
    joints: set[int] = set()
    for match in _LEVELS.finditer(text):
        first = _CHAIN.get(f"{match['a'].upper()}{match['m']}")
        letter = match["b"] or (
            "S" if match["a"].upper() == "L" and match["n"] == "1" and match["m"] == "5" else match["a"]
        )
        last = _CHAIN.get(f"{letter.upper()}{match['n']}")
        if first is not None and last is not None and first < last <= first + 18:
            joints.update(range(first, last))
    kinds: dict[str, int] = {}
    for joint in joints:
        name = (
            "cervical"
            if joint < 7
            else "cervicothoracic"
            if joint == 7
            else "thoracic"
            if joint < 19
            else "thoracolumbar"
            if joint == 19
            else "lumbar"
            if joint < 24
            else "lumbosacral"
        )
        kinds[name] = kinds.get(name, 0) + 1
    return kinds


def _levels_of(scene: Scene) -> tuple[dict[str, int], Found | None]:
    for level in range(len(scene.levels)):
        spans = list(scene.matches(_LEVELS, level))
        if spans:
            kinds = spinal_joints(" ; ".join(scene.text[s.start : s.end] for s in spans))
            if kinds:
                return kinds, Found(spans[0], level)
    word = _search(scene, r"cervical|lumbar|thoracic|lumbosacral|acdf|tlif|plif|alif")
    if word is None:
        return {}, None
    said = scene.text[word.span.start : word.span.end].lower()
    kind = {"acdf": "cervical", "cervical": "cervical", "thoracic": "thoracic", "lumbosacral": "lumbosacral"}
    return {kind.get(said, "lumbar"): 1}, word


_FUSED = {
    "cervical": ("0RG1", "0RG2"),
    "cervicothoracic": ("0RG4", "0RG4"),
    "thoracic": ("0RG6", "0RG7"),
    "thoracolumbar": ("0RGA", "0RGA"),
    "lumbar": ("0SG0", "0SG1"),
    "lumbosacral": ("0SG3", "0SG3"),
}


_BEHIND = (
    r"transverse processes(?: \w+){0,8} (?:burred|decorticated)|posterolateral|intertransverse|lateral gutters?"
    r"|posterior (?:\w+ )?(?:spinal )?fusion|psf"
)


_DEVICE_IN = re.compile(
    r"\b(?:cages?|spacers?|struts?|interbody (?:device|graft)s?|allografts?)\b.*\b(?:placed|packed|tapped"
    r"|impacted|inserted"
    r"|seated|driven|positioned|malleted)\b",
    re.IGNORECASE | re.DOTALL,
)


def _device_levels(text: str) -> dict[str, int]:
    """The joints into which the text tells an interbody device or graft placed, whatever the title lists."""
    told = [
        sentence
        for sentence in re.split(r"(?<=[.;])\s+", text)
        if _DEVICE_IN.search(sentence)
        and _LEVELS.search(sentence)
        and not re.search(r"\b(?:not|prior|previous)\b", sentence)
    ]
    return spinal_joints(" ; ".join(told))


def _fusion(scene: Scene) -> list[_Pattern]:
    """One code for each kind of joint and column: interbody device before bone graft (B3.10c)."""
    kinds, words = _levels_of(scene)
    if device_kinds := _device_levels(scene.text):
        kinds = device_kinds
    if not kinds:
        return []
    interbody = _search(scene, r"interbody|acdf|tlif|plif|alif|xlif|dlif|olif|cages?|peek|anterior cervical")
    back_way = _search(scene, r"tlif|plif|transforaminal|posterior lumbar interbody")
    side_way = _search(scene, r"alif|xlif|dlif|olif|anterior|acdf|lateral lumbar interbody|lateral interbody")
    postero = _search(
        scene,
        r"posterolateral (?:\w+ ){0,3}(?:fusion|arthrodesis)|intertransverse|posterior (?:\w+ ){0,2}(?:spinal |cervical"
        r" |lumbar |instrumented |thoracic |lateral )*(?:fusion|arthrodesis)|lateral gutters?|decorticat\w+|psf"
        r"|transverse processes(?: \w+){0,8} burred",
    )
    device = _graft(scene)
    cage = _search(
        scene,
        r"cages?|interbody (?:device|spacer|cage|fusion device)|peek|tlif|plif|alif|xlif|titanium (?:cage|spacer)"
        r"|interbody fusion",
    )
    structural = _search(
        scene, r"(?:structural |cortical |corticocancellous |machined )+allograft|allograft (?:spacer|strut|bone)"
    )
    found: list[_Pattern] = []
    for kind, number in kinds.items():
        stem = _FUSED[kind][0 if number == 1 else 1]
        if kind == "thoracic" and number >= 8:
            stem = "0RG8"
        if interbody is not None:
            value = "A" if cage is not None or structural is None else "K"
            if kind.startswith("cervic") and cage is None and structural is not None:
                value = "K"
            column = "J" if back_way is not None or side_way is None else "0"
            found.append((f"{stem}0{value}{column}", words))
        if interbody is None or (postero is not None and _search(scene, _BEHIND)):
            found.append((f"{stem}0{device}1", words))
    return found


def _graft(scene: Scene) -> str:
    """The bone graft: autologous before the others where they are mixed (B3.10c)."""
    if _search(
        scene, r"autograft|autologous|local bone|iliac crest|morsell?ized (?:local )?bone|laminectomy bone|own bone"
    ):
        return "7"
    if _search(scene, r"allograft|demineralized bone|dbm|cadaver\w*|bone bank"):
        return "K"
    if _search(scene, r"synthetic|bmp|bone morphogenetic|tricalcium|ceramic|infuse|vitoss"):
        return "J"
    return "?"


_DISC = {
    "cervical": ("0R", "3"),
    "cervicothoracic": ("0R", "5"),
    "thoracic": ("0R", "9"),
    "thoracolumbar": ("0R", "B"),
    "lumbar": ("0S", "2"),
    "lumbosacral": ("0S", "4"),
}


def _discectomy(scene: Scene) -> list[_Pattern]:
    kinds, words = _levels_of(scene)
    whole = _search(
        scene,
        r"(?:complete|total|radical) (?:\w+ ){0,3}dis[ck]ectom(?:y|ies)|dis[ck] (?:was |were )?(?:completely|entirely)"
        r" (?:removed|resected)|entire dis[ck]|dis[ck]ectom(?:y|ies) (?:was |were )?(?:\w+ )?completed?",
    )
    operation = "T" if whole is not None else "B"
    return [(f"{_DISC[kind][0]}{operation}{_DISC[kind][1]}?ZZ", words) for kind in kinds]


_CORD = {
    "cervical": "W",
    "cervicothoracic": "W",
    "thoracic": "X",
    "thoracolumbar": "X",
    "lumbar": "Y",
    "lumbosacral": "Y",
}
_ROOT = {
    "cervical": "1",
    "cervicothoracic": "1",
    "thoracic": "8",
    "thoracolumbar": "8",
    "lumbar": "B",
    "lumbosacral": "B",
}


def _decompression(scene: Scene) -> list[_Pattern]:
    """Release of the spinal cord and of nerve roots, each as far as the text says it."""
    kinds, words = _levels_of(scene)
    if not kinds:
        return []
    kind = max(kinds, key=lambda k: kinds[k])
    cord = _search(
        scene,
        r"laminectom(?:y|ies)|(?:spinal|canal|central|cord|thecal sac|cauda equina|neural) (?:\w+ )?decompress\w+"
        r"|decompress\w+ of (?:the )?(?:spinal|thecal|canal|neural|cauda|cord)|stenosis|thecal sac",
    )
    root = _search(
        scene,
        r"foraminotom(?:y|ies)|roots? (?:\w+ ){0,5}(?:decompress\w+|freed|released|unroofed|mobili[sz]ed)"
        r"|decompress\w+ of (?:the )?(?:\w+ ){0,4}"
        r"nerve roots?|microdis[ck]ectomy|(?:traversing|exiting) (?:nerve )?root",
    )
    found: list[_Pattern] = []
    apart = _search(
        scene,
        (
            r"separately (?:\w+ ){0,2}(?:unroofed|decompressed|freed|released)|along (?:its|their) (?:whole|entire"
            r"|full) (?:course|length)"
        ),
    )
    if cord is not None and root is None and apart is not None:
        root = apart
    if cord is not None and root is not None and apart is not None:
        found.append((f"01N{_ROOT[kind]}0ZZ", apart))
    if cord is not None or root is None:
        found.append((f"00N{_CORD[kind]}0ZZ", words))
    elif root is not None:
        found.append((f"01N{_ROOT[kind]}0ZZ", words))
    return found


def _support(scene: Scene, stem: str, end: str, levels: Sequence[int]) -> list[_Pattern]:
    """The code of hours of support, with the passage that tells them; an open place where none does."""
    for level in levels:
        for span in scene.levels[level] if level < len(scene.levels) else ():
            passage = scene.text[span.start : span.end]
            hours = stated_hours(passage)
            if hours is not None:
                start = span.start + len(passage) - len(passage.lstrip(" \n\t,;"))
                told = Span(start, min(span.start + len(passage.rstrip()), start + _LONGEST))
                return [(f"{stem}{_bound(hours)}{end}", Found(told, level))]
    return []


def _bound(hours: float) -> str:
    """The value of a duration: below 24 hours, to 96, above."""
    rule = rule_data("Procedure-5A")
    low, middle, high = rule["values"]
    return str(low if hours < rule["below"] else middle if hours <= rule["through"] else high)


def _ventilation(scene: Scene) -> list[_Pattern]:
    """Stated hours of the sentence, then from beginning to end, then what the sentences around say."""
    near = _support(scene, "5A19", "5Z", range(NEAR))
    stretches = ventilated_from_to(scene.text)
    told = near[0][1] if near else None
    if stretches and (told is None or _HOURS_TOLD.search(scene.text, told.span.start, told.span.end) is None):
        return [(f"5A19{_bound(each.hours)}5Z", Found(each.span, NEAR)) for each in stretches]
    return near or _support(scene, "5A19", "5Z", range(NEAR, len(scene.levels))) or [("5A19?5Z", None)]


def _breathing(scene: Scene) -> list[_Pattern]:
    """Support by mask, at one level of pressure or at two (Coding Clinic, 4th quarter 2014: BiPAP as CPAP)."""
    end = f"5{rule_data('Procedure-5A')['mask']}"
    near = _support(scene, "5A09", end, range(NEAR))
    if near:
        return near
    told = masked_from_to(scene.text, scene.place)
    if told is not None:
        return [(f"5A09{_bound(told.hours)}{end}", Found(told.span, NEAR))]
    return [(f"5A09?{end}", None)]


COUNTED: dict[str, Callable[[Scene], list[_Pattern]]] = {
    "coronary bypass": count_coronary_bypass,
    "percutaneous coronary intervention": count_coronary_dilation,
    "spinal fusion": _fusion,
    "discectomy": _discectomy,
    "laminectomy": _decompression,
    "mechanical ventilation": _ventilation,
    "noninvasive ventilation": _breathing,
}
"""Name of the entry → what counts for it: codes with the places that stay open as "?"."""
