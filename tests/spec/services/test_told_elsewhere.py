"""Services whose site, side, minutes or container another part of the note tells."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_site_and_side(service_cases: Cases) -> None:
    """The wound's site and the side of the note, where the procedure names none. Rules: Service-skin, Service-joints."""
    service_cases(
        """
        note                                                                                                                                                                         | setting      | codes
        ------------------------------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|-----------
        PHYSICAL EXAM: 4.5 cm laceration of the left forearm.\\nPROCEDURE: Laceration repair. Layered closure with 4-0 Vicryl for the deep dermis and 5-0 nylon, total length 4.5 cm. | emergency    | 12032×1
        PHYSICAL EXAM: Laceration of the forearm and a laceration of the cheek.\\nPROCEDURE: Laceration repair with simple interrupted 5-0 nylon, 2 cm.                               | emergency    | -
        HPI: She fell on her right hand.\\nEMERGENCY COURSE: Displaced fracture of the distal radius. Closed reduction was performed by me.\\nDIAGNOSIS: Colles fracture, right radius. | emergency    | 25605-RT×1
        HPI: She fell on both hands.\\nEMERGENCY COURSE: Displaced fracture of the distal radius. Closed reduction was performed by me.\\nDIAGNOSIS: Colles fracture, right radius.    | emergency    | 25605×1
        HPI: Left distal radius fracture two days ago.\\nPLAN: Definitive fracture care without manipulation. Short arm fiberglass cast applied, left.                                | professional | 25600-LT×1
        ASSESSMENT: Nondisplaced fracture of the fifth metatarsal, right foot.\\nPLAN: Fracture care to be followed here for the next 90 days.                                       | professional | 28470-RT×1
        ASSESSMENT: Nondisplaced fracture of the fifth metatarsal, right foot.\\nPLAN: Fracture care per orthopedics.                                                                | professional | -
        PROCEDURE: After consent, both knees were prepped and each injected with 40 mg Kenalog.                                                                                      | professional | 20610-50×1
        """,
        begins=("1", "2"),
    )


def test_without_a_verb(service_cases: Cases) -> None:
    """The instrument, or a result in the complaint, says that it was done. Rule: Service-performed."""
    service_cases(
        """
        note                                                                                               | setting      | codes
        ----------------------------------------------------------------------------------------------------|--------------|-----------
        Excisional debridement of skin and subcutaneous tissue with curette, 6 sq cm, left heel ulcer.     | outpatient   | 11042×1
        Excisional debridement with curette next week.                                                     | outpatient   | -
        Intubated with glidescope, 7.5 ETT, one pass.                                                      | emergency    | 31500×1
        Intubated by EMS before arrival, 7.5 ETT.                                                          | emergency    | -
        CHIEF COMPLAINT: Foot pain. X-ray right foot 3 views in office: nondisplaced fracture.             | professional | 73630-RT×1
        CHIEF COMPLAINT: Foot pain. X-ray right foot 3 views at urgent care: nondisplaced fracture.        | professional | -
        Fluoride varnish applied.                                                                          | professional | 99188×1
        Hemoglobin fingerstick 12.1.                                                                       | professional | 85018-QW×1
        """,
        begins=("1", "2", "3", "7", "8", "99188", "93"),
    )


def test_records(service_cases: Cases) -> None:
    """A record of infusions lists what was given, each at its time. Rule: Service-administration."""
    head = "CHEMOTHERAPY INFUSION RECORD:\\n"
    service_cases(
        f"""
        note                                                                                                                                        | setting      | codes
        --------------------------------------------------------------------------------------------------------------------------------------------|--------------|-----------
        {head}Ondansetron 16 mg IV push 09:25.\\nPaclitaxel 300 mg IV 09:45-12:50.\\nCarboplatin 600 mg IV 13:00-13:40.                             | professional | 96413×1 96415×2 96417×1 96375×1
        INFUSION NOTE:\\nInfliximab (Remicade) 365 mg IV infused from 09:00 to 11:10.                                                               | professional | 96413×1 96415×1
        PLAN:\\nOndansetron 16 mg IV push 09:25.                                                                                                    | professional | -
        """,
        begins=("96",),
    )


