"""Both entry points end with one line, long before Superset is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "bootstrap": [sys.executable, "-m", "embedstack.bootstrap"],
    "gunicorn": [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py")] + ["superset.app:create_app()"],
    "superset": [sys.executable, "-c", "import superset.config"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_equal_secrets_end_the_start_with_one_line(environment, name):
    environment["SUPERSET_JWT_SECRET_KEY"] = environment["SUPERSET_SECRET_KEY"]
    result = subprocess.run(
        COMMANDS[name],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert result.returncode == 1
    assert len(lines) == 1
    assert "SUPERSET_JWT_SECRET_KEY equals SUPERSET_SECRET_KEY" in lines[0]
    assert environment["SUPERSET_SECRET_KEY"] not in result.stdout + result.stderr
