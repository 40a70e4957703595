"""What a row of a batch costs, beside printing it in memory in the same run; and the memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import json, os, resource, sys
from datetime import date
from pathlib import Path
from time import perf_counter
from handouts import Patient, Press, Request, batch
from handouts.paths import default_brand_path
from handouts.readers import Row

DAY, BRAND, CAUSES = date(2026, 11, 25), default_brand_path(), ("osteoarthritis", "gout")
folder, cache, count, jobs = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])

def rows():
    for number in range(1, count + 1):
        patient = Patient(f"Ana Ruiz {number}", id=f"{number:06}", note="Twice a day.")
        yield Row(number, "rows.csv", number, Request(CAUSES[number % 2], patient=patient))

def milliseconds(work):
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000 / count

def run():
    batch.run(rows(), batch.Job(folder, BRAND, cache=cache, jobs=jobs), today=DAY)

def printed():
    for row in rows():
        press.handout(row.request, DAY)

def written():
    for path in made_files:
        with open(plain / path.name, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # as a row does, before its file gets its name

if __name__ == "__main__":
    made, again = milliseconds(run), milliseconds(run)
    peak = {who: resource.getrusage(getattr(resource, f"RUSAGE_{who}")).ru_maxrss / 1024
            for who in ("SELF", "CHILDREN")}
    press = Press(BRAND)
    for cause in CAUSES:
        press.handout(Request(cause, patient=Patient("Ana Ruiz 1", id="000001",
                                                     note="Twice a day.")), DAY)
    in_memory, plain = milliseconds(printed), folder / "plain"
    plain.mkdir()
    made_files = sorted(folder.glob("*.pdf"))
    data = bytes(sum(path.stat().st_size for path in made_files) // count)
    print(json.dumps([made, again, in_memory, milliseconds(written), *peak.values()]))
"""
held = {}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [1000, 10_000, 100_000])  # the last takes 5 GB of disk
def test_writing_and_ledger_cost_little_beside_the_print(tmp_path, count, jobs):
    def figures(rows, folder):
        command = [sys.executable, "-c", SCRIPT, tmp_path / folder, tmp_path / "cache", rows, jobs]
        done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True,
                              cwd=Path(__file__).parent)
        return json.loads(done.stdout)

    figures(100, "warm")
    made, again, printed, written, own, others = figures(count, "out")
    held[count, jobs] = own, others

    print(f"\n{count} rows, jobs {jobs}: {made:.3f} ms a row, where {printed:.3f} ms print it in "
          f"memory and {written:.3f} ms write and sync as many bytes; {again:.3f} ms to skip it; "
          f"peak {own:.0f} MB, each other process {others:.0f}")
    if count > 1000:  # before that, starting weighs most
        assert made - printed - written < .5
        for now, before in zip(held[count, jobs], held[1000, jobs], strict=True):
            assert now < before + 10
