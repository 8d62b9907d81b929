"""What the text around a mention says about side, episode of care and other axes of a code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from nosology.coding.body_sides import EYE, Parts, agree, part_at, parts_of, parts_of_code
from nosology.coding.degrees import degrees_said, is_of_other
from nosology.coding.episodes import is_healed, is_over, is_subsequent
from nosology.coding.fractures import NO_STATE, FractureState, read_fracture
from nosology.coding.index import Context
from nosology.coding.nearest_side import Side, nearest_side, own_sides
from nosology.coding.part_sides import PartSides
from nosology.coding.prefixes import begins
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.lexicon.marks import MarkPattern
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Mention, Note, Span

__all__ = ["ContextReader"]

_EPISODIC = frozenset("HMORSTVWXY")  # chapters with 7th characters for the episode of care
_REACH = 7  # places to either side in which a word can specify a mention
# Sides written as letters: "R knee", "cerumen L", "OU", "b/l"; not "2 L", "R/O", "4 L/min", "J. R. Smith".
_SIDE_LETTER = MarkPattern(
    ("R", "L", "OD", "OS", "OU", "B/", "Bo", "b/", "bo"),
    r"[RLOBb](?<![\w/.'’+-].)(?:(?P<right>(?<=R)(?!\s*[=<>])|(?<=O)D)|(?P<left>(?<=L)(?<!\d .)(?!\s*[=<>])|(?<=O)S)"
    r"|(?P<bilateral>(?<=O)U|(?<=[Bb])/[Ll]|(?<=[Bb])oth(?= (?:\w+ )?"
    r"(?:eye|orbit|ear|knee|hip|shoulder|elbow|wrist|hand|thumb|ankle|f(?:ee|oo)t|heel|leg|calve"
    r"|thigh|arm|breast"
    r"|side|lid|eyelid|kidney|lung|ovar|tub|upper|lower|(?:great )?toe|maxill))"
    r"|(?<=, [Bb])oth(?=\.\s|[;)\n]|\.?$)))(?![\w/'’+-]|\.(?!\s*$)(?<!both))",
    re.MULTILINE,
    apart=True,
)
# "right worse than left": both, the right more
_COMPARED = re.compile(
    r"\b(?:right|left|R|L)\s*(?:(?:is |much |a bit |slightly |far )*(?:worse|more|greater|larger) than|>{1,2})"
    r"\s*(?:the |on the )?(?:right|left|R|L)\b",
    re.IGNORECASE,
)
_EYE_CODES = ("H0", "H1", "H2", "H3", "H4", "H5", "D31", "S05", "T15", "Q10", "Q11", "Q12", "Q13", "Q14", "Q15")
_EYE = WordPattern(
    r"\b(?:eye(?:s|lids?)?|ocular|IOP|OU|visual|vision|retina\w*|retinopathy|lens|cornea\w*|glaucoma|cataracts?"
    r"|conjunctiv\w+|pterygium|macular?|uveitis|iritis|keratitis|bleph\w+|chalazi\w+|stye|hordeolum|vitreous"
    r"|epiretinal|esotropia|exotropia|amblyopia|strabismus|optic|POAG|N?PDR|AMD|[BC]RVO|[BC]RAO|PVD|YAG|IOL)\b"
)
# Letters that a note sets for its eyes ("left eye (LE)"), or those of two languages side by side (OD and OI)
_EYES_NAMED = WordPattern(r"\b(?:right|left) eye \((?:RE|LE|OI)\)|\b(?:RE|LE|OI) \((?:right|left) eye\)")
_EYE_LETTER = re.compile(r"\b(?:(?P<right>RE)|(?P<left>LE|OI)|(?P<bilateral>BE))\b(?![:/'’-])")
_DENIED = WordPattern(
    r"\b(?:no|not|without|w/o|denies|negative for|absence of|non)\b[ -]+((?:[\w-]+ ?){1,3})"
    r"|\b(?:could be|may be|might be|possibly|possible|rule out|r/o|risk of)\b[ -]+((?:[\w-]+ ?){1,5})"
)
# one of which every match of it holds
_DENYING = ("no", "w/o", "without", "negative", "denies", "absence of", " be", "possib", "rule out", "r/o", "risk of")
_HANDED = re.compile(r"(?:right|left)[- ]hand(?:ed\b|(?:[- ]|ed )dominan)|(?:right|left)[- ]dominan", re.IGNORECASE)
_AND_FIRST = re.compile(r"\s*(?:and|or|&|/|,)\s", re.IGNORECASE)
_AND_LAST = re.compile(
    r"\b(?:and|or|&|/|,)\s*(?:(?:of|the|in|on|his|her|right|left|both|bilateral|[RL])\s*)*$", re.IGNORECASE
)
# "left, right ear normal": the side of what is sound is not that of the condition
_SOUND = re.compile(
    r"(?:right|left|[RL])\b(?: \w+){1,3}? (?:(?:is|was|are) )?(?:normal|unaffected|uninvolved|unremarkable)\b",
    re.IGNORECASE,
)
# two of a part of which everybody has two: "osteoarthritis of the knees"
_BOTH = re.compile(
    r"\b(?:knees|hips|shoulders|elbows|wrists|ankles|hands|feet|heels|legs|calves|thighs|arms|forearms|thumbs|ears)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[,;:()]")
_SEQUELA = WordPattern(
    r"\b(?:sequelae? of|late effects? of|residuals? of|(?:post-?)?burn (?:scars?|scarring|contractures?|sequelae?)"
    r"|(?:scars?|scarring|keloids?|contractures?)(?: of (?:the )?(?:(?:left|right) )?\w+)? "
    r"(?:after|from|due to|secondary to) (?:an? )?(?:\w+ )?burns?)\b"
)
_TYPE_BEHIND = re.compile(r"[^.,;\n]{0,40}, ?(?:gustilo|(?:type|grade) (?:i|\d))", re.IGNORECASE)
_BREAKS = re.compile(r"S.2|M80|M84|S49|S59|S79|S89|S99")  # categories of fractures

# what a part belongs to, where a title says only the whole; the first part of a limb is another name of the limb
_WHOLES = {
    ("upper", "limb"): ("arm", "forearm", "elbow", "wrist", "shoulder", "hand"),
    ("lower", "limb"): ("leg", "thigh", "calf", "shin", "knee", "ankle", "foot"),
    ("finger",): ("thumb",),
    ("foot",): ("heel", "sole", "midfoot", "forefoot", "instep"),
    ("toe",): ("hallux",),
}

# where chapter 13 puts a bone whose name a title lacks (Index, Osteomyelitis, Osteolysis, Paget's disease)
_SITES = {
    "shoulder": ("clavicle", "scapula", "acromioclavicular", "glenohumeral", "sternoclavicular"),
    "upper arm": ("humerus",),
    "forearm": ("radius", "ulna"),
    "hand; hand fingers": ("carpus", "carpal", "metacarpus", "metacarpal", "finger", "thumb"),
    "thigh; pelvic region thigh; pelvis femur": ("femur", "ilium", "ischium"),
    "lower leg": ("tibia", "fibula"),
    "foot; ankle foot; ankle foot toes": (
        "tarsus",
        "tarsal",
        "metatarsus",
        "metatarsal",
        "talus",
        "cuboid",
        "calcaneus",
        "heel",
        "cuneiform",
    ),
    "toes; foot; ankle foot; ankle foot toes": ("toe", "hallux"),
    "": ("rib", "skull", "sternum"),  # "other site"
}

# levels of the spine by letter and number ("C6", "L4-5", "L5-S1"), and the region that a title says for them
_LEVEL = re.compile(
    r"\b(?P<first>[CTLS])\d{1,2}(?: ?[-/–] ?(?P<last>[CTLS])?\d{1,2})?\b(?! ?-?(?:weighted|hyper|hypo|signal|image))"
)
_REGIONS = {
    "C": "cervical",
    "CT": "cervicothoracic",
    "T": "thoracic",
    "TL": "thoracolumbar",
    "L": "lumbar",
    "LS": "lumbosacral",
    "S": "sacral",
}
_SPINAL = ("M4", "M5", "M99")


_Atoms = frozenset[int]


@lru_cache(maxsize=8)
def _body(lexicon: Lexicon) -> tuple[list[tuple[_Atoms, _Atoms, _Atoms]], dict[str, _Atoms], _Atoms]:
    """Return the atoms of ``_WHOLES`` (parts, whole, its name), those of ``_REGIONS``, and all parts and wholes."""
    ids = lexicon.ids

    def known(words: Iterable[str]) -> _Atoms:
        return frozenset(ids[w] for w in words if w in ids)

    wholes = [(known(parts), known(whole), known(parts[:1])) for whole, parts in _WHOLES.items()]
    regions = {level: lexicon.atoms_of(region) for level, region in _REGIONS.items()}
    return wholes, regions, frozenset().union(*(parts | whole for parts, whole, _ in wholes))


@lru_cache(maxsize=8)
def _sites(lexicon: Lexicon) -> dict[int, tuple[_Atoms, ...]]:
    """Return the atoms of the regions in which ``_SITES`` puts each bone, the narrowest first."""
    found: dict[int, tuple[_Atoms, ...]] = {}
    for names, bones in _SITES.items():
        regions = tuple(lexicon.atoms_of(name) for name in names.split("; "))
        for bone in bones:
            found.update((atom, regions) for atom in lexicon.atoms_of(bone) if atom > 0)
    return found


class ContextReader:
    """Reads the context of mentions in one note; side words and their places are found once."""

    def __init__(
        self, note: Note, tokens: Tokens, lexicon: Lexicon, age: int | None, *, inpatient: bool = False
    ) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._inpatient = inpatient
        self._note = note
        self._age = age
        ids = lexicon.ids
        names = {ids.get("right", -1): "right", ids.get("left", -1): "left", ids.get("bilateral", -1): "bilateral"}
        self._text = note.document.text
        self._words = [
            (tokens.starts[i], tokens.places[i], names[a])
            for i, a in enumerate(tokens.atoms)
            if a in names and not _HANDED.match(self._text, tokens.starts[i])
        ]
        self._known: dict[str, list[tuple[str, Parts]]] = {}
        self._broken: dict[tuple[int, int], FractureState] = {}
        self._states: dict[str, FractureState] = {}
        self._wholes, self._regions, self._parts = _body(lexicon)
        self._bones = _sites(lexicon)
        self._sentences: dict[int, tuple[int, int, list[Side], list[tuple[int, int]], bool]] = {}
        self._found_only: tuple[str, frozenset[Parts]] | None = None
        self._found_eyes: bool | None = None
        self._found_eye_letters: bool | None = None
        self._found_episode: str | None = None
        self._compares = " than" in self._text or ">" in self._text
        self._found_sequelae: list[int] | None = None
        self._found_degrees: dict[int, list[Span]] | None = None
        self._found_part_sides: PartSides | None = None

    @property
    def _only(self) -> tuple[str, frozenset[Parts]]:
        """The one side that the whole note speaks of and the parts that it says it of; "" if there are more or none."""
        if self._found_only is None:
            self._found_only = self._find_only()
        return self._found_only

    def _find_only(self) -> tuple[str, frozenset[Parts]]:
        words = self._words
        if len({side for _, _, side in words}) > 1:
            return "", frozenset()
        letters = self._letters(0, len(self._text))
        if len({side for _, _, side in (*words, *letters)}) != 1:
            return "", frozenset()
        starts = self._tokens.starts
        said = {part_at(bisect_left(starts, start), self._tokens, self._lexicon) for start, _, _ in words}
        said |= {
            EYE
            if self._text[start] in "oO" or self._text[start + 1 : start + 2] == "E"
            else part_at(bisect_left(starts, start + 1), self._tokens, self._lexicon)
            for start, _, _ in letters
        }
        return (*words, *letters)[0][2], frozenset(said)

    @property
    def _eyes(self) -> bool:
        if self._found_eyes is None:
            self._found_eyes = _EYE.search(self._text) is not None or any(
                begins(m.codes[0], _EYE_CODES) for m in self._note.mentions
            )
        return self._found_eyes

    @property
    def _eye_letters(self) -> bool:
        """Whether RE, LE, BE and OI are eyes in this note."""
        if self._found_eye_letters is None:
            self._found_eye_letters = self._eyes and _EYES_NAMED.search(self._text) is not None
        return self._found_eye_letters

    @property
    def _episode(self) -> str:
        if self._found_episode is None:
            self._found_episode = "D" if is_subsequent(self._note, inpatient=self._inpatient) else "A"
        return self._found_episode

    @property
    def has_fractures(self) -> bool:
        """Whether a sentence read so far says how open a fracture is or how it heals."""
        return bool(self._states) and any(s != NO_STATE for s in self._states.values())

    def _fracture(self, mention: Mention) -> FractureState:
        """Return what the sentence of a fracture says of it, and keep it for sentences that say less."""
        if not _BREAKS.match(mention.codes[0]):
            return NO_STATE
        span = self._note.sentences[mention.sentence].span
        start = max(self._text.rfind(mark, span.start, mention.span.start) for mark in ",;") + 1 or span.start
        state = self._broken.get((span.start, start))
        if state is None:
            after = mention.span.end
            if (typed := _TYPE_BEHIND.match(self._text, after, span.end)) is not None:
                after = typed.end()  # "open femur fracture, Gustilo IIIA": the comma parts no other fracture
            ends = [e for mark in ",;" if (e := self._text.find(mark, after, span.end)) >= 0]
            own = read_fracture(self._text, start, min(ends, default=span.end))
            whole = read_fracture(self._text, span.start, span.end)
            state = FractureState(own.wound or whole.wound, own.healing or whole.healing)
            self._broken[span.start, start] = state
        category = mention.codes[0][:3]
        known = self._states.get(category, NO_STATE)
        self._states[category] = FractureState(known.wound or state.wound, known.healing or state.healing)
        return state

    def fracture_from_note(self, codes: Iterable[str], state: FractureState) -> FractureState:
        """Return ``state`` completed by what other sentences say of a fracture of the same category."""
        known = self._states.get(next(iter(codes))[:3], NO_STATE)
        return FractureState(state.wound or known.wound, state.healing or known.healing)

    @property
    def _sequelae(self) -> list[int]:
        if self._found_sequelae is None:
            self._found_sequelae = [m.start() for m in _SEQUELA.finditer(self._text)]
        return self._found_sequelae

    def _sentence(self, number: int) -> tuple[int, int, list[Side], list[tuple[int, int]], bool]:
        """Return what a sentence holds: range of atoms, sides, denied stretches, whether it speaks of late effects."""
        known = self._sentences.get(number)
        if known is None:
            span = self._note.sentences[number].span
            start, end = span.start, span.end
            low, high = self._tokens.window(start, end)
            sides = sorted([s for s in self._words if start <= s[0] < end] + self._letters(start, end))
            for match in _COMPARED.finditer(self._text, start, end) if sides and self._compares else ():
                sides = [(o, p, "bilateral" if match.start() <= o < match.end() else s) for o, p, s in sides]
            if len({side for _, _, side in sides}) > 1:
                sides = [s for s in sides if _SOUND.match(self._text, s[0], end) is None] or sides
            said = self._text[start:end].lower()
            denied: list[tuple[int, int]] = []
            if any(word in said for word in _DENYING):
                denied = [m.span(m.lastindex or 0) for m in _DENIED.finditer(self._text, start, end)]
            late = any(start <= place < end for place in self._sequelae)
            known = self._sentences[number] = (low, high, sides, denied, late)
        return known

    def _letters(self, low: int, high: int) -> list[Side]:
        """Return the sides written as letters in a range: offset, place, side; those of eyes only in a note about
        eyes.
        """
        starts, places = self._tokens.starts, self._tokens.places
        found = []
        matches = _SIDE_LETTER.find(self._text, low, high)
        if self._eye_letters:
            matches += _EYE_LETTER.finditer(self._text, low, high)
        for match in matches:
            if match.lastgroup is None or (match.group()[0] == "O" and not self._eyes):
                continue
            i = bisect_left(starts, match.start())
            place = places[i] - 1 if i < len(places) else places[-1] + 1 if places else 0
            found.append((match.start(), place, match.lastgroup))
        return found

    def _own_piece(self, mention: Mention) -> Span:
        """Return the piece that a coordination sets apart: "both knees" of "both knees and left hip arthritis"."""
        if len(mention.spans) < 2:
            return mention.span
        for one, other in pairwise(mention.spans):
            gap = self._text[one.end : other.start]
            if _AND_FIRST.match(gap):
                return Span(mention.spans[0].start, one.end)
            if _AND_LAST.search(gap):
                return Span(other.start, mention.spans[-1].end)
        return mention.span

    def of(self, mention: Mention) -> Context:
        """Return the context of ``mention``: atoms close by within its sentence, its side, the episode of care."""
        tokens = self._tokens
        low, high, sides, denied, late = self._sentence(mention.sentence)
        first, last = tokens.window(mention.span.start, mention.span.end)
        own = self._own_piece(mention)
        own_first, own_last = tokens.window(own.start, own.end) if own is not mention.span else (first, last)
        if first >= last:
            return Context(frozenset(), "", "A", "", self._age)
        places, atoms = tokens.places, tokens.atoms
        begin = bisect_left(places, places[first] - _REACH, low, high)
        finish = bisect_right(places, places[last - 1] + _REACH, low, high)
        around = [i for i in range(begin, finish) if first <= i < last or not self._of_other(i, mention.span)]
        near, lacking = frozenset(atoms[i] for i in around), frozenset[int]()
        if denied:
            starts = tokens.starts
            stated = [i for i in around if first <= i < last or not any(d[0] <= starts[i] < d[1] for d in denied)]
            near = frozenset(atoms[i] for i in stated)
            lacking = frozenset(atoms[i] for i in around) - near
        if not self._parts.isdisjoint(atoms[first:last]):
            inside = frozenset(atoms[first:last])
            for parts, whole, name in self._wholes:
                if len(whole) > 1 and whole <= inside:
                    near |= name
                elif not inside.isdisjoint(parts):
                    near |= whole
            near -= self._other_limb(inside)
        if mention.codes[0].startswith(_SPINAL):
            near |= self._region(tokens.starts[begin], tokens.ends[finish - 1], near)
        side = ""
        if sides and own_first < own_last:
            mine = self._in_own_part(mention, own, sides) if len({said for _, _, said in sides}) > 1 else sides
            if len(mine) == len(sides):
                mine = self._sides_of(mention, sides)
            side = nearest_side(mine, places[own_first], places[own_last - 1])
        if not sides and any(_BOTH.search(self._text, s.start, s.end) for s in mention.spans):
            side = "bilateral"
        if mention.title is not None:
            near, side = self._under_title(mention, mention.title, frozenset(atoms[first:last]), near, side)
        sites = self._sites_of(near) if mention.codes[0][0] == "M" else ()
        if mention.codes[0][0] not in _EPISODIC:
            return Context(near, side, "A", "", self._age, denied=lacking, sites=sites)
        episode = "S" if late else self._episode
        if episode == "D" and mention.codes[0].startswith("T8") and not is_over(self._note, mention.sentence):
            episode = "A"
        elif episode == "A" and mention.codes[0][0] == "S" and not self._inpatient:
            episode = "D" if is_healed(self._text, mention.span.end) else "A"
        return Context(near, side, episode, "", self._age, self._fracture(mention), lacking, sites)

    def _under_title(
        self, mention: Mention, title: Span, own: frozenset[int], near: frozenset[int], side: str
    ) -> tuple[frozenset[int], str]:
        """Return ``near`` and ``side`` of a mention with what the name of its problem says of the place: the side where
        the sentence tells none, and the part of the body that the mention took from it, or that all its category is of.
        """
        tokens = self._tokens
        low, high = tokens.window(title.start, title.end)
        words = frozenset(tokens.atoms[low:high])
        taken = bool(mention.atoms & words - own)
        place, code = parts_of(words, self._lexicon), parts_of_code(mention.codes)
        if taken or (code and code == place):
            near |= words
            for parts, whole, name in self._wholes:
                if not words.isdisjoint(parts):
                    near |= whole | name if len(whole) > 1 else whole
        if not side and agree(code or parts_of(mention.atoms, self._lexicon), place):
            told = {
                s
                for start, _place, s in (*self._words, *self._letters(title.start, title.end))
                if title.start <= start < title.end
            }
            side = told.pop() if len(told) == 1 else ""
        return near, side

    def _in_own_part(self, mention: Mention, own: Span, sides: list[Side]) -> list[Side]:
        """Return the sides without those that the sentence says of other conditions."""
        named = [piece for m in self._note.mentions if m.sentence == mention.sentence for piece in m.spans]
        return own_sides(self._text, self._note.sentences[mention.sentence].span, own, sides, named)

    def _of_other(self, place: int, mention: Span) -> bool:
        """Whether the word at a place is a degree that is said of another mention."""
        return place in self._degrees and is_of_other(place, mention, self._degrees, self._text, self._tokens)

    @property
    def _degrees(self) -> dict[int, list[Span]]:
        if self._found_degrees is None:
            self._found_degrees = degrees_said(self._note.mentions, self._text, self._lexicon, self._tokens)
        return self._found_degrees

    def _sides_of(self, mention: Mention, sides: list[Side]) -> list[Side]:
        """Return the sides but for those said of another part: a left orchiectomy leaves the kidney without a side.

        An operation may have its side from what it left behind: lymphedema of the left arm after mastectomy.
        """
        own = parts_of_code(mention.codes) or parts_of(mention.atoms, self._lexicon)
        if not own or mention.codes[0][0] == "Z":
            return sides
        tokens, text, begin = self._tokens, self._text, mention.span.start

        def is_own(at: int) -> bool:
            if at < begin and not _PARTED.search(text, at, begin):
                return True  # "right knee and shoulder pain"
            said = EYE if text[at] in "oO" else part_at(bisect_left(tokens.starts, at), tokens, self._lexicon)
            return agree(own, said)

        return [s for s in sides if is_own(s[0])]

    def _sites_of(self, near: frozenset[int]) -> tuple[frozenset[int], ...]:
        """Return the regions of the bones close by."""
        return tuple(region for atom in sorted(near.intersection(self._bones)) for region in self._bones[atom])

    def _other_limb(self, inside: frozenset[int]) -> frozenset[int]:
        """Return the names of the limb that a mention does not speak of: the leg of "arm and leg pain" is another's."""
        limbs = [(name, not inside.isdisjoint(parts)) for parts, whole, name in self._wholes if len(whole) > 1]
        own = sum(met for _name, met in limbs)
        return frozenset().union(*(name for name, met in limbs if own == 1 and not met))

    def _region(self, start: int, end: int, near: frozenset[int]) -> frozenset[int]:
        """Return the region of the spine that a level names ("L4-5" is lumbar); nothing where the text says one."""
        if any(atoms <= near for atoms in self._regions.values()):
            return frozenset()
        match = _LEVEL.search(self._text, start, end)
        if match is None:
            return frozenset()
        last = match["last"] if match["last"] != match["first"] else ""
        return self._regions.get(match["first"] + (last or ""), frozenset())

    @property
    def _part_sides(self) -> PartSides:
        if self._found_part_sides is None:
            sides = (*self._words, *self._letters(0, len(self._text)))
            self._found_part_sides = PartSides(self._note, self._tokens, self._lexicon, sides)
        return self._found_part_sides

    def side_from_note(self, mention: Mention, title: str) -> str:
        """Return the side that another mention of the same category has, else the only side that the note speaks of,
        else the only one that it does not call sound; not where it is said of another part of the body.
        """
        own = parts_of_code(mention.codes) or parts_of(mention.atoms, self._lexicon)
        for code in mention.codes:
            for side, parts in self._known.get(code[:5]) or self._known.get(code[:3]) or ():
                if agree(own, parts):
                    return side
        side, said = self._only
        if side:
            return side if any(agree(own, parts) for parts in said) else ""
        if not self._words or mention.codes[0][0] == "Z":
            return ""
        own = own or parts_of(self._lexicon.atoms_of(title), self._lexicon)
        return self._part_sides.of(own) if own else ""

    def remember(self, mention: Mention, side: str) -> None:
        """Keep ``side`` for later mentions of the same category that do not say it."""
        if side:
            node = mention.codes[0]
            known = (side, parts_of_code(mention.codes) or parts_of(mention.atoms, self._lexicon))
            self._known.setdefault(node[:5], []).append(known)
            self._known.setdefault(node[:3], []).append(known)
