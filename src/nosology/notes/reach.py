"""How far a cue reaches: what ends a denial that runs on, lists that a denial behind them governs, hedges that turn."""

from __future__ import annotations

import re

from nosology.codes.late_pattern import late_pattern
from nosology.lexicon.marks import MarkPattern
from nosology.lexicon.patterns import WordPattern

__all__ = [
    "ALONE",
    "HEDGES_NEXT",
    "before_bracket",
    "clause_start",
    "forward_limit",
    "is_adjective",
    "list_start",
    "scope_marks",
    "tests_before",
    "vaccines_start",
]

# "is likely reflux": the hedge is of what follows, unless a reason or the end of the clause follows ("reflux is likely
# given …")
HEDGES_NEXT = late_pattern(
    r"(?:(?:is|was|are|were|remains|also)\s+)?(?:likely|most likely|possible|probable|suspected|presumed"
    r"|questionable)\s+"
    r"(?!(?:given|based|because|as|but|and|or|at|in|with|on|since|though|although|however|considering|from|by|to"
    r"|that|if|due|who|which|for)\b)"
    r"[A-Za-z]",
    re.I,
)
# a list of tests, or of infections that only a test tells of, up to the result that follows it
_AGENT = (
    r"(?:HIV|HTLV|HB[sc]?Ag|HBV|HCV|HAV|RPR|VDRL|syphilis|GC|gonorrh\w+|chlamydia|trichomonas|CMV|EBV|HSV|VZV|flu|influenza"
    r"|RSV|covid(?:-19)?|SARS-CoV-2|rhinovirus|adenovirus|toxo\w*|rubella|ANA|ANCA|dsDNA|TB|quantiferon|legionella|mycoplasma"
    r"|cryptococc\w+|histoplasm\w+|parvovirus|hepatitis|hep|c\.? ?diff\w*|MRSA|strep\w*|pneumococc\w+"
    r"|noro\w*|rota\w*|giardia|cryptosporid\w+|campylobacter|salmonella|shigella|yersinia|O ?& ?P|ova and parasites"
    r"|(?:stool|blood|urine|sputum) (?:cx|cultures?)|[BU]Cx|RVP|RPP|UA|O157)"
)
_TESTS = WordPattern(
    r"\b(?:PCRs?|panels?|serolog\w+|tests?|testing|titers?|screens?|antibod\w+|antigens?|studies|cultures?|swabs?|viral"
    r"|work-?up|markers)\b[\w /-]{0,24}?(?:\b(?:including|incl\.?|for|such as)\b|:)[^.;]*\Z"
    r"|\b(?:PCRs?|panels?|serolog\w+|tests?|titers?|screens?|antibod\w+|antigens?|cultures?|swabs?|work-?up)\s?\([^().;]{3,80}\)"
    r"\s*(?:(?:all|both|is|are|was|were|came back|returned)\s*)*\Z"
    rf"|\b{_AGENT}(?:[ -](?:[A-E](?:[/&]| & )[A-E]|[A-E]|Ag|Ab|IgM|IgG|virus|surface antigen|serology"
    r"|PCR|and C|B and C))*"
    rf"(?:\s*(?:,|/|&|\band\b|\bor\b|,\s*and\b)\s*{_AGENT}"
    r"(?:[ -](?:[A-E](?:[/&]| & )[A-E]|[A-E]|Ag|Ab|IgM|IgG|virus|surface antigen|serology|PCR|and C|B and C|urine))*)+"
    r"\)?\s*(?:tests?|testing|serolog\w+|screens?|PCRs?|swabs?|cultures?|antigens?|all|both|is|are|was|were|came back"
    r"|[\s:-])*\Z"
)
# diseases against which somebody is vaccinated, in a list before the word for it
_LIST = 120  # code points that such a list may fill
_VACCINE = late_pattern(r"(?:vacc|vax|immuni[sz]|shots?\b|jabs?\b|boosters?\b)", re.I)
_DISEASE = (
    r"(?:flu|influenza|covid(?:-19)?|RSV|tetanus|diphtheria|pertussis|whooping cough|shingles|(?:herpes )?zoster"
    r"|pneumonia|pneumococc\w+|hep(?:atitis)?[ -][AB](?: ?(?:and|&|/) ?[AB])?|HPV|measles|mumps|rubella|varicella"
    r"|chicken ?pox|polio|mening\w+|rabies|typhoid|yellow fever|cholera|rotavirus|mpox|Tdap|Td|MMR|PCV ?\d*)"
)
_VACCINATED = late_pattern(
    rf"(?<![\w-]){_DISEASE}(?:(?:\s*[,/+&]\s*(?:and |or |& )?|\s+(?:and|or)\s+){_DISEASE})+\s+\Z", re.I
)
_POSITIVE = late_pattern(r"\b(?:positive|pos|detected|grew|reactive|\+)(?=[\s,;)])", re.I)
_POSITIVE_TEST = late_pattern(r"\b(?:positiv\w*|pos|reactive|detected|confirm\w*)\b", re.I)
_DIAGNOSIS = late_pattern(r"\W*(?:\d+[.)]\s*)?(?:influenza|flu|covid|strep|RSV|legionella|MRSA)[^,/]*,[^,/]*\Z", re.I)
# a word of doubt alone behind a comma, at the end of its line or sentence
ALONE = late_pattern(r", ?(?:suspected|possible|probable|presumed|questionable|likely)[ \t]*(?:[.;)\n]|\Z)", re.I)
_OR = late_pattern(r"\b(?:or|nor|and/or)\b", re.I)
# a denial of what is there ("no", "without"), not of what somebody says or thinks
_LACKS = late_pattern(
    r"(?:(?:there\s+(?:is|are|was|were)|has|had|have|with|is)\s+)?(?:no|without|w/o|absence|free|negative|neg)\b", re.I
)
# what a denial names before it lists what it denies ("no symptoms of infection: fever, chills")
_LEADS = late_pattern(
    r"\b(?:following|evidence|signs?|symptoms?|complaints?|complications?|histor(?:y|ies)|hx|findings?|features?|problems?"
    r"|issues|concerns?|allergies|conditions?|disease|illness\w*|changes?|abnormalit\w+|risk factors?|other|any"
    r"|infections?|review"
    r"|comorbidit\w+|ROS|including|for|of)\b",
    re.I,
)
_WITHOUT = late_pattern(r"(?:is\s+)?(?:without|w/o)\b", re.I)
_MARKS = (";", ",", ":", "+", ".", "–", "—", "-")
_DASHES = ("–", "—", "-")
_BEFORE_PLUS = (",", "(")
_NEW_SUBJECT = late_pattern(  # behind a comma
    r"\s*+(?:and\s++)?(?:(?:the|his|her|there|this|that|its)\s++)?\w++\s++"
    r"(?:is|are|was|were|has|have|had|shows?|showed|remains?|will|started)\b"
    r"(?!(?<=re)\s+(?:seen|noted|observed|reported|present|identified|found|detected|appreciated|described|mentioned)\b"
    r"|\s+(?:discussed|explained|reviewed)\b)"
)
_LABEL = late_pattern(r"\b[A-Z][A-Za-z]+\Z")
_COMMA_AND = (",", "and", "And", "AND")
# with what the words begin that may stand behind these
_CLAUSE_BEGINS = (
    *("an", "bu", "ch", "cu", "dr", "fe", "ge", "ha", "ir", "is", "it", "ke", "li", "no", "ra", "sl", "sm", "sn", "st"),
    *("ta", "th", "us", "va", "wa", "we", "wi", "wo"),
)
_ITEM_BEGINS = (
    *("a ", "a\n", "a\t", "a\r", "an", "bu", "ma", "mi", "mo", "oc", "ol", "sc", "sl", "sm", "so", "st", "ti", "tr"),
    "un",
)
# these two begin with a character, not with a boundary or a choice: the places where they may stand are found quicker
_NEW_CLAUSE = MarkPattern(
    _COMMA_AND,
    r"[,aA](?:(?<=,)(?i:\s*(?:and\s+|but\s+)?with\s+(?!or\s+without\b|w/o\b|no\b|any\b|exertion\b|activity\b"
    r"|associated\b|accompanying\b)"
    r"|\s*(?:ir)?radiating\b"
    r"|\s*(?:and\s+)?(?:is|was|has|had)\s+(?!(?:not|no|never|neither|none|any|been|ever|noted|seen|observed|found|detected"
    r"|present|absent|identified|reported|elicited|appreciated|negative|normal|denied|ruled|excluded|unremarkable|without)\b)"
    r"|\s*(?:and\s+|but\s+)?(?:currently\s+|still\s+|now\s+)?(?:smokes|drinks|vapes|chews|snores|uses|takes|wears|sleeps|lives"
    r"|works|walks|stays|gets|feels|keeps|(?:living|sleeping|staying)\s+(?:in|with|at|on|alone|rough|outside))\s"
    r"(?![^.;\n]{0,80}\b(?:or|nor)\s+(?!two\b|three\b|four\b|so\b|more\b|\d)))"
    r"|(?<=[aA])(?<!\w.)(?i:nd\s+(?:the|this|these|that|its)\s+(?:[\w-]+\s+){1,4}?(?:is|are|was|were|has|had|have|began"
    r"|started|showed|shows|revealed|remains?|remained|developed|appeared|presented|resolved|improved|worsened|persists?"
    r"|persisted|continues|continued|cleared|healed|recovered|subsided|returned|grew|became|increased|decreased|required"
    r"|occurred)\b))",
    then=_CLAUSE_BEGINS,
)  # "no fracture, with mild swelling"; "no allergies, was diabetic"; "no alcohol, smokes"; "no pain and the rash began"
_NEW_ITEM = MarkPattern(
    _COMMA_AND,
    r"[,aA](?:(?<=[aA])(?<!\w.)(?i:nd\s+an?\s+(?!half\b))(?P<article>)"
    r"|(?<=,)(?i:\s*(?:and\s+|but\s+)?(?:mild|mildly|slight|slightly|moderate|moderately|minimal|minimally|marked|markedly"
    r"|trace|tiny|small|scattered|stable|unchanged|occasional|occasionally|old|some)\s+(?!(?:or|and/or)\b)))",
    then=_ITEM_BEGINS,
)  # "no abnormalities and a cyst in the head"; "no effusion, mild cardiomegaly"
_ARTICLE = late_pattern(r"\s*(?:an?|any)\s", re.I)
_NEXT_DENIAL = late_pattern(r"\b(?:no|without|w/o|denies)\b", re.I)
_PAIR = late_pattern(r"[^,;]*?(?P<and>\band\s)(?:[\w-]+\s){1,4}?(?:without|w/o)\s", re.I)
_FACTORS = late_pattern(r":|\b(?:include|includes|included|including|such as|are|like)\b", re.I)
# what is to be avoided ends where the reason begins, which is the patient's own ("avoid NSAIDs given CKD")
_REASON = late_pattern(
    r"[(]|\b(?:with|w/|given|for|because|due|as|since|in|during|secondary|2/2|d/t|if|when|while|until|unless|after|and\s+"
    r"(?:has|is|was|had|continue|start|take|use|follow|treat))(?![\w-])",
    re.I,
)
# nothing that a denial could be of ("pneumonia: considered but ruled out", "(initially suspected, but excluded)")
_OF_ITSELF = late_pattern(
    r"\W*(?:(?:it|this|that|which|diagnosis|initially|considered|suspected|questioned|thought|felt|concern\w*|possib\w+"
    r"|likely|was|were|is|are|has|have|been|be|to|of|for|and|but|then|later|now|subsequently|ultimately|clinically|on|by|with|as"
    r"|admission|the|in|ed|both|all|also|very|overall|eventually|effectively)\b\W*)*",
    re.I,
)
# what somebody formerly was ends where the sentence goes on ("former preemie with asthma")
_WITH = late_pattern(r"\b(?:with|w/|who|now|presents|presenting|here|admitted)(?!\w)", re.I)
# what a test alone tells of, with that test: its negative result denies it ("PE (CTA negative)", "flu (swab neg)")
_TOLD_BY_TEST = late_pattern(
    r"\b(?:(?:PE|VTE|pulmonary embol\w+)\s*[(:][^)\n]{0,20}\b(?:CTA?|CT-?PA|V/?Q|d-?dimer)\b"
    r"|(?:DVT|(?:deep )?ve(?:in|nous) thrombo\w+)\s*[(:][^)\n]{0,20}\b(?:US|U/S|ultrasound|duplex|dopplers?|LENIs?)\b"
    r"|(?:ACS|A?MI)\s*[(:][^)\n]{0,20}\btrop"
    r"|(?:HIT|flu|influenza|covid(?:-19)?|RSV|TB|tuberculosis|C\.? ?diff\w*|HIV|malaria|strep|mono|Lyme|syphilis"
    r"|celiac(?: disease)?)\s*[(:]\s*(?:rapid |stool |blood |nasal )?\b(?:swab|PCR|tests?|ag|ab|antigen|antibod\w+"
    r"|toxin|smears?|AFB|serolog\w+|PF4|SRA|quantiferon|RPR|NAAT|screen|panel)\b"
    r"|(?:fractures?|fx|tear)\s*[(:]\s*(?:CT|MRI|XR|x-?rays?|films?)\b(?! (?:head|brain|neck|chest|abd))"
    r"|(?:dissection|appendicitis|torsion|intracranial (?:bleed\w*|ha?emorrhage)|ICH|vegetations?)\s*[(:][^)\n]{0,12}"
    r"\b(?:CTA?|US|TEE|TTE|MRI|echo)\b)",
    re.I,
)
_MET = ("exposure to", "contact with", "exposed to")
_GIVEN = late_pattern(r"\bgiven (?!to\b|for\b|by\b|in\b|at\b|on\b)|\b(?:because|due to)\b", re.I)
_AVOIDS = ("avoid", "stay ", "stays", "stayi", "keep ", "keepi")
_ITEM = late_pattern(
    r"\s*(?:(?!(?:with|and|has|had|have|but|shows?|showed)\b)[\w/'-]+\s*){1,4}", re.I
)  # a short one of a list
_ADJECTIVE_BEFORE = late_pattern(r"(?:\b(?:and|an?|with|the|of)\s+|[,;(]\s*)\Z", re.I)
_ADJECTIVE_AFTER = late_pattern(
    r"\s+(?!(?:today|in|on|at|for|by|per|this|last|after|with|so|but|and|when|except|from|to|yesterday|or|as|x|since|during"
    r"|if|until|despite|however|twice|again|now|then|because|due|which|who|therefore|both|is|was|were|are)\b)[a-z]",
    re.I,
)


