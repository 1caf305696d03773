"""A failure whose cause is known."""


class BootstrapFailure(Exception):
    """One line of cause, and the next step where it differs from the step's usual one."""

    def __init__(self, cause: str, next_step: str | None = None) -> None:
        super().__init__(cause)
        self.next_step = next_step
