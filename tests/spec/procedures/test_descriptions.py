"""What descriptions tell without naming it: a thing and a verb make the root operation."""

from __future__ import annotations

from collections.abc import Callable


def test_taken_out(procedure_cases: Callable[..., None]) -> None:
    """What is taken out, whole or in part, or out of a part: Resection, Excision, Extirpation, Extraction, Removal.

    Source: ICD-10-PCS Official Guidelines A11, B3.4a, B3.8; definitions of root operations.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        DESCRIPTION OF PROCEDURE: The bone flap was lifted, the dura was opened in cruciate fashion and the left subdural clot was evacuated. The flap was put back with plates. | 00C40ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Craniotomy. Through a small corticectomy the clot in the right frontal lobe was evacuated under the microscope. | 00C70ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Right femoral vein puncture, 24 Fr sheath. The left main pulmonary artery: four aspirations, each with a cast of clot returned. | 02CR3ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Three trocars, thoracoscope. A wedge of the right lower lobe was stapled off and sent for frozen section. | 0BBF4ZX | Excision
        DESCRIPTION OF PROCEDURE: Posterolateral thoracotomy. Hilum divided; the left lower lobe was bagged and delivered from the chest. | 0BTJ0ZZ | Resection
        DESCRIPTION OF PROCEDURE: Flexible bronchoscope through the tube. A thick plug was suctioned from the left lower lobe bronchus. | 0BCB8ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Midline incision. The short gastrics were taken, the hilum was stapled and the spleen was delivered out entire. | 07TP0ZZ | Resection
        DESCRIPTION OF PROCEDURE: Midline laparotomy. A wedge of liver was taken and sent for frozen. | 0FB00ZX | Excision
        DESCRIPTION OF PROCEDURE: Duodenoscope to the papilla. After balloon sweeps three stones were swept from the common bile duct. | 0FC98ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: The gastroscope was passed. A food bolus in the lower esophagus was pulled out with a net. | 0DC38ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: The colonoscope reached the cecum. A 12 mm polyp in the ascending colon was taken off with a hot snare. | 0DBK8ZZ | Excision
        DESCRIPTION OF PROCEDURE: A semirigid ureteroscope was passed; the stone in the left ureter was basketed out whole. | 0TC78ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Flank incision. The artery and vein were tied and the right kidney was brought out in one piece. | 0TT00ZZ | Resection
        DESCRIPTION OF PROCEDURE: Four ports, laparoscope. The left tube and ovary were sealed off their pedicle, bagged and removed. | 0UT14ZZ 0UT64ZZ | Resection
        DESCRIPTION OF PROCEDURE: Pfannenstiel incision. A 6 cm fibroid was shelled out of the uterus and the bed closed. | 0UB90ZZ | Excision
        DESCRIPTION OF PROCEDURE: Left inguinal incision. The cord was clamped at the ring and the left testis was removed with it. | 0VTB0ZZ | Resection
        DESCRIPTION OF PROCEDURE: The cervix was dilated to 9 mm. The endometrium was curetted in all quadrants. | 0UDB7ZZ | Extraction
        DESCRIPTION OF PROCEDURE: The old lumbar incision was opened. Both rods and four screws were backed out of L4 and L5. | 0QP004Z | Removal
        DESCRIPTION OF PROCEDURE: Incision over the right knee. The nail was extracted from the right tibia with the slap hammer. | 0QPG04Z | Removal
        DESCRIPTION OF PROCEDURE: Strips of bone were taken from the left iliac crest through a separate incision. | 0QB30ZZ | Excision
        DESCRIPTION OF PROCEDURE: A small incision was made over the right hand and two screws were taken out of the metacarpal. | 0PPP04Z | Removal
        DESCRIPTION OF PROCEDURE: Arthroscope in the right knee. The torn posterior horn of the medial meniscus was trimmed back to a stable rim. | 0SBC4ZZ | Excision
        DESCRIPTION OF PROCEDURE: Left knee arthroscope. Three loose bodies were retrieved from the left knee with a grasper. | 0SCD4ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Racket incision. The right second toe was disarticulated at the metatarsophalangeal joint. | 0Y6R0Z0 | Detachment
        DESCRIPTION OF PROCEDURE: Long posterior flap. The left leg was amputated through the mid tibia. | 0Y6J0Z2 | Detachment
        DESCRIPTION OF PROCEDURE: Supraclavicular incision. The left first rib was removed from cartilage to neck. | 0PT10ZZ | Resection
        DESCRIPTION OF PROCEDURE: An incision was made over the left thigh and a subcutaneous lipoma was shelled out. | 0JBM0ZZ | Excision
        DESCRIPTION OF PROCEDURE: A pigmented skin lesion of the left cheek was excised with an ellipse and 2 mm margins. | 0HB1XZZ | Excision
        DESCRIPTION OF PROCEDURE: Right thigh opened. All dead muscle was cut away with the knife back to bleeding tissue. | 0KBQ0ZZ | Excision
        DESCRIPTION OF PROCEDURE: Collar incision. The left lobe of the thyroid was taken off the trachea and handed off. The right lobe was left alone. | 0GTG0ZZ | Resection
        DESCRIPTION OF PROCEDURE: McIvor gag. Both tonsils were removed with the coblator. | 0CTPXZZ | Resection
        DESCRIPTION OF PROCEDURE: Through a right axillary incision one hot blue node was removed and sent for frozen section. | 07B50ZX | Excision
        BEDSIDE PROCEDURE: A bead was taken out of the left ear canal with an alligator forceps. | 09C4XZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Right subcostal incision. A sliver of the right lobe of the liver was cut with scissors and sent to pathology. | 0FB10ZX | Excision
        DESCRIPTION OF PROCEDURE: Upper endoscopy. Four bites of the antrum were taken with cold forceps for H. pylori. | 0DB78ZX | Excision
        DESCRIPTION OF PROCEDURE: Left flank incision. Upper pole of the left kidney, with its tumor, was cut away with a rim of fat. | 0TB10ZZ | Excision
        DESCRIPTION OF PROCEDURE: Midline laparotomy. The bullet was fished out of the retroperitoneum. | 0WCH0ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: The rigid cystoscope was passed and clot was washed out of the bladder until the return was clear. | 0TCB8ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Median sternotomy, bypass begun. A large vegetation was plucked from the tricuspid valve. | 02CJ0ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Median sternotomy. The myxoma was removed from the left atrium with a cuff of septum. | 02B70ZZ | Excision
        DESCRIPTION OF PROCEDURE: Lateral incision over the right hip. The old plate and screws were removed from the proximal femur. | 0QP604Z | Removal
        BEDSIDE PROCEDURE: Both half pins and the frame were taken off the left tibia with the wrench. | 0QPHX5Z | Removal
        DESCRIPTION OF PROCEDURE: Nasal speculum. A polyp of the left nasal mucosa was snared off. | 09BKXZZ | Excision
        DESCRIPTION OF PROCEDURE: Sublabial incision. A large cyst of the maxilla was enucleated. | 0NBR0ZZ | Excision
        DESCRIPTION OF PROCEDURE: Left retroauricular incision. The left parotid gland was removed, sparing the facial nerve. | 0CT90ZZ | Resection
        DESCRIPTION OF PROCEDURE: Collar incision. The right lower parathyroid was taken out and weighed 800 mg. | 0GTN0ZZ | Resection
        DESCRIPTION OF PROCEDURE: Laparoscopic ports. The right adrenal was taken off the cava, bagged and removed. | 0GT34ZZ | Resection
        DESCRIPTION OF PROCEDURE: Midline sternotomy. The thymus was taken out whole with both horns. | 07TM0ZZ | Resection
        DESCRIPTION OF PROCEDURE: Craniotomy. The meningioma was peeled off and taken out of the dura over the left convexity. | 00B10ZZ | Excision
        DESCRIPTION OF PROCEDURE: Suboccipital craniectomy. A 3 cm tumor in the left cerebellum was resected under the microscope. | 00BC0ZZ | Excision
        DESCRIPTION OF PROCEDURE: Laparoscope. A 7 cm cyst of the right ovary was shelled out and bagged, the ovary was left. | 0UB04ZZ | Excision
        DESCRIPTION OF PROCEDURE: Resectoscope. The bladder tumor on the left wall was resected to muscle. | 0TBB8ZZ | Excision
        DESCRIPTION OF PROCEDURE: The left index finger was amputated through the middle phalanx. | 0X6P0Z2 | Detachment
        DESCRIPTION OF PROCEDURE: Fish-mouth flaps. The right arm was taken off through the distal humerus. | 0X680Z3 | Detachment
        DESCRIPTION OF PROCEDURE: Left groin incision. Two enlarged nodes were taken and sent for flow cytometry. | 07BJ0ZX | Excision
        DESCRIPTION OF PROCEDURE: Infraumbilical incision. The umbilical mesh, which was infected, was cut out of the abdominal wall. | 0WPF0JZ | Removal
        DESCRIPTION OF PROCEDURE: Left posterolateral thoracotomy. The pleural cavity was full of clotted blood; the clot was evacuated from the left pleural space. | 0WCB0ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Right parotid incision. A 2 cm tumor of the right parotid was enucleated with a cuff of normal gland. | 0CB80ZZ | Excision
        DESCRIPTION OF PROCEDURE: The tongue was held forward. A 2 cm lesion of the tongue was excised with margin. | 0CB7XZZ | Excision
        DESCRIPTION OF PROCEDURE: Bedside. The left middle finger nail was avulsed under digital block. | 0HDQXZZ | Extraction
        DESCRIPTION OF PROCEDURE: Incision over the right elbow. The olecranon bursa was excised in one piece. | 0MT30ZZ | Resection
        DESCRIPTION OF PROCEDURE: Left flank incision. The lower third of the left ureter was removed. | 0TB70ZZ | Excision
        DESCRIPTION OF PROCEDURE: Midline incision. The tail of the pancreas was resected with the stapler. | 0FBG0ZZ | Excision
        DESCRIPTION OF PROCEDURE: Midline incision. The right lobe of the liver was removed along Cantlie's line. | 0FT10ZZ | Resection
        DESCRIPTION OF PROCEDURE: Laparotomy. The gangrenous cecum was resected. | 0DTH0ZZ | Resection
        DESCRIPTION OF PROCEDURE: Right thoracotomy. The middle lobe was stapled off and removed. | 0BTD0ZZ | Resection
        DESCRIPTION OF PROCEDURE: Lower leg incision, left. The sequestrum and infected bone of the left tibia were cut away. | 0QBH0ZZ | Excision
        DESCRIPTION OF PROCEDURE: Left groin cutdown. An embolus was pulled from the left popliteal artery with a Fogarty through a popliteal arteriotomy. | 04CN0ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Left arm incision. A clot was swept out of the left brachial artery. | 03C80ZZ | Extirpation
    """)


