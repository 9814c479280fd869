"""Figures in the editor: chosen from the catalogue, seen before saving, kept by the version."""

import pytest

from quiz.extensions import db
from quiz.queries import questions as queries
from tests.factories import draw_figure, make_figure, make_question
from tests.question_bank.factories import make_data
from tests.quiz.authoring.conftest import fields_of


@pytest.fixture
def figure(app):
    return make_figure(draw_figure(), draw_figure("other-lines", title="Other lines", down=200))


def region_fields(**changes):
    """What the editor sends for a hotspot on a figure."""
    data = make_data("hotspot")
    areas = ["0 to 10", "10 to 20", "20 to 30", "30.5 1, 35 1, 35 39.00"]
    return {
        **fields_of(data),
        "kind": "hotspot",
        "figure": "two-lines",
        **{f"area-{place}": area for place, area in enumerate(areas)},
        **changes,
    }


def test_the_editor_offers_the_catalogue_with_pictures_and_words(visit, ivy, sound, figure):
    page = visit(ivy).get(f"/bank/{sound.question.key}/edit")
    options = page.tree.one("select", name="figure").all("option")
    assert [option.text for option in options] == ["No figure", "Other lines", "Two lines"]
    assert f'src="/bank/figures/{figure.uuid}"' in page.html
    assert "One line." in page.text


def test_a_draft_keeps_the_figure_that_was_chosen(visit, ivy, sound, sound_data, figure):
    visitor = visit(ivy)
    fields = fields_of(sound_data, seen=sound.content_hash, figure="two-lines")
    page = visitor.follow(visitor.post(f"/bank/{sound.question.key}/edit", fields))
    draft = queries.newest_version(sound.question_id)
    assert (draft.content["figure"], draft.figure_id) == ("two-lines", figure.id)
    assert page.tree.one("select", name="figure").one("option", selected="").text == "Two lines"
    assert sound.figure_id is None


def test_a_figure_that_is_not_in_the_catalogue_is_refused_with_a_sentence(visit, ivy, sound, sound_data, figure):
    fields = fields_of(sound_data, seen=sound.content_hash, figure="no-such-figure", stem="Typed just now.")
    page = visit(ivy).post(f"/bank/{sound.question.key}/edit", fields)
    assert page.status == 422
    assert "There is no figure no-such-figure in the catalogue. Choose another." in page.text
    assert "Typed just now." in page.html


def test_a_figure_that_left_the_catalogue_is_still_named(visit, ivy, figure):
    version = make_question(figure="two-lines")
    make_figure(draw_figure("other-lines"))
    page = visit(ivy).get(f"/bank/{version.question.key}/edit")
    assert "two-lines, no longer in the catalogue" in page.text
    assert f"/bank/figures/{figure.uuid}" in page.html


def test_the_preview_shows_the_figure_its_words_and_the_regions_as_typed(visit, ivy, figure):
    sent = visit(ivy).post("/bank/preview", region_fields()).json
    assert f'src="/bank/figures/{figure.uuid}"' in sent["html"]
    assert "One line." in sent["html"]
    assert 'points="30.5,1 35,1 35,39.00 "' in sent["drawing"]
    assert '<rect class="region-right" x="0.00" width="64.0" y="10" height="10.00"/>' in sent["drawing"]
    assert "points" not in sent["html"]


def test_a_region_beside_the_figure_stops_publishing(visit, ivy, figure):
    visitor = visit(ivy)
    sent = region_fields(**{"area-1": "10 to 40.5"})
    page = visitor.follow(visitor.post("/bank/new/hotspot", sent))
    assert "Region b must lie on the figure: 0.00 to 64.00 across, 0.00 to 40.00 down." in page.text


def test_a_question_page_shows_the_figure_and_says_its_title(visit, ivy, figure):
    version = make_question(figure="two-lines")
    page = visit(ivy).get(f"/bank/{version.question.key}")
    assert page.status == 200
    assert f'src="/bank/figures/{figure.uuid}"' in page.html
    assert "Two lines" in page.text


def test_publishing_takes_the_figure_as_it_is_then(visit, ivy, sound, sound_data, figure):
    visitor = visit(ivy)
    key = sound.question.key
    visitor.post(f"/bank/{key}/edit", fields_of(sound_data, seen=sound.content_hash, figure="two-lines"))
    newer = make_figure(draw_figure(down=300))
    draft = queries.newest_version(sound.question_id)
    assert visitor.post(f"/bank/{key}/publication", {"seen": draft.content_hash}).status == 303
    db.session.expire_all()
    assert queries.published_version(sound.question_id).figure_id == newer.id
