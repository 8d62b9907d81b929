"""The dose that a text states: amounts, strengths, volumes, vials, weight, rates; or why it cannot be told.

Everything is exact arithmetic on what is written. A range, "about", "up to", a strength without a volume, a rate
without an end, two amounts that do not agree: no dose, and the problem says which of these it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from nosology.codes.late_pattern import late_pattern
from nosology.coding.drugs.quantity import NUMBER, UNIT, Quantity, plain_text, read_quantity

__all__ = ["PROBLEMS", "Dose", "parse_dose"]

PROBLEMS = {
    "amount": "no amount with a unit of measure",
    "range": "a range or a limit is no dose",
    "approximate": "an approximate amount is no dose",
    "number": "a number that can be read in two ways",
    "zero": "a dose of zero",
    "strength": "a strength without the volume that was given",
    "volume": "a volume without the strength of the drug",
    "percent": "a percentage without the volume that was given",
    "weight": "a dose by weight without the weight of the patient",
    "surface": "a dose by body surface without the surface",
    "rate": "a rate without its duration",
    "frequency": "a dose that is repeated, but not how often it was given",
    "conflict": "two amounts that do not agree",
    "each": "one dose for several sites, but not for how many",
}
"""Why a text states no dose: key → what to say."""


@dataclass(frozen=True, slots=True)
class Dose:
    """What was read: ``amount`` given in all (None: ``problem`` says why), the ``volume`` if the text gives it.

    ``vial`` is the content of one container and ``vials`` how many were opened; ``single_dose`` None where the text
    does not say. ``discarded`` is the amount that the text says was thrown away, an amount of zero for "none".
    """

    amount: Quantity | None
    problem: str = ""
    volume: Quantity | None = None
    vial: Quantity | None = None
    vials: int = 0
    single_dose: bool | None = None
    discarded: Quantity | None = None


_Q = rf"({NUMBER}) ?-?({UNIT})(?![\w/])"
_CONTAINER = (
    r"(?:vial|ampule|ampul|ampoule|amp|syringe|pen|tablet|tab|capsule|cap|suppository|patch|pellet|implant|bag"
    r"|sdv|mdv)s?"
)
_SINGLE = late_pattern(r"\b(?:single[- ](?:dose|use)|sdv|preservative[- ]free vial)\b")
_MULTI = late_pattern(r"\b(?:multi(?:ple)?[- ]?(?:dose|use)|mdv)\b")
_NO_WASTE = late_pattern(
    r"\b(?:no|nothing|none|zero|0 ?(?:mg|ml|units?)?) (?:drug )?(?:was )?(?:waste[d]?|wastage|discard(?:ed)?)\b"
    r"|\b(?:waste|wastage|discarded):? ?(?:none|0)\b"
)
_WASTE = late_pattern(
    rf"\b(?:waste[d]?|wastage|discard(?:ed)?)(?: of| was|:)? ?{_Q}"
    rf"|{_Q}(?: (?:was|were))? (?:of drug )?(?:discarded|wasted|waste|wastage)\b"
)
_NDC = late_pattern(r"\bndc\b[:# ]*[\d-]+|\blot\b[:# ]*[\w-]+|\bexp(?:iration|iry|ires)?\b[:. ]*[\d/-]+")
_GAUGE = late_pattern(rf"{NUMBER} ?(?:-?gauge|g)\b(?= ?(?:needle|x|,? ?{NUMBER}? ?-?inch))|{NUMBER} ?-?inch(?:es)?\b")
_DUPLICATE = late_pattern(r"\d,\d{1,2}(?!\d)|\d,\d{4,}")
_ABOUT = late_pattern(r"(?:~|\b(?:about|approximately|approx|roughly|around|circa)\b) ?\.?(?= ?\d)")
_LIMITS = late_pattern(
    r"\b(?:up to|no more than|not to exceed|max(?:imum)?(?: of| dose)?|less than|more than|at least|over)"
    rf"(?=:? {NUMBER} ?(?:{UNIT})(?!\w))|[<>≤≥] ?{NUMBER}"
)
_RANGE = late_pattern(rf"{NUMBER} ?(?:{UNIT})? ?(?:-|to|or) ?{NUMBER} ?(?:{UNIT})(?![\w/])")
_STRENGTH = late_pattern(
    rf"({NUMBER}) ?({UNIT}) ?(?:/|per|in) ?(?:({NUMBER}) ?)?(ml|cc|l|liter|vial|tablet)\b(?! ?/)(?!/)"
)
_NAMED_STRENGTH = late_pattern(r"\b(kenalog|triesence)[- ]?(10|40|80)\b(?! ?(?:mg|mcg|ml|cc|units?)\b)")
_PERCENT = late_pattern(rf"({NUMBER}) ?%")
_WEIGHT_DOSE = late_pattern(rf"({NUMBER}) ?({UNIT}) ?/ ?kg(?: ?/ ?(min|minute|hr|hour|h))?\b")
_SURFACE_DOSE = late_pattern(rf"({NUMBER}) ?({UNIT}) ?/ ?(?:m2|m\^2|sq m)\b")
_RATE = late_pattern(rf"({NUMBER}) ?({UNIT}) ?(?:/|per|an) ?(min|minute|hr|hour|h)\b")
_KILOGRAMS = late_pattern(rf"({NUMBER}) ?(kg|kilograms?|lbs?|pounds?)\b(?! ?/)")
_SURFACE = late_pattern(rf"\bbsa:? ?(?:of |= ?)?({NUMBER})|({NUMBER}) ?(?:m2|m\^2)(?= bsa|\)|,|$)")
_CLOCK = late_pattern(
    r"\b(?:from |start(?:ed)?:?(?: at)? ?)?(\d{1,2}):?(\d\d) ?(?:h|hrs)? ?"
    r"(?:-|to|until|,? ?(?:and )?(?:stop(?:ped)?|end(?:ed)?)(?: at)?:?) ?(\d{1,2}):?(\d\d)\b"
)
_DURATION = late_pattern(rf"\b(?:over|for|x|during|infused in) ?({NUMBER}) ?-?(minutes?|mins?|hours?|hrs?|h|days?)\b")
_FREQUENCY = late_pattern(
    r"\bq ?\d+ ?h(?:rs?|ours?)?\b|\bq(?:d|am|pm|hs|od|wk|week|weekly|month)\b"
    r"|\b(?:daily|bid|tid|qid|b\.i\.d\.|t\.i\.d\.|weekly|monthly|every \d+ \w+|every (?:day|week|month)|twice|prn"
    r"|as needed|once (?:a|per) \w+|per day|/day)\b"
)
_TIMES = late_pattern(
    rf"(?:\bx|\btimes) ?({NUMBER})(?! ?(?:{UNIT}|day|week|hour|min|h\b))(?: ?(?:doses?|times|injections?))?\b"
    r"|\b(\d+) (?:doses|injections|boluses)\b"
)
_SITES = (
    "side|knee|shoulder|hip|eye|elbow|wrist|ankle|thumb|foot|feet|hand|heel|arm|leg|joint|gluteus|buttock|thigh|deltoid"
)
_EACH_SIDE = late_pattern(rf"(?s)\beach (?:{_SITES})\b|\bboth (?:{_SITES})s?\b(?=.*\beach\b)")
_EACH = late_pattern(rf"\beach\b|\bper (?:{_SITES})\b")
_BOTH = late_pattern(rf"\bbilateral(?:ly)?\b|\bboth (?:{_SITES})s?\b")
_COUNTED = late_pattern(
    rf"(?:(?<![\w.-])({NUMBER}) ?(?:x ?)?(?:of )?)?(?<![\w.-]){_Q} (?:[a-z-]+ ){{0,3}}?{_CONTAINER}\b"
    rf"|(?<![\w.-])({NUMBER}|a|an) (?:[a-z-]+ ){{0,3}}?{_CONTAINER} ?(?:\(|of |@ ?|x ?|, ?)?{_Q}"
)
_WHOLE = late_pattern(rf"(?<![\w.-])({NUMBER}|a|an) (?:[a-z-]+ ){{0,2}}?(?:{_CONTAINER}|doses?)\b")
_MULTIPLIED = late_pattern(
    rf"(?<![\w.-])({NUMBER}) ?x ?{_Q}"
    rf"|{_Q} ?x ?({NUMBER})(?! ?(?:{UNIT}|day|week|hour|min|h\b|h))(?![\w.])"
)
_PLAIN = late_pattern(rf"(?<![\w.-]){_Q}")
_KILOGRAM = Decimal("0.45359237")


class _Refused(Exception):
    """The text states no dose; the argument is a key of PROBLEMS."""


def parse_dose(text: str, *, weight_kg: Decimal | None = None) -> Dose:
    """The dose that was given by ``text``, the words about one drug; ``weight_kg`` where the chart gives it elsewhere.

    >>> str(parse_dose("Depo-Medrol 80 mg/mL, 1 mL").amount), parse_dose("40-80 mg").problem
    ('80 mg', 'range')
    """
    plain = _GAUGE.sub(" ", _NDC.sub(" ", plain_text(text)))
    found = Dose(None)
    if _SINGLE.search(plain) or _MULTI.search(plain):
        found = replace(found, single_dose=not _MULTI.search(plain))
    if _NO_WASTE.search(plain):
        found = replace(found, discarded=Quantity(Decimal(0), "mg"))
        plain = _NO_WASTE.sub(" ", plain)
    waste = _WASTE.search(plain)
    if waste is not None:
        parts = [group for group in waste.groups() if group]
        found = replace(found, discarded=read_quantity(parts[0], parts[1]))
        plain = f"{plain[: waste.start()]} ; {plain[waste.end() :]}"
    try:
        return _read(plain, found, weight_kg)
    except _Refused as refused:
        return replace(found, amount=None, problem=str(refused))


def _read(plain: str, found: Dose, weight_kg: Decimal | None) -> Dose:
    if _DUPLICATE.search(plain):
        raise _Refused("number")
    plain, duration = _take_duration(plain)
    weight_match = _KILOGRAMS.search(re.sub(r"/ ?kg", "", plain))
    if weight_match is not None:
        factor = Decimal(1) if weight_match[2].startswith("k") else _KILOGRAM
        weight_kg = Decimal(weight_match[1]) * factor
        plain = _KILOGRAMS.sub(" ", plain, count=1) if "/" not in weight_match[0] else plain
    if _ABOUT.search(plain):
        raise _Refused("approximate")
    if _LIMITS.search(plain) or _RANGE.search(plain):
        raise _Refused("range")
    many = _times(plain) if _PLAIN.search(plain) else Decimal(1)
    plain = _TIMES.sub(" ", plain) if many != 1 else plain
    stated = _by_weight(plain, weight_kg, duration) or _by_surface(plain) or _by_rate(plain, duration)
    if stated is not None:
        amounts = [each for each in _masses(_strip_rates(plain)) if each.unit == stated.unit]
        if any(abs(each.amount - stated.amount) > stated.amount / 20 for each in amounts):
            raise _Refused("conflict")
        found = replace(found, amount=amounts[0] if amounts else stated)
    else:
        found = _absolute(plain, found)
    assert found.amount is not None
    if found.amount.amount == 0:
        raise _Refused("zero")
    return replace(found, amount=found.amount.times(many))


def _take_duration(plain: str) -> tuple[str, Decimal | None]:
    """The text without its clock times and durations, and the hours that they tell."""
    clock = _CLOCK.search(plain)
    if clock is not None and int(clock[1]) < 24 and int(clock[3]) < 24 and int(clock[2]) < 60 and int(clock[4]) < 60:
        minutes = (int(clock[3]) * 60 + int(clock[4])) - (int(clock[1]) * 60 + int(clock[2]))
        rest = plain[: clock.start()] + " " + plain[clock.end() :]
        return _DURATION.sub(" ", rest), Decimal(minutes % 1440) / 60
    duration = _DURATION.search(plain)
    if duration is None:
        return plain, None
    per = {"m": Decimal(60), "h": Decimal(1), "d": Decimal(1) / 24}[duration[2][0]]
    return plain[: duration.start()] + " " + plain[duration.end() :], Decimal(duration[1]) / per


def _times(plain: str) -> Decimal:
    """How many times the amount was given."""
    sides = Decimal(1)
    if _EACH_SIDE.search(plain):
        sides = Decimal(2)
    elif re.search(rf"\beach\b|\bper (?:{_SITES})\b", plain) or (
        _BOTH.search(plain) and not re.search(r"\btotal\b", plain)
    ):
        raise _Refused("each")
    counted = _TIMES.search(_MULTIPLIED.sub(" ", plain))
    doses = Decimal(next(group for group in counted.groups() if group)) if counted else Decimal(1)
    if _FREQUENCY.search(plain) and counted is None:
        raise _Refused("frequency")
    return sides * doses


def _by_weight(plain: str, weight_kg: Decimal | None, duration: Decimal | None) -> Quantity | None:
    match = _WEIGHT_DOSE.search(plain)
    if match is None:
        return None
    if weight_kg is None:
        if _masses(_strip_rates(plain)):
            return _masses(_strip_rates(plain))[0]
        raise _Refused("weight")
    dose = read_quantity(match[1], match[2]).times(weight_kg)
    if match[3]:
        if duration is None:
            raise _Refused("rate")
        dose = dose.times(duration * (60 if match[3].startswith("m") else 1))
    return dose


def _by_surface(plain: str) -> Quantity | None:
    match = _SURFACE_DOSE.search(plain)
    if match is None:
        return None
    surface = _SURFACE.search(plain[match.end() :])
    if surface is None:
        if _masses(_strip_rates(plain)):
            return _masses(_strip_rates(plain))[0]
        raise _Refused("surface")
    return read_quantity(match[1], match[2]).times(Decimal(surface[1] or surface[2]))


def _by_rate(plain: str, duration: Decimal | None) -> Quantity | None:
    match = _RATE.search(plain)
    if match is None:
        return None
    given = [each for each in _masses(_strip_rates(plain)) if each.unit != "ml"]
    rate = read_quantity(match[1], match[2])
    if rate.unit == "ml" and given:
        return given[0]
    if duration is None:
        if given:
            return given[0]
        raise _Refused("rate")
    total = rate.times(duration * (60 if match[3].startswith("m") else 1))
    if total.unit == "ml":
        strength = _STRENGTH.search(plain)
        if strength is None:
            return total
        return read_quantity(strength[1], strength[2]).times(total.amount / _per(strength))
    return total


def _strip_rates(plain: str) -> str:
    for pattern in (_WEIGHT_DOSE, _SURFACE_DOSE, _RATE, _STRENGTH):
        plain = pattern.sub(" ", plain)
    return plain


def _per(strength: re.Match[str]) -> Decimal:
    """The millilitres (or containers) that a strength speaks of."""
    unit = {"cc": "ml", "liter": "l"}.get(strength[4], strength[4])
    one = Decimal(strength[3] or 1)
    return one * 1000 if unit == "l" else one


def _masses(plain: str) -> list[Quantity]:
    return [read_quantity(match[1], match[2]) for match in _PLAIN.finditer(plain)]


def _absolute(plain: str, found: Dose) -> Dose:
    """The dose of amounts, strengths, volumes and containers."""
    strength, per, plain = _take_strength(plain)
    multiplied = _MULTIPLIED.search(plain)
    if multiplied is not None and not re.search(rf"{_CONTAINER}\b", plain[multiplied.start() : multiplied.end() + 12]):
        groups = multiplied.groups()
        factor, number, unit = groups[:3] if groups[0] else (groups[5], groups[3], groups[4])
        product = read_quantity(number, unit).times(Decimal(factor))
        plain = f"{plain[: multiplied.start()]} {product.amount:f} {product.unit} {plain[multiplied.end() :]}"
    containers = []
    for match in _COUNTED.finditer(plain):
        count, number, unit = (match[1], match[2], match[3]) if match[2] else (match[4], match[5], match[6])
        containers.append((read_quantity(number, unit), Decimal(count if count not in (None, "a", "an") else 1)))
    rest = _COUNTED.sub(" ", plain)
    amounts = _masses(rest)
    solid = list(dict.fromkeys(each for each in amounts if each.unit != "ml"))
    volumes = list(dict.fromkeys(each for each in amounts if each.unit == "ml"))
    if containers:
        size, count = containers[0]
        if len(containers) > 1:
            raise _Refused("conflict")
        found = replace(found, vial=size, vials=int(count) if count == count.to_integral_value() else 0)
        if size.unit == "ml":
            if strength is not None and per is not None:
                found = replace(found, vial=strength.times(size.amount / per))
            if not solid:
                volumes = volumes or [size.times(count)]
        elif not solid and not (volumes and strength):
            solid = [size.times(count)]
    if len(solid) > 1:
        raise _Refused("conflict")
    if len(volumes) > 1:
        raise _Refused("conflict")
    volume = volumes[0] if volumes else None
    return _weigh(found, solid[0] if solid else None, volume, strength, per, rest)


def _take_strength(plain: str) -> tuple[Quantity | None, Decimal | None, str]:
    """The strength, the volume that it speaks of, and the text without it."""
    named = _NAMED_STRENGTH.search(plain)
    match = _STRENGTH.search(plain)
    if match is not None:
        rest = plain[: match.start()] + " " + plain[match.end() :]
        if match[4] in ("vial", "tablet"):
            return None, None, f"{rest} {match[1]} {match[2]} {match[4]}"
        again = _STRENGTH.search(rest)
        if again is not None:
            raise _Refused("conflict")
        return read_quantity(match[1], match[2]), _per(match), rest
    percent = _PERCENT.search(plain)
    if percent is not None:
        rest = _PERCENT.sub(" ", plain)
        if _PERCENT.search(rest):
            raise _Refused("conflict")
        return Quantity(Decimal(percent[1]) * 10, "mg"), Decimal(1), rest
    if named is not None:
        return Quantity(Decimal(named[2]), "mg"), Decimal(1), _NAMED_STRENGTH.sub(" ", plain)
    return None, None, plain


def _weigh(
    found: Dose,
    solid: Quantity | None,
    volume: Quantity | None,
    strength: Quantity | None,
    per: Decimal | None,
    rest: str,
) -> Dose:
    """The dose where amount, volume and strength agree."""
    by_volume = strength.times(volume.amount / per) if strength and volume and per else None
    if solid is not None:
        if by_volume is not None and by_volume.unit == solid.unit and by_volume.amount != solid.amount:
            same_again = strength is not None and per is not None and strength.times(1) == solid and volume is not None
            if not (same_again and volume is not None and volume.amount == per):
                raise _Refused("conflict")
        return replace(found, amount=solid, volume=volume)
    if by_volume is not None:
        return replace(found, amount=by_volume, volume=volume)
    if strength is not None and per is not None:
        if per != 1:  # "40 mg in 2 mL" is what was given
            return replace(found, amount=strength, volume=Quantity(per, "ml"))
        raise _Refused("strength")
    if volume is not None:
        return replace(found, amount=volume, volume=volume)
    whole = _WHOLE.search(rest)
    if whole is not None:
        count = Decimal(1) if whole[1] in ("a", "an") else Decimal(whole[1])
        return replace(found, amount=Quantity(count, "each"))
    raise _Refused("amount")
