"""Mother or child: whose record tells of a birth, and which codes neither ever bears (I.C.15.a, I.C.16.a.1)."""

from __future__ import annotations

from dataclasses import replace

from nosology.coding.candidates import Chart, Fact
from nosology.lexicon.patterns import compile_words
from nosology.model.note import Note, Subject

__all__ = ["CHILD", "MOTHER", "barred_by_record", "record_of", "set_apart"]

MOTHER = "mother"
CHILD = "child"
_MATERNITY = 9  # years from which the maternity edit of the Medicare Code Editor lets a patient bear
_GROWN = 10  # years from which nobody is the newborn
_OPENING = 160  # code points in which a chart presents the newborn
_LEAD = 110  # code points of a sentence before a mention in which its subject may stand
_PAST = ("Z22", "Z85", "Z86", "Z87")  # of the Z codes those that the mother may have in the place of her child
_OF_THE_CHILD = ("P", "Z38")
_OF_THE_MOTHER = ("O", "Z33", "Z34", "Z37", "Z39", "Z3A")

_NEWBORN = compile_words(
    r"\A[\W\d]*(?:(?:this|an?|the|is|was|old|days?|weeks?|hours?|(?:pre|near-?)?term|late|early|full|premature|healthy|well"
    r"|male|female|aga|sga|lga|single|twin|liveborn|admit(?:ted)?|admission|note|nursery|nicu|progress|history|newborn"
    r"|h&p|hpi|baby)[\W\d]+)*(?:newborn|neonate|infant|baby[ \t]+(?:boy|girl))\b"
    r"(?!\s+(?:care|feeding|formula|screen\w*|is doing|doing|(?:was )?delivered|class|education|teaching))"
)
_CHILDS = compile_words(
    r"\b(?:born|delivered)\b[^.\n]{0,60}?\bto (?:an? |the )?(?:[\w/-]+ ){0,8}?"
    r"(?:mother|mom|woman|female|g\d|gravida|primi)"
    r"|\b(?:first|second|third|fourth|only) (?:born|child|son|daughter) (?:of|to) (?:\w+ ){0,2}(?:parents|couple)"
    r"|\b(?:day of life|hours of life|dol ?#?\d|infant of (?:an? )?(?:\w+ )?(?:diabetic|mother)"
    r"|(?:mother|mom) (?:is|was) (?:an? )?(?:\d\d|g\d|healthy))"
)
_TELLS = compile_words(
    r"\b(?:deliver|pregnan|postpartum|newborn|neonat|infant|baby|nsvd|cesarean|born|prematur|preterm)"
)
_MOTHERS = (  # in parts, most of which have words that a text must hold
    compile_words(r"\bg\d{1,2} ?p\d"),
    compile_words(r"\b(?:gravida|postpartum|pregnant|gave birth|in labor)\b|\bppd ?#?\d"),
    compile_words(r"\bher (?:baby|infant|newborn|pregnancy|delivery)\b"),
    compile_words(r"\b(?:she|patient|pt) (?:was |had |has )?(?:\w+ )?delivered\b"),
    compile_words(r"\bs/p (?:c-?section|cesarean|nsvd|svd|vaginal delivery|ltcs)\b"),
)
_BEARING = (  # what is done to her who bears, and written into no chart of a newborn
    compile_words(r"\b(?:ebl|qbl|(?:estimated|quantitative) blood loss)\b"),
    compile_words(r"\bplacenta\b[^.\n]{0,30}\b(?:delivered|expressed|removed|extracted|intact|spontaneous(?:ly)?)\b"),
    compile_words(r"\b(?:lacerations?|tears?|episiotomy|perineum)\b[^.\n]{0,60}\b(?:repair\w*|sutured|closed)\b"),
    compile_words(r"\b(?:fundus|uterus|hysterotomy|fascia)\b[^.\n]{0,40}\b(?:firm|closed|massaged?|boggy|layers?)\b"),
    compile_words(r"\b(?:pitocin|oxytocin|methergine|hemabate|misoprostol)\b"),
    compile_words(r"\b(?:intact perineum|over the perineum|postpartum h[a]?emorrhage)\b"),
)
_DELIVERED_OF = 2  # of these make a chart that opens with the infant the mother's
_NURSED = compile_words(  # the care of the newborn
    r"\b(?:bilirubin|phototherapy|vitamin k|fontanel\w*|moro|red reflex|circumcis\w+|day of life|hours of life"
    r"|dol ?#?\d|admi\w+ to (?:the )?(?:nursery|nicu)"
    r"|newborn (?:nursery|admission|progress|exam\w*|h&p|screen\w*|discharge))\b"
)
_INFANT = r"(?:baby|infant|newborn|neonate)(?:\s+(?:boy|girl|male|female))?"
_CALLED = compile_words(r"\b(?:baby|infant|newborn|neonate)\b")
_SUBJECT = compile_words(
    rf"\b{_INFANT}\s+(?:(?:also|now|then|still|currently|itself)\s+)*"
    r"(?:has|had|is|was|developed|develops|required|requires|needed|needs|remains|stayed|went|came out)\b[^,;:.\n]*\Z"
    rf"|(?:\A\W*(?:(?:the|her|a|an|term|preterm|premature|male|female)\s+)*|\bdeliver\w*\b[^,;:.\n]*){_INFANT}\s+with\b"
    r"[^,;:.\n]*\Z"
)
_HERS = compile_words(r"\bmother\b")
_MATERNAL = compile_words(
    r"\bmaternal\b(?![^.;\n]*\b(?:baby|infant|newborn|neonate|child|patient|pt|s?he)\b)[^.;\n]*\Z"
)
_MATERNAL_PAST = compile_words(r"\bmaternal (?:family )?(?:history|hx|h/o)\b[^.;\n]*\Z")
_AGAIN = compile_words(r"\b(?:she|mother|mom|patient|pt)\b")
_WHY = {
    MOTHER: "codes of the newborn never stand on the mother's record (I.C.16.a.1)",
    CHILD: "codes of pregnancy are for the mother's record (I.C.15.a)",
}


