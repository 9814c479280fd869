"""Question pages in a browser on a slow device: interaction to paint, layout shift, and the weight of the section."""

from contextlib import ExitStack
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from benchmarks import interactions, page_sizes, shifts
from benchmarks.browser import chromium, slow_page
from benchmarks.databases import sqlite
from benchmarks.preparing import KINDS_QUIZ, prepare
from benchmarks.servers import serve
from benchmarks.sitting import Sitting


def measure() -> None:
    """Serve the quiz of many kinds, take it in the browser, and print the tables."""
    with ExitStack() as stack:
        url = stack.enter_context(sqlite())("browser")
        instance = stack.enter_context(TemporaryDirectory(prefix="stratum-bench-"))
        environment = {"QUIZ_DATABASE_URL": url, "QUIZ_INSTANCE": instance, "QUIZ_SECRET_KEY": token_urlsafe(48)}
        prepare(environment, 1)
        server = stack.enter_context(serve("app:create_app", environment))
        sitting = Sitting(server.port, 0, KINDS_QUIZ)
        browser = stack.enter_context(chromium())
        page = stack.enter_context(slow_page(browser, sitting.client))
        print(f"\n{interactions.table(interactions.measure_all(page, sitting))}", flush=True)
        print(f"\n{shifts.table(browser, sitting, f'/quizzes/{KINDS_QUIZ}')}", flush=True)
        for scheme, size in page_sizes.section_bytes().items():
            print(f"Section for answering, {scheme}, compressed: {size / 1000:.1f} kB (goal 60).")
