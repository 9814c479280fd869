"""The plane on which a mark is put: how far it reaches, in which unit, and by which steps a mark moves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from question_bank.decimals import Range
from question_bank.question import Json, Layout

STEPS: Final = 200
"""Steps from the left edge to the right one."""

_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """What a figure shows, from edge to edge: across, and down. `unit` is "mm", or "" for a figure not to scale."""

    x: Range
    y: Range
    unit: str = "mm"

    @classmethod
    def of_size(cls, width: str, height: str, unit: str) -> Canvas:
        """The plane of a figure of this size, from its top left corner."""
        return cls(x=("0.00", f"{Decimal(width):.2f}"), y=("0.00", f"{Decimal(height):.2f}"), unit=unit)

    @classmethod
    def of_layout(cls, layout: Layout) -> Canvas:
        """The plane of a question on a paper: that of its figure, or the section where it has none."""
        figure = layout.get("figure")
        return cls.of_size(figure["width"], figure["height"], figure["unit"]) if figure else SECTION

    @property
    def step(self) -> Decimal:
        """By how much one press of a key moves a mark."""
        width = Decimal(self.x[1]) - Decimal(self.x[0])
        return max(_HUNDREDTH, (width / STEPS).quantize(_HUNDREDTH))

    @property
    def words(self) -> str:
        """How far the figure reaches, for whoever writes a region."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.x[0]} to {self.x[1]}{unit} across, {self.y[0]} to {self.y[1]}{unit} down"

    def sent(self) -> dict[str, Json]:
        """What pages and programs are told: `{"x": [low, high], "y": [low, high], "unit", "step"}`."""
        return {"x": list(self.x), "y": list(self.y), "unit": self.unit, "step": str(self.step)}


SECTION: Final = Canvas(x=("0.00", "4.00"), y=("-0.60", "2.75"))
"""The section through the skin: mm from the left edge, and below the surface."""
