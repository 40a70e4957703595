"""Tables as record systems and people write them, by shape; the people are invented.

Each is a file and what is made of it: a line for each row.
`cause side language [flags] name|born|id` is asked for, `- kind` is passed over, `! words` fails;
`!! words` alone is a file that is refused.
"""

import io
from datetime import date, datetime
from typing import NamedTuple

import openpyxl

from handouts.readers.tables import Reading

UUID = "11111111-2222-3333-4444-55555555555"


class Sent(NamedTuple):
    """A file that somebody sends, and what it comes to."""

    name: str
    content: bytes
    made: tuple[str, ...]
    read_as: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    reading: Reading = Reading()
    suffix: str = ".csv"


def csv(name, text, *made, encoding="utf-8", **more):
    return Sent(name, text.encode(encoding), made, **more)


def xlsx(name, rows, *made, more=(), **others):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for title, lines in more:
        other = book.create_sheet(title)
        for row in lines:
            other.append(row)
    return Sent(name, saved(book), made, suffix=".xlsx", **others)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def formatted():
    """Numbers with a format, days, a formula that ended in an error; a hidden sheet before."""
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.append(["lists"])
    sheet = book.create_sheet("Clinic")
    hidden.sheet_state = "hidden"
    sheet.append(["Patient", "DOB", "MRN", "Diagnosis code"])
    sheet.append(["Ana Ruiz", datetime(1950, 2, 3), 123, "M17.11"])
    sheet.append(["Bo Lind", date(1951, 4, 5), 4567890123, "M17.12"])
    sheet.append(["Cy Moe", 18666, 77, "#REF!"])
    sheet["C2"].number_format = "00000"
    sheet["D4"].data_type = "e"
    return saved(book)


def uncounted():
    book = openpyxl.Workbook()
    book.active.append(["patient", "cause"])
    book.active.append(["Ana Ruiz", '="go"&"ut"'])
    return saved(book)


