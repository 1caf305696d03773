"""Time that passes when a test says so."""


class Clock:
    """Stands where `time.monotonic` does."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
