"""Casts and splints: application, or care of the fracture, and the materials."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_materials(service_cases: Cases) -> None:
    """Materials by kind, age and stuff, beside the application or the fracture care. Rules: Service-cast-supplies, Service-joints."""
    service_cases(
        """
        note                                                                                                        | age | setting      | codes
        ------------------------------------------------------------------------------------------------------------|-----|--------------|-------------------
        Short arm fiberglass cast applied, left, for a healing distal radius fracture.                              | 34  | professional | Q4010×1 29075-LT×1
        Right short arm fiberglass cast applied today, replacing the old one.                                       | 7   | professional | Q4012×1 29075-RT×1
        Volar short arm plaster splint applied to the left forearm today.                                           | 34  | professional | Q4021×1 29125-LT×1
        Short leg fiberglass cast applied, right.                                                                   | 11  | professional | Q4038×1 29405-RT×1
        Left distal radius fracture. Definitive fracture care without manipulation. Short arm fiberglass cast applied, left. | 34 | professional | Q4010×1 25600-LT×1
        Posterior short leg splint applied with Ortho-Glass, left.                                                  | 40  | professional | Q4046×1 29515-LT×1
        Short leg fiberglass cast applied, right.                                                                   | -   | professional | 29405-RT×1 ?unsettled
        Short leg cast applied, right.                                                                              | 40  | professional | 29405-RT×1
        Short arm fiberglass cast applied, left.                                                                    | 34  | emergency    | 29075-LT×1
        Aluminum finger splint applied to the left ring finger.                                                     | 34  | professional | Q4049×1 29130-F3×1
        Short arm fiberglass cast removed.                                                                          | 34  | professional | -
        Will apply a fiberglass short arm cast next week.                                                           | 34  | professional | -
        """,
        findings="service.",
    )
