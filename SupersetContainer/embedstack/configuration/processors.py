"""How many processors this process may use."""

import math
import os
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")


def available_processors(groups: Path = _GROUPS) -> int:
    """The container's CPU limit, rounded up, and never more than the processors that the process may run on."""
    processors = len(os.sched_getaffinity(0))
    limit = _limit(groups)
    return processors if limit is None else max(1, min(processors, math.ceil(limit)))


def _limit(groups: Path) -> float | None:
    """Of the second version of control groups, or of the first."""
    try:
        quota, period = _words(groups / "cpu.max") or (
            *(_words(groups / "cpu" / "cpu.cfs_quota_us") or ["-1"]),
            *(_words(groups / "cpu" / "cpu.cfs_period_us") or ["100000"]),
        )
        return int(quota) / int(period) if quota not in ("max", "-1") else None
    except (ValueError, ZeroDivisionError):
        return None


def _words(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="ascii").split()
    except OSError:
        return []
