"""Paper forms: a claim on the CMS-1500 or the UB-04, drawn by us or as data for pre-printed stock."""

from __future__ import annotations

from nosology.claims.forms.draw import draw_form
from nosology.claims.forms.layout import LAYOUTS, Page, load_layout
from nosology.errors import UsageError
from nosology.model.claim import Claim, ClaimForm
from nosology.model.finding import Finding

__all__ = ["fill_form", "print_form"]

_FORM_OF = {ClaimForm.PROFESSIONAL: "cms1500", ClaimForm.INSTITUTIONAL: "ub04"}


def fill_form(claim: Claim, form: str = "") -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """The pages of a claim by field, and what did not fit; ``form`` "" chooses the one of the claim.

    Raises UsageError for a form that is unknown or does not suit the claim (a dental claim has neither).
    """
    from nosology.claims.forms.cms1500 import fill_cms1500
    from nosology.claims.forms.ub04 import fill_ub04

    chosen = form or _FORM_OF.get(claim.form, "")
    if chosen not in LAYOUTS:
        raise UsageError(f"{chosen or claim.form.value}: no such form; the forms are {' and '.join(LAYOUTS)}")
    return (fill_cms1500 if chosen == "cms1500" else fill_ub04)(claim)


def print_form(
    claim: Claim, form: str = "", *, overlay: bool = False, shift: tuple[float, float] = (0.0, 0.0)
) -> tuple[bytes, tuple[Finding, ...]]:
    """The PDF of a claim on its form, and what did not fit.

    ``overlay`` prints the data alone, for pre-printed stock; ``shift`` moves them (right, up) in points.
    """
    pages, findings = fill_form(claim, form)
    return draw_form(load_layout(form or _FORM_OF[claim.form]), pages, overlay=overlay, shift=shift), findings
