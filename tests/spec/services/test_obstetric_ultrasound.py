"""Ultrasound of pregnancy: trimester, extent, way, number of fetuses."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_obstetric_ultrasound(service_cases: Cases) -> None:
    """The family by trimester, extent and way. Rule: Service-women_urology."""
    service_cases(
        """
        note                                                                                                    | setting      | codes
        --------------------------------------------------------------------------------------------------------|--------------|---------------------
        Limited OB ultrasound performed in office: fetal heart tones 150, cephalic presentation.                | professional | 76815×1
        Limited ultrasound performed today for fetal presentation: cephalic.                                    | professional | 76815×1
        First trimester transabdominal OB ultrasound performed: single IUP, CRL 9w2d.                           | professional | 76801×1
        Dating ultrasound performed today: CRL 20 mm, 8w4d.                                                     | professional | 76801×1
        First trimester OB ultrasound performed: twin gestation, dichorionic, CRL 9w2d and 9w1d.                | professional | 76801×1 76802×1
        Anatomy ultrasound performed at 20 weeks: normal survey.                                                | professional | 76805×1
        Anatomy ultrasound performed at 20 weeks: twins, complete survey.                                       | professional | 76805×1 76810×1
        Nuchal translucency ultrasound performed at 12 weeks: NT 1.4 mm.                                        | professional | 76813×1
        Detailed fetal anatomic ultrasound performed for advanced maternal age.                                 | professional | 76811×1
        Follow-up growth ultrasound performed: EFW 45th percentile.                                             | professional | 76816×1
        Transvaginal ultrasound performed: cervical length 3.4 cm at 20 weeks of pregnancy.                     | professional | 76817×1
        First trimester OB ultrasound, transabdominal and transvaginal, performed: CRL 12 mm, 7w3d.             | professional | 76801×1 76817×1
        OB ultrasound performed today.                                                                          | professional | - ?unsettled
        Growth ultrasound in 4 weeks.                                                                           | professional | -
        """,
        findings="service.",
    )
