"""Chromium or Chrome of this machine as a slow device: a phone with a processor that takes four times as long."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.client import Client
from quiz.config import ROOT

SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
THROTTLE = 4
SLOW_NETWORK = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000, "offline": False}
"""A mobile network: milliseconds to and fro, bytes per second."""
WIDTHS = {390: 844, 1280: 800}
PHONE = 390
PATIENCE_MS = 30_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that `bin/browser` finds, or says how to install."""
    program = subprocess.run([ROOT / "bin" / "browser"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@contextmanager
def slow_page(browser: Browser, client: Client, *, width: int = PHONE, network: bool = False) -> Iterator[Page]:
    """A page of the client's person with nothing in its cache; with `network`, the network is slow, too."""
    url = f"http://127.0.0.1:{client.port}"
    context = browser.new_context(base_url=url, viewport={"width": width, "height": WIDTHS[width]})
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in client.cookies.items()])
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    if network:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    yield page
    context.close()
