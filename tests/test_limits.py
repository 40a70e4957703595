"""A child process within bounds: it answers, it is ended, and the next call has another."""

import os
import subprocess
import sys
import time

import pytest
from limited import counted, pid, refuse, spin, take, told

from handouts.errors import InputError
from handouts.system.limits import Child, PastBounds


@pytest.fixture(scope="module")
def child():
    with Child(seconds=0.3, memory=200 << 20) as bounded:
        yield bounded


def test_a_function_answers_from_another_process_which_serves_again(child):
    first = child.run(pid)

    assert first not in (0, os.getpid())
    assert child.run(pid) == first


@pytest.mark.parametrize(("function", "values"), [(spin, ()), (take, (400 << 20,)),
                                                   (os._exit, (0,)), (os.abort, ())])
def test_what_passes_its_bounds_or_dies_is_told_and_the_next_call_works(child, function, values):
    if function is take and sys.platform != "linux":
        pytest.skip("memory is bounded on Linux alone")
    with pytest.raises(PastBounds):
        child.run(function, *values)

    assert child.run(take, 1 << 20) == 1 << 20


def test_the_time_of_one_call_is_not_taken_from_the_next(child):
    first = child.run(pid)
    for _ in range(3):
        child.run(sum, range(1_000_000))

    assert child.run(pid) == first


def test_what_a_generator_gave_before_it_was_ended_is_kept(child):
    got = []
    with pytest.raises(PastBounds):
        got.extend(child.each(counted, 3))
    for number in child.each(counted, 3):
        got.append(number)
        if number == 2:
            break  # whoever stops listening ends it, too

    assert got[-3:] == [0, 1, 2]
    assert child.run(take, 3) == 3


def test_an_error_comes_back_whole(child):
    with pytest.raises(InputError) as raised:
        child.run(refuse)

    assert (raised.value.problem, raised.value.where, raised.value.cure) == (
        "is no good", "here", "Mend it.")


def test_what_a_library_prints_is_no_answer(child):
    assert child.run(told) == "answer"


def test_nothing_from_the_folder_that_one_stands_in_is_run(tmp_path, monkeypatch):
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    with Child() as fresh:
        assert fresh.run(take, 3) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc or asks by a signal")
def test_a_child_ends_with_the_process_that_began_it(tmp_path):
    code = ("import os\nfrom handouts.system.limits import Child\n"
            "child = Child()\nprint(child.run(os.getpid), flush=True)\nos._exit(0)")
    begun = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                               check=True).stdout)
    for _ in range(100):
        try:
            os.kill(begun, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("it goes on")
