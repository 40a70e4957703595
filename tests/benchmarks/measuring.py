"""How benchmarks measure and tell; no benchmarks here."""

import platform
from pathlib import Path
from time import process_time


def best(job, rounds):
    """The least CPU time of a job, in seconds."""
    def once():
        start = process_time()
        job()
        return process_time() - start

    return min(once() for _ in range(rounds))


def milliseconds(seconds):
    return f"{seconds * 1000:.2f} ms" if seconds < .01 else f"{seconds * 1000:.0f} ms"


def processor() -> str:
    """What the system says of its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"
