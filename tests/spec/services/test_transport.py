"""Records of ambulances."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_transport(service_cases: Cases) -> None:
    """Level, miles, and the letters of the places. Rule: Service-transport."""
    service_cases(
        """
        note                                                                                                                                               | setting      | codes
        ---------------------------------------------------------------------------------------------------------------------------------------------------|--------------|----------------------------
        AMBULANCE RUN REPORT\\nBLS emergency response, 911. Patient transported from her residence to the hospital emergency department. Loaded miles: 7.4. | professional | A0429-RH×1 A0425-RH×None
        AMBULANCE TRIP REPORT\\nNon-emergency BLS transport. Patient transported from the skilled nursing facility to the dialysis center. 12 loaded miles. | professional | A0428-NJ×1 A0425-NJ×12
        AMBULANCE RUN REPORT\\nALS emergency response. Patient transported from the scene to the hospital. Mileage 10.                                      | professional | A0427-SH×1 A0425-SH×10
        AMBULANCE RUN REPORT\\nALS emergency response. Patient picked up at her residence and transported to Test Hospital. Mileage 10.                     | professional | A0427-RH×1 A0425-RH×10
        AMBULANCE RUN REPORT\\nALS emergency response. Patient transported to the hospital. Mileage 10.                                                     | professional | A0427×1 A0425×10 ?unsettled
        AMBULANCE RUN REPORT\\nPatient transported from home to the hospital.                                                                               | professional | - ?unsettled
        HPI: She was brought by ambulance from home to the hospital, 7 miles.                                                                              | professional | -
        """,
        findings="service.",
    )
