"""The application as it is served: granian with two workers, on a free port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from quiz.config import ROOT
from tests.databases import SECRET

PATIENCE = 30.0
STARTED = "Started worker-"
OPTIONS = (
    "--interface wsgi --factory app:create_app --blocking-threads 4 --backpressure 512 "
    "--respawn-failed-workers --workers-kill-timeout 2 --no-ws --log-level info"
).split()


@dataclass
class Server:
    """A server process; its address stays the same when it is started again."""

    instance: Path
    database_url: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_up(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> str:
        """What the server has written so far."""
        path = self.instance / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self, *, workers: int = 2) -> None:
        """Start it and wait for its workers; static files are compressed anew where they changed."""
        expected = self.log.count(STARTED) + workers
        subprocess.run([ROOT / "bin" / "compress"], check=True)
        program = Path(sys.executable).parent / "granian"
        address = ["--host", "127.0.0.1", "--port", str(self.port), "--workers", str(workers)]
        with (self.instance / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [program, *OPTIONS, *address],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait(expected)

    def stop(self) -> None:
        """End it as an operator does; finished requests are answered."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it and its workers as a crash does: at once, with nothing tidied up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("QUIZ_")}
        return {
            **own,
            "QUIZ_INSTANCE": str(self.instance),
            "QUIZ_DATABASE_URL": self.database_url,
            "QUIZ_SECRET_KEY": SECRET,
            "QUIZ_BASE_URL": self.url,
        }

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(PATIENCE)
        finally:
            if self.process.poll() is None:
                self.kill()
        self.process = None

    def _wait(self, expected: int) -> None:
        assert self.process is not None
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.log.count(STARTED) == expected and self._answers():
                return
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"The server does not answer:\n{self.log}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
