"""The figures of a bank: a catalogue, and drawings of which the pages get a light and a dark copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Annotated, Final, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from question_bank import drawing
from question_bank.canvas import Canvas
from question_bank.drawing import Scheme
from question_bank.opaque_ids import draw_ids
from question_bank.question import PRINTABLE, Json, Problem, Question, Slug, Text
from question_bank.question_file import Entry, Fault
from question_bank.reference_files import read_entries
from question_bank.references import FactId, SourceKey

FIGURES: Final = "figures.yaml"
FOLDER: Final = "figures"
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
PIXELS_WIDE: Final = 1200
"""How wide a picture says that it is; pages give it the room there is."""

Size = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2}(\.[0-9]{1,2})?$")]


class Figure(BaseModel):
    """An entry of the catalogue. A figure that is not to scale is measured in units of its own, likewise from 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Slug
    title: Annotated[str, Field(pattern=PRINTABLE, min_length=1, max_length=120)]
    """What the figure shows, in a line that gives no answer away."""
    alternative: Text
    """The figure in words, for whoever cannot see it; it gives no answer away either."""
    drawing: Slug | None = None
    """The file in `figures/` without its suffix; by default the name."""
    labels: bool = True
    """Whether the letters or numbers in the drawing's group `labels` are shown."""
    width: Size
    height: Size
    scale: Literal["mm", "none"] = "none"
    facts: tuple[FactId, ...] = ()
    sources: tuple[SourceKey, ...] = ()
    licence: Text = "As the project"

    @property
    def unit(self) -> str:
        """What a position on the figure is counted in: "mm", or nothing where the figure is not to scale."""
        return "mm" if self.scale == "mm" else ""

    @property
    def canvas(self) -> Canvas:
        """The plane of the figure."""
        return Canvas.of_size(self.width, self.height, self.unit)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture, as its element says them before the picture is there."""
        return PIXELS_WIDE, round(PIXELS_WIDE * Decimal(self.height) / Decimal(self.width))


@dataclass(frozen=True)
class Drawn:
    """A figure with its copies as pages get them: nothing in them tells more than can be seen."""

    figure: Figure
    light: str
    dark: str
    file: str = ""
    line: int = 0
    """Where its entry stands in the catalogue."""

    @property
    def canvas(self) -> Canvas:
        """The plane of the figure."""
        return self.figure.canvas

    @cached_property
    def digest(self) -> str:
        """sha256 over everything that a trainee is shown of the figure; another digest is another figure."""
        shown = self.figure.model_dump(include={"name", "title", "alternative", "width", "height", "scale"})
        parts = [json.dumps(shown, sort_keys=True), self.light, self.dark]
        return sha256("\0".join(parts).encode()).hexdigest()


class Sized(Protocol):
    """What a paper keeps of a figure: its size, and the unit of positions on it."""

    @property
    def width(self) -> str:
        """From edge to edge."""

    @property
    def height(self) -> str:
        """From edge to edge."""

    @property
    def unit(self) -> str:
        """ "mm", or nothing where the figure is not to scale."""


def laid_out(question: Question, figure: Sized | None, random: Random) -> dict[str, Json]:
    """What a paper keeps of a question: its layout, and with a figure an opaque id for it and its size."""
    layout = question.layout(random)
    if figure is None:
        return layout
    opaque = "".join(draw_ids(["first", "second"], random).values())
    return {**layout, "figure": {"id": opaque, "width": figure.width, "height": figure.height, "unit": figure.unit}}


def load_figures(folder: Path, faults: list[Fault]) -> Mapping[str, Drawn]:
    """The figures of a bank's folder by name; what cannot be used is added to the faults, with file and line."""
    found: dict[str, Drawn] = {}
    for name, (entry, figure) in read_entries(folder / FIGURES, Figure, "name", faults).items():
        drawn = _drawn(folder / FOLDER / f"{figure.drawing or name}.svg", entry, figure, faults)
        if drawn:
            found[name] = drawn
    return MappingProxyType(found)


def _drawn(path: Path, entry: Entry, figure: Figure, faults: list[Fault]) -> Drawn | None:
    if not figure.alternative.strip():
        message = "Write the figure in words, for whoever cannot see it: `alternative` is empty."
        faults.append(entry.fault(Problem(rule="alternative-missing", at="alternative", message=message)))
    if not path.is_file():
        message = f"There is no drawing {path.name} in {path.parent.name}/."
        faults.append(entry.fault(Problem(rule="drawing-missing", at="drawing", message=message)))
        return None
    source = path.read_text("utf-8")
    refusals = drawing.refusals(source, *figure.pixels)
    light, dark = ("", "") if refusals else (drawing.copy(source, each, labels=figure.labels) for each in SCHEMES)
    refusals = refusals or drawing.weight_refusals(light)
    faults.extend(Fault(str(path), refusal.line, refusal.message) for refusal in refusals)
    return None if refusals else Drawn(figure, light, dark, entry.file, entry.line)
