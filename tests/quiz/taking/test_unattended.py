"""Requests that nobody asked for: pages fetched ahead, and an open page that asks for the time left."""

from datetime import timedelta

import pytest
import time_machine

from quiz import clock
from tests.factories import make_attempt
from tests.visitor import question_path

AHEAD = [{"X-Unattended": "yes"}, {"Sec-Purpose": "prefetch"}]


@pytest.mark.parametrize("headers", AHEAD)
def test_a_page_fetched_ahead_does_not_count_as_shown(alice, visit, headers):
    attempt, visitor = make_attempt(alice), visit(alice)
    visitor.question(attempt, 2)
    ahead = visitor.get(question_path(attempt, 3), headers=headers)
    assert ahead.heading == "Question 3 of 3"
    assert visitor.start(attempt.quiz.slug).location == question_path(attempt, 2)


def test_a_page_fetched_ahead_sets_no_cookie_even_when_the_person_was_seen_long_ago(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    visitor.question(attempt, 1)
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        assert "Set-Cookie" not in visitor.get(question_path(attempt, 2), headers=AHEAD[0]).headers
        assert "Set-Cookie" in visitor.question(attempt, 1).headers


def test_a_page_that_asks_for_the_time_does_not_keep_the_session_of_a_closed_attempt(alice, visit):
    attempt, visitor = make_attempt(alice, minutes_left=1), visit(alice)
    for minutes in (30, 59):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=True):
            assert visitor.get(question_path(attempt, 1), headers=AHEAD[0]).status == 303
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=True):
        assert visitor.json("/results").status == 401
