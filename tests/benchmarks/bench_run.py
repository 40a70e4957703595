"""What a patient costs in a print run: beside a file of its own from the same plate, same run."""

from datetime import date
from time import process_time

from handouts import Patient, Request, find_brand, load_catalogue, pdf
from handouts.compose import compose
from handouts.pdf.imposition import PrintRun
from handouts.pdf.plate import panel, printed
from handouts.request import choose

DAY = date(2026, 11, 25)
PATIENTS = 1000
ROUNDS = 5


class Counted:
    """Takes bytes and keeps their number."""

    size = 0

    def write(self, data):
        self.size += len(data)


def milliseconds(job):
    """The CPU time of a job for one patient, the best of some rounds."""
    def once():
        start = process_time()
        job()
        return process_time() - start

    return min(once() for _ in range(ROUNDS)) * 1000 / PATIENTS


def test_a_patient_of_a_run_costs_less_than_a_file():
    knee, brand = load_catalogue(), find_brand(None)
    patient = Patient("Ana Ruiz", date(1950, 1, 1), "004711", "Dr Grey", DAY, note="Twice a day.")
    document = compose(choose(Request("osteoarthritis", state="calm", patient=patient), knee,
                              today=DAY), knee, brand, today=DAY)
    plate, given = pdf.typeset(document, brand, "letter"), pdf.values(document)
    rows = [{**given, "id": f"{number:06}"} for number in range(PATIENTS)]
    written = []

    def run():
        written.append(Counted())
        with PrintRun(written[-1], DAY) as made:
            for number, values in enumerate(rows, 1):
                made.add(plate, values, number=number)

    texts = milliseconds(lambda: [panel(plate, values) for values in rows])
    files = milliseconds(lambda: [printed(plate, values, DAY) for values in rows])
    together = milliseconds(run)
    size = (written[-1].size - len(plate.head)) / PATIENTS

    print(f"\nin a run {together:.3f} ms, of which {texts:.3f} ms set the panel's text; "
          f"as files {files:.3f} ms; {size:.0f} bytes a patient")
    assert together / files < .8
    assert size < 600
