"""Weight that was lost, and weight that was meant to be."""

import pytest

from nosology.lexicon.measures import gained_weight, lost_weight, sizes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He lost 20 kilos in four months.", ["lost 20 kilos"]),
        ("She has lost about 15 lbs unintentionally.", ["lost about 15 lbs"]),
        ("with loss of 10 kilograms (kg) in two months", ["loss of 10 kilograms"]),
        ("Lost ten pounds without trying.", ["Lost ten pounds"]),
        ("weight loss of 8 kg", []),  # read by itself
        ("He lost 20 lbs after gastric bypass.", []),
        ("She lost 10 kg on a diet.", []),
        ("She lost 5 lbs with furosemide.", []),
        ("Losing 10 pounds should help.", []),
        ("He lost 500 ml of blood.", []),
    ],
)
def test_lost_weight(text: str, said: list[str]) -> None:
    """The amount alone tells the loss; a diet, an operation or a diuretic makes it intended."""
    assert [text[start:end] for start, end in lost_weight(text)] == said


def test_sizes() -> None:
    """Only lengths are sizes."""
    text = "a 3 x 4 cm mass, 20 mmHg, 5 kg"
    assert [text[start:end] for start, end in sizes(text)] == ["3 x 4 cm"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She gained 15 pounds since the start of the drug.", ["gained 15 pounds"]),
        ("He put on about 10 kg.", ["put on about 10 kg"]),
        ("The infant gained 2 kg.", []),
        ("She gained 25 pounds in her pregnancy.", []),
        ("Gained access to 2 ports.", []),
    ],
)
def test_gained_weight(text: str, said: list[str]) -> None:
    """An amount that was gained is told, unless it is growth or a pregnancy."""
    assert [text[start:end] for start, end in gained_weight(text)] == said