# of "brain and probably bone metastases from breast cancer" only the second site is doubted, not the cancer
_SECOND_SITE = late_pattern(
    r"\b(?:brain|cerebral|bon[ey]|osseous|skeletal|spin(?:e|al)|liver|hepatic|lung|pulmonary|pleura\w*|nodes?|nodal|adrenal"
    r"|peritone\w+|omental|pelvic|retroperitoneal|mediastinal|hilar|skin|ovarian|splenic|renal)(?:,|,?\s+(?:and|&))\s*\Z",
    re.I,
)
_METASTASES_FROM = late_pattern(
    r"[^.;:,]{0,40}?\b(?:metastas[ei]s|mets|metastatic (?:disease|lesions?|deposits?))(?P<from>\s+(?:from|of)\s)", re.I
)


def scope_marks(text: str, begin: int, end: int) -> list[int]:
    """Punctuation that ends a scope: semicolon, dash, plus, a new label, a comma before a new subject and verb; a full
    stop without a blank behind it.
    """
    places: list[int] = []
    for sign in _MARKS:
        at = text.find(sign, begin, end)
        while at >= 0:
            if _ends_scope(text, at, begin, end):
                places.append(at)
            at = text.find(sign, at + 1, end)
    marks: list[int] = []
    for at in sorted(places):
        if text[at] != ":":
            marks.append(at)
        elif (label := _LABEL.search(text, max(begin, at - 24), at)) is not None:
            marks.append(label.start())
    return marks


