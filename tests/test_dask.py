"""A batch on a real Dask cluster of two worker processes, where `distributed` is installed."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

import cli

pytest.importorskip("distributed", reason="the extra dask is not installed")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def address(tmp_path):
    """A scheduler with two workers on this machine, gone when the test ends."""
    port = free_port()
    environment = {**os.environ, "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
    begun = [subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
         "--port", str(port), "--no-dashboard"], env=environment, cwd=tmp_path,
        stderr=subprocess.DEVNULL)]
    begun += [subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}",
         "--nthreads", "1", "--no-dashboard", "--no-nanny"], env=environment, cwd=tmp_path,
        stderr=subprocess.DEVNULL) for _ in range(2)]
    time.sleep(3)
    yield f"tcp://127.0.0.1:{port}"
    for process in begun:
        process.kill()
        process.wait(20)


def test_a_cluster_of_two_processes_makes_the_same_files_and_report(
        address, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")
    lines = [f"Zebra Quagga {number},{('gout', 'bursitis')[number % 2]}" for number in range(40)]
    (tmp_path / "clinic.csv").write_text("\n".join(["patient,cause", *lines]), encoding="utf-8")
    codes = [cli.run(["batch", "clinic.csv", "-o", "there", "--dask", address]),
             cli.run(["batch", "clinic.csv", "-o", "here", "--jobs", "1"])]
    capsys.readouterr()
    there, here = ({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.pdf")}
                   for name in ("there", "here"))

    assert codes == [0, 0]
    assert there == here
    assert len(there) == 40
    assert json.loads((tmp_path / "there" / "report.json").read_text()) == json.loads(
        (tmp_path / "here" / "report.json").read_text())
