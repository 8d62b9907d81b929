"""The patterns by which values are read (:mod:`nosology.notes.values`): what may stand around a number."""

from __future__ import annotations

import re

from nosology.codes.late_pattern import late_pattern

__all__ = [
    "AT_BASELINE",
    "BARE",
    "BASELINE",
    "BASELINE_BEFORE",
    "BEHIND",
    "COLUMN",
    "DISCHARGE",
    "DOSE",
    "FLAG",
    "FOLLOWING",
    "GAP",
    "GOAL",
    "GOAL_AFTER",
    "GOAL_HINTS",
    "GOES_ON",
    "LIMIT",
    "LOOSE",
    "NEXT",
    "NUMBER",
    "PAST",
    "PEAK",
    "RANGE",
    "SLASHED",
    "SLASHED_NEXT",
    "UNIT",
    "UNITS",
    "VITAMIN",
]

_WORDS = (
    "levels?|counts?|values?|results?|reading|score|index|was|were|is|are|of|at|to|up|down|now|currently|remain(?:s|ed)"
    "|stayed|low|high|elevated|critical|severely|markedly|significantly|very|mildly|initial(?:ly)?|admission|admit"
    "|arrival|presenting|presentation|on|in|ed|the|today|last|recent|latest|repeat|an?|as"
    "|dropp(?:ed|ing)|fell|fall(?:en|ing)|decreas(?:ed|ing)|declin(?:ed|ing)|trend(?:ed|ing)|drifted|dipped"
    "|nadir(?:ed)?|lowest|min(?:imum)?|rose|risen|rising|increas(?:ed|ing)|climb(?:ed|ing)|peak(?:ed|s|ing)?"
    "|max(?:imum)?|highest|worst|improv(?:ed|ing)|recover(?:ed|ing)|correct(?:ed|ing)|normali[sz]ed|returned|bumped"
    "|jumped|worsen(?:ed|ing)|went|found|noted|measured|reported|documented|came|back|resulted|be|been|to be|about"
    "|approximately|approx|around|from|estimated|calculated|i|t|hs|cx|baseline|bl|her|his|with|had|has|only|just"
    "|after|before|by|shows?|showed|serum|ra|room air|air|percent|post-?op|discharge|d/c|dc|o2|her usual|his usual"
    "|initially|subsequently|then|again"
)
_DATE = r"\(?(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?:/\d{2,4})?\)?(?:,|:)?[ \t]+(?=[<>]?[\d.])"
_REFERENCE = r"[(\[][^)\]\d\n]{0,16}\d[\d.]*\s?[-–]\s?\d[\d.]*[^)\]\n]{0,14}[)\]]"

# Between a name and its first number.
GAP = late_pattern(
    rf"(?:{_REFERENCE}|{_DATE}|[ \t:=~≈|*+(\[_·]|\.(?=\s)|[-–—](?=[\s\d])|(?:{_WORDS})\b"
    rf"|\n[ \t]*(?=[\d<>])){{0,16}}+",
    re.IGNORECASE,
)
NUMBER = late_pattern(
    r"(?P<bound>(?:[<>≤≥]=?|(?:less|greater|more) than|under|over|above|below)\s*)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|(?<![\d.])\.\d+)(?P<kilo>\s?k\b)?",
    re.IGNORECASE,
)
# Behind a number that is a dose, a time, an age or a count, not a value.
DOSE = late_pattern(
    r"\s*-?(?:g|gm|gms|grams?|mg|mcg|µg|meq|ml|cc|units?|iu|tabs?|tablets?|caps?|hours?|(?-i:hrs?)|days?|weeks?|wks?"
    r"|months?|mos?|years?|yrs?|y/?o|times|minutes?|mins?|st|nd|rd|th|doses?|amps?|bags?|lbs?|pounds|kg|lit(?:er|re)s?"
    r"|pack|ppd|percentile|am|pm|fr|french|mmol\s+(?:iv|po)|/hpf|\s*per hpf|hpf|[x×]\s?\d{1,2}\b(?!\s?[\^*]))\b"
    r"(?!\s*/\s*(?:d?l|m)\b)",
    re.IGNORECASE,
)
# From one number of a series to the next: arrows and "to" …
NEXT = late_pattern(
    r"\s*(?:→|➔|➝|⟶|⇒|-{1,2}>|=>|>{1,2}|[-–—](?=\s*\d)|,?\s*\bthen\b|\bfrom\b"
    r"|(?:\b(?:down|up|rising|falling|improving|improved|increasing|decreasing|worsening)\s+)?\bto\b)"
    r"\s*(?:(?:a |her |his |the )?(?P<base>baseline|bl)\s*(?:of\s*)?)?(?:(?:peak|nadir|max|min)\s+)?",
    re.IGNORECASE,
)
# … "(peak 11/18 2.4)" …
PEAK = late_pattern(
    r"\s*[(,;]\s*(?:peak(?:ed)?|nadir|max|min|lowest|highest|up to|down to|from)(?: (?:at|of))?\s*"
    rf"(?:{_DATE})?",
    re.IGNORECASE,
)
# … "(baseline 0.8)", ", was 1.1" …
AT_BASELINE = late_pattern(
    r"\s*[([,;]?\s*(?:up |down )?(?:from |vs\.? |versus |over |compared (?:to|with) )?"
    r"(?:an? |her |his |the |known |prior )?"
    r"(?P<base>baseline|base|bl|b/l|prior|previous(?:ly)?|was)\b[^\d\n.;()]{0,18}",
    re.IGNORECASE,
)
# … "(0.8)", "(12.4 on arrival)" …
BARE = late_pattern(r"\s*\(\s*(?=[\d.]+\s*(?:\)|on |at |in |yesterday|last|prior|before))")
# … " on arrival, peaked", " on day 3 and".
LOOSE = late_pattern(
    r"(?:[ \t]+(?:on|at|by|before|in|after)\b(?:[ \t]+(?!\d)[a-z-]+){0,4}"
    r"(?:[ \t]+(?:day[ \t]+)?\d{1,2}(?:/\d{1,2})?(?=[ \t]*,|[ \t]+(?:to|and)))?"
    r"|[ \t]+POD ?#?\d{1,2}|[ \t]+(?:before|initially|pre-?op\w*|post-?op\w*|preoperatively))?[ \t]*"
    r"(?:,|\band\b|\bto\b|→)[ \t]*"
    r"(?:nadir(?:ed)? |peak(?:ed)? |down to |back to |up to |then |to |at ){0,3}",
    re.IGNORECASE,
)
FOLLOWING = ((NEXT, False), (PEAK, False), (AT_BASELINE, True), (BARE, False), (LOOSE, False))
"""The patterns in the order in which they are tried, and whether the number behind is the baseline."""
_TURNS = (
    r"down|up|then|to\b|at\b|from|vs|versus|over|compared|an?\b|her|his|the|known|prior|base|bl\b|b/l|previous|was"
    r"|peak|nadir"
)
GOES_ON = late_pattern(
    rf"\s*(?:[→➔➝⟶⇒>(]|-{{1,2}}>|=>|[-–—]\s*\d|[,;]\s*(?:\d|back|max|min|low|high|{_TURNS})|{_TURNS}|and\b|on\b|by\b"
    r"|before|in\b|after|pod|initially|pre|post|rising|falling|improv|increas|decreas|worsen)",
    re.IGNORECASE,
)
"""What can begin one of the patterns above; without it a series has ended."""

