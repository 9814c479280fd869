"""Pictures: every page template is shown under docs/screenshots, on two widths in two schemes."""

from __future__ import annotations

import pytest

from pictures.pages import PICTURES
from quiz.config import ROOT
from tests.architecture.sources import DOORS

FOLDER = ROOT / "docs" / "screenshots"
FORMS = [f"{width}-{scheme}" for width in (1280, 390) for scheme in ("light", "dark")]


def test_every_page_template_has_a_picture():
    pages = [path for door in (*DOORS, "errors") for path in (ROOT / "templates" / door).glob("*.html")]
    names = {f"{path.parent.name}/{path.name}" for path in pages if not path.name.startswith("_")}
    assert names - {picture.template for picture in PICTURES.values()} == set()


def test_every_picture_is_of_a_template_that_exists():
    templates = {picture.template for picture in PICTURES.values()}
    assert [template for template in templates if not (ROOT / "templates" / template).is_file()] == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_there_in_all_four_forms(name):
    files = [FOLDER / f"{name}-{form}.png" for form in FORMS]
    assert [path.name for path in files if not path.is_file()] == []


def test_no_picture_is_left_of_a_page_that_is_gone():
    expected = {f"{name}-{form}.png" for name in PICTURES for form in FORMS}
    assert {path.name for path in FOLDER.glob("*.png")} - expected == set()
