"""Where our results differ from the conformance files, and why. Data only; the tests read it."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["HCC", "INPATIENT"]

INPATIENT: Mapping[str, str] = {}
"""Case → reason. Empty: every case of the MS-DRG and MCE file agrees."""

HCC: Mapping[str, str] = {
    "RX_V08 hccs": (
        "The file holds the categories before hierarchies: the package that made it looks for the hierarchies"
        " of 'Model V08' where CMS's table says R08, finds none and applies none. CMS's RxHCC V08 software "
        "applies them, so do we. The test applies the table to the file's categories and compares the rest."
    ),
    "RX_V08 score": (
        "Not compared: two conflicting sets of coefficients stand under the same names in the 2026 table."
    ),
    "disputed": (
        "Rows that the file itself calls disputed are compared with its CMS values; where it has none (new "
        "enrollees on dialysis of 85 and older) the score must not be 0."
    ),
    "ESRD_V24 GNE": (
        "No difference, but known to be incomplete: new enrollees with a functioning graft get only the "
        "months since the transplant, as in the file. CMS's table also has an age and sex cell (GNE_…_G_NEF65"
        " …), which the package that made the file never finds. We follow the file and say so in the steps; "
        "see docs/adr/0003-hcc-engine.md."
    ),
}
"""What → reason."""
