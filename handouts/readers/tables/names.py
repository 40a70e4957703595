"""The names of columns by which each field is known, in the languages that practices write them in.
"""

from collections.abc import Mapping

# Other names for a field: a practice's own, and those of OpenEMR, Synthea, Cerner, Cliniko, Jane,
# SimplePractice and reports of Epic, in English and Spanish, the surer one first. `notes` is not
# among them: those may not be for the patient; nor is the day of a visit, which is not the
# handout's.
NAMES: dict[str, tuple[str, ...]] = {
    "patient": ("name", "patient name", "full name", "patient full name", "client", "client name",
                "pat name", "name full formatted", "name full", "patient display name",
                "pt name", "pt", "nombre completo", "paciente", "nombre del paciente",
                "apellidos nombre", "apellidos y nombre", "nombre y apellidos",
                "nombre apellidos"),
    "given_name": ("given", "given names", "first name", "forename", "first", "fname", "name first",
                   "legal first name", "nombre", "nombres", "primer nombre"),
    "family_name": ("family", "last name", "surname", "last", "lname", "name last",
                    "legal last name", "apellido", "apellidos"),
    "dob": ("date of birth", "birth date", "birthdate", "birthday", "born", "birth dt tm",
            "birth dt", "dt of birth", "dob age", "fecha de nacimiento", "fecha nacimiento",
            "f nacimiento", "nacimiento", "fecha nac", "f nac", "fec nac"),
    "id": ("mrn", "pat mrn id", "mrn id", "medical record number", "chart number", "chart",
           "record number", "record", "patient number", "patient id", "patient no", "pubpid", "pid",
           "primary mrn", "patient ref", "person nbr", "nhs number", "nhs no", "client id",
           "pat id", "patient chart id", "person id", "patient guid", "reference number",
           "expediente", "numero de expediente", "historia clinica", "numero de historia",
           "no historia", "n historia", "nhc"),
    "cause": ("diagnosis", "condition", "problem", "primary diagnosis", "dx", "dx name",
              "diagnosis name", "diagnosis display", "diagnosis description", "problem list",
              "problems", "active problems", "diagnoses", "conditions", "medical conditions",
              "diagnosis title", "dx desc", "dx description", "icd name", "code term",
              "diagnostico",
              "diagnosticos", "causa", "problema"),
    "code": ("diagnosis code", "diagnosis codes", "dx code", "dx codes", "icd", "icd code",
             "icd codes", "icd10", "icd 10", "icd10 code", "icd 10 code", "icd10 codes",
             "icd 10 codes", "icd10cm", "icd 10 cm", "icd10cm code", "icd 10 cm code",
             "current icd10 list", "diagnosis icd 10", "diagnosis icd10", "dx icd 10", "dx icd10",
             "source identifier", "primary diagnosis code", "diagnosis code id", "claim diag code",
             "icd10 claim diag code", "snomed ct concept id", "snomed concept id",
             "condition code", "problem code",
             "snomed", "snomed code", "snomed ct", "snomed ct code", "codigo",
             "codigo de diagnostico", "cie 10", "codigo cie 10"),
    "code_system": ("codesystem", "coding system", "system", "vocabulary", "source vocabulary",
                    "source vocabulary disp", "code type", "codetype", "code set", "terminology",
                    "condition system", "diagnosis system", "diagnosis code type"),
    "state": (),
    "cleared_on": ("date cleared",),
    "side": ("laterality", "laterality disp", "lat", "body side", "lado", "lateralidad"),
    "massages": ("massage",),
    "tips": ("tip",),
    "flags": ("flag", "precautions", "contraindications"),
    "protocol": (),
    "examined_on": ("date examined", "examination date"),
    "lang": ("language", "preferred language", "pref language", "language disp", "pref lang",
             "preferred lang", "spoken language", "primary language", "idioma", "lengua"),
    "format": ("print format", "accessible format"),
    "edition": (),
    "clinician": ("provider", "practitioner", "therapist", "doctor", "given by", "visit provider",
                  "staff member", "rendering provider", "rndrng prvdr", "appointment provider name",
                  "assigned practitioner", "attending physician", "provider name", "prov name",
                  "primary clinician", "pcp", "medico", "medica", "terapeuta", "fisioterapeuta"),
    "date": ("handout date", "given on"),
    "review": ("next visit", "next appointment", "follow up"),
    "note": ("nota",),
    "paper": ("paper size",),
    "password": ("pdf password",),
    "stop": ("end", "end date", "enddate", "stop date", "resolved", "resolved date",
             "date resolved", "resolved on", "abatement", "abatement date", "fecha de fin"),
    "status": ("problem status", "condition status", "diagnosis status", "clinical status",
               "patient status", "pat status", "client status", "case status",
               "problem status c name", "active", "active ind", "estado del diagnostico", "activo"),
    "deceased": ("death date", "deathdate", "date of death", "deceased date", "deceased dt tm",
                 "is deceased", "died", "dod", "fallecido", "fecha de fallecimiento"),
    "age": ("patient age", "age years", "age in years", "current age", "edad"),
    "merged": ("merged into", "merged with", "replaced by", "is merged"),
}
# What says that a row asks for nothing; it fills no field of a request.
LEAVING_OUT = ("stop", "status", "deceased", "merged")
ASKING = ("cause", "code", "protocol")
# Of these one is enough where a table has several names for it: the first, and the rest are told.
ONE_OF_MANY = ("id", "clinician", "lang")
# Of these every column counts.
ALL_COUNT = ("cause", "code", "flags", *LEAVING_OUT)
# Those of tables in other languages. Beside them ICD-10 is not the edition of the US, in which
# codes of the same letters mean other things.
ABROAD: Mapping[str, tuple[str, ...]] = {
    "patient": (
        "patientin", "patientenname", "name des patienten", "name vorname", "nachname vorname",
        "vorname nachname", "nom complet", "nom du patient", "nom et prenom", "nom prenom",
        "patiente", "nome e cognome", "cognome e nome", "nominativo", "paziente", "nome completo",
        "nome do paciente"),
    "given_name": ("vorname", "vornamen", "prenom", "prenoms", "primeiro nome"),
    "family_name": ("nachname", "familienname", "zuname", "nom de famille", "cognome", "sobrenome",
                    "apelido", "ultimo nome"),
    "dob": ("geburtsdatum", "geburtstag", "geb datum", "geb am", "geb", "geboren", "geboren am",
            "date de naissance", "ne le", "nee le", "ne e le", "naissance", "data di nascita",
            "data nascita", "nato il", "nata il", "data de nascimento", "data nascimento",
            "nascimento", "dt nascimento"),
    "id": ("pat nr", "patienten nr", "patient nr", "patientennummer", "patienten id", "aktennummer",
           "n dossier", "no dossier", "numero de dossier", "dossier", "n patient", "ipp",
           "cartella", "cartella clinica", "numero cartella", "n cartella", "id paziente",
           "prontuario", "numero do prontuario", "n utente", "numero de utente"),
    "cause": ("diagnose", "diagnosen", "hauptdiagnose", "dauerdiagnosen", "diagnostic",
              "diagnostics", "diagnosi"),
    "side": ("seite", "seitenlokalisation", "cote", "lateralite", "lato", "lateralidade"),
    "lang": ("sprache", "muttersprache", "langue", "langue parlee", "langue maternelle", "lingua"),
    "clinician": ("arzt", "arztin", "behandler", "behandlerin", "therapeut", "therapeutin",
                  "medecin", "praticien", "praticienne", "kinesitherapeute", "fisioterapista"),
    "deceased": ("verstorben", "verstorben am", "todesdatum", "sterbedatum", "decede", "decedee",
                 "date de deces", "deceduto", "deceduta", "data decesso", "obito",
                 "data do obito", "falecido"),
    "age": ("alter", "idade"),
}
# Of these, words of English, too.
ENGLISH_TOO = ("diagnostic", "diagnostics", "dossier", "ipp", "cote")
# A name alone: beside given names it is the family's, beside the family's the given ones.
EITHER = ("name", "nombre", "nom", "nome")
# Codes of editions and systems that are not read here, for they mean other things or nothing.
OTHER_CODES = (
    "icd 10 gm", "icd10 gm", "icd gm", "icd code gm", "cim 10", "code cim 10", "cid 10",
    "codigo cid", "icd 10 who", "icd 10 am", "icd 10 ca", "icd 9", "icd 9 cm", "icd9 code",
    "icd 9 code", "dx icd 9", "dx icd9", "icpc", "icpc 2", "read code", "ctv3 code", "mesh",
    "mesh code")
# Of a heading of codes: whose edition it is.
SURE_CODES = ("cm", "snomed")
# Headings beside which a column `lat` is a latitude, not a laterality.
BESIDE_LATITUDE = ("lon", "long", "lng", "longitude")
# Headings beside which a column `state` is part of an address or of an appointment.
BESIDE_STATE = ("city", "zip", "zip code", "postal code", "post code", "postcode", "street",
                "street address", "address", "address line 1", "province", "county", "start at",
                "suburb")
