"""What `make bench` measures in a browser can be measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from benchmarks.interactions import INTERACTIONS
from benchmarks.stopwatch import Interaction, measure
from quiz.models.people import User
from tests.browser.conftest import PHONE
from tests.browser.sittings import opened, sit

MEASURED = [each for each in INTERACTIONS if each.kind in ("depth", "hotspot", "ordering")]


@pytest.mark.parametrize("interaction", MEASURED, ids=lambda each: each.name)
def test_an_interaction_takes_some_time_until_its_paint(
    browse: Callable[..., Page], alice: User, interaction: Interaction
) -> None:
    assert interaction.kind
    page = opened(browse(alice, PHONE), sit(alice, interaction.kind, mode="exam"))
    taken = measure(page, interaction, times=2)
    assert len(taken) == 2
    assert min(taken) > 0
