"""Who the beneficiary is, as far as the score depends on it: age and sex cell, segment, entitlement, transplant.

Source: CMS 2026 model software (macros AGESEXV2, AGESEXV6 and the score macros of V24, V28, ESRD V24, RxHCC V08).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nosology.errors import UsageError
from nosology.model.encounter import Encounter, HccProfile

__all__ = ["Beneficiary", "read_beneficiary"]

_FULL_DUAL = frozenset({"02", "04", "08"})
_PARTIAL_DUAL = frozenset({"01", "03", "05", "06"})
_ESRD = frozenset({"2", "3"})
_BANDS = ((34, "0_34"), (44, "35_44"), (54, "45_54"), (59, "55_59"), (64, "60_64"), (69, "65_69"), (74, "70_74"),
          (79, "75_79"), (84, "80_84"), (89, "85_89"), (94, "90_94"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """A beneficiary under one model; ``segment`` is the prefix of the coefficients, without its last underscore."""

    model: str
    age: int
    sex: str
    profile: HccProfile

    @property
    def aged(self) -> bool:
        """65 or older."""
        return self.age >= 65

    @property
    def disabled(self) -> bool:
        """Under 65 and entitled by something else than age."""
        return self.age < 65 and self.profile.orec != "0"

    @property
    def originally_disabled(self) -> bool:
        """65 or older and first entitled by disability."""
        return self.age >= 65 and self.profile.orec == "1"

    @property
    def esrd(self) -> bool:
        """Entitled by end-stage renal disease, originally or now."""
        return self.profile.orec in _ESRD or self.profile.crec in _ESRD

    @property
    def full_dual(self) -> bool:
        """Full Medicaid benefits."""
        return self.profile.dual_status in _FULL_DUAL

    @property
    def partial_dual(self) -> bool:
        """Partial Medicaid benefits."""
        return self.profile.dual_status in _PARTIAL_DUAL

    @property
    def medicaid(self) -> bool:
        """Any Medicaid status."""
        return self.full_dual or self.partial_dual

    def segment(self) -> str:
        """The segment of the model that the beneficiary falls in, such as "CNA" (community, no Medicaid, aged)."""
        who = self.profile
        if self.model == "RX_V08":
            if who.long_term_institutional:
                return "Rx_NE_LTI" if who.new_enrollee else "Rx_CE_LTI"
            if who.new_enrollee:
                return "Rx_NE_Lo" if who.low_income else "Rx_NE_NoLo"
            return f"Rx_CE_{'Low' if who.low_income else 'NoLow'}{'Aged' if self.aged else 'NoAged'}"
        if self.model == "ESRD_V24":
            if who.graft_months in (1, 2, 3):
                return f"TRANSPLANT_KIDNEY_ONLY_{who.graft_months}M"
            if self.esrd and who.graft_months is not None:
                if who.long_term_institutional:
                    return "GI"
                if who.new_enrollee:
                    return "GNE"
                return f"G{'F' if self.full_dual else 'NP'}{'A' if self.aged else 'N'}"
            if self.esrd:
                return "DNE" if who.new_enrollee else "DI"
        if who.long_term_institutional:
            return "INS"
        if who.new_enrollee:
            return "SNPNE" if who.snp else "NE"
        return f"C{'F' if self.full_dual else 'P' if self.partial_dual else 'N'}{'A' if self.aged else 'D'}"

    def cell(self) -> str:
        """The age and sex cell, such as "F70_74"; of new enrollees "NEF66".

        New enrollees of 65 to 69 have a cell for each year in V24 and V28, whether or not they have end-stage renal
        disease (the package gives these the joint cell 65_69, which those models do not have, and so a score of 0).
        On dialysis new enrollees have joint cells 65_69 and, from 85 on, 85_GT (the package looks for 85_89 and so
        on, and gives 0).
        """
        letter = self.sex
        if self.profile.new_enrollee:
            letter = f"NE{self.sex}"
            if self.model != "ESRD_V24":
                if self.age == 64 and self.profile.orec == "0":
                    return f"{letter}65"
                if 65 <= self.age <= 69:
                    return f"{letter}{self.age}"
            elif self.age >= 85:
                return f"{letter}85_GT"
        for last, band in _BANDS:
            if self.age <= last:
                return f"{letter}{band}"
        return f"{letter}95_GT"

    def traits(self) -> list[str]:
        """The names of the demographic coefficients beside the cell that apply, if the segment has them."""
        who, sex = self.profile, "Female" if self.sex == "F" else "Male"
        age = "Aged" if self.aged else "NonAged"
        names = []
        if self.originally_disabled:
            names.append(f"OriginallyDisabled_{sex}")
        if self.aged and who.orec in _ESRD:
            names.append(f"Originally_ESRD_{sex}")
        if who.long_term_institutional:
            names += [f"LTI_{age}", "LTI_GE65" if self.aged else "LTI_LT65"]
            if self.medicaid:
                names.append("LTIMCAID")
        if self.medicaid:
            names.append(f"{'FBDual' if self.full_dual else 'PBDual'}_{sex}_{age}")
        if who.new_enrollee:
            entitled = "ORIGDIS" if self.originally_disabled else "NORIGDIS"
            names.append(f"{'MCAID' if self.medicaid else 'NMCAID'}_{entitled}_{self.cell()}")
            names.append(f"{'FBD' if self.full_dual else 'ND_PBD'}_{entitled}_{self.cell()}")
        return names + self._graft_traits()

    def _graft_traits(self) -> list[str]:
        """Functioning graft: what is added by months since the transplant, and for partial Medicaid benefits."""
        months = self.profile.graft_months
        if months is None or months < 4:
            return []
        place = "FGI" if self.profile.long_term_institutional else "FGC"
        age = "GE65" if self.aged else "LT65"
        names = [f"{place}_{age}_{'DUR4_9' if months <= 9 else 'DUR10PL'}_{'FBD' if self.full_dual else 'ND_PBD'}"]
        if self.partial_dual:
            names.append(f"{place}_PBD_{age}_flag")
        return names


def read_beneficiary(encounter: Encounter, model: str) -> Beneficiary:
    """The beneficiary of an encounter; age in completed years on 1 February of the payment year, or on ``as_of``.

    Raises:
        UsageError: age or sex is not known, without which there is no score.
    """
    profile = encounter.hcc or HccProfile()
    sex = encounter.sex.upper()
    if sex not in ("F", "M"):
        raise UsageError(f"encounter {encounter.id}: sex must be F or M for an HCC score")
    age = encounter.age
    if encounter.birth_date is not None:
        day, born = profile.as_of or date(profile.payment_year, 2, 1), encounter.birth_date
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if age is None or age < 0:
        raise UsageError(f"encounter {encounter.id}: age or birth_date must be given for an HCC score")
    return Beneficiary(model, age, sex, profile)