def _ends_scope(text: str, at: int, begin: int, end: int) -> bool:
    """Whether the mark at ``at`` ends a scope, or a label, in ``text[begin:end]``."""
    mark = text[at]
    if mark == ";":
        return True
    if mark == ",":
        return _NEW_SUBJECT.match(text, at + 1, end) is not None
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < end else ""
    if mark == ":":
        return "a" <= before <= "z"
    if mark == ".":
        return "A" <= after <= "Z"
    if mark == "+":
        if before not in _BEFORE_PLUS and not before.isspace():
            return False
        letter = text[at + 2] if after.isspace() and at + 2 < end else after
        return letter.isascii() and letter.isalpha()
    return before.isspace() and (after.isspace() or after in _DASHES)


def forward_limit(text: str, start: int, after: int, end: int, kind: str) -> int:
    """Where the scope of a cue (``start`` to ``after``) ends for reasons of its sentence, at most ``end``."""
    opened = text.rfind("(", max(0, start - 120), start)
    if opened >= 0 and text.find(")", opened, start) < 0:
        closed = text.find(")", after, end)
        if closed >= 0 and text[after:closed].strip() and "(" not in text[after:closed]:
            end = closed
    if kind == "absent":
        return _denial_end(text, start, after, end)
    if kind == "possible":
        if _SECOND_SITE.search(text, max(0, start - 40), start) is None:
            return end
        primary = _METASTASES_FROM.match(text, after, end)
        return primary.start("from") if primary is not None else end
    if kind == "hypothetical" and text[start : start + 7].lower() == "serolog":
        return after if _POSITIVE_TEST.search(text, max(0, start - 24), end) is not None else end
    if kind == "hypothetical" and text[start : start + 11].lower() == "risk factor":
        factors = _FACTORS.search(text, after, end)
        return factors.start() if factors is not None else end
    if kind == "historical" and text[start:after].lower() in ("former", "ex"):
        onward = _WITH.search(text, after, end)
        return onward.start() if onward is not None else end
    if kind == "hypothetical" and text[start:after].lower() in _MET:
        reason = _GIVEN.search(text, after, end)
        return reason.start() if reason is not None else end
    if kind == "hypothetical" and text[start : start + 5].lower() in _AVOIDS:
        reason = _REASON.search(text, after, end)
        return reason.start() if reason is not None else end
    return end


