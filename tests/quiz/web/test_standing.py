"""Figures that pages share."""

import pytest

from quiz.web.standing import hundredths


@pytest.mark.parametrize(
    ("share", "shown"), [(26 / 30, 86), (0.29, 29), (0.57, 57), (0.799999, 79), (1.0, 100), (0.0, 0)]
)
def test_a_score_is_never_rounded_up_to_something_that_was_not_reached(share, shown):
    assert hundredths(share) == shown
