"""Equipment and supplies handed over."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_supplies(service_cases: Cases) -> None:
    """What was handed over, with its side; not what is ordered or worn already. Rule: Service-supplies."""
    service_cases(
        """
        note                                                                               | setting      | codes
        -----------------------------------------------------------------------------------|--------------|-------------------
        Right ankle fracture: pneumatic walking boot fitted and dispensed, crutches given. | professional | E0114×1 L4361-RT×1
        Cock-up wrist splint dispensed, left.                                              | professional | L3908-LT×1
        Knee immobilizer applied to the right knee in the office.                          | professional | L1830-RT×1
        Wheeled walker provided today.                                                     | professional | E0143×1
        Walking boot dispensed, left.                                                      | professional | - ?unsettled
        An ankle lace-up brace was fitted and dispensed.                                   | professional | L1902×1
        Arm sling applied.                                                                 | professional | A4565×1
        Glucometer and test strips dispensed.                                              | professional | E0607×1 A4253×1
        She uses a cane.                                                                   | professional | -
        Prescribed a knee brace.                                                           | professional | -
        CPAP supplies renewed.                                                             | professional | -
        """,
        findings="service.",
    )
