"""What ``nosology group`` says for research: Elixhauser and Charlson comorbidities, CCSR categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nosology.model.encounter import Encounter

__all__ = ["check_research", "find_research", "show_research"]


def check_research(kinds: tuple[str, ...]) -> None:
    """Raise ReleaseNotFound if what a kind needs is not installed; Charlson needs nothing."""
    if "elixhauser" in kinds:
        from nosology.codes.elixhauser import open_elixhauser

        open_elixhauser()
    if "ccsr" in kinds:
        from nosology.codes.ccsr import open_ccsr

        open_ccsr()


def find_research(encounter: Encounter, kinds: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The part of the result that each kind adds, as ``docs/cli.md`` gives its shape."""
    makers = {"elixhauser": _elixhauser, "charlson": _charlson, "ccsr": _ccsr}
    return {kind: makers[kind](encounter) for kind in kinds}


def show_research(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Headings and cells of the table."""
    cells: dict[str, str] = {}
    if "elixhauser" in found:
        part = found["elixhauser"]
        cells["Elixhauser"] = "\n".join(part["present"])
        cells["readm. / mort."] = f"{part['readmission_index']} / {part['mortality_index']}"
    if "charlson" in found:
        part = found["charlson"]
        counted = [each for each in part["comorbidities"] if each["over_by"] is None]
        cells["Charlson"] = "\n".join(f"{each['name'].replace('_', ' ')} {' '.join(each['codes'])}" for each in counted)
        aged = part["age_adjusted_1987"]
        cells["1987"] = str(part["score_1987"]) + ("" if aged is None else f" (with age {aged})")
        cells["2011"] = str(part["score_2011"])
    if "ccsr" in found:
        rows = found["ccsr"]["diagnoses"]
        cells["CCSR"] = "\n".join(
            f"{row['code']} {'+'.join(each['category'] for each in row['categories']) or '-'}" for row in rows
        )
    return cells


def _elixhauser(encounter: Encounter) -> dict[str, Any]:
    from nosology.codes.elixhauser import open_elixhauser
    from nosology.grouping.elixhauser import find_comorbidities

    poa = any(each.poa.strip() for each in encounter.diagnoses)
    found = find_comorbidities(encounter, open_elixhauser(), poa=poa)
    return {
        "present": list(found.present),
        "unknown_without_poa": [name for name, value in found.measures.items() if value is None],
        "readmission_index": found.readmission,
        "mortality_index": found.mortality,
    }


def _charlson(encounter: Encounter) -> dict[str, Any]:
    from nosology.grouping.charlson import charlson_sources, find_charlson

    found = find_charlson(encounter)
    return {
        "score_1987": found.score_1987,
        "score_2011": found.score_2011,
        "age_points": found.age_points,
        "age_adjusted_1987": found.age_adjusted_1987,
        "comorbidities": [
            {
                "name": each.name,
                "title": each.title,
                "codes": list(each.codes),
                "weight_1987": each.weight_1987,
                "weight_2011": each.weight_2011,
                "over_by": each.over_by or None,
                "source": each.source,
            }
            for each in found.found
        ],
        "arisen_in_stay": list(found.arisen_in_stay),
        "sources": charlson_sources(),
    }


def _ccsr(encounter: Encounter) -> dict[str, Any]:
    from nosology.codes.ccsr import open_ccsr
    from nosology.model.encounter import Setting

    ccsr = open_ccsr()
    rows: list[dict[str, Any]] = []
    for each in encounter.diagnoses:
        inpatient, outpatient = ccsr.defaults(each.code)
        categories = [
            {"category": found.category, "title": found.title, "body_system": found.body_system}
            for found in ccsr.categories(each.code)
        ]
        rows.append(
            {
                "code": each.code,
                "categories": categories,
                "default_inpatient": inpatient or None,
                "default_outpatient": outpatient or None,
            }
        )
    kind = "default_inpatient" if encounter.setting is Setting.INPATIENT else "default_outpatient"
    return {"default": rows[0][kind] if rows else None, "diagnoses": rows, "source": ccsr.release.source}
