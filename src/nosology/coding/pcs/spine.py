"""Operations on the spine counted by joints and columns: fusion, discectomy, release of the cord and of nerve roots.

Levels are read as surgeons tell them: by vertebrae ("L3-5", "C5-6 and C6-7", "from L3 to the sacrum"), by their number
("two-level"), by what was just said ("the same was done at the level below"). The levels of a cage and those of a graft
behind are those of the sentences that tell them placed; the title stands for both where the text tells none.

Source: ICD-10-PCS Official Guidelines B3.10a to B3.10c (fusion), B3.13, B3.14 (release), B4.1; body part key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nosology.coding.pcs.catalogue import spell_pattern
from nosology.coding.pcs.scenes import Found, Scene
from nosology.model.note import Span

__all__ = [
    "count_cemented_vertebrae",
    "count_discectomy",
    "count_fusion",
    "count_raised_vertebrae",
    "count_spinal_release",
    "spinal_joints",
]

_Pattern = tuple[str, Found | None]
_SACRUM = r"(?:the )?(?:sacrum|sacral ala|sacral alae|pelvis|ilium|iliac (?:wings?|bolts?)|ala)"
_LEVELS = re.compile(
    rf"\b(?P<first>[CTLS]\d{{1,2}})"
    rf"(?P<rest>(?:\s*(?:-|–|—|to|through|thru|down to|/)\s*(?:[CTLS]?\d{{1,2}}\b|{_SACRUM}))+)"
    rf"(?P<more>(?:\s*(?:,|and|&|,\s*and)\s*(?:[CTLS]?\d{{1,2}})\s*(?:-|–|/)\s*[CTLS]?\d{{1,2}}\b)*)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?P<letter>[CTLS])?(?P<number>\d{{1,2}})\b|{_SACRUM}", re.IGNORECASE)
_PAIR = re.compile(r"(?P<a>[CTLS]?\d{1,2})\s*(?:-|–|/)\s*(?P<b>[CTLS]?\d{1,2})", re.IGNORECASE)
_OVER = re.compile(
    rf"\b(?:processes|facets?|laminae?|gutters?|levels?)(?: (?:of|at|from|over))? (?P<list>[CTLS]\d{{1,2}}"
    rf"(?:(?:,? (?:and )?|, ?|/)(?:[CTLS]\d{{1,2}}\b|{_SACRUM}))+)",
    re.IGNORECASE,
)
"""Vertebrae one by one, over which a graft is laid: "the transverse processes of L4 and L5 and the sacral ala"."""
_CHAIN = (
    {f"C{n}": n for n in range(1, 8)} | {f"T{n}": 7 + n for n in range(1, 13)} | {f"L{n}": 19 + n for n in range(1, 6)}
)
_CHAIN["S1"] = 25
_LONGEST_RUN = 18
_KINDS = (
    (7, "cervical"),
    (8, "cervicothoracic"),
    (19, "thoracic"),
    (20, "thoracolumbar"),
    (24, "lumbar"),
    (99, "lumbosacral"),
)
_WORDS = {"one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTED = re.compile(r"\b(?P<n>one|single|two|three|four|five|six|[1-6])[\s-]levels?\b", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:level|interspace|interval|disc(?: space)?|segment) (?P<far>below|above|distal|caudal|cephalad|proximal)\b"
    r"|\b(?:next|adjacent|second) (?:(?P<way>lower|upper|caudal|cephalad|inferior|superior) )?"
    r"(?:level|interspace|disc(?: space)?|segment)\b",
    re.IGNORECASE,
)
_UPWARD = ("above", "cephalad", "proximal", "upper", "superior")
_SAME = re.compile(
    r"\bthe same (?:was|were|steps?|procedures?|sequence|technique|manner|fashion|way|process|method|thing|exact)\b"
    r"|\b(?:repeated|likewise|similarly|identical(?:ly)?)\b|\bin (?:a |the )?(?:like|similar)"
    r" (?:manner|fashion|way)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=\S)|\n+")
_NOT_NOW = re.compile(
    r"\b(?:not|no|never|without|prior|previous(?:ly)?|index|possible|planned|consent\w*|trial(?:s|led|ed)?|removed"
    r"|nonunion|pseud\w+)\b",
    re.IGNORECASE,
)
_DEVICE_IN = re.compile(
    r"\b(?:cages?|spacers?|struts?|interbody (?:device|graft|spacer|implant)s?|allografts?)\b.*\b(?:placed|packed"
    r"|tapped|impacted|inserted|seated|driven|positioned|malleted|advanced|put|introduced|deployed|expanded)\b"
    r"|\b(?:placed|packed|tapped|impacted|inserted|seated|drove|put) (?:an? |the )?(?:[^\s.;]+ ){0,5}"
    r"(?:cages?|spacers?|struts?|interbody)\b"
    r"|\b\d+ ?mm (?:peek |titanium |lordotic |expandable )*(?:cage|spacer)\b",
    re.IGNORECASE | re.DOTALL,
)
_LAID_BEHIND = re.compile(
    r"\b(?:decorticat\w+|burred|gutters?|intertransverse|postero ?lateral(?:ly)? (?:\w+ )?(?:fusion|arthrodesis"
    r"|graft\w*)|facets? (?:were |was )?(?:packed|fused)|onlay)\b",
    re.IGNORECASE,
)


def _search(scene: Scene, pattern: str, *, near: bool = False) -> Found | None:
    return scene.find(spell_pattern(pattern), near=near)


def _chain(written: str, letter: str) -> int | None:
    """The place in the chain of a vertebra as it is written, with the letter said before it; the sacrum is S1."""
    if not written[-1].isdigit():
        return _CHAIN["S1"]
    name = written.upper() if written[0].isalpha() else f"{letter}{written}"
    known = _CHAIN.get(name)
    if known is None and letter == "L" and written == "1":
        return _CHAIN["S1"]
    return known


def _run(written: Iterable[str]) -> set[int]:
    """The joints from the first to the last of vertebrae that a chain names in order."""
    letter, last, joints = "", None, set[int]()
    for each in written:
        place = _chain(each, letter)
        if place is not None and last is not None and letter == "L" and each == "1" and place <= last:
            place = _CHAIN["S1"]
        if each[0].isalpha() and each[-1].isdigit():
            letter = each[0].upper()
        if place is None:
            continue
        if last is not None and last < place <= last + _LONGEST_RUN:
            joints.update(range(last, place))
        last = place
    return joints


def _joints(text: str) -> set[int]:
    """The joints that the levels in a text name; the joint below a vertebra has its number in the chain."""
    joints: set[int] = set()
    for match in _LEVELS.finditer(text):
        named = [m[0].strip() for m in _NAMED.finditer(match["first"] + match["rest"])]
        joints |= _run(named)
        letter = match["first"][0]
        for pair in _PAIR.finditer(match["more"]):
            first = pair["a"] if pair["a"][0].isalpha() else f"{letter}{pair['a']}"
            letter = first[0]
            joints |= _run([first, pair["b"]])
    for match in _OVER.finditer(text):
        joints |= _run(m[0].strip() for m in _NAMED.finditer(match["list"]))
    return joints


def _by_kind(joints: Iterable[int]) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for joint in sorted(joints):
        kind = next(name for end, name in _KINDS if joint < end)
        kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


def spinal_joints(text: str) -> dict[str, int]:
    """Return how many vertebral joints of each kind the levels in ``text`` name.

    Kinds: cervical, cervicothoracic, thoracic, thoracolumbar, lumbar, lumbosacral. "L3-L5" are two lumbar joints, "L3
    to the sacrum" two lumbar ones and the lumbosacral.
    """
    return _by_kind(_joints(text))


def _told_joints(text: str, telling: re.Pattern[str]) -> set[int]:
    """The joints of the sentences that tell something placed; where such a sentence names none, those said last."""
    joints: set[int] = set()
    last: set[int] = set()
    placed = False
    for sentence in _sentences(text):
        here = _joints(sentence)
        off = _NOT_NOW.search(sentence) is not None
        tells = telling.search(sentence) is not None and not off
        if placed and not off and _SAME.search(sentence) and (here or last):
            here = here or _beside(sentence, last)
            joints |= here
        elif tells:
            here = here or _beside(sentence, last)
            joints |= here
            placed = True
        if here and not off:
            last = here
    return joints


def _beside(sentence: str, last: set[int]) -> set[int]:
    """The joints of a sentence that names none: those said last, or the next one where it says so."""
    match = _NEXT.search(sentence)
    if match is None or not last:
        return last
    up = (match["far"] or match["way"] or "").lower() in _UPWARD
    return {min(last) - 1} if up else {max(last) + 1}


def _sentences(text: str) -> Iterator[str]:
    return (sentence for sentence in _SENTENCE.split(text) if sentence)


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
    return {kind.get(said, "lumbar"): _levels_stated(scene)}, word


def _levels_stated(scene: Scene) -> int:
    """The number of levels where the text gives nothing but that: "two-level"; 1 where it gives not even that."""
    for level in range(len(scene.levels)):
        for span in scene.matches(_COUNTED, level):
            match = _COUNTED.match(scene.text, span.start)
            if match is not None:
                return int(match["n"]) if match["n"].isdigit() else _WORDS[match["n"].lower()]
    return 1


_FUSED = {
    "cervical": ("0RG1", "0RG2"),
    "cervicothoracic": ("0RG4", "0RG4"),
    "thoracic": ("0RG6", "0RG7"),
    "thoracolumbar": ("0RGA", "0RGA"),
    "lumbar": ("0SG0", "0SG1"),
    "lumbosacral": ("0SG3", "0SG3"),
}
_MANY_THORACIC = 8


def _fused(kind: str, number: int) -> str:
    if kind == "thoracic" and number >= _MANY_THORACIC:
        return "0RG8"
    return _FUSED[kind][0 if number == 1 else 1]


_BEHIND = (
    r"transverse processes(?: [^\s.;]+){0,8} (?:burred|decorticated)|posterolateral|intertransverse"
    r"|(?:lateral )?gutters?|posterior (?:\w+ )?(?:spinal )?fusion|psf"
)


def count_fusion(scene: Scene) -> list[_Pattern]:
    """Return a code for each kind of joint and column: interbody device before bone graft (B3.10c)."""
    kinds, words = _levels_of(scene)
    before = _told_joints(scene.text, _DEVICE_IN)
    front = _by_kind(before) or kinds
    behind = _by_kind(_told_joints(scene.text, _LAID_BEHIND)) or (
        _by_kind(before) if before and not _joints_behind(scene) else kinds
    )
    if not front and not behind:
        return []
    interbody = _search(scene, r"interbody|acdf|tlif|plif|alif|xlif|dlif|olif|cages?|peek|anterior cervical")
    back_way = _search(scene, r"tlif|plif|transforaminal|posterior lumbar interbody")
    side_way = _search(scene, r"alif|xlif|dlif|olif|anterior|acdf|lateral lumbar interbody|lateral interbody")
    postero = _search(
        scene,
        r"posterolateral (?:\w+ ){0,3}(?:fusion|arthrodesis)|intertransverse|posterior (?:\w+ ){0,2}(?:spinal |cervical"
        r" |lumbar |instrumented |thoracic |lateral )*(?:fusion|arthrodesis)|lateral gutters?|decorticat\w+|psf"
        r"|transverse processes(?: [^\s.;]+){0,8} burred",
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
    if interbody is not None:
        for kind, number in front.items():
            value = "A" if cage is not None or structural is None else "K"
            column = "J" if back_way is not None or side_way is None else "0"
            found.append((f"{_fused(kind, number)}0{value}{column}", words))
    if interbody is None or (postero is not None and _search(scene, _BEHIND)):
        found += [(f"{_fused(kind, number)}0{device}1", words) for kind, number in behind.items()]
    return found


def _joints_behind(scene: Scene) -> bool:
    """Whether the chart names levels of a posterior fusion of its own: "L4-S1 posterior fusion"."""
    return any(
        _joints(sentence) and re.search(r"\b(?:postero\w*|posterior|instrumented)\b", sentence, re.IGNORECASE)
        for sentence in _sentences(scene.text)
    )


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


def count_discectomy(scene: Scene) -> list[_Pattern]:
    """Return Excision or Resection of the discs that the levels name (B3.8)."""
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


def count_spinal_release(scene: Scene) -> list[_Pattern]:
    """Return Release of the spinal cord and of nerve roots, each as far as the text says it (B3.13)."""
    kinds, words = _levels_of(scene)
    if not kinds:
        return []
    kind = max(kinds, key=lambda k: kinds[k])
    cord = _search(
        scene,
        r"laminectom(?:y|ies)|(?:spinal|canal|central|cord|thecal sac|cauda equina|neural) (?:\w+ )?decompress\w+"
        r"|decompress\w+ of (?:the )?(?:spinal|thecal|canal|neural|cauda|cord)|(?<!foraminal.)stenosis|thecal sac",
    )
    root = _search(
        scene,
        r"foraminotom(?:y|ies)|roots? (?:[^\s.;]+ ){0,9}(?:decompress\w+|freed|released|unroofed|mobili[sz]ed)"
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


_VERTEBRA = re.compile(r"\b(?-i:[TL])\d{1,2}\b|\bthoracic\b|\blumbar\b", re.IGNORECASE)
_BODIES = {"t": "0P{}4", "l": "0Q{}0"}


def _bodies(scene: Scene, operation: str, end: str) -> list[_Pattern]:
    """A code for each region of the spine whose vertebrae the nearest words name."""
    for level in range(len(scene.levels)):
        regions: dict[str, Span] = {}
        for span in scene.matches(_VERTEBRA, level):
            regions.setdefault(scene.text[span.start].lower(), span)
        if regions:
            return [
                (_BODIES[letter].format(operation) + end, Found(span, level))
                for letter, span in sorted(regions.items(), reverse=True)
            ]
    return []


def count_cemented_vertebrae(scene: Scene) -> list[_Pattern]:
    """Return Supplement of thoracic and lumbar vertebrae: cement in kyphoplasty and vertebroplasty."""
    return _bodies(scene, "U", "3JZ")


def count_raised_vertebrae(scene: Scene) -> list[_Pattern]:
    """Return Reposition of thoracic and lumbar vertebrae: the height that a balloon restores."""
    return _bodies(scene, "S", "3ZZ")
