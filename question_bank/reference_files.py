"""Files that list things by a key of their own: facts, sources, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from question_bank.plain_words import problems_of
from question_bank.question_file import Entry, Fault, entries

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its file, the line of its first field, and its place in the list, from 0."""

    file: str
    line: int
    index: int


def references(path: Path, shape: type[Shape], name: str, faults: list[Fault]) -> Mapping[str, Shape]:
    """What a file lists, by the field `name`; nothing where there is no file."""
    return MappingProxyType({key: found for key, (_, found) in read_entries(path, shape, name, faults).items()})


def read_entries(path: Path, shape: type[Shape], name: str, faults: list[Fault]) -> dict[str, tuple[Entry, Shape]]:
    """The same, each with its entry of the file, for faults that are found later."""
    found: dict[str, tuple[Entry, Shape]] = {}
    places: dict[str, Place] = {}
    if not path.exists():
        return found
    for index, entry in enumerate(entries(path, path.stem, faults)):
        read = _shaped(entry, shape, faults)
        key = str(getattr(read, name, ""))
        if read and is_new(entry, key, places, faults):
            places[key] = Place(entry.file, entry.line, index)
            found[key] = entry, read
    return found


def is_new(entry: Entry, name: str, places: Mapping[str, Place], faults: list[Fault]) -> bool:
    """Whether no entry before has this name; else a fault is added."""
    first = places.get(name)
    if first:
        message = f"The id {name} is taken by {first.file}:{first.line}; give this one another."
        faults.append(Fault(entry.file, entry.line, message))
    return first is None


def _shaped(entry: Entry, shape: type[Shape], faults: list[Fault]) -> Shape | None:
    try:
        return shape.model_validate(entry.data)
    except ValidationError as error:
        faults.extend(entry.fault(problem) for problem in problems_of(error))
        return None
