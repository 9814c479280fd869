"""The parts of the pages, rendered alone: no server, no database."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from wtforms import BooleanField, Form, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange

from question_bank.scoring import marks_shown

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "question_bank").rglob("*.html")]
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "vendor" / "icons.svg").read_text(encoding="utf-8")))


def drawn_icon(name: str) -> Markup:
    return Markup('<svg class="icon" aria-hidden="true"><use href="icons.svg#{}"></use></svg>').format(name)


@pytest.fixture
def components() -> Any:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=lambda path: f"/static/{path}", icon=drawn_icon, csrf_token=lambda: "token")
    environment.filters["marks"] = marks_shown
    environment.filters["percent"] = lambda share: f"{round(share * 100)}\N{NO-BREAK SPACE}%"
    return lambda name: environment.get_template(f"components/{name}.html").module


class SampleForm(Form):
    title = StringField("Title", [InputRequired("Enter a title.")])
    pass_mark = IntegerField("Pass mark", [NumberRange(1, 100, "Enter 1 to 100.")])
    topic = SelectField("Topic", choices=["Sterility"])
    use = RadioField("Use", choices=["exam", "practice"])
    shuffle = BooleanField("Shuffle options")


def refused_form() -> SampleForm:
    form = SampleForm(data={"pass_mark": 400, "topic": "Sterility", "use": "exam"})
    form.validate()
    return form


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_a_template_names_is_in_the_sprite(template: Path) -> None:
    named = set(re.findall(r'\bicon\("([\w-]+)"\)', template.read_text(encoding="utf-8")))
    assert named <= SPRITE


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)


def test_every_chip_shows_an_icon_of_the_sprite_and_a_word(components: Any) -> None:
    chips = components("chip")
    shown = [str(chips.chip(kind)) for kind in chips.looks]
    names = [re.findall(r"icons\.svg#([\w-]+)", chip) for chip in shown]
    assert all(len(name) == 1 and name[0] in SPRITE for name in names)
    assert all(Markup(chip).striptags().strip() for chip in shown)


def test_icons_of_notes_and_toasts_are_in_the_sprite(components: Any) -> None:
    assert {*components("note").icons.values(), *components("toast").icons.values()} <= SPRITE


@pytest.mark.parametrize(("share", "width"), [(0, "0.00%"), (14 / 30, "46.67%"), (1, "100.00%"), (1.2, "100.00%")])
def test_a_strip_is_filled_by_attributes_and_ends_in_its_cap(components: Any, share: float, width: str) -> None:
    drawing = components("progress").strip(share)
    assert f'class="strip-fill" width="{width}"' in drawing
    assert f'class="strip-cap" x="{width}"' in drawing


def test_a_strip_without_share_is_whole_and_has_no_cap(components: Any) -> None:
    drawing = components("progress").strip()
    assert 'width="100.00%"' in drawing
    assert "strip-cap" not in drawing


def test_a_core_fills_the_layers_up_to_its_share(components: Any) -> None:
    core = components("progress").core
    layers = {share: re.findall(r"core-(hypodermis|dermis|epidermis)", core(share)) for share in (0, 0.38, 0.62, 0.91)}
    assert layers == {
        0: [],
        0.38: ["hypodermis"],
        0.62: ["dermis", "hypodermis"],
        0.91: ["epidermis", "dermis", "hypodermis"],
    }


def test_a_topic_bar_says_marks_share_and_side_of_the_pass_mark(components: Any) -> None:
    words = " ".join(Markup(components("progress").topic_bar("Medicines", 5.4, 6, 0.8)).striptags().split())
    assert words == "Medicines90 % 5.4 of 6 marksAbove pass mark"


def test_a_refused_field_keeps_its_input_and_is_tied_to_its_sentence(components: Any) -> None:
    html = components("forms").field(refused_form().pass_mark, "Of all marks", suffix="%")
    assert 'value="400"' in html
    assert 'aria-describedby="pass_mark-hint pass_mark-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="pass_mark-error"' in html


def test_the_error_summary_links_to_the_refused_fields_only(components: Any) -> None:
    assert re.findall(r'href="#([\w-]+)"', components("forms").error_summary(refused_form())) == ["title", "pass_mark"]


@pytest.mark.parametrize(
    ("name", "look"), [("topic", "form-select"), ("use", "<fieldset"), ("shuffle", "form-check-input")]
)
def test_each_kind_of_field_gets_its_control(components: Any, name: str, look: str) -> None:
    assert look in components("forms").field(SampleForm()[name])


def test_addresses_in_the_styles_lead_to_files() -> None:
    for sheet in (STATIC / "css").glob("*.css"):
        for address in re.findall(r'url\("(?!data:)([^"]+)"\)', sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).is_file(), f"{sheet.name}: {address}"


def test_both_dark_blocks_of_the_tokens_are_the_same() -> None:
    tokens = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    chosen = tokens.split('[data-bs-theme="dark"] {', 1)[1].split("}", 1)[0]
    device = tokens.split(":root:not([data-bs-theme]) {", 1)[1].split("}", 1)[0]
    assert chosen.split() == device.split()


def test_vendored_files_are_those_of_the_manifest() -> None:
    vendor = STATIC / "vendor"
    digests = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))["files"]
    standing = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()}
    assert {name for name in standing if not name.endswith((".gz", ".br"))} == {*digests, "manifest.json"}
    for name, digest in digests.items():
        found = hashlib.sha384((vendor / name).read_bytes()).digest()
        assert digest == "sha384-" + base64.b64encode(found).decode()