def _denial_end(text: str, start: int, after: int, end: int) -> int:
    """Where a new clause or a new finding ends a denial."""
    if clauses := _NEW_CLAUSE.find(text, after, end):
        end = clauses[0].start()
    if _LACKS.match(text, start, after) is None:
        return end
    colon = text.find(": ", after + 2, end)
    if colon >= 0 and _LEADS.search(text, after, colon) is None:
        end = colon  # "no ketones: type 2 diabetes with hyperglycemia"
    if _WITHOUT.match(text, start, after) is not None and (pair := _PAIR.match(text, after, end)) is not None:
        end = pair.start("and")  # "nausea without vomiting and chills without fever"
    for item in _NEW_ITEM.find(text, after, end):
        if item["article"] is not None:
            if _ARTICLE.match(text, after, item.start()) is None:
                return item.start()
        else:
            denial = _NEXT_DENIAL.search(text, item.end(), end)
            if _OR.search(text, item.end(), denial.start() if denial is not None else end) is None:
                return item.start()
    return end


def before_bracket(text: str, begin: int, start: int) -> int:
    """Return where a bracket begins that stands right before a cue at ``start`` and holds a list, ``start`` if none.

    "Pneumonia (infiltrate, fever) was ruled out": the cue is of what stands before the bracket.
    """
    close = start - 1
    while close > begin and text[close] in " \t":
        close -= 1
    if close <= begin or text[close] != ")":
        return start
    opened = text.rfind("(", begin, close)
    held = text[opened + 1 : close] if opened > begin else ""
    return opened if any(mark in held for mark in ",;:") and ")" not in held else start


