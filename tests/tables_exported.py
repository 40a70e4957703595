"""Tables as record systems export them and practices in other languages write them, with all their
columns; the people are invented.

The form is that of tables_sent.py; of what is not used only what is no column is named.
"""

from tables_sent import csv

EXPORTED = [
    csv("OpenEMR, the clinical report", """\
"Date","Patient","ID","Age (in Years)","Gender","Provider","Diagnosis Title","Diagnosis Date","Diagnosis Code"
"2026-11-20","Ana Ruiz","1","76","Female","Ode, Dr","Osteoarthritis of knee","2025-01-02","ICD10:M17.11"
"2026-11-20","Bo Lind","2","70","Male","Ode, Dr","Gout","2025-01-02","ICD10:M10.062"
""",  # noqa: E501
        "osteoarthritis right - [] Ana Ruiz||1",
        "gout left - [gout-in-knee] Bo Lind||2"),
    csv("Synthea, patients beside conditions, with addresses", """\
Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,MIDDLE,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS,CITY,STATE,COUNTY,FIPS,ZIP,LAT,LON,HEALTHCARE_EXPENSES,HEALTHCARE_COVERAGE,INCOME,START,STOP,ENCOUNTER,SYSTEM,CODE,DESCRIPTION
11111111-2222-3333-4444-555555555551,1950-02-03,,999-12-1234,S99991234,X1234567X,Mrs.,Ana12,Maria3,Ruiz34,,,M,white,hispanic,F,Boston  Massachusetts  US,1 Main St,Boston,Massachusetts,Suffolk County,25025,02108,42.3,-71.1,1234.5,100.2,50000,2024-01-02,,11111111-2222-3333-4444-555555555552,http://snomed.info/sct,239873007,Osteoarthritis of knee (disorder)
""",  # noqa: E501
        "osteoarthritis - - [] Ana12 Ruiz34|1950-02-03|11111111-2222-3333-4444-555555555551"),
    csv("Cerner, by the sign |", """\
PATIENT_NAME|MRN|FIN|BIRTH_DATE|AGE|SEX|LOCATION|ADMIT_DT_TM|ATTENDING_PHYSICIAN|DX_CODE|DX_DESC|DX_TYPE
RUIZ, ANA M|000123|9000123|02/03/1950|76 years|F|ORTHO CLINIC|11/20/2026 08:15|ODE MD, JANE|M17.11|Unilateral primary osteoarthritis, right knee|Final
LIND, BO|000124|9000124|02/13/1951|75 years|M|ORTHO CLINIC|11/20/2026 09:15|ODE MD, JANE|M25.562|Pain in left knee|Working
""",  # noqa: E501
        "osteoarthritis right - [] RUIZ, ANA M|1950-02-03|000123",
        "knee-pain left - [] LIND, BO|1951-02-13|000124",
        read_as=("dates:mdy",)),
    csv("Cliniko, all columns", """\
Title,First name,Preferred first name,Last name,Date of birth,Sex,Gender identity,Pronouns,Phone number 1,Phone type 1,Email,Address line 1,City,State,Post code,Country,Reference number,Appointment notes,Notes,Referral source,Medicare,Old reference id,Occupation,Emergency contact,Reminder type,Custom field: Diagnosis,Created at,Archived at
Mrs,Ana,,Ruiz,3 Feb 1950,Female,,,0400 000 000,Mobile,ana@example.com,1 Main St,Perth,WA,6000,Australia,R-12,,,Google,,,Teacher,,SMS,Knee osteoarthritis (right),2026-01-02 10:00,
""",  # noqa: E501
        "osteoarthritis right - [] Ana Ruiz|1950-02-03|R-12"),
    csv("Jane, all columns", """\
Patient Guid,Patient Number,Patient Prefix,Patient First Name,Patient Middle Name,Patient Last Name,Patient Preferred Name,Birth Date,Sex,Home Phone,Mobile Phone,Email,Street Address,City,Province,Postal Code,Discipline,Practitioner,Treatment,Start At,End At,State,Dx Code,Dx Description
7d1,12,,Ana,,Ruiz,,1950-02-03,F,604-555-0101,,ana@example.com,1 Main,Vancouver,BC,V5K 0A1,Physiotherapy,Jane Ode,Initial,2026-11-20 09:00,2026-11-20 09:45,arrived,M17.11,OA right knee
""",  # noqa: E501
        "osteoarthritis right - [] Ana Ruiz|1950-02-03|12"),
    csv("SimplePractice, clients", """\
First Name,Last Name,Preferred Name,Date of Birth,Client Status,Email,Phone,Clinician,Primary Diagnosis,Diagnosis Code(s)
Ana,Ruiz,,02/13/1950,Active,ana@example.com,(555) 555-0101,Jane Ode,Unilateral primary osteoarthritis - right knee,M17.11
Bo,Lind,,03/03/1951,Inactive,bo@example.com,,Jane Ode,Gout,M10.9
""",  # noqa: E501
        "osteoarthritis right - [] Ana Ruiz|1950-02-13|",
        "- condition:inactive"),
    csv("Epic Clarity", """\
PAT_ID,PAT_MRN_ID,PAT_NAME,BIRTH_DATE,SEX,PAT_STATUS,LANGUAGE,DX_ID,DX_NAME,CURRENT_ICD10_LIST,NOTED_DATE,RESOLVED_DATE,PROBLEM_STATUS_C_NAME,PROV_NAME,PAT_ENC_CSN_ID
Z1001,00012345,"RUIZ,ANA M",1950-02-03 00:00:00.000,Female,Alive,Spanish,12345,"Primary osteoarthritis of right knee",M17.11,2025-01-02 00:00:00.000,NULL,Active,"ODE, JANE",100001
Z1002,00012346,"LIND,BO",1951-02-03 00:00:00.000,Male,Deceased,English,12346,Gout,M10.9,2025-01-02 00:00:00.000,NULL,Active,"ODE, JANE",100002
""",  # noqa: E501
        "osteoarthritis right es [] RUIZ,ANA M|1950-02-03|00012345",
        "- patient:deceased"),
    csv("Epic Caboodle", """\
PatientDurableKey,PrimaryMrn,PatientName,BirthDate,DeathDate,PreferredLanguage,DiagnosisName,DiagnosisCode,DiagnosisCodeType,StartDate,EndDate,ProviderName
123456,00012345,"Ruiz, Ana M",1950-02-03,,Spanish,Primary osteoarthritis of right knee,M17.11,ICD-10-CM,2025-01-02,,"Ode, Jane"
""",  # noqa: E501
        "osteoarthritis right es [] Ruiz, Ana M|1950-02-03|00012345"),
    csv("athenahealth, appointments", """\
patientid,patient name,patientdob,patient lang,enterpriseid,claimid,appt date,rndrng prvdr,diagnosiscode,diagnosisdescription,patient mobile no,patient email
1001,"RUIZ, ANA",02/13/1950,Spanish; Castilian,1001,12345V678,11/20/2026,ODE_JANE,M17.11,"Unilateral primary osteoarthritis, right knee",5555550101,ana@example.com
""",  # noqa: E501
        "osteoarthritis right es [] RUIZ, ANA|1950-02-13|1001"),
    csv("athenahealth, claims", """\
icd10claimdiagcode01,icd10claimdiagcode02,icd10claimdiagcode03,patientid,patientfirstname,patientlastname,patientdob
M17.11,Z79.01,,1001,Ana,Ruiz,02/13/1950
""",
        "osteoarthritis right - [anticoagulant] Ana Ruiz|1950-02-13|1001"),
    csv("Medesk", """\
Patient ID;Surname;Name;Date of birth;Gender;Mobile phone;E-mail;Diagnosis;ICD-10;Doctor;Visit date
12;Ruiz;Ana;03.02.1950;F;+44 7700 900000;ana@example.com;Gonarthrosis;M17.1;Dr Ode;20.11.2026
13;Lind;Bo;13.02.1951;M;+44 7700 900001;bo@example.com;Gout;M10.9;Dr Ode;20.11.2026
""",
        "osteoarthritis - - [] Ana Ruiz|1950-02-03|12",
        "gout - - [gout-in-record] Bo Lind|1951-02-13|13",
        read_as=("dates:dmy",)),
    csv("Doctolib, French, without a diagnosis", """\
Civilité;Nom;Nom de naissance;Prénom;Date de naissance;Sexe;Téléphone portable;E-mail;Adresse;Code postal;Ville;Médecin traitant;Motif de consultation;Date du RDV;Statut
Mme;Ruiz;Dupont;Ana;14/03/1958;F;06 00 00 00 00;ana@example.fr;1 rue X;75001;Paris;Dr Ode;Gonarthrose;20/11/2026;Venu
""",  # noqa: E501
        "!! no column says which handout to make; not known are 'Civilité'"),
    csv("Doctolib, German", """\
Anrede;Nachname;Vorname;Geburtsdatum;Geschlecht;Telefon;E-Mail;Versicherung;Behandler;Besuchsgrund;Diagnose
Frau;Ruiz;Ana;14.03.1958;weiblich;0171 2345678;ana@example.de;GKV;Dr. Ode;Knie;Gonarthrose rechts
""",
        "osteoarthritis right - [] Ana Ruiz|1958-03-14|"),
    csv("TM3", """\
Patient Ref,Title,Forename,Surname,DOB,Sex,Home Tel,Mobile,Email,Practitioner,Referrer,Condition,Body Part,Side,Appointment Date,Case Status
P00123,Mrs,Ana,Ruiz,14/03/1958,F,,07700 900000,ana@example.co.uk,Jane Ode,GP,Osteoarthritis,Knee,Right,20/11/2026,Open
""",  # noqa: E501
        "osteoarthritis right - [] Ana Ruiz|1958-03-14|P00123"),
    csv("a German practice's own, years of two figures", """\
Pat.-Nr.;Name;Vorname;geb. am;Diagnose;Seite
1001;Rüiz;Ana;14.03.58;Kniearthrose;rechts
1002;Lind;Bo;05.04.51;Meniskusriss;links
1003;Mø;Cy;05.04.31;Kreuzbandriss;beidseits
""",
        "osteoarthritis right - [] Ana Rüiz|1958-03-14|1001",
        "meniscus-tear left - [] Bo Lind|1951-04-05|1002",
        "ligament-tear both - [] Cy Mø|1931-04-05|1003",
        encoding="cp1252",
        read_as=("dates:dmy", "encoding:cp1252",)),
    csv("a German practice's own, names in one column", """\
Patient;Geburtsdatum;Telefon;Diagnose
"Ruiz, Ana";14. März 1958;0171/2345678;Bursitis re.
Lind, Bo;5. Apr. 1951;;Gicht li
""",
        "bursitis right - [] Ruiz, Ana|1958-03-14|",
        "gout left - [] Lind, Bo|1951-04-05|",
        encoding="utf-8-sig"),
    csv("a Spanish practice's own", """\
Nº historia;Apellidos, Nombre;F. Nacimiento;Sexo;Teléfono;Correo electrónico;Diagnóstico;Lado;Idioma;Anticoagulado
123;Ruiz García, Ana;14/03/1958;M;600 000 000;ana@example.es;Artrosis de rodilla;Dcha.;Español;Sí
124;Lind, Bo;03/04/1951;H;;;Gota;Izda.;Inglés;No
""",  # noqa: E501
        "osteoarthritis right es [anticoagulant] Ruiz García, Ana|1958-03-14|123",
        "gout left en [] Lind, Bo|1951-04-03|124",
        encoding="cp1252",
        read_as=("dates:dmy", "encoding:cp1252",)),
    csv("a French practice's own", """\
N° dossier;Nom;Prénom;Né(e) le;Diagnostic;Côté;Langue;Sous anticoagulants;Enceinte
12;Ruiz;Ana;14/03/1958;Gonarthrose;droit;français;oui;non
13;Lind;Bo;3 avril 1951;Goutte;gauche;espagnol;non;non
""",
        "osteoarthritis right français [anticoagulant] Ana Ruiz|1958-03-14|12",
        "gout left es [] Bo Lind|1951-04-03|13",
        encoding="cp1252",
        read_as=("encoding:cp1252",)),
    csv("a Brazilian practice's own", """\
Prontuário;Nome completo;Data de nascimento;CID-10;Diagnóstico;Lado;Idioma;Grávida
12;Ana Ruiz;14/03/1958;M17.1;Artrose do joelho;direito;português;não
""",
        "osteoarthritis right português [] Ana Ruiz|1958-03-14|12",
        unused=("code:other-system",)),
    csv("an Italian practice's own", """\
Cartella;Cognome;Nome;Data di nascita;Diagnosi;Lato;Lingua
12;Ruiz;Ana;14/03/1958;Gonartrosi;destro;italiano
13;Lind;Bo;3 apr 1951;Gotta;sinistro;spagnolo
""",
        "osteoarthritis right italiano [] Ana Ruiz|1958-03-14|12",
        "gout left es [] Bo Lind|1951-04-03|13"),
    csv("a list of conditions with commas", """\
Client ID,Salutation,First Name,Last Name,DOB,Gender,Mobile,Email,Assigned Practitioner,Medical conditions,Contact type
12,Mrs,Ana,Ruiz,14/03/1958,Female,+447700900000,ana@example.co.uk,Jane Ode,"Knee OA, Warfarin",Client
""",  # noqa: E501
        "! there is no such cause"),
    csv("DrChrono, codes as a list", """\
patient_id,patient_first_name,patient_last_name,patient_date_of_birth,patient_chart_id,icd10_codes,preferred_language,doctor
1,Ana,Ruiz,02/13/1950,RUAN000001,"['M17.11', 'Z79.01']",spa,Dr. Jane Ode
""",
        "osteoarthritis right es [anticoagulant] Ana Ruiz|1950-02-13|1"),
    csv("NextGen, by tabs", """\
Person Nbr\tLast Name\tFirst Name\tDate of Birth\tDiagnosis Code ID\tDiagnosis Description\tLast Encounter
000012\tRuiz\tAna\t19500213\tM17.11\tPrimary OA of right knee\t20261120
""",  # noqa: E501
        "osteoarthritis right - [] Ana Ruiz|1950-02-13|000012"),
    csv("eClinicalWorks", """\
Acct No,Patient Name,Patient DOB,Patient Cell,Patient Email,Patient Language,ICD Code,ICD Name,Facility Name,Appointment Provider Name,Appointment Date
1001,"Ruiz,Ana",02/13/1950,555-555-0101,ana@example.com,Spanish,M17.11,"Unilateral primary osteoarthritis, right knee",Main,"Ode,Jane",11/20/2026
""",  # noqa: E501
        "osteoarthritis right es [] Ruiz,Ana|1950-02-13|"),
    csv("EMIS, a register", """\
Knee pain register,,,,
Report run: 24-Nov-2026,,,,
Population count: 2,,,,
,,,,
NHS Number,Full Name,Date of Birth,Code Term,SNOMED CT Concept ID
999 000 0001,"RUIZ, Ana (Mrs)",14-Mar-1958,Osteoarthritis of knee,239873007
999 000 0002,"LIND, Bo (Mr)",15-Mar-1958,Gout,90560007
""",
        "osteoarthritis - - [] RUIZ, Ana (Mrs)|1958-03-14|999 000 0001",
        "gout - - [gout-in-record] LIND, Bo (Mr)|1958-03-15|999 000 0002",
        read_as=("lines-above",)),
]
