"""The Nth call that changes a file fails, or the process is killed before it, for every N until a
run meets none: no half file has a name, old files stay, and the next run makes all good.

    pytest tests/sweep/test_faults.py

Needs gcc and Linux; takes some minutes.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not shutil.which("gcc") or sys.platform != "linux",
                                reason="needs gcc and Linux")
TABLE = "patient,cause,side\nAna Ruiz,infection,{0}\nBo Li,gout,{0}\nCy Poe,infection,{0}\n"
RUNS = {
    "make": ["make infection -o {out}/a.pdf --side left --html --png",
             "make infection -o {out}/a.pdf --side right --html --png"],
    "batch": ["batch {in}/old.csv -o {out} --jobs 1 --print-run {out}/run.pdf "
              "--fhir-out {out}/all.ndjson",
              "batch {in}/new.csv -o {out} --jobs 1 --print-run {out}/run.pdf "
              "--fhir-out {out}/all.ndjson"],
    "set": ["set -o {out} --lang en --side left", "set -o {out} --lang en --side right"],
    "export": ["export openemr {out}", "export openemr {out} --brand {in}/b.toml"],
    "first batch": ["list causes", "batch {in}/new.csv -o {out} --jobs 1"],
    "protocol": ["protocol new p gout --practice --brand {out}/b.toml",
                 "protocol new p infection --practice --brand {out}/b.toml --force"],
}
# What may be as it was or as it will be; the ledger and the lock are told by the next run.
KEPT = ("*.pdf", "*.html", "*.png", "*.ndjson", "*.csv", "*.toml")
BESIDE = {"run.pdf": b"%%EOF\n", "all.ndjson": b"}\n"}


class Trials:
    """One command in folders of its own: `before` as an old run left it, `after` as it should be.
    """

    def __init__(self, folder: Path, name: str, library: Path) -> None:
        self.folder = folder
        self.words = [words.format(**{"in": folder / "in", "out": folder / "out"}).split()
                      for words in RUNS[name]]
        (folder / "in").mkdir()
        (folder / "in/old.csv").write_text(TABLE.format("left"))
        (folder / "in/new.csv").write_text(TABLE.format("right"))
        (folder / "in/b.toml").write_text('name = "Riverside"\n')
        self.out.mkdir()
        if name == "protocol":  # it is saved beside the brand, and there must be one
            shutil.copy(folder / "in/b.toml", self.out)
        environment = {
            **os.environ, "LD_PRELOAD": str(library), "SOURCE_DATE_EPOCH": "1795608000",
            "HANDOUTS_CACHE": str(folder / "cache"), "HANDOUTS_RECORDS": str(self.out / "given"),
            "XDG_CONFIG_HOME": str(folder / "config"), "PYTHONPATH": str(HERE.parent.parent)}
        self.errors = (folder / "stderr").open("w")
        self.process = subprocess.Popen(
            [sys.executable, HERE / "run_with_faults.py"], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def run(self, words, at=10**9, code=0, *, kill=False):
        asked = {"words": words, "at": at, "code": code, "kill": kill, "root": str(self.out)}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def files(self):
        return {str(path.relative_to(self.out)): path.read_bytes()
                for kind in KEPT for path in self.out.rglob(kind)}

    def reset(self):
        shutil.rmtree(self.out)
        shutil.copytree(self.folder / "before", self.out)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()
        self.errors.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    built = tmp_path_factory.mktemp("built") / "faults.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-o", built, HERE / "faults.c", "-ldl"],
                   check=True)
    return built


@pytest.mark.parametrize(("code", "kill"), [
    (errno.ENOSPC, False), (errno.EIO, False), (errno.EACCES, False), (0, True)],
    ids=["full", "broken", "refused", "killed"])
@pytest.mark.parametrize("name", RUNS)
def test_whatever_call_fails_nothing_is_half_done(tmp_path, library, request, name, code, kill):
    trials = Trials(tmp_path, name, library)
    request.addfinalizer(trials.close)
    old, new = trials.words
    assert trials.run(old, 0)["ended"] == 0
    shutil.copytree(trials.out, tmp_path / "before")
    before = trials.files()
    assert trials.run(new, 0)["ended"] == 0
    after = trials.files()
    assert before != after
    met, ends = {}, {}
    for at in count(1):
        trials.reset()
        told = trials.run(new, at, code, kill=kill)
        place = (at, told["fault"])
        if told["ended"] == 0 and not told["fault"]:
            break
        ended = told["ended"]
        ends[ended] = ends.get(ended, 0) + 1
        if not kill:
            met[told["fault"].split()[0]] = met.get(told["fault"].split()[0], 0) + 1
        assert ended in ((-9,) if kill else (0, 1, 3, 5)), place
        for file, data in trials.files().items():
            if data not in (before.get(file), after.get(file)):
                # A row failed, and what holds all rows is whole without it.
                assert ended == 1, (place, file)
                assert file in BESIDE, (place, file)
                assert data.endswith(BESIDE[file]), (place, file)
        if ended == 0 and not kill:
            assert trials.files() == after, place
        again = trials.run(new)
        assert again["ended"] == 0, place
        assert trials.files() == after, place
        assert not list(trials.out.rglob(".handout-*")), place
        assert "Traceback" not in (tmp_path / "stderr").read_text(), place
    print(f"\n{name}, {errno.errorcode.get(code, 'killed')}: {at - 1} faults, "
          f"calls {met or 'any'}, exit codes {ends}")
