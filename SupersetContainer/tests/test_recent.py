import threading
import time

import pytest
from support.clock import Clock

from embedstack.shared.recent import Recent


def test_value_is_read_once_until_it_is_too_old():
    reads, clock = [], Clock()
    recent = Recent(lambda: reads.append(1) or len(reads), seconds=1, clock=clock)
    assert recent.get() == 1
    clock.now += 0.9
    assert recent.get() == 1
    clock.now += 0.1
    assert recent.get() == 2


def test_newer_value_is_read_once_for_all_who_hold_the_older():
    values = [object(), object(), object()]
    recent = Recent(iter(values).__next__, seconds=1, clock=Clock())
    old = recent.get()
    assert recent.get_after(old) is values[1]
    assert recent.get_after(old) is values[1]
    assert recent.get() is values[1]


def test_many_threads_wait_for_one_read():
    reads = []

    def read():
        time.sleep(0.1)
        reads.append(1)
        return "value"

    recent = Recent(read, clock=Clock())
    threads = [threading.Thread(target=recent.get) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reads) == 1


def test_failure_is_raised_to_all_who_wait_and_then_tried_again():
    reads = []

    def read():
        reads.append(1)
        if len(reads) == 1:
            raise OSError("away")
        return "back"

    clock = Clock()
    recent = Recent(read, clock=clock)
    for _ in range(2):
        with pytest.raises(OSError, match="away"):
            recent.get()
    assert len(reads) == 1
    clock.now += 1
    assert recent.get() == "back"


def test_last_value_holds_while_reading_fails_and_no_longer():
    answers, clock = [1, OSError("away"), OSError("away"), OSError("away"), 2], Clock()

    def read():
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    recent = Recent(read, grace=10, clock=clock)
    assert recent.get() == 1
    for elapsed in (1, 9.9):
        clock.now = 100 + elapsed
        assert recent.get() == 1
    clock.now = 111
    with pytest.raises(OSError, match="away"):
        recent.get()
    clock.now = 112
    assert recent.get() == 2


def test_nobody_waits_for_the_one_who_tries_again():
    release, clock, reads = threading.Event(), Clock(), []

    def read():
        reads.append(1)
        if len(reads) == 1:
            return "old"
        if len(reads) == 2:
            raise OSError("away")
        assert release.wait(20)
        return "new"

    recent = Recent(read, grace=10, clock=clock)
    assert recent.get() == "old"
    clock.now += 1
    assert recent.get() == "old"
    clock.now += 1
    slow = threading.Thread(target=recent.get)
    slow.start()
    while len(reads) < 3:
        time.sleep(0.01)
    assert recent.get() == "old"
    release.set()
    slow.join(20)
    assert recent.get() == "new"
