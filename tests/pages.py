"""A fetched page as a tree of elements, and the check that every page of the site has to pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
UNSEEN = frozenset({"script", "style", "template", "title"})
LABELLED = frozenset({"input", "select", "textarea"})
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})


@dataclass
class Element:
    """An element with its attributes and children; text stands among the children."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", **attrs: str) -> list[Element]:
        """Every element below of this tag with these attributes; `class_` asks for one of the classes, `_` is `-`."""
        return [element for element in self.walk() if element.is_a(tag, attrs)]

    def one(self, tag: str = "", **attrs: str) -> Element:
        """The only such element; anything else fails the test."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} elements {tag or '*'} {attrs} instead of one"
        return found[0]

    def is_a(self, tag: str, attrs: dict[str, str]) -> bool:
        if tag and self.tag != tag:
            return False
        for name, value in attrs.items():
            if name == "class_":
                if value not in self.attrs.get("class", "").split():
                    return False
            elif self.attrs.get(name.rstrip("_").replace("_", "-")) != value:
                return False
        return True

    def walk(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    @property
    def text(self) -> str:
        """The text that a reader sees, with single spaces."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                yield from child._texts()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def faults(html: str) -> list[str]:
    """What is wrong with a whole page, in words; an empty list for a sound one."""
    page = parse(html)
    return [*_outline_faults(page), *_label_faults(page), *_id_faults(page), *inline_faults(page)]


def inline_faults(page: Element) -> list[str]:
    """Scripts, styles and handlers inside the page, which the content security policy forbids."""
    found = [f"inline <style>: {style.text[:60]}" for style in page.all("style")]
    for element in page.walk():
        if element.tag == "script" and "src" not in element.attrs:
            found.append("inline <script>")
        for name, value in element.attrs.items():
            if name == "style" or name.startswith("on"):
                found.append(f"inline {name}={value!r} on <{element.tag}>")
            elif name in {"href", "src", "action"} and value.strip().lower().startswith("javascript:"):
                found.append(f"{name}={value!r} on <{element.tag}>")
    return found


def _outline_faults(page: Element) -> Iterator[str]:
    headings = page.all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} <h1> instead of one: {[heading.text for heading in headings]}"
    if not any(
        title.children and str(title.children[0]).strip() for head in page.all("head") for title in head.all("title")
    ):
        yield "no <title>"
    if not any(html.attrs.get("lang") for html in page.all("html")):
        yield "no language on <html>"
    for image in page.all("img"):
        if "alt" not in image.attrs:
            yield f"an image without alt: {image.attrs.get('src')}"


def _label_faults(page: Element) -> Iterator[str]:
    named = {label.attrs["for"] for label in page.all("label") if label.attrs.get("for")}
    wrapped = {id(inner) for label in page.all("label") for inner in label.walk()}
    for element in page.walk():
        if element.tag not in LABELLED or element.attrs.get("type") in NEEDS_NO_LABEL:
            continue
        spoken = element.attrs.get("aria-label") or element.attrs.get("aria-labelledby")
        if not spoken and id(element) not in wrapped and element.attrs.get("id") not in named:
            yield f"no label for <{element.tag} name={element.attrs.get('name')!r}>"
    for button in [*page.all("button"), *page.all("a")]:
        if not _speaks(button):
            yield f"a <{button.tag}> without words: {button.attrs}"


def _speaks(element: Element) -> bool:
    named = any(part.attrs.get("aria-label") or part.attrs.get("alt") for part in [element, *element.walk()])
    return bool(element.text or named or element.attrs.get("aria-labelledby"))


def _id_faults(page: Element) -> Iterator[str]:
    ids = [element.attrs["id"] for element in page.walk() if "id" in element.attrs]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"the id {name!r} stands {ids.count(name)} times"
    for element in page.walk():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in element.attrs.get(attribute, "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} on <{element.tag}> names nothing"
