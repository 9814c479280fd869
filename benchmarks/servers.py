"""Granian with the settings of `make run`, and the processor time that its processes have used."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quiz.config import ROOT

OPTIONS = "--interface wsgi --factory --workers 2 --blocking-threads 4 --backpressure 512 --no-ws --log-level warning"
PATIENCE_SECONDS = 30.0
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that answers; the session holds the server and its workers, and nothing else."""

    port: int
    session: int

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far, as /proc tells it."""
        return sum(_ticks(self.session)) / TICKS_PER_SECOND


@contextmanager
def serve(target: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Start an application factory on a free port of this machine; end it with all its workers afterwards."""
    port = _free_port()
    program = Path(sys.executable).parent / "granian"
    process = subprocess.Popen(
        [program, *OPTIONS.split(), "--host", "127.0.0.1", "--port", str(port), target],
        cwd=ROOT,
        env={**os.environ, **environment, "QUIZ_BASE_URL": f"http://127.0.0.1:{port}"},
        start_new_session=True,
    )
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The server does not answer.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ticks(session: int) -> Iterator[int]:
    """Clock ticks of each process of a session: fields 14 and 15 of its stat line, the session being field 6."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            yield int(fields[11]) + int(fields[12])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
