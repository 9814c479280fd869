"""A small client: connections that stay open, cookies, the page's token, and bounded rounds of requests."""

import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

JSON = {"Accept": "application/json"}
TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """One browser on one connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)

    def request(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request with the cookies that came so far; again, if the server has closed an idle connection."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            response = self._send(method, path, body, {"Cookie": cookie, **(headers or {})})
        except (OSError, HTTPException):
            self.connection.close()
            response = self._send(method, path, body, {"Cookie": cookie, **(headers or {})})
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return Answer(response.status, dict(response.headers), response.read())

    def _send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> HTTPResponse:
        self.connection.request(method, path, body or None, dict(headers))
        return self.connection.getresponse()

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def json(self, path: str) -> Any:
        return self.request("GET", path, headers=JSON).json

    def put(self, path: str, data: Any) -> Answer:
        headers = {**JSON, "Content-Type": "application/json", "X-CSRFToken": self.token}
        return self.request("PUT", path, json.dumps(data).encode(), headers)

    def post(self, path: str, **fields: str) -> Answer:
        headers = {**JSON, "Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", path, urlencode({"csrf_token": self.token, **fields}).encode(), headers)

    def sign_in(self, email: str, password: str) -> None:
        self.token = self.json("/sign-in")["csrf_token"]
        self.token = self.post("/sign-in", email=email, password=password).json["csrf_token"]


Step = Callable[[], Answer]
"""Sends the next request of a subject."""


def measure(steps: list[Step], *, requests: int, seconds: float) -> list[float]:
    """Milliseconds per request: each step in a thread of its own, until its share is sent or the time is over."""
    share = requests // len(steps)
    with ThreadPoolExecutor(len(steps)) as threads:
        running = [threads.submit(_repeat, step, share, seconds) for step in steps]
        return [each for thread in running for each in thread.result()]


def _repeat(step: Step, count: int, seconds: float) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + seconds
    while len(times) < count and (begun := time.perf_counter()) < end:
        answer = step()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"Answer {answer.status}: {answer.body[:200]!r}")
    return times
