import threading
import time

import pytest
from support.clock import Clock

from embedstack.recent import Recent


def test_value_is_read_once_until_it_is_too_old():
    reads, clock = [], Clock()
    recent = Recent(lambda: reads.append(1) or len(reads), seconds=1, clock=clock)
    assert recent.get() == 1
    clock.now += 0.9
    assert recent.get() == 1
    clock.now += 0.1
    assert recent.get() == 2


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
