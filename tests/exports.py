"""FHIR resources for tests; the people are invented."""

import json

CM, SCT = "http://hl7.org/fhir/sid/icd-10-cm", "http://snomed.info/sct"
WHO = "http://hl7.org/fhir/sid/icd-10"


def concept(*pairs):
    return {"coding": [{"system": system, "code": code} for system, code in pairs]}


def patient(who="ana", **parts):
    return {"resourceType": "Patient", "id": who, "birthDate": "1950-02-03",
            "name": [{"family": "Ruiz", "given": [who.title()]}], **parts}


def condition(*pairs, of="Patient/ana", clinical="active", verified="confirmed", **parts):
    made = {"resourceType": "Condition", "code": concept(*pairs), "subject": {"reference": of},
            "clinicalStatus": concept(("", clinical)),
            "verificationStatus": concept(("", verified)), **parts}
    return {key: value for key, value in made.items() if value != concept(("", None))}


def bundle(*resources, urls=()):
    entries = [{"resource": resource} for resource in resources]
    for entry, url in zip(entries, urls, strict=False):
        entry["fullUrl"] = url
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def ndjson(*resources):
    return "".join(json.dumps(one) + "\n" for one in resources)
