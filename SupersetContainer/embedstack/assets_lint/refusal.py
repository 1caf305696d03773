"""What the lint says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One fault: where, against which rule, what it is, and what to do about it."""

    file: str
    rule: str
    cause: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.file}: [{self.rule}] {self.cause}; {self.next_step}"
