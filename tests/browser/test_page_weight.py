"""What the question page costs on a first visit, and that nothing on it moves while it loads."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from playwright.sync_api import Page, Response

from benchmarks.shifts import layout_shift
from quiz.models.people import User
from tests.browser.conftest import Screen
from tests.factories import make_attempt, make_quiz

FIRST_VISIT = 100_000
PAGE_ALONE = 15_000


def test_a_first_visit_to_a_question_of_thirty_is_light(browse: Callable[..., Page], alice: User) -> None:
    attempt = make_attempt(alice, make_quiz(questions=30))
    page = browse(alice)
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type not in ("font", "image"):
            sizes[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto(f"/attempts/{attempt.uuid}/questions/1", wait_until="networkidle")
    document = next(size for url, size in sizes.items() if url.endswith("/questions/1"))
    assert document <= PAGE_ALONE, sizes
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


def test_nothing_moves_while_a_question_loads(browse: Callable[..., Page], alice: User, screen: Screen) -> None:
    attempt = make_attempt(alice)
    page = browse(alice, screen)
    page.goto("/", wait_until="networkidle")
    assert layout_shift(page, f"/attempts/{attempt.uuid}/questions/1") < 0.01