def test_other_objectives(procedure_cases: Callable[..., None]) -> None:
    """What is closed, freed, put back, let out, blocked or left in place.

    Source: ICD-10-PCS Official Guidelines A11, B3.13, B3.15, B6.1b; definitions of root operations.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        DESCRIPTION OF PROCEDURE: Prone, midline lumbar incision. While the ligament was taken the Kerrison tore the dura; the rent in the lumbar dura was closed watertight with 5-0 Prolene. | 00QT0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Through a medial incision at the left elbow the ulnar nerve was unroofed and freed of scar for 8 cm. | 01N40ZZ | Release
        DESCRIPTION OF PROCEDURE: A 3 cm palmar incision was made on the right. The transverse carpal ligament was divided under direct vision and the median nerve lay free. | 01N50ZZ | Release
        DESCRIPTION OF PROCEDURE: Through the right femoral vein under fluoroscopy a retrievable filter was released below the renal veins. | 06H03DZ | Insertion
        DESCRIPTION OF PROCEDURE: The left common femoral artery was opened, and closed with a bovine pericardial patch sewn with running 5-0 Prolene. | 04UL0KZ | Supplement
        DESCRIPTION OF PROCEDURE: Right femoral puncture. The splenic artery was packed with six coils until flow ceased. | 04L43DZ | Occlusion
        DESCRIPTION OF PROCEDURE: Left femoral sheath, up and over. A 7 x 40 mm self-expanding stent was deployed across the right common iliac artery lesion and post-dilated. | 047C3DZ | Dilation
        DESCRIPTION OF PROCEDURE: Left anterior thoracotomy. A 1 cm stab wound of the left ventricle was closed with pledgeted 3-0 Prolene. | 02QL0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Subxiphoid needle under echo. 400 mL of bloody fluid was aspirated from the pericardial sac and a pigtail was left in place. | 0W9D30Z | Drainage
        DESCRIPTION OF PROCEDURE: A 36 Fr tube was put in through the left 5th interspace with return of 900 mL of blood. | 0W9B30Z | Drainage
        DESCRIPTION OF PROCEDURE: Midline laparotomy for stab wounds. A 4 cm laceration of the left lobe of the liver was closed with blunt-needle chromic over Gelfoam. | 0FQ20ZZ | Repair
        DESCRIPTION OF PROCEDURE: Laparotomy for gunshot wound. Two holes in the transverse colon were closed in two layers with silk. | 0DQL0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Upper midline incision. The perforation of the duodenum was closed with three 2-0 silks over a tongue of omentum. | 0DQ90ZZ | Repair
        DESCRIPTION OF PROCEDURE: Duodenoscope to the papilla. The old plastic biliary stent was pulled out with a snare and a 10 mm metal stent was placed in the common bile duct. | 0F798DZ 0FPB8DZ | Removal
        DESCRIPTION OF PROCEDURE: Laparotomy for obstruction. For two hours dense adhesions of the ileum were lysed sharply, freeing two kinked loops. | 0DNB0ZZ | Release
        DESCRIPTION OF PROCEDURE: The cystoscope was passed. The right ureteral stent was grasped and pulled out and a new 6 Fr double-J was placed up the right ureter over a wire. | 0T768DZ 0TP98DZ | Removal
        DESCRIPTION OF PROCEDURE: Lower midline incision. The tear in the dome of the bladder was closed in two layers with Vicryl. | 0TQB0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Volar incision. The left distal radius fracture was reduced with a clamp and held with a plate and seven screws. | 0PSJ04Z | Reposition
        DESCRIPTION OF PROCEDURE: Lateral incision over the right ankle. The syndesmosis was reduced with a clamp and held with a suture button. | 0SSF04Z | Reposition
        DESCRIPTION OF PROCEDURE: Posteromedial incision. The ends of the torn left Achilles tendon were sewn together with a Krackow stitch. | 0LQP0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Two cut extensor tendons of the right hand were repaired with core sutures of 4-0. | 0LQ70ZZ | Repair
        BEDSIDE PROCEDURE: A 6 cm laceration of the scalp was sutured with 3-0 nylon after irrigation. | 0HQ0XZZ | Repair
        DESCRIPTION OF PROCEDURE: The abscess of the right buttock was opened, 60 mL of pus was drained and a Penrose drain was left in the cavity. | 0J9900Z | Drainage
        DESCRIPTION OF PROCEDURE: Left lateral thoracotomy. The tear in the descending thoracic aorta was closed with pledgeted Prolene. | 02QW0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Left neck incision. A 1 cm laceration of the internal jugular vein was closed with 6-0 Prolene. | 05QN0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Right forearm incision. The severed median nerve was coapted with 9-0 nylon under the microscope. | 01Q50ZZ | Repair
        DESCRIPTION OF PROCEDURE: Incision over the right forearm. The cut ulnar artery was repaired end to end with 8-0. | 03Q90ZZ | Repair
        DESCRIPTION OF PROCEDURE: Left medial knee incision. The torn medial collateral ligament was sewn back with anchors. | 0MQP0ZZ | Repair
        BEDSIDE PROCEDURE: The dislocated right hip was reduced with traction under propofol. | 0SS9XZZ | Reposition
        DESCRIPTION OF PROCEDURE: Closed manipulation under fluoroscopy. The right proximal humerus fracture was reduced and two percutaneous pins were placed. | 0PSC34Z | Reposition
        DESCRIPTION OF PROCEDURE: Midline lumbar incision. The epidural abscess was opened and pus was evacuated from the lumbar canal. | 009U0ZZ | Drainage
        DESCRIPTION OF PROCEDURE: Laparotomy. Two drains. A 3 cm tear of the diaphragm on the left was closed with interrupted 0 Ethibond. | 0BQT0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Laparotomy. The rent in the right common iliac vein was sewn with 4-0 Prolene. | 06QC0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Vaginal speculum. A laceration of the cervix was closed with running chromic. | 0UQC7ZZ | Repair
        DESCRIPTION OF PROCEDURE: Scrotal incision. The ruptured left testis was closed with 4-0 Vicryl after debridement of tubules. | 0VQB0ZZ | Repair
        BEDSIDE PROCEDURE: Under ultrasound a needle was passed and 3 liters of fluid was drained from the peritoneal cavity. | 0W9G3ZZ | Drainage
        DESCRIPTION OF PROCEDURE: The cystoscope was passed. Small papillary tumors of the bladder were fulgurated. | 0T5B8ZZ | Destruction
        DESCRIPTION OF PROCEDURE: Left canthotomy. A laceration of the left upper eyelid was sewn in layers. | 08QPXZZ | Repair
        DESCRIPTION OF PROCEDURE: Laparoscopic ports. Endometriosis implants of the left ovary were burned with bipolar. | 0U514ZZ | Destruction
    """)