def clause_start(text: str, begin: int, start: int) -> int:
    """Where the words begin to which a denial behind them can belong: at the bracket or behind the label that it is in.

    What stands before is the condition to which the result belongs ("sepsis (cultures negative)", "# syncope: telemetry
    negative", "asthma (inhaler not used)"), unless a test alone tells of it ("PE (CTA negative)").
    """
    if text[start : start + 8].lower() in ("excluded", "ruled ou"):
        begin = max(begin, text.rfind(" with ", begin, start))  # "hyperthyroidism with Graves disease excluded"
    opened = text.rfind("(", begin, start)
    if opened <= begin or text.find(")", opened, start) >= 0:
        opened = -1
    colon = text.find(": ", begin, start)
    for at in (opened, colon):
        if at <= begin or _OF_ITSELF.fullmatch(text, at + 1, start) is not None:
            continue
        if _TOLD_BY_TEST.search(text, max(0, at - 30), start) is None:
            begin = at
    return begin


def tests_before(text: str, begin: int, start: int) -> int | None:
    """Where the list of tests begins whose result stands at ``start``, behind what was positive; None if no list."""
    tests = _TESTS.search(text, begin, start)
    if tests is None:
        return None
    found = [m.end() for m in _POSITIVE.finditer(text, tests.start(), start)]
    if not found and _DIAGNOSIS.match(text, begin, start):
        return None
    return max(begin, tests.start(), *found)


def list_start(text: str, begin: int, start: int) -> int | None:
    """Where a list of short items begins that ends in "or X" before ``start``, None if there is no list.

    "Ascites, edema or jaundice was not seen": all three were not.
    """
    at = text.rfind(",", begin, start)
    if at < 0 or _OR.search(text, at, start) is None:
        return None
    while (comma := text.rfind(",", begin, at)) >= 0 and _ITEM.fullmatch(text, comma + 1, at) is not None:
        at = comma
    return at if comma >= 0 or _ITEM.fullmatch(text, begin, at) is None else begin


def vaccines_start(text: str, begin: int, start: int) -> int | None:
    """Where a list of diseases begins whose vaccines follow at ``start`` ("RSV, flu and hepatitis B vaccines")."""
    if _VACCINE.match(text, start) is None:
        return None
    found = _VACCINATED.search(text, max(begin, start - _LIST), start)
    return None if found is None else found.start()


def is_adjective(text: str, start: int, end: int) -> bool:
    """Whether "negative" belongs to the noun behind it ("with a negative CT", "hematuria and negative nitrites")."""
    before = _ADJECTIVE_BEFORE.search(text, max(0, start - 8), start)
    if before is None:
        return False
    if _ADJECTIVE_AFTER.match(text, end) is not None:
        return True
    return before[0].strip().lower() == "and" and _POSITIVE.search(text, max(0, start - 60), start) is not None
