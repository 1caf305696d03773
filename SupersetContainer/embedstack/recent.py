"""Values of another server that may be a moment old."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Reads a value at most once in `seconds`, in one thread at a time.

    A failure is kept as long as a value is: it is raised again rather than tried by every waiting thread.
    """

    def __init__(
        self, read: Callable[[], T], seconds: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._clock = clock
        self._seconds = seconds
        self._lock = threading.Lock()
        self._outcome: tuple[float, T | None, Exception | None] | None = None

    def get(self) -> T:
        """The value; raises what the last attempt to read it raised."""
        with self._lock:
            now = self._clock()
            if self._outcome is None or now - self._outcome[0] >= self._seconds:
                self._outcome = self._try(now)
            _, value, failure = self._outcome
        if failure is not None:
            raise failure
        return value  # type: ignore[return-value]

    def _try(self, started: float) -> tuple[float, T | None, Exception | None]:
        # The value's age counts from before it was read; a failure's from after it, which may be seconds later.
        try:
            return started, self._read(), None
        except Exception as failure:
            return self._clock(), None, failure
