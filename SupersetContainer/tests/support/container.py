"""The image in a container of this machine, started by the README's own command."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

IMAGE = os.environ.get("EMBEDSTACK_SUPERSET_IMAGE", "")
RUNTIME = os.environ.get("ASPIRE_CONTAINER_RUNTIME") or "podman"
README = Path(__file__).parents[2] / "README.md"
LIMIT_SECONDS = 120


def asked(*arguments: str) -> str:
    """What the container runtime answers."""
    done = subprocess.run([RUNTIME, *arguments], capture_output=True, text=True, timeout=LIMIT_SECONDS)
    assert done.returncode == 0, f"{RUNTIME} {' '.join(arguments[:2])}: {done.stderr[-2000:]}{done.stdout[-2000:]}"
    return done.stdout


class Container:
    """A folder as the README describes it, and a container that its command starts there."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str], port: int) -> None:
        self.name = name
        self.address = f"http://127.0.0.1:{port}"
        self._folder = folder
        (folder / "secrets").mkdir()
        lines = {"SUPERSET_BIND": f"127.0.0.1:{port}"}
        for variable, value in environment.items():
            if variable.endswith("_FILE"):
                copy = folder / "secrets" / Path(value).name
                shutil.copyfile(value, copy)
                copy.chmod(0o644)  # another user's, in there
                value = f"/run/secrets/{copy.name}"
            if variable != "SUPERSET_CONFIG_PATH":
                lines[variable] = value
        (folder / "superset.env").write_text("".join(f"{name}={value}\n" for name, value in lines.items()))

    def bootstrap(self) -> str:
        """Runs the other command of the image to its end; what it wrote."""
        return self.ran("bootstrap")

    def ran(self, *told: str) -> str:
        """Runs what the image is told to its end, in a container beside; what it wrote."""
        command = _replaced(self._command(), " --detach ", " --rm ")
        command = _replaced(command, f"--name {self.name} ", f"--name {self.name}-job ")
        return self._run(_replaced(command, " serve", f" {shlex.join(told)}"))

    def serve(self) -> None:
        """Starts the command as it stands."""
        self._run(self._command())

    def run(self, command: str) -> str:
        """What a line of shell says in the container, as its user; its exit code means nothing."""
        line = ["exec", self.name, "sh", "-c", command]
        return subprocess.run([RUNTIME, *line], capture_output=True, text=True, timeout=LIMIT_SECONDS).stdout.strip()

    def inspected(self) -> dict:
        """What the container runtime knows of the container."""
        return json.loads(asked("inspect", self.name))[0]

    def log(self) -> str:
        """What it has written so far."""
        done = subprocess.run([RUNTIME, "logs", self.name], capture_output=True, text=True, timeout=LIMIT_SECONDS)
        return done.stdout + done.stderr

    def stop(self) -> int:
        """Stops it as whoever operates it would; its exit code, not 0 where it had to be killed after 15 seconds."""
        asked("stop", "--time", "15", self.name)
        return self.inspected()["State"]["ExitCode"]

    def remove(self) -> None:
        """Leaves nothing."""
        subprocess.run([RUNTIME, "rm", "--force", self.name], capture_output=True, timeout=LIMIT_SECONDS)

    def _command(self) -> str:
        found = re.search(r"```sh\n(podman run .*?)\n```", README.read_text(encoding="utf-8"), re.DOTALL)
        assert found, f"{README} names no command"
        command = _replaced(found[1].replace("\\\n", " "), "podman run", f"{RUNTIME} run")
        command = _replaced(command, "--name superset ", f"--name {self.name} ")
        # The servers of these tests listen on loopback alone; so does this one then, by its environment.
        command = _replaced(command, "--network superset --publish 127.0.0.1:8088:8088 ", "--network host ")
        return _replaced(command, " embedstack/superset ", f" {IMAGE} ")

    def _run(self, command: str) -> str:
        done = subprocess.run(shlex.split(command), cwd=self._folder, capture_output=True, text=True, timeout=LIMIT_SECONDS)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"'{old}' stands in the README's command {text.count(old)} times"
    return text.replace(old, new)