def test_steps_are_not_coded(procedure_cases: Callable[..., None]) -> None:
    """Access, exposure, closure and what is only looked at or considered are no procedures of their own.

    Source: ICD-10-PCS Official Guidelines B3.1b, B3.11a.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        DESCRIPTION OF PROCEDURE: Midline incision. The appendix was looked at and left in place; the gallbladder was palpated. Resection was considered but not done. | - | no procedure of its own
        DESCRIPTION OF PROCEDURE: Midline incision. The spleen was kept, and the sigmoid was mobilised. The abdomen was closed. | - | no procedure of its own
        DESCRIPTION OF PROCEDURE: Pelvis entered through lower midline. The right ovarian vein was tied. The bladder was drained with a Foley. Bleeding was controlled with cautery. The peritoneum was closed. | - | no procedure of its own
        DESCRIPTION OF PROCEDURE: The skin was closed with staples. The fascia was repaired with looped PDS. The specimen was sent to pathology. A JP drain was left in the pelvis. | - | no procedure of its own
        DESCRIPTION OF PROCEDURE: The retractor was removed. The clamps were taken off. The towel clips and the Foley were removed. | - | no procedure of its own
        DESCRIPTION OF PROCEDURE: The old scar was excised. The wound was irrigated and the fluid was suctioned. The stapler was removed. | - | no procedure of its own
        DESCRIPTION OF PROCEDURE: The torn right anterior cruciate ligament stump was debrided. The wound was closed. The arthroscope was removed. | - | no procedure of its own
        DESCRIPTION OF PROCEDURE: The clamp was released. The drain was removed. The stent was flushed. The skin edges were trimmed. The nerve was protected. The vein was ligated. | - | no procedure of its own
    """)