def test_modifiers_in_words(service_cases: Cases) -> None:
    """Films, plans of therapy, screenings that became treatment, hospitals' laboratories. Rules: Modifier-components, Modifier-line-facts."""
    service_cases(
        """
        note                                                                                                                                    | setting      | codes
        ----------------------------------------------------------------------------------------------------------------------------------------|--------------|-----------
        Chest x-ray, two views, taken in office with computed radiography: no infiltrate.                                                       | professional | 71046-FY×1
        Chest x-ray, two views, taken in office on film: no infiltrate.                                                                         | professional | 71046-FX×1
        Chest x-ray, two views, taken in office: no infiltrate.                                                                                 | professional | 71046×1
        Physical therapy. Therapeutic exercise 25 minutes.                                                                                      | professional | 97110-GP×2
        Physical therapy. Therapeutic exercise 25 minutes by PTA.                                                                               | professional | 97110-GP-CQ×2
        Occupational therapy. Therapeutic activities 30 minutes by COTA.                                                                        | professional | 97530-GO-CO×2
        INDICATION: Screening colonoscopy, Medicare.\\nPROCEDURE: Colonoscopy to the cecum. Polyp in the ascending colon removed with cold snare. | professional | 45385-PT×1
        INDICATION: Screening colonoscopy.\\nPROCEDURE: Colonoscopy to the cecum. Polyp in the ascending colon removed with cold snare.           | professional | 45385-33×1
        INDICATION: Rectal bleeding, Medicare.\\nPROCEDURE: Colonoscopy to the cecum. Polyp in the ascending colon removed with cold snare.       | professional | 45385×1
        PROCEDURE: Left heart catheterization with selective coronary angiography at Test Hospital.                                             | professional | 93458-26×1
        """,
        begins=("4", "7", "93", "97"),
    )


def test_what_follows_from_the_words(service_cases: Cases) -> None:
    """Pictures of guidance, care left to others, screens, psychotherapy beside a visit. Rules: Service-heart_lung, Modifier-line-facts."""
    service_cases(
        """
        note                                                                                                                                                   | setting      | codes
        -------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|-----------
        Right internal jugular central line placed under ultrasound guidance, vessel patency confirmed, image saved.                                           | emergency    | 36556×1 76937-26×1
        Right internal jugular central line placed under ultrasound guidance.                                                                                  | emergency    | 36556×1
        Closed reduction of the right distal radius fracture performed by me. Follow-up with orthopedics in 5 days.                                            | emergency    | 25605-54-RT×1
        Closed reduction of the right distal radius fracture performed by me. Follow up here in 5 days.                                                        | professional | 25605-RT×1
        In-house laboratory today: A1c 6.1.                                                                                                                    | professional | 83036-QW×1
        A1c 6.1 last month.                                                                                                                                    | professional | -
        Psychotherapy: 25 minutes of supportive therapy, separate from E/M time.                                                                               | professional | 90833×1
        """,
        begins=("2", "3", "7", "8", "90"),
    )


def test_products_and_classes(service_cases: Cases) -> None:
    """Devices that the practice inserted, class findings of the foot, packing. Rules: Service-women_urology, Service-ear_eye, Modifier-line-facts."""
    service_cases(
        """
        note                                                                                                         | setting      | codes
        -------------------------------------------------------------------------------------------------------------|--------------|-----------
        Mirena IUD inserted without difficulty today.                                                                | professional | 58300×1 J7298×1
        Mirena IUD removed today, strings were grasped.                                                              | professional | 58301×1
        Absent DP and PT pulses bilaterally. 8 dystrophic toenails were debrided with nippers today.                 | professional | 11721-Q8×1
        Palpable pulses. 8 dystrophic toenails were debrided with nippers today.                                     | professional | 11721×1
        Epistaxis, right. Anterior packing with Rhino Rocket placed in the right naris.                              | emergency    | 30903-RT×1
        """,
        begins=("1", "3", "5", "J7"),
    )
