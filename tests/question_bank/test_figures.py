"""The catalogue of figures: what may be drawn, what pages get of it, and what is said when something is wrong."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from question_bank import bank
from question_bank.bank import BankError
from question_bank.colours import COLOURS
from question_bank.drawing import MOST_BYTES, copy
from question_bank.lint_figures import catalogue_findings
from tests.factories import shipped_bank
from tests.question_bank.factories import PACKAGE, make_question, shipped_figures

ROOT = PACKAGE.parent
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text("utf-8")
TELLING = r"\sid=\"(?!a\d+\")|data-|class=|aria-|role=|<title|<desc|<metadata|<!--|var\(|style"
CATALOGUE = """\
figures:
- name: two-lines
  title: Two lines
  alternative: One line lies above another.
  width: "64.00"
  height: "40.00"
"""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" role="img" aria-label="The upper one is right">
<title>Which one is right</title><!-- the upper one -->
<defs><clipPath id="key"><path d="M0 0h640v200H0z"/></clipPath></defs>
<g class="right" id="upper"><path clip-path="url(#key)" d="M0 100h640" stroke="var(--ink)" data-name="upper"/></g>
<g id="labels"><text x="10" y="90" fill="var(--ink)">1</text></g>
</svg>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank of one figure and no question."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures.yaml").write_text(CATALOGUE, "utf-8")
    (tmp_path / "figures" / "two-lines.svg").write_text(DRAWING, "utf-8")
    return tmp_path


def faults(folder: Path) -> list[str]:
    with pytest.raises(BankError) as refused:
        bank.load(folder)
    return [str(fault).removeprefix(f"{folder}/") for fault in refused.value.faults]


def test_a_copy_keeps_what_can_be_seen_and_nothing_else(folder: Path) -> None:
    drawn = bank.load(folder).figures["two-lines"]
    assert re.findall(TELLING, drawn.light) == []
    assert "right" not in drawn.light
    assert 'clip-path="url(#a1)"' in drawn.light
    assert 'id="a1"' in drawn.light
    assert ">1</text>" in drawn.light
    assert ('stroke="#13262B"' in drawn.light, 'stroke="#EAF0EE"' in drawn.dark) == (True, True)


def test_without_labels_the_letters_are_left_out() -> None:
    assert "<text" not in copy(DRAWING, "light", labels=False)


@pytest.mark.parametrize("name", sorted(shipped_figures()))
def test_a_shipped_figure_is_small_and_its_copies_tell_nothing(name: str) -> None:
    for picture in (shipped_figures()[name].light, shipped_figures()[name].dark):
        assert re.findall(TELLING, picture) == []
        assert len(gzip.compress(picture.encode(), 9)) <= MOST_BYTES


def test_a_figure_of_another_look_or_other_words_has_another_digest(folder: Path) -> None:
    first = bank.load(folder).figures["two-lines"].digest
    (folder / "figures.yaml").write_text(CATALOGUE.replace("lies above", "lies over"), "utf-8")
    second = bank.load(folder).figures["two-lines"].digest
    (folder / "figures" / "two-lines.svg").write_text(DRAWING.replace("M0 100", "M0 101"), "utf-8")
    assert len({first, second, bank.load(folder).figures["two-lines"].digest}) == 3


@pytest.mark.parametrize(
    ("changed", "to", "line", "sentence"),
    [
        ("<title>", "<script>alert(1)</script><title>", 2, "<script> may not stand in a drawing."),
        ("<title>", '<image href="https://example.org/a.png"/><title>', 2, "<image> may not stand"),
        ('class="right"', 'style="fill:red"', 4, "The attribute style may not stand"),
        ('class="right"', 'onclick="alert(1)"', 4, "The attribute onclick may not stand"),
        ('stroke="var(--ink)"', 'stroke="#000000"', 4, "#000000 is no colour of the palette"),
        ('stroke="var(--ink)"', 'stroke="var(--mauve)"', 4, "The palette has no colour mauve"),
        ("url(#key)", "url(#lost)", 4, "There is no element with the id lost"),
        ('viewBox="0 0 640 400"', 'viewBox="0 0 640 640"', 1, "must begin at 0 0 and have the shape of the figure"),
        ('viewBox="0 0 640 400"', "", 1, "Begin with <svg> and a viewBox"),
        ("</g>\n<g", "\n<g", 6, "This is not sound SVG"),
        ("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg', 1, "<!DOCTYPE> may not stand in a drawing."),
    ],
)
def test_what_may_not_be_drawn_is_said_with_file_and_line(
    folder: Path, changed: str, to: str, line: int, sentence: str
) -> None:
    (folder / "figures" / "two-lines.svg").write_text(DRAWING.replace(changed, to, 1), "utf-8")
    found = faults(folder)
    assert any(each.startswith(f"figures/two-lines.svg:{line}: ") and sentence in each for each in found), found


def test_a_drawing_that_weighs_too_much_is_refused(folder: Path) -> None:
    paths = "".join(f'<path d="M{n * n % 6007} {n * 7919 % 4001}L{n * 31 % 5003} {n}"/>' for n in range(16_000))
    (folder / "figures" / "two-lines.svg").write_text(DRAWING.replace("<defs>", f"{paths}<defs>"), "utf-8")
    (found,) = faults(folder)
    assert found.startswith("figures/two-lines.svg:1: The drawing weighs more than 60000 bytes compressed")


@pytest.mark.parametrize(
    ("changed", "to", "line", "sentence"),
    [
        ("One line lies above another.", '" "', 4, "Write the figure in words"),
        ("  alternative: One line lies above another.\n", "", 2, "Add the field `alternative`."),
        ("- name: two-lines", "- name: three-lines", 2, "There is no drawing three-lines.svg in figures/."),
        ('width: "64.00"', "width: wide", 5, "`width`"),
        ("  title", "  colour: red\n  title", 3, "There is no field `colour` here"),
    ],
)
def test_what_is_wrong_in_the_catalogue_is_said_with_file_and_line(
    folder: Path, changed: str, to: str, line: int, sentence: str
) -> None:
    (folder / "figures.yaml").write_text(CATALOGUE.replace(changed, to, 1), "utf-8")
    found = faults(folder)
    assert any(each.startswith(f"figures.yaml:{line}: ") and sentence in each for each in found), found


def test_a_question_with_an_unknown_figure_is_said_with_file_and_line(folder: Path) -> None:
    question = make_question(figure="three-lines")
    (folder / "strata.yaml").write_text(bank.dump([question]), "utf-8")
    (found,) = faults(folder)
    line = bank.dump([question]).splitlines().index("  figure: three-lines") + 1
    assert found.startswith(f"strata.yaml:{line}: ")
    assert "There is no figure three-lines in the catalogue; there are two-lines." in found


def test_a_region_beside_its_figure_is_said_with_file_and_line(folder: Path) -> None:
    data = bank.data(make_question("hotspot")) | {"figure": "two-lines"}
    data["options"][1] |= {"band": ["12.00", "40.01"]}
    text = bank.dump([bank.read(data)])
    (folder / "strata.yaml").write_text(text, "utf-8")
    (found,) = faults(folder)
    assert "Region b must lie on the figure: 0.00 to 64.00 across, 0.00 to 40.00 down." in found


def test_a_sound_catalogue_has_no_findings() -> None:
    assert list(catalogue_findings(shipped_bank())) == []


@pytest.mark.parametrize(
    ("changed", "to", "sentence"),
    [
        ('height: "40.00"', 'height: "40.00"\n  facts: [SL-999]', "fact-unknown: two-lines: There is no fact SL-999"),
        ('height: "40.00"', 'height: "40.00"\n  sources: [NOSUCH]', "source-unknown: two-lines: There is no source"),
        ("- name: two-lines", "- name: three-lines\n  drawing: two-lines", "figure-unused: three-lines: No question"),
        ("lies above another.", "is the loose, pale fibres!", "figure-tells: two-lines: The words hold “Loose, pale"),
    ],
)
def test_what_lint_finds_in_the_catalogue(folder: Path, changed: str, to: str, sentence: str) -> None:
    data = bank.data(make_question()) | {"figure": None if "three" in to else "two-lines"}
    next(option for option in data["options"] if option["id"] == data["key"])["text"] = "Loose, pale fibres"
    (folder / "strata.yaml").write_text(bank.dump([bank.read(data)]), "utf-8")
    (folder / "figures.yaml").write_text(CATALOGUE.replace(changed, to), "utf-8")
    (found,) = catalogue_findings(bank.load(folder))
    assert (found.file, found.line) == (str(folder / "figures.yaml"), 2)
    assert found.message.startswith(sentence)


def test_the_palette_has_the_colours_of_the_pages() -> None:
    light, dark = TOKENS.split('[data-bs-theme="dark"] {')[:2]
    section = (ROOT / "static" / "figures" / "skin-section.svg").read_text("utf-8")
    for name, colours in COLOURS.items():
        own = name if name.startswith("skin-") else f"ds-{name}"
        if found := re.search(rf"--{own}:\s*(#\w+)", dark):
            assert colours["dark"] == found[1], name
            bright = re.search(rf"--{own}:\s*(#\w+)", light) or re.search(rf"var\(--{own},(#\w+)\)", section)
            assert bright, name
            assert colours["light"] == bright[1], name


def test_every_colour_of_the_palette_is_used() -> None:
    sources = "".join(path.read_text("utf-8") for path in (PACKAGE / "content" / "figures").glob("*.svg"))
    assert set(COLOURS) == set(re.findall(r"var\(--([\w-]+)\)", sources))
