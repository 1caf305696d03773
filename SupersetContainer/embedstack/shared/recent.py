"""Values of another server that may be a moment old."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class _Read(Generic[T]):
    value: T
    started: float


class Recent(Generic[T]):
    """Reads a value at most once in `seconds`, in one thread at a time.

    Where reading fails, the last value holds until it is `grace` seconds old; after that the failure is raised. One
    thread at a time tries again, as often as values are read, and the others do not wait for it.
    """

    def __init__(
        self,
        read: Callable[[], T],
        seconds: float = 1.0,
        grace: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._clock = clock
        self._seconds = seconds
        self._grace = grace
        self._lock = threading.Lock()
        self._last: _Read[T] | None = None
        self._failure: Exception | None = None
        self._due = float("-inf")

    def get(self) -> T:
        """The value; raises what the last attempt to read it raised."""
        if self._clock() >= self._due and self._lock.acquire(blocking=self._failure is None):
            try:
                if self._clock() >= self._due:
                    self._renew()
            finally:
                self._lock.release()
        last, failure = self._last, self._failure
        if failure is not None and (last is None or self._clock() - last.started >= self._grace):
            raise failure
        assert last is not None
        return last.value

    def get_after(self, value: T) -> T:
        """A value that is newer than this one: the last, if somebody has read it meanwhile."""
        with self._lock:
            if self._last is None or self._last.value is value:
                self._renew()
        return self.get()

    def _renew(self) -> None:
        # A value's age counts from before it was read; a failure's from after it, which may be seconds later.
        started = self._clock()
        try:
            self._last, self._failure = _Read(self._read(), started), None
            self._due = started + self._seconds
        except Exception as failure:
            self._failure = failure
            self._due = self._clock() + self._seconds
