"""What one person may do in one quiz: its terms and the exceptions together."""

from datetime import timedelta

import pytest

from quiz import clock
from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.quizzes import Quiz
from quiz.services.attempts.allowances import Allowance, extra_minutes

NOW = clock.now()
QUIZ = Quiz(id=1, title="Sterility", minutes=30, attempts_allowed=2, wait_hours=24)


def extra_time(**changes):
    return GrantedException(kind="extra_time", **changes)


def hours(number):
    return NOW + timedelta(hours=number)


def sat(*, begun, closed):
    return Attempt(started_at=hours(begun), closed_at=None if closed is None else hours(closed))


@pytest.mark.parametrize(
    ("base", "percent", "minutes"), [(30, 50, 15), (25, 25, 7), (45, 33, 15), (1, 1, 1), (60, 300, 180)]
)
def test_a_share_is_rounded_up_to_whole_minutes(base, percent, minutes):
    assert extra_minutes(base, [extra_time(percent=percent)]) == minutes


def test_shares_and_minutes_add_up_and_each_share_is_rounded_by_itself():
    assert extra_minutes(25, [extra_time(percent=25), extra_time(percent=25), extra_time(minutes=10)]) == 7 + 7 + 10


def test_a_quiz_without_a_time_limit_has_no_extra_time():
    allowance = Allowance(quiz=Quiz(minutes=None), exceptions=[extra_time(minutes=10)])
    assert (allowance.extra_minutes, allowance.minutes) == (0, None)


def test_an_allowance_takes_what_holds_for_its_quiz_or_for_all():
    granted = [extra_time(quiz_id=None, minutes=1), extra_time(quiz_id=1, minutes=2), extra_time(quiz_id=2, minutes=4)]
    assert Allowance.among(QUIZ, granted).minutes == 30 + 1 + 2


def test_attempts_are_added_to_those_allowed():
    more = GrantedException(kind="attempts", attempts=2)
    allowance = Allowance(quiz=QUIZ, exceptions=[more])
    assert allowance.attempts_left([sat(begun=-9, closed=-8)] * 3) == 1
    assert Allowance(quiz=Quiz(attempts_allowed=None), exceptions=[more]).attempts_left([]) is None


def test_a_limit_that_was_lowered_later_leaves_no_attempts_and_not_fewer():
    assert Allowance(quiz=QUIZ).attempts_left([sat(begun=-9, closed=-8)] * 3) == 0


def test_the_waiting_time_runs_from_the_last_close():
    done = [sat(begun=-60, closed=-59), sat(begun=-5, closed=-4)]
    assert Allowance(quiz=QUIZ).waits_until(done) == hours(20)
    assert Allowance(quiz=QUIZ).waits_until([]) is None


def test_an_attempt_without_the_waiting_time_may_begin_at_once_and_the_one_after_it_waits():
    more = GrantedException(kind="attempts", attempts=1, without_wait=True, granted_at=hours(-2))
    allowance, before = Allowance(quiz=QUIZ, exceptions=[more]), sat(begun=-5, closed=-4)
    assert allowance.waits_until([before]) is None
    assert allowance.waits_until([before, sat(begun=-1, closed=-0.5)]) == hours(23.5)


def test_an_attempt_that_need_not_wait_does_not_use_up_one_that_was_granted_without_waiting():
    more = GrantedException(kind="attempts", attempts=1, without_wait=True, granted_at=hours(-99))
    allowance = Allowance(quiz=QUIZ, exceptions=[more])
    assert allowance.waits_until([sat(begun=-50, closed=-49), sat(begun=-5, closed=-4)]) is None


@pytest.mark.parametrize(
    ("opens", "closes", "is_open", "opens_at", "closed_at"),
    [
        (-5, -1, False, None, -1),
        (-5, 1, True, None, None),
        (1, 5, False, 1, None),
        (None, 5, True, None, None),
    ],
    ids=["over", "open", "ahead", "open at once"],
)
def test_another_window_counts_beside_the_one_that_is_over(opens, closes, is_open, opens_at, closed_at):
    quiz = Quiz(opens_at=hours(-9), closes_at=hours(-6))
    window = GrantedException(kind="window", opens_at=None if opens is None else hours(opens), closes_at=hours(closes))
    allowance = Allowance(quiz=quiz, exceptions=[window])
    assert allowance.is_open(NOW) is is_open
    assert allowance.opens_at(NOW) == (None if opens_at is None else hours(opens_at))
    assert allowance.closed_at(NOW) == (None if closed_at is None else hours(closed_at))


def test_a_window_is_open_at_its_first_moment_and_closed_at_its_last():
    allowance = Allowance(quiz=Quiz(opens_at=hours(0), closes_at=hours(1)))
    assert (allowance.is_open(hours(0)), allowance.is_open(hours(1))) == (True, False)
