"""Drawings in SVG: what may stand in one, and the copies that pages get, which tell nothing but what they show.

A drawing takes its colours from the palette by name, `var(--ink)`, because a picture in a file of its own cannot take
them from the page. It may carry names, comments and titles for whoever draws; no copy does.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Final, Literal, TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from question_bank.colours import COLOURS

Scheme: TypeAlias = Literal["light", "dark"]
Attributes: TypeAlias = dict[str, str]

MOST_BYTES: Final = 60_000
"""What a copy may weigh, compressed."""

LABELS: Final = "labels"
NAMESPACE: Final = "http://www.w3.org/2000/svg"
_SHAPES: Final = set("path rect circle ellipse line polyline polygon text tspan use".split())
_FRAMES: Final = set("svg g defs linearGradient radialGradient stop clipPath pattern".split())
_SILENT: Final = {"title", "desc", "metadata"}
_GEOMETRY: Final = set(
    "viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points transform href offset gradientUnits "
    "gradientTransform clipPathUnits patternUnits patternTransform preserveAspectRatio rotate textLength".split()
)
_LOOKS: Final = set(
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset "
    "stroke-miterlimit stroke-opacity stop-color stop-opacity opacity clip-path clip-rule font-family font-size "
    "font-weight font-style text-anchor letter-spacing paint-order".split()
)
_NAMES: Final = re.compile(r"id|xmlns|class|role|(aria|data)-[\w-]+")
_PAINTS: Final = {"fill", "stroke", "stop-color"}
_PAINT: Final = re.compile(r"none|url\(#[\w-]+\)|var\(--(?P<colour>[\w-]+)\)")
_TARGET: Final = re.compile(r"#([\w-]+)")
_ROUNDING: Final = Decimal("0.01")


@dataclass(frozen=True)
class Refusal:
    """What is wrong with a drawing, and in which line."""

    line: int
    message: str


@dataclass(frozen=True)
class _Element:
    line: int
    tag: str
    attributes: Attributes


def refusals(source: str, width: int, height: int) -> list[Refusal]:
    """What keeps a drawing from being shown as a picture of this size; nothing when all is well."""
    try:
        elements = _elements(source)
    except ExpatError as error:
        return [Refusal(error.lineno, "This is not sound SVG: a tag or a quote is missing around here.")]
    found = [*_root_refusals(elements[0], width, height)]
    for element in elements:
        found += _element_refusals(element)
    ids = {element.attributes.get("id") for element in elements}
    found += [
        Refusal(element.line, f"There is no element with the id {target} in this drawing.")
        for element in elements
        for target in _targets(element)
        if target not in ids
    ]
    return found


def weight_refusals(picture: str) -> list[Refusal]:
    """What is wrong with a copy that weighs too much."""
    if len(picture) <= MOST_BYTES or len(gzip.compress(picture.encode(), 9)) <= MOST_BYTES:
        return []
    return [Refusal(1, f"The drawing weighs more than {MOST_BYTES} bytes compressed; draw it more simply.")]


def copy(source: str, scheme: Scheme, *, labels: bool = True) -> str:
    """The drawing in the fixed colours of a scheme, without names, comments and titles; ids are a1, a2 and so on."""
    elements = _elements(source)
    targets = {target for element in elements for target in _targets(element)}
    ids = [name for element in elements if (name := element.attributes.get("id")) in targets]
    copier = _Copier(scheme, {str(name): f"a{number}" for number, name in enumerate(ids, start=1)}, labels=labels)
    return copier.copy(source)


class _Copier:
    """Writes what it reads, but for what only the one who draws needs."""

    def __init__(self, scheme: Scheme, ids: dict[str, str], *, labels: bool) -> None:
        self.scheme, self.ids, self.labels = scheme, ids, labels
        self.written = StringIO()
        self.writer = XMLGenerator(self.written, "utf-8", short_empty_elements=True)
        self.open: list[str] = []
        self.left_out = 0

    def copy(self, source: str) -> str:
        """The copy of a drawing that was found sound."""
        parser = ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(source, True)
        return self.written.getvalue() + "\n"

    def _start(self, tag: str, attributes: Attributes) -> None:
        is_left_out = tag in _SILENT or (attributes.get("id") == LABELS and not self.labels)
        if self.left_out or is_left_out:
            self.left_out += 1
            return
        self.open.append(tag)
        self.writer.startElement(tag, AttributesImpl(dict(self._kept(tag, attributes))))

    def _end(self, tag: str) -> None:
        if self.left_out:
            self.left_out -= 1
            return
        self.open.pop()
        self.writer.endElement(tag)

    def _text(self, text: str) -> None:
        if not self.left_out and self.open and self.open[-1] in ("text", "tspan"):
            self.writer.characters(text)

    def _kept(self, tag: str, attributes: Attributes) -> Iterator[tuple[str, str]]:
        if tag == "svg":
            yield "xmlns", NAMESPACE
        for name, value in attributes.items():
            if name == "id" and value in self.ids:
                yield name, self.ids[value]
            elif name in _PAINTS and (painted := _PAINT.fullmatch(value)) and painted["colour"]:
                yield name, COLOURS[painted["colour"]][self.scheme]
            elif name in _GEOMETRY | _LOOKS:
                yield name, _TARGET.sub(lambda found: f"#{self.ids[found[1]]}", value)


def _elements(source: str) -> list[_Element]:
    """The elements in the order of the file. Raises ExpatError where it is no sound XML, or declares a type."""
    found: list[_Element] = []
    parser = ParserCreate()

    def start(tag: str, attributes: Attributes) -> None:
        found.append(_Element(parser.CurrentLineNumber, tag, attributes))

    def refuse(*declared: object) -> None:
        found.append(_Element(parser.CurrentLineNumber, "!DOCTYPE", {}))

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(source, True)
    return found


def _root_refusals(root: _Element, width: int, height: int) -> Iterator[Refusal]:
    try:
        left, top, across, down = map(Decimal, root.attributes.get("viewBox", "").split())
        shape = across / down
    except (ValueError, ArithmeticError):
        yield Refusal(root.line, 'Begin with <svg> and a viewBox such as "0 0 1200 800".')
        return
    if left or top or abs(shape - Decimal(width) / height) > _ROUNDING:
        message = f"The viewBox must begin at 0 0 and have the shape of the figure, such as 0 0 {width} {height}."
        yield Refusal(root.line, message)


def _element_refusals(element: _Element) -> Iterator[Refusal]:
    if element.tag not in _SHAPES | _FRAMES | _SILENT:
        yield Refusal(element.line, f"<{element.tag}> may not stand in a drawing.")
    for name, value in element.attributes.items():
        if name not in _GEOMETRY | _LOOKS and not _NAMES.fullmatch(name):
            yield Refusal(element.line, f"The attribute {name} may not stand in a drawing.")
        if name == "href" and not value.startswith("#"):
            yield Refusal(element.line, "A drawing refers to its own parts alone, such as #rim.")
        if name in _PAINTS:
            yield from _paint_refusals(element.line, value)


def _paint_refusals(line: int, value: str) -> Iterator[Refusal]:
    painted = _PAINT.fullmatch(value)
    if painted is None:
        yield Refusal(line, f"{value} is no colour of the palette; write one as var(--ink).")
    elif painted["colour"] and painted["colour"] not in COLOURS:
        yield Refusal(line, f"The palette has no colour {painted['colour']}; see question_bank/colours.py.")


def _targets(element: _Element) -> Iterator[str]:
    """The ids that an element refers to."""
    for name, value in element.attributes.items():
        if name in _GEOMETRY | _LOOKS:
            yield from _TARGET.findall(value)
