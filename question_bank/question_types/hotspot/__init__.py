"""Hotspot: one mark on a figure drawn to scale, or the same place from a described list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import Field

from question_bank.canvas import SECTION, Canvas
from question_bank.choice import ChoiceQuestion, Option, OptionId
from question_bank.decimals import Number, Range, contains
from question_bank.question import AnswerRefused, Harm, Json, Layout, Mark, Problem

Corner: TypeAlias = tuple[Number, Number]
"""A point: from the left edge of the figure, and down; on the section through the skin, below the surface."""

SMALLEST_STEPS: Final = 10
"""How many steps the region of the key is across at the least: a twentieth of the figure's width."""

_HUNDREDTHS: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,2})?")


class Region(Option):
    """One described place and where it lies: a band of depths across the figure, or a polygon."""

    band: Range | None = None
    polygon: Annotated[tuple[Corner, ...], Field(min_length=3, max_length=60)] | None = None

    @property
    def smallest_side(self) -> Decimal:
        """The smaller one of width and height; a band is as wide as the figure."""
        axes = [self.band] if self.band else list(zip(*(self.polygon or (("0", "0"),)), strict=True))
        return min(max(map(Decimal, axis)) - min(map(Decimal, axis)) for axis in axes)

    def holds(self, x: str, y: str) -> bool:
        """Whether the point lies in the region, its edge included."""
        if self.band:
            return contains(self.band, y)
        return bool(self.polygon) and is_inside(self.polygon or (), Decimal(x), Decimal(y))


def _path(index: int, region: Region) -> str:
    return f"options.{index}.{'band' if region.band else 'polygon'}"


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
    """A mark, stored as `{"x": "1.25", "y": "0.30"}`, or `{"place": "b"}` from the list.

    It is put on the section through the skin, in mm, or on the question's figure, in the figure's units. Both ways mark
    alike: 1 inside the region of the key (like the shapes of `areaMapping` in IMS QTI), else 0 with the harm
    of the region hit. Where regions overlap the key goes first, then the order written.
    """

    label: ClassVar[str] = "Mark on a figure"
    fewest: ClassVar[int] = 3
    most: ClassVar[int] = 6
    shows_figure: ClassVar[bool] = True
    has_drawing: ClassVar[bool] = True

    kind: Literal["hotspot"] = "hotspot"
    options: Annotated[tuple[Region, ...], Field(max_length=26)]
    key: OptionId = ""

    def parts(self, layout: Layout) -> dict[str, Json]:
        """The described places in drawn order, and the plane that the mark is put on, as `Canvas.sent` says."""
        return {**super().parts(layout), "canvas": Canvas.of_layout(layout).sent()}

    def read_answer(self, sent: Json, layout: Layout) -> dict[str, str] | None:
        """A point with two decimals, or the bank id of a place; None or an empty mapping clears.

        Raises AnswerRefused for anything but a point on the figure or a place of the list.
        """
        if sent is None or sent == {}:
            return None
        if isinstance(sent, dict) and set(sent) == {"place"}:
            return {"place": self._place_named(sent["place"], layout)}
        if isinstance(sent, dict) and set(sent) == {"x", "y"}:
            plane = Canvas.of_layout(layout)
            return {"x": _coordinate(sent["x"], plane.x), "y": _coordinate(sent["y"], plane.y)}
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
        """Faults of the list and the key, and of the regions; a figure's own plane is judged by `figure_problems`."""
        beside = [] if self.figure else self.figure_problems(SECTION)
        return [*super().problems(), *self._region_problems(), *beside]

    def figure_problems(self, canvas: Canvas) -> list[Problem]:
        """Regions that reach beyond the figure, and one of the key that is hard to hit."""
        return [*self._beside(canvas), *(self._hard_to_hit(canvas) if self.figure else ())]

    def _beside(self, canvas: Canvas) -> Iterator[Problem]:
        for index, region in enumerate(self.options):
            if not _is_drawn(region, canvas):
                message = f"Region {region.id} must lie on the figure: {canvas.words}."
                yield Problem(rule="outside-figure", at=_path(index, region), message=message)

    def _hard_to_hit(self, canvas: Canvas) -> Iterator[Problem]:
        least = canvas.step * SMALLEST_STEPS
        for index, region in enumerate(self.options):
            if region.id in self.right and region.smallest_side < least:
                message = f"Draw region {region.id} at least {least} wide and high: people point with thumbs."
                yield Problem(rule="region-small", at=_path(index, region), message=message, blocks=False)

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
                message = f"Write the upper end of the band of region {region.id} first."
                yield Problem(rule="range-order", at=f"options.{index}.band", message=message)


def _is_drawn(region: Region, canvas: Canvas) -> bool:
    depths = [*(region.band or ()), *(down for _, down in region.polygon or ())]
    return all(contains(canvas.y, depth) for depth in depths) and all(
        contains(canvas.x, left) for left, _ in region.polygon or ()
    )


def _is_coordinate(value: Json) -> bool:
    return isinstance(value, str) and _HUNDREDTHS.fullmatch(value) is not None


def _coordinate(sent: Json, span: Range) -> str:
    """A coordinate on the figure with two decimals; refused where it is none."""
    if not _is_coordinate(sent) or not contains(span, sent):
        raise AnswerRefused("Mark a point on the figure, with two decimals at the most.")
    return f"{Decimal(sent) + 0:.2f}"


Type = Hotspot
