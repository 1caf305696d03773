"""Entry point; ends with exit code 1 and one line when a step fails."""

import sys

from embedstack.bootstrap.runner import run_steps
from embedstack.bootstrap.steps import STEPS

if __name__ == "__main__":
    sys.exit(run_steps(STEPS))
