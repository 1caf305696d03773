"""Runs steps in order, names and times each, and explains the one that fails."""

import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO

from embedstack.bootstrap.context import Context
from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.redaction import redact_text

logger = logging.getLogger("embedstack.bootstrap")


@dataclass(frozen=True)
class Step:
    """A named piece of the bootstrap; `run` returns what it found or changed, in a few words."""

    name: str
    run: Callable[[Context], str]
    next_step: str


def run_steps(steps: Sequence[Step], context: Context | None = None) -> int:
    """Exit code: 0, or 1 after the first step that fails."""
    context = context or Context()
    started = time.monotonic()
    for number, step in enumerate(steps, start=1):
        begun = time.monotonic()
        try:
            outcome = step.run(context)
        except Exception as error:
            logger.debug("traceback", exc_info=True)
            _say(_explain(step, error), sys.stderr)
            return 1
        seconds = time.monotonic() - begun
        _say(f"[{number}/{len(steps)}] {step.name}: {outcome} ({seconds:.1f} s)", sys.stdout)
    _say(f"done in {time.monotonic() - started:.1f} s", sys.stdout)
    return 0


def _explain(step: Step, error: Exception) -> str:
    cause = " ".join(str(error).split()) or type(error).__name__
    if not isinstance(error, BootstrapFailure):
        cause = f"{type(error).__name__}: {cause}"
    next_step = getattr(error, "next_step", None) or step.next_step
    return redact_text(f"failed at step '{step.name}': {cause[:500]}; next step: {next_step}")


def _say(text: str, stream: TextIO) -> None:
    print(f"bootstrap: {text}", file=stream, flush=True)
