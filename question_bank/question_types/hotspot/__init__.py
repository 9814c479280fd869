"""Hotspot: one mark on a figure drawn to scale, or the same place from a described list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import Field

from question_bank.choice import ChoiceQuestion, Option, OptionId
from question_bank.decimals import Number, Range, contains
from question_bank.question import AnswerRefused, Harm, Json, Layout, Mark, Problem

Corner: TypeAlias = tuple[Number, Number]
"""A point in mm: from the left edge of the figure, and below the surface."""

WIDTH: Final[Range] = ("0.00", "4.00")
HEIGHT: Final[Range] = ("-0.60", "2.75")
"""What the figure shows, in mm from the left edge and below the surface."""

_HUNDREDTHS: Final = re.compile(r"-?[0-9]{1,2}(\.[0-9]{1,2})?")


class Region(Option):
    """One described place and where it lies: a band of depths across the figure, or a polygon."""

    band: Range | None = None
    polygon: Annotated[tuple[Corner, ...], Field(min_length=3, max_length=60)] | None = None

    def holds(self, x: str, y: str) -> bool:
        """Whether the point lies in the region, its edge included."""
        if self.band:
            return contains(self.band, y)
        return bool(self.polygon) and is_inside(self.polygon or (), Decimal(x), Decimal(y))


def is_inside(polygon: tuple[Corner, ...], x: Decimal, y: Decimal) -> bool:
    """Whether a point lies in a polygon or on its edge: a ray to the right crosses the edges an odd number of times."""
    corners = [(Decimal(left), Decimal(down)) for left, down in polygon]
    inside = False
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        if side == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
        if (y1 > y) != (y2 > y) and (side > 0) == (y2 > y1):
            inside = not inside
    return inside


class Hotspot(ChoiceQuestion):
    """A mark in mm, stored as `{"x": "1.25", "y": "0.30"}`, or `{"place": "b"}` from the list.

    Both ways mark alike: 1 inside the region of the key (the item-writing guide of the bank: "inside polygon"), else 0
    with the harm of the region hit. Where regions overlap the key goes first, then the order written.
    """

    label: ClassVar[str] = "Mark on a figure"
    fewest: ClassVar[int] = 3
    most: ClassVar[int] = 6

    kind: Literal["hotspot"] = "hotspot"
    options: Annotated[tuple[Region, ...], Field(max_length=26)]
    key: OptionId = ""

    def read_answer(self, sent: Json, layout: Layout) -> dict[str, str] | None:
        """A point with two decimals, or the bank id of a place; None or an empty mapping clears.

        Raises AnswerRefused for anything but a point on the figure or a place of the list.
        """
        if sent is None or sent == {}:
            return None
        if isinstance(sent, dict) and set(sent) == {"place"}:
            return {"place": self._place_named(sent["place"], layout)}
        if isinstance(sent, dict) and set(sent) == {"x", "y"}:
            return {"x": _coordinate(sent["x"], WIDTH), "y": _coordinate(sent["y"], HEIGHT)}
        raise AnswerRefused("Mark one point on the figure, or choose a place from the list.")

    def sent_answer(self, stored: Json, layout: Layout) -> dict[str, str] | None:
        """The point as it is stored, or the opaque id of the place."""
        if stored is None:
            return None
        if "place" in stored:
            return {"place": str(layout["ids"][stored["place"]])}
        return {"x": str(stored["x"]), "y": str(stored["y"])}

    def place_of(self, stored: Json) -> str | None:
        """The bank id of the region that a stored answer names or hits; None where it hits none."""
        if not isinstance(stored, dict):
            return None
        if "place" in stored:
            return next((region.id for region in self.options if region.id == stored["place"]), None)
        x, y = stored.get("x"), stored.get("y")
        if not _is_coordinate(x) or not _is_coordinate(y):
            return None
        first_the_key = sorted(self.options, key=lambda region: region.id != self.key)
        return next((region.id for region in first_the_key if region.holds(str(x), str(y))), None)

    def plausible_answers(self) -> Iterator[Json]:
        """The place of the key, then every other place of the list."""
        others = (option.id for option in self.options if option.id not in self.right)
        yield from ({"place": place} for place in [*sorted(self.right), *others])

    def mark(self, stored: Json) -> Mark:
        """1 for the region of the key, else 0 with the harm of the region hit; outside all regions there is none."""
        place = self.place_of(stored)
        if place and place in self.right:
            return Mark(fraction=1.0)
        harm = next(self.harm_of(frozenset([place] if place else [])), Harm.NONE)
        return Mark(fraction=0.0, harm=harm)

    def problems(self) -> list[Problem]:
        """Faults of the list and the key, and of the regions."""
        return [*super().problems(), *self._region_problems()]

    def _place_named(self, opaque: Json, layout: Layout) -> str:
        for name, known in layout["ids"].items():
            if known == opaque:
                return str(name)
        raise AnswerRefused("Choose one of the places listed.")

    def _region_problems(self) -> Iterator[Problem]:
        for index, region in enumerate(self.options):
            if (region.band is None) == (region.polygon is None):
                message = f"Give region {region.id} a `band` of depths or a `polygon`, one of the two."
                yield Problem(rule="region-missing", at=f"options.{index}.band", message=message)
            if region.band and Decimal(region.band[0]) >= Decimal(region.band[1]):
                message = f"Write the shallower end of the band of region {region.id} first."
                yield Problem(rule="range-order", at=f"options.{index}.band", message=message)
            if not _is_drawn(region):
                message = f"Region {region.id} must lie on the figure: 0 to 4 mm across, -0.60 to 2.75 mm deep."
                at = f"options.{index}.{'band' if region.band else 'polygon'}"
                yield Problem(rule="outside-figure", at=at, message=message)


def _is_drawn(region: Region) -> bool:
    depths = [*(region.band or ()), *(down for _, down in region.polygon or ())]
    return all(contains(HEIGHT, depth) for depth in depths) and all(
        contains(WIDTH, left) for left, _ in region.polygon or ()
    )


def _is_coordinate(value: Json) -> bool:
    return isinstance(value, str) and _HUNDREDTHS.fullmatch(value) is not None


def _coordinate(sent: Json, span: Range) -> str:
    """A coordinate on the figure with two decimals; refused where it is none."""
    if not _is_coordinate(sent) or not contains(span, sent):
        raise AnswerRefused("Mark a point on the figure, in hundredths of a millimetre.")
    return f"{Decimal(sent) + 0:.2f}"


Type = Hotspot
