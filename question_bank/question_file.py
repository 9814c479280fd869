"""One file of the bank: a mapping with one key whose value is a list of mappings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from question_bank import yaml_text
from question_bank.question import Json, Problem


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, in which line of which file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Entry:
    """One entry of the list, still as the file holds it."""

    file: str
    node: yaml.Node
    data: dict[str, Json]

    @property
    def line(self) -> int:
        """The line of the first field."""
        return yaml_text.line_of(self.node, [])

    def fault(self, problem: Problem) -> Fault:
        """A problem of this entry with its line; the message begins with the entry's id."""
        name = self.data.get("id") or self.data.get("key") or self.data.get("name")
        message = f"{name}: {problem.message}" if isinstance(name, str) else problem.message
        return Fault(self.file, yaml_text.line_of(self.node, problem.at.split(".")), message)


def entries(path: Path, key: str, faults: list[Fault]) -> list[Entry]:
    """The entries of a file; what cannot be read is added to the faults."""
    file = str(path)
    root = _root(path, faults)
    if root is None:
        return []
    found, refusals = yaml_text.plain(root)
    faults.extend(Fault(file, refusal.line, refusal.message) for refusal in refusals)
    if not isinstance(found, dict) or set(found) != {key} or not isinstance(found[key], list):
        faults.append(Fault(file, 1, f"Write one field `{key}:` with a list below it, and nothing else beside it."))
        return []
    refused_lines = {refusal.line - 1 for refusal in refusals}
    return list(_entries(file, zip(root.value[0][1].value, found[key], strict=True), refused_lines, faults))


def _root(path: Path, faults: list[Fault]) -> yaml.Node | None:
    content = path.read_bytes()
    try:
        root = yaml_text.compose(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(str(path), line, "Save the file as UTF-8: a character here is not."))
        return None
    except yaml_text.TextRefused as refused:
        faults.append(Fault(str(path), refused.refusal.line, refused.refusal.message))
        return None
    if root is None:
        faults.append(Fault(str(path), 1, "The file is empty; write entries or remove it."))
    return root


def _entries(
    file: str, pairs: Iterable[tuple[yaml.Node, Json]], refused_lines: set[int], faults: list[Fault]
) -> Iterator[Entry]:
    for node, part in pairs:
        if not refused_lines.isdisjoint(range(node.start_mark.line, node.end_mark.line + 1)):
            continue
        if isinstance(part, dict):
            yield Entry(file, node, part)
        else:
            faults.append(Fault(file, node.start_mark.line + 1, "Write an entry as named fields (`id: …`)."))


def file_line(file: str, path: Sequence[str | int]) -> int:
    """The line of a field of a file that was read before."""
    root = _tree(file, Path(file).stat().st_mtime_ns)
    return yaml_text.line_of(root, path) if root else 1


@lru_cache(maxsize=16)
def _tree(file: str, changed: int) -> yaml.Node | None:
    return yaml_text.compose(Path(file).read_text("utf-8-sig"))