def record_of(chart: Chart) -> str:
    """Return MOTHER or CHILD where the chart tells of a birth and says whose it is, else "".

    What presents the newborn may name its mother, and the other way round: the first to be named is the patient.
    """
    text, age = chart.text, chart.age
    if not _TELLS.may_stand(text):
        return ""
    hers = [m.start() for words in _MOTHERS if chart.known_sex != "M" and (m := words.search(text)) is not None]
    mother = min(hers, default=None)
    if age is not None and age >= _GROWN:
        return MOTHER if mother is not None else ""
    if age is not None and age > 1:  # what the chart of a child tells of pregnancy and delivery is its mother's
        return CHILD if age < _MATERNITY else ""
    if age is None and _was_delivered(text):
        return MOTHER
    ages = [i.age for i in chart.introductions if i.age is not None]
    if age == 0 or (ages and max(ages) < 1) or _NEWBORN.search(text, 0, _OPENING) is not None:
        return CHILD
    child = next(_CHILDS.finditer(text), None)
    if child is not None and (mother is None or child.start() < mother):
        return CHILD
    return MOTHER if mother is not None else ""


def _was_delivered(text: str) -> bool:
    """Whether a chart tells of a delivery as that of the mother's is told, whomever it names first."""
    told = sum(words.search(text) is not None for words in _BEARING)
    return told >= _DELIVERED_OF and _NURSED.search(text) is None


def barred_by_record(code: str, record: str) -> str:
    """Return why a record of that kind never bears a code or what stands beneath it, "" where it may."""
    barred = (record == MOTHER and code.startswith(_OF_THE_CHILD)) or (
        record == CHILD and code.startswith(_OF_THE_MOTHER)
    )
    return _WHY[record] if barred else ""


def set_apart(facts: list[Fact], note: Note, record: str) -> None:
    """Give the infant what its mother's record says of it ("the baby has jaundice"), and the mother what she has on
    the infant's ("diabetic mother with hypoglycemia"), in place.
    """
    text = note.document.text
    if record != MOTHER:
        _set_apart_the_mothers(facts, note, record)
    if record != MOTHER or not _CALLED.may_stand(text):
        return
    for fact in facts:
        mention = fact.mention
        if fact.code.startswith(_OF_THE_MOTHER) or mention.subject is not Subject.PATIENT:
            continue
        start = max(note.sentences[mention.sentence].span.start, mention.span.start - _LEAD)
        before = text[start : mention.span.start]
        told = _SUBJECT.search(before)
        if told is not None and _AGAIN.search(before, told.start()) is None:
            fact.mention = replace(mention, subject=Subject.OTHER)


def _set_apart_the_mothers(facts: list[Fact], note: Note, record: str) -> None:
    """Give the mother what is called hers: in the chart of a child whatever is maternal, elsewhere what is told of a
    maternal history.
    """
    text = note.document.text
    hers = _MATERNAL if record == CHILD else _MATERNAL_PAST
    told = hers.may_stand(text)
    if record != CHILD and (not told or any(words.search(text) is not None for words in _MOTHERS)):
        return
    for fact in facts:
        span, mention = fact.mention.span, fact.mention
        if mention.subject is not Subject.PATIENT or (fact.code[0] in "PZ" and not fact.code.startswith(_PAST)):
            continue
        named = record == CHILD and _HERS.search(text, span.start, span.end) is not None
        begin = note.sentences[mention.sentence].span.start
        if named or (told and hers.search(text, begin, span.start) is not None):
            fact.mention = replace(mention, subject=Subject.FAMILY)