SENT = [
    # -- record systems ----------------------------------------------------------------------------
    csv("OpenEMR, list of problems",
        "pid,fname,lname,DOB,language,type,title,begdate,enddate,diagnosis\n"
        "1,Ana,Ruiz,1950-02-03,Spanish,medical_problem,Knee,2025-01-02,,ICD10:M17.11\n"
        "2,Bo,Lind,1951-04-05,english,medical_problem,Knee,2019-01-02,2020-03-04,ICD10:M17.12\n"
        "3,Cy,Moe,1952-04-05,declined_to_specify,medical_problem,Knee,,,SNOMED-CT:239873007\n"
        "4,Di,Nye,1953-04-05,,medical_problem,Knee,,0000-00-00,ICD10:M17.12;ICD10:Z79.01\n",
        "osteoarthritis right es [] Ana Ruiz|1950-02-03|1", "- condition:inactive",
        "osteoarthritis - - [] Cy Moe|1952-04-05|3",
        "osteoarthritis left - [anticoagulant] Di Nye|1953-04-05|4",
        unused=("column:begdate", "column:title", "column:type")),
    csv("OpenEMR, diagnosis with its name",
        "Patient Name,PID,Diagnosis\n"
        "Ana Ruiz,1,\"M17.11 Unilateral primary osteoarthritis, right knee\"\n",
        "osteoarthritis right - [] Ana Ruiz||1"),
    csv("Synthea, conditions alone",
        "START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION\n"
        f"2024-01-02,,{UUID}1,{UUID}2,http://snomed.info/sct,239873007,Osteoarthritis of knee\n"
        f"2024-01-02,,{UUID}3,{UUID}4,http://snomed.info/sct,239873007,Osteoarthritis of knee\n",
        "!! column 'PATIENT' holds ids, not names"),
    csv("Synthea, conditions with a map",
        "START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION\n"
        f"2024-01-02,,{UUID}1,{UUID}2,http://snomed.info/sct,239873007,Osteoarthritis of knee\n"
        f"2001-01-02,2001-03-04,{UUID}3,{UUID}4,http://snomed.info/sct,239873007,Osteoarthritis\n",
        f"osteoarthritis - - [] ||{UUID}1", "- condition:inactive",
        reading=Reading({"PATIENT": "id"}),
        unused=("column:DESCRIPTION", "column:ENCOUNTER", "column:START")),
    csv("Synthea, older, without the system",
        f"START,STOP,CODE,Id,FIRST,LAST,BIRTHDATE,DEATHDATE\n"
        f"2024-01-02,,239873007,{UUID}1,Ana12,Ruiz34,1950-02-03,\n"
        f"2024-01-02,,239873007,{UUID}2,Bo12,Lind34,1950-02-03,2024-05-06\n",
        f"osteoarthritis - - [] Ana12 Ruiz34|1950-02-03|{UUID}1", "- patient:deceased",
        unused=("column:START",)),
    csv("Cerner, a report",
        "PERSON_ID,NAME_FULL_FORMATTED,BIRTH_DT_TM,MRN,SOURCE_VOCABULARY,SOURCE_IDENTIFIER,"
        "DIAGNOSIS_DISPLAY,LATERALITY_DISP,LANGUAGE_DISP,DECEASED_DT_TM,ACTIVE_IND\n"
        '1,"RUIZ, ANA",03-FEB-1950 00:00:00,0077,ICD-10-CM,M17.11,Osteoarthritis knee,Right,Spanish'
        ",,1\n"
        '2,"LIND, BO",03-FEB-1951 00:00:00,0078,ICD-10-CM,M17.12,Osteoarthritis knee,Left,English'
        ",,0\n"
        '3,"MOE, CY",03-FEB-1951 00:00:00,0079,SNOMED CT,239873007,OA,Bilateral,English'
        ",04-MAR-2020 10:11:12,1\n",
        "osteoarthritis right es [] RUIZ, ANA|1950-02-03|0077", "- condition:inactive",
        "- patient:deceased", unused=("column:PERSON_ID",)),
    csv("Cliniko, patients",
        "Id,First name,Last name,Date of birth,Practitioner,Diagnosis,Notes,Archived at\n"
        "9,Ana,Ruiz,3 Feb 1950,Dr Ode,Knee osteoarthritis,private,\n",
        "osteoarthritis - - [] Ana Ruiz|1950-02-03|9",
        unused=("column:Archived at", "column:Notes")),
    csv("Jane, a client list",
        "Patient Number,Patient First Name,Patient Last Name,Birth Date,Staff Member,Dx Codes\n"
        '12,Ana,Ruiz,"February 3, 1950",Dr Ode,"M17.0, Z33.1"\n',
        "osteoarthritis both - [pregnant] Ana Ruiz|1950-02-03|12"),
    csv("SimplePractice, appointments",
        "Date of Service,Client,Client ID,Birthday,Clinician,Diagnosis Codes\n"
        "11/24/2026,Ana Ruiz,C-12,02/13/1950,Dr Ode,M17.11 | M25.561\n",
        "osteoarthritis right - [] Ana Ruiz|1950-02-13|C-12",
        unused=("column:Date of Service", "condition:other-cause")),
    csv("Epic, a workbench report",
        "Knee patients\nRun by: Dr Ode on 11/24/2026\n\n"
        "Patient Name,MRN,DOB,Preferred Language,Visit Provider,PCP,Dx ICD-10,Anticoagulant?\n"
        '"Ruiz, Ana",<E77>,2/13/1950,Spanish,Dr Ode,Dr Eck,M17.11,Yes\n'
        '"Lind, Bo",<E78>,12/1/1951,English,Dr Ode,Dr Eck,M17.12,No\n'
        "Total: 2 patients,,,,,,,\n",
        "osteoarthritis right es [anticoagulant] Ruiz, Ana|1950-02-13|<E77>",
        "osteoarthritis left en [] Lind, Bo|1951-12-01|<E78>", "- line:not-a-patient",
        read_as=("dates:mdy", "lines-above"), unused=("column:PCP",)),
    csv("Epic, columns of the database",
        "PAT_ID\tPAT_MRN_ID\tPAT_NAME\tBIRTH_DATE\tDEATH_DATE\tLANGUAGE\tCURRENT_ICD10_LIST\tDX_NAME\n"
        "Z1\t77\tRUIZ,ANA\t1950-02-03 00:00:00\t\tSpanish\tM17.11, I82.401\tOsteoarthritis, DVT\n",
        "osteoarthritis right es [dvt] RUIZ,ANA|1950-02-03|77",
        unused=("column:PAT_ID",)),
    csv("a billing export with four diagnoses",
        "Patient,Dx1,Dx2,Dx3,Dx4\nAna Ruiz,M17.11,Z79.01,,\nBo Lind,M10.9,Z96.652,,\n",
        "osteoarthritis right - [anticoagulant] Ana Ruiz||",
        "! code: the code does not fix one cause in the knee"),
    csv("a billing export with four codes",
        "Patient,Dx Code 1,Dx Code 2,Dx Code 3\nAna Ruiz,M17.11,Z79.01,J45.909\n",
        "osteoarthritis right - [anticoagulant] Ana Ruiz||", unused=("code:unknown:icd10cm",)),
    # -- people ------------------------------------------------------------------------------------
    csv("by hand, everyday words",
        "Name,DOB,Problem,Knee,Language,Precautions\n"
        "Ana Ruiz,14-Mar-1958,OA,Rt,Español,blood thinner; PAD\n"
        "Bo Lind,March 14 1958,Runner's knee,B/L,spa,none\n"
        "Cy Moe,1958/03/14,torn meniscus,L,es-MX,N/A\n"
        "Di Nye,19580314,right knee OA,,pt_BR,-\n"
        "Ed Oz,14 mar 1958,\"bursitis, left\",,English (US),\n",
        "osteoarthritis right es [anticoagulant poor-circulation] Ana Ruiz|1958-03-14|",
        "overuse both es [] Bo Lind|1958-03-14|", "meniscus-tear left es [] Cy Moe|1958-03-14|",
        "osteoarthritis right pt_BR [] Di Nye|1958-03-14|",
        "bursitis left en [] Ed Oz|1958-03-14|"),
    csv("flags in columns of their own",
        "patient,cause,Pregnant,Blood thinners,DVT\n"
        "Ana Ruiz,gout,,x,N\nBo Lind,gout,Y,no,0\nCy Moe,gout,,since 2020,\n",
        "gout - - [anticoagulant] Ana Ruiz||", "gout - - [pregnant] Bo Lind||",
        "! column Blood thinners: says neither yes nor no"),
    csv("a flag's column that is left out",
        "patient,cause,Surgery\nAna Ruiz,gout,appendix 1999\n", "gout - - [] Ana Ruiz||",
        reading=Reading({"surgery": "-"})),
    csv("dates with the day first", "patient;dob;cause\nAna;03.04.1958;gout\nBo;14.04.1958;gout\n",
        "gout - - [] Ana|1958-04-03|", "gout - - [] Bo|1958-04-14|", read_as=("dates:dmy",)),
    csv("dates that may be either", "patient,dob,cause\nAna,3/4/1958,gout\nBo,4/4/1958,gout\n",
        "!! its dates can be read two ways"),
    csv("dates that may be either, and it is said", "patient,dob,cause\nAna,3/4/1958,gout\n",
        "gout - - [] Ana|1958-04-03|", reading=Reading(dates="dmy")),
    csv("dates in both orders",
        "patient,dob,cause\nAna,13/4/1958,gout\nBo,4/13/1958,gout\nCy,3/4/1958,gout\n",
        "!! its dates can be read two ways, as day or month first, and others show both orders"),
    csv("dates whose column says the order",
        "patient,DOB (DD/MM/YYYY),cause\nAna,03/04/1958,gout\n",
        "gout - - [] Ana|1958-04-03|", read_as=("dates:dmy",)),
    csv("dates as a spreadsheet counts them", "patient,dob,cause\nAna,21258,gout\nBo,1958,gout\n",
        "gout - - [] Ana|1958-03-14|", "! dob: is not a date"),
    csv("dates with a time and a zone",
        "patient,dob,cause\nAna,1958-03-14T00:00:00Z,gout\nBo,1958-03-14 12:00 AM,gout\n"
        "Cy,19580314000000-0500,gout\nDi,3/14/1958 12:00:00 AM,gout\n",
        *(f"gout - - [] {name}|1958-03-14|" for name in ("Ana", "Bo", "Cy", "Di"))),
    csv("a year of two figures", "patient,dob,cause\nAna,3/14/26,gout\n", "! dob: is not a date"),
    csv("the code page of Windows", "patient,cause\nJosé Núñez,gout\n", "gout - - [] José Núñez||",
        encoding="cp1252", read_as=("encoding:cp1252",)),
    csv("the code page of Central Europe", "patient,cause\nŁukasz Świątek,gout\n",
        "!! line 2 holds a character that is not UTF-8", encoding="cp1250"),
    csv("the same, and it is said", "patient,cause\nŁukasz Świątek,gout\n",
        "gout - - [] Łukasz Świątek||", encoding="cp1250", reading=Reading(encoding="cp1250")),
    csv("UTF-16 from a shell", "patient,cause\nZoë,gout\n", "gout - - [] Zoë||", encoding="utf-16"),
    csv("Excel's own line", "sep=;\npatient;cause\nAna;gout\n", "gout - - [] Ana||"),
    csv("numbers kept from a spreadsheet", 'patient,id,code\n"Ana",="00123",="M17.11"\n',
        "osteoarthritis right - [] Ana||00123"),
    csv("titles, blanks and a foot",
        "Knee clinic,,\n,,\nWeek 48,,\nName,Diagnosis,Side\nAna,gout,n/a\n,,\nBo,gout,unknown\n"
        "Name,Diagnosis,Side\nCy,gout,LEFT\nTotal,,3\nPage 1 of 1,,\n",
        "gout - - [] Ana||", "gout - - [] Bo||", "- line:not-a-patient", "gout left - [] Cy||",
        "- line:not-a-patient", "- line:not-a-patient", read_as=("lines-above",)),
    csv("names that look like nothing", "patient,cause\nNull,gout\nNone,gout\nNa,gout\n#N/A,gout\n",
        "gout - - [] Null||", "gout - - [] None||", "gout - - [] Na||", "gout - - [] ||"),
    csv("status, death and merging",
        "patient,cause,status,deceased,merged into\nAna,gout,Active,No,\nBo,gout,Resolved,,\n"
        "Cy,gout,active,Y,\nDi,gout,active,,R-9\nEd,gout,,1999-01-02,\n",
        "gout - - [] Ana||", "- condition:inactive", "- patient:deceased", "- patient:merged",
        "- patient:deceased"),
    csv("an end that is still to come", "patient,cause,end date\nAna,gout,2027-12-31\n",
        "gout - - [] Ana||"),
    csv("code systems as they are written",
        "patient,code,code_system\nAna,M17.11,ICD-10-CM\nBo,239873007,SNOMED-CT\n"
        "Cy,239873007,SNOMEDCT_US\nDi,M17.11,urn:oid:2.16.840.1.113883.6.90\nEd,M17.11,ICD10\n"
        "Fay,715.16,ICD9\n",
        "osteoarthritis right - [] Ana||", "osteoarthritis - - [] Bo||",
        "osteoarthritis - - [] Cy||", "osteoarthritis right - [] Di||",
        "! code_system: ICD10 alone may be", "! code_system: codes of ICD-9-CM are not read"),
    csv("a code and its text, in all orders",
        "patient,code\nAna,M17.11 - Unilateral primary OA\nBo,Osteoarthritis (M17.12)\n"
        "Cy,[M17.0] Bilateral OA\nDi,Knee OA\nEd,ICD-10-CM: M17.11\n",
        "osteoarthritis right - [] Ana||", "osteoarthritis left - [] Bo||",
        "osteoarthritis both - [] Cy||", "! code", "osteoarthritis right - [] Ed||"),
    csv("a text of one's own beside a code",
        "patient,diagnosis,dx code\nAna,Knee trouble with DVT,M17.11\nBo,gout,M17.11\n",
        "osteoarthritis right - [dvt] Ana||", "! cause: cause and code stand for different causes"),
    csv("two codes that differ, two sides of one",
        "patient,code\nAna,M17.11; M17.12\nBo,M17.11; M10.061\nCy,M17.11; M17.11\n",
        "osteoarthritis both - [] Ana||", "gout right - [gout-in-knee] Bo||",
        "osteoarthritis right - [] Cy||", unused=("condition:other-cause",)),
    csv("parents of codes", "patient,code\nAna,M17\nBo,M17.1\nCy,S83.511\n",
        "osteoarthritis - - [] Ana||", "osteoarthritis - - [] Bo||",
        "ligament-tear right - [] Cy||"),
    csv("ids in single rows", "patient,cause\nAna,gout\n0012345,gout\n",
        "gout - - [] Ana||", "! patient: looks like the number of a record"),
    csv("no line of names", "Zubehoerita Quill,gout\n", "!! no column says which handout to make"),
    csv("a column of a name of its own", "Pat,What hurts\nAna,gout\n", "gout - - [] Ana||",
        reading=Reading({"Pat": "patient", "What hurts": "cause"})),
    csv("flags in columns named as questions",
        "Patient,Diagnosis,On blood thinner?,Pregnant (Y/N),Hx of DVT\n"
        "Ana,Gout,Yes - warfarin,N,\nBo,Gout,N,Y,No\nCy,Gout,,,unsure\n",
        "gout - - [anticoagulant] Ana||", "gout - - [pregnant] Bo||",
        "! column Hx of DVT: says neither yes nor no"),
    csv("a column that tells of a flag and can't be read",
        "patient,cause,Deep vein thrombosis notes\nAna,gout,left leg 2020\nBo,gout,none\n",
        "gout - - [] Ana||", "gout - - [] Bo||",
        unused=("column:Deep vein thrombosis notes", "flag:unreadable")),
    csv("problems by their names in one cell",
        "Name,Problem List\nAna,\"Osteoarthritis of knee (M17.11); Hypertension (I10); "
        'On warfarin (Z79.01)"\nBo,Gout; HTN\nCy,Gout; DVT\nDi,HTN\n',
        "osteoarthritis right - [anticoagulant] Ana||", "gout - - [] Bo||", "gout - - [dvt] Cy||",
        "! there is no such cause", unused=("code:unknown:icd10cm", "condition:no-code")),
    csv("descriptions of a classification",
        'name,diagnosis\nAna,"Unilateral primary osteoarthritis, right knee"\n'
        'Bo,Pain in left knee\nCy,"Pain, knee, bilateral"\nDi,"Bilateral osteoarthritis of knee"\n',
        "osteoarthritis right - [] Ana||", "knee-pain left - [] Bo||",
        "knee-pain both - [] Cy||", "osteoarthritis both - [] Di||"),
    csv("columns in Spanish",
        "Nombre,Apellidos,Fecha de nacimiento,Diagnóstico,Lado,Idioma\n"
        "Ana,Ruiz,14/mar/1958,gota,izquierda,español\n",
        "gout left es [] Ana Ruiz|1958-03-14|"),
    csv("names of columns run together, rows cut short",
        "PATIENTID|FirstName|LASTNAME|DiagnosisCode||\n1|Ana|Ruiz|M17.11\n2|Bo|Lind|M17.12||\n",
        "osteoarthritis right - [] Ana Ruiz||1", "osteoarthritis left - [] Bo Lind||2"),
    csv("numbers that a spreadsheet has cut",
        "name,mrn,snomed code\nAna,1,2.39873E+08\nBo,1.23457E+11,239873007\n",
        "! code: is a number that a spreadsheet has cut",
        "! id: is a number that a spreadsheet has cut"),
    csv("columns whose names have several lines",
        '"Patient\nName","Date of\nBirth","ICD-10\nCode"\nAna,1958-03-14,M17.11\n',
        "osteoarthritis right - [] Ana|1958-03-14|"),
    csv("single quotes", "'Name';'Cause'\n'Ana';'gout'\n't Hooft;gout\n", "gout - - [] Ana||",
        "gout - - [] 't Hooft||"),
    # -- workbooks ---------------------------------------------------------------------------------
    xlsx("a workbook", [["Patient", "DOB", "Dx code"], ["Ana Ruiz", date(1950, 2, 3), "M17.11"]],
         "osteoarthritis right - [] Ana Ruiz|1950-02-03|"),
    Sent("a workbook with formats", formatted(),
         ("osteoarthritis right - [] Ana Ruiz|1950-02-03|00123",
          "osteoarthritis left - [] Bo Lind|1951-04-05|4567890123",
          "! the row: a formula of it ends in an error"), suffix=".xlsx"),
    xlsx("a workbook with titles and two sheets",
         [["Knee clinic"], [], ["Name", None, "Problem"], ["Ana", "x", "gout"], [None, None, None],
          ["Total", None, 1]], "gout - - [] Ana||", "- line:not-a-patient",
         more=[("Other", [["cause"], ["bursitis"]])],
         read_as=("lines-above", "sheet:first of 2"), unused=("column:2",)),
    xlsx("a workbook's other sheet", [["cause"], ["gout"]], "bursitis - - [] ||",
         more=[("Other", [["cause"], ["bursitis"]])], reading=Reading(sheet="other")),
    xlsx("a sheet that is not there", [["cause"], ["gout"]], "!! there is no such sheet",
         reading=Reading(sheet="3")),
    Sent("a workbook nobody worked out", uncounted(), ("!! has formulas without their values",),
         suffix=".xlsx"),
    Sent("a web page that is called .xls", b"<html><table><tr><td>cause</td></tr></table></html>",
         ("!! is a web page or a sheet as XML",), suffix=".xls"),
]
