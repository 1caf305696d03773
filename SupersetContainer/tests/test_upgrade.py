"""The bootstrap brings up what the release before left, and everything stays where it was."""

import os
import subprocess
import sys
from pathlib import Path

from support.release import DOWNGRADE, PREVIOUS, kept, migration

LIMIT_SECONDS = 300
FOLDER = Path(__file__).parents[1]


def ran(*command: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(FOLDER)}
    done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_metadata_of_the_release_before_are_brought_up(stack, guests, bootstrapped):
    current, before = migration(stack), kept(stack)
    program, *arguments = DOWNGRADE
    ran(str(Path(sys.executable).parent / program), *arguments)
    assert migration(stack) == PREVIOUS != current

    said = ran(sys.executable, "-m", "embedstack.bootstrap")

    assert "schema upgraded" in said and "self-check" in said
    assert migration(stack) == current
    assert kept(stack) == before
    assert guests.count(guests.token(), force=True) == guests.rows_of("northside")
