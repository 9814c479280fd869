"""Opaque ids: what a trainee's page calls an option, row or gap in place of its bank id."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Final

ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz23456789"
LENGTH: Final = 6


def draw_ids(names: Iterable[str], random: Random) -> dict[str, str]:
    """Give each name its own id of six letters and digits, all different, all of one length."""
    ids: dict[str, str] = {}
    for name in names:
        ids[name] = _unused(set(ids.values()), random)
    return ids


def _unused(taken: set[str], random: Random) -> str:
    while True:
        drawn = "".join(random.choices(ALPHABET, k=LENGTH))
        if drawn not in taken:
            return drawn