# Before a name or a number that is a goal or a threshold.
GOAL = late_pattern(
    r"(?:\b(?:goals?|targets?|keep(?:ing)?|maintain(?:ing)?|aim(?:ing)?(?: for)?|thresholds?|if|until|unless|whenever"
    r"|parameters?|notify|call|ranges?|ref|reference|normal)\b[^\d.;\n]{0,22})$",
    re.IGNORECASE,
)
GOAL_HINTS = (  # beginnings of the words of GOAL and VITAMIN
    *("goal", "target", "keep", "maint", "aim", "thresh", "if", "until", "unless", "whenev", "param", "notif", "call"),
    *("rang", "ref", "normal", "vit"),
)
GOAL_AFTER = late_pattern(r"\s*%?\s*\(?(?:goal|target|threshold|as goal)\b", re.IGNORECASE)
LIMIT = late_pattern(
    r"\b(?:for|when|once|hold|transfuse|titrate\w*|to|with|replete|replace|give|check|treat|stop|start)\b"
    r"[^\d.;\n]{0,16}$",
    re.IGNORECASE,
)
VITAMIN = late_pattern(r"\bvit(?:amin)?\.?[ -]$", re.IGNORECASE)

# Of another time.
BASELINE_BEFORE = late_pattern(r"\b(?:baseline|bl|usual)\s{0,2}(?:serum )?$", re.IGNORECASE)
BASELINE = late_pattern(r"\b(?:baseline|bl)\b", re.IGNORECASE)
PAST = late_pattern(
    r"\b(?:last (?:year|month|week|visit|spring|summer|fall|winter|admission)"
    r"|(?:(?:\d+|an?|one|two|three|four|five|six|several|few|many|couple of)[ -])?(?:months?|years?|weeks?)"
    r" (?:ago|earlier|prior)|in (?:19|20)\d\d|(?:19|20)\d\d[:)]"
    r"|prior to (?:surgery|admission)|previous(?:ly)?|outside records?|in clinic|as an outpatient|outpatient labs?)\b",
    re.IGNORECASE,
)
DISCHARGE = late_pattern(r"\b(?:discharge|d/?c'?d?|disch|dispo)\b")  # in lower case

# Units and flags behind a number; the columns of a table.
UNIT = late_pattern(r"\s*\(?\s*([a-zµμ%°]+(?:\s?/\s?[a-z0-9.]+)?)", re.IGNORECASE)
UNITS = late_pattern(
    r"\s?(?:%|°?\s?[CF]\b|(?:g|mg|mcg|ng|pg|u|m?mol|meq|ml|k)(?:/(?:d?l|ml|min))?\b|mm\s?hg\b|\([LH]{1,2}\)|[LH]\b)+",
    re.IGNORECASE,
)
FLAG = late_pattern(r"[CFLHxk]\b|[a-zµ]{1,4}/", re.IGNORECASE)
SLASHED = late_pattern(r"\d+(?:\.\d+)?(?:\s?/\s?\d+(?:\.\d+)?)+")
SLASHED_NEXT = late_pattern(
    r"[ \t]*(?:→|-{1,2}>|=>|>|,|;|\bto\b|\bthen\b)?[ \t]*"
    r"(?:(?:on[ \t]+)?(?:POD|HD|day)[ \t]?#?\d{1,2}:?[ \t]+)?(?=\d)",
    re.IGNORECASE,
)
BEHIND = late_pattern(r"(?:(\d{2,3})\s?[-–]\s?)?(\d{2,3})\s?$")
RANGE = late_pattern(r"\s?[-–]\s?")
COLUMN = late_pattern(r"[ \t]*(?:\||\t|\s{2,})[ \t]*[\d<>]")
