"""YAML text to plain data and back: strict reading that knows its lines, and one canonical way to write.

Scalars without quotes stay text (`no`, `012`, `0.25`, dates), only `null`, `~` and nothing at all are null: the field
that receives a text decides what it means. Aliases, tags, duplicate keys and several documents in a file are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from question_bank.question import Json

WIDTH: Final = 110
LONG: Final = 80
DEEPEST: Final = 12
_TEXT: Final = "tag:yaml.org,2002:str"
_NULL: Final = "tag:yaml.org,2002:null"
_LIST: Final = "tag:yaml.org,2002:seq"
_MAPPING: Final = "tag:yaml.org,2002:map"
_PLAIN_TAGS: Final = {_TEXT, _NULL, _LIST, _MAPPING}
_NULLS: Final = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True)
class Refusal:
    """What is wrong with a YAML text, and in which line."""

    line: int
    message: str


class TextRefused(ValueError):
    """The text is not YAML."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.refusal = Refusal(line, message)


class _Loader(yaml.CSafeLoader):
    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """Tell null from text; everything else that YAML would guess stays text."""
        if kind is yaml.ScalarNode:
            return _NULL if implicit[0] and value in _NULLS else _TEXT
        return _LIST if kind is yaml.SequenceNode else _MAPPING


def compose(text: str) -> yaml.Node | None:
    """The tree of a YAML text with its lines; None for an empty text. Raises TextRefused."""
    try:
        loader = _Loader(text)
        try:
            root: yaml.Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise TextRefused(mark.line + 1 if mark else 1, _in_words(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        raise TextRefused(line, "A control character stands here; take it out.") from None
    return root


def _in_words(error: yaml.MarkedYAMLError) -> str:
    problem = (error.problem or "not YAML").strip()
    return f"This is not sound YAML: {problem}. Check indentation, colons and quotes around here."


def plain(root: yaml.Node) -> tuple[Json, list[Refusal]]:
    """The data of a tree (mappings, lists, text and None), and what had to be refused in it."""
    reader = _Reader()
    return reader.value(root, 0), reader.refusals


class _Reader:
    """Walks a tree once and collects what it must refuse."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Json:
        if self._refuses(node, depth):
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == _NULL else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(part, depth + 1) for part in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, "The name of a field must be plain text.")
                continue
            if key.value in found:
                self._refuse(key, f"The field `{key.value}` stands here twice; keep one.")
            found[key.value] = self.value(value, depth + 1)
        return found

    def _refuses(self, node: yaml.Node, depth: int) -> bool:
        before = len(self.refusals)
        if id(node) in self.seen:
            self._refuse(node, "An alias (`*name`) repeats this; write the text out instead.")
        elif node.tag not in _PLAIN_TAGS:
            self._refuse(node, f"Take out the tag {node.tag}; tags are not read.")
        elif depth > DEEPEST:
            self._refuse(node, "This is nested too deeply.")
        return len(self.refusals) > before

    def _refuse(self, node: yaml.Node, message: str) -> None:
        self.refusals.append(Refusal(node.start_mark.line + 1, message))


def line_of(root: yaml.Node, path: Sequence[str | int]) -> int:
    """The line of a field, counted from 1; of what would contain it where the field is missing."""
    node, line = root, root.start_mark.line
    for step in path:
        found = _child(node, str(step))
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _child(node: yaml.Node, step: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
        return node.value[int(step)].start_mark.line, node.value[int(step)]
    return None


class _Dumper(yaml.CSafeDumper):
    """Block mappings, flow lists of scalars, long text folded, text that looks like a number in double quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True


def _text_node(dumper: Any, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = "|"
    elif len(text) > LONG:
        style = ">"
    elif dumper.resolve(yaml.ScalarNode, text, (True, False)) != _TEXT:
        style = '"'
    node: yaml.ScalarNode = dumper.represent_scalar(_TEXT, text, style=style)
    return node


def _list_node(dumper: Any, parts: list[Json]) -> yaml.SequenceNode:
    in_line = not any(isinstance(part, Mapping | list) for part in parts)
    node: yaml.SequenceNode = dumper.represent_sequence(_LIST, parts, flow_style=in_line)
    return node


def _number_node(dumper: Any, number: float) -> yaml.ScalarNode:
    short = f"{number:.2f}"
    text = short if float(short) == number else repr(number)
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:float", text)
    return node


_Dumper.add_representer(str, _text_node)
_Dumper.add_representer(list, _list_node)
_Dumper.add_representer(float, _number_node)


def write(data: Mapping[str, Json]) -> str:
    """Canonical YAML text of plain data (text, numbers, booleans, dates, lists, mappings), keys in the order given."""
    return str(yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))


def as_date(text: str) -> date:
    """A date that is written without quotes."""
    return date.fromisoformat(text)
