"""Giving drugs: the way and the minutes."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_giving_drugs(service_cases: Cases) -> None:
    """Injections, pushes, infusions by minutes, with one first service. Rule: Service-administration."""
    service_cases(
        """
        note                                                                                                                                           | setting      | codes
        -----------------------------------------------------------------------------------------------------------------------------------------------|--------------|--------------------------------
        Ketorolac 60 mg IM given in the office.                                                                                                        | professional | 96372×1
        Ketorolac 60 mg IM and promethazine 25 mg IM given today.                                                                                      | professional | 96372×2
        Ceftriaxone 1 g IV push administered in clinic.                                                                                                | professional | 96374×1
        Ceftriaxone 1 g IV infused over 30 minutes in clinic.                                                                                          | professional | 96365×1
        Ceftriaxone 1 g IV administered in clinic.                                                                                                     | professional | - ?unsettled
        Infliximab 500 mg IV infused over 2 hours today.                                                                                               | professional | 96413×1 96415×1
        Infliximab 500 mg IV infused over 90 minutes today.                                                                                            | professional | 96413×1
        Venofer 200 mg IV infused from 10:00 to 12:35 today.                                                                                           | professional | 96365×1 96366×2
        Normal saline 1 L given over 60 minutes in clinic.                                                                                             | professional | 96360×1
        Normal saline 1 L given over 20 minutes in clinic.                                                                                             | professional | -
        Right knee injected with 40 mg Kenalog today.                                                                                                  | professional | 20610-RT×1
        Leuprolide 22.5 mg IM given today.                                                                                                             | professional | 96402×1
        Methotrexate 15 mg SQ given today.                                                                                                             | professional | 96401×1
        Carboplatin 450 mg IV infused over 60 minutes today. Paclitaxel 300 mg IV infused over 3 hours today. Dexamethasone 10 mg IV push given today. | professional | 96413×1 96417×1 96415×2 96375×1
        Ketorolac injection offered.                                                                                                                   | professional | -
        Ketorolac 30 mg IV push given in the ED.                                                                                                       | emergency    | -
        """,
        findings="service.",
    )
