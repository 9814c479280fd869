"""Figures on a paper: shown under the attempt's right, the same for ever, and telling nothing."""

import logging
import shutil

import pytest
from flask import current_app

from question_bank import bank
from quiz import clock
from quiz.extensions import db
from quiz.services import questions
from tests.factories import (
    draw_figure,
    make_attempt,
    make_attempt_on_figure,
    make_figure,
    make_question,
    make_quiz,
    question_data,
)
from tests.question_bank.factories import examples
from tests.quiz.taking.test_silence import CHANGING
from tests.visitor import question_path

ROW = {"topic": "skin-layers", "difficulty": "easy", "count": 1}


@pytest.fixture
def figure(app):
    """A catalogue of one figure."""
    return make_figure()


def address_of(attempt, position=1):
    kept = attempt.responses[position - 1].layout["figure"]["id"]
    return f"/attempts/{attempt.uuid}/figures/{kept}"


def take_in(content):
    questions.import_bank([content], by=None, at=clock.now())
    db.session.commit()


def test_a_figure_stands_on_its_page_with_its_size_and_words(alice, visit, figure):
    attempt = make_attempt_on_figure(alice)
    page = visit(alice).question(attempt, 1)
    image = page.tree.one("img")
    assert image.attrs["src"] == address_of(attempt)
    assert (image.attrs["width"], image.attrs["height"], image.attrs["alt"]) == ("1200", "750", "Two lines")
    assert page.tree.one(id=image.attrs["aria-describedby"]).text == "One line."
    assert "two-lines" not in page.html
    assert figure.light not in page.html


def test_its_picture_is_an_image_that_only_this_browser_keeps(alice, visit, figure):
    address = address_of(make_attempt_on_figure(alice))
    light, dark = visit(alice).get(address), visit(alice).get(f"{address}?scheme=dark")
    assert (light.status, light.headers["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert light.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "#13262B" in light.html
    assert "#EAF0EE" in dark.html


def test_who_has_chosen_a_scheme_gets_the_picture_of_that_scheme(alice, visit, figure):
    attempt = make_attempt_on_figure(alice)
    alice.scheme = "dark"
    db.session.commit()
    page = visit(alice).question(attempt, 1)
    assert page.tree.one("img").attrs["src"] == f"{address_of(attempt)}?scheme=dark"
    assert "<source" not in page.html


def test_the_json_form_has_the_words_and_the_address(alice, visit, figure):
    attempt = make_attempt_on_figure(alice)
    sent = visit(alice).json(question_path(attempt, 1)).json["figure"]
    assert sent == {
        "title": "Two lines",
        "alternative": "One line.",
        "address": address_of(attempt),
        "pixels": [1200, 750],
    }


def test_an_open_attempts_figure_is_its_trainees_alone(alice, bob, max, visit, figure):
    address = address_of(make_attempt_on_figure(alice))
    assert [visit(person).get(address).status for person in (alice, bob, max)] == [200, 404, 403]


def test_an_id_of_another_attempt_names_nothing(alice, visit, figure):
    first, second = make_attempt_on_figure(alice), make_attempt_on_figure(alice)
    kept = second.responses[0].layout["figure"]["id"]
    assert visit(alice).get(f"/attempts/{first.uuid}/figures/{kept}").status == 404
    assert visit(alice).get(f"/attempts/{first.uuid}/figures/{figure.uuid}").status == 404


@pytest.mark.parametrize(("answers", "status"), [(True, 200), (False, 404)])
def test_after_the_attempt_it_is_seen_where_the_questions_are(alice, visit, figure, answers, status):
    feedback = {"during": [], "after": ["answers", "marks"] if answers else ["marks"], "later": []}
    attempt, visitor = make_attempt_on_figure(alice, feedback=feedback), visit(alice)
    visitor.submit(attempt)
    assert visitor.get(address_of(attempt)).status == status
    assert (address_of(attempt) in visitor.get(f"/attempts/{attempt.uuid}/result").html) is answers


def test_while_an_exam_is_open_figures_of_other_attempts_are_kept_back(alice, visit, figure):
    closed, visitor = make_attempt_on_figure(alice), visit(alice)
    visitor.submit(closed)
    practice = make_attempt_on_figure(alice)
    make_attempt(alice)
    assert visitor.get(address_of(closed)).status == 404
    assert visitor.json(address_of(practice)).json["error"] == "exam-open"


def test_an_attempt_keeps_its_figure_when_the_bank_gets_another(alice, visit, figure):
    content = bank.read(question_data(status="published", figure="two-lines"))
    take_in(content)
    before, visitor = make_attempt(alice, make_quiz(questions=0, rows=[ROW])), visit(alice)
    first = visitor.get(address_of(before)).html
    make_figure(draw_figure(down=300, title="Two other lines", alternative="Changed."))
    take_in(content)
    assert visitor.get(address_of(before)).html == first
    assert "One line." in visitor.question(before, 1).text
    visitor.submit(before)
    after = make_attempt(alice, before.quiz)
    assert [attempt.responses[0].version.number for attempt in (before, after)] == [1, 2]
    assert "M0 300h640" in visitor.get(address_of(after)).html
    assert "Changed." in visitor.question(after, 1).text


def test_where_the_picture_is_lost_its_words_stay(alice, visit, figure, caplog):
    attempt, visitor = make_attempt_on_figure(alice), visit(alice)
    shutil.rmtree(current_app.config["QUIZ_MEDIA"])
    with caplog.at_level(logging.ERROR, logger="quiz"):
        assert visitor.get(address_of(attempt)).status == 404
    assert f"The picture {figure.light} of the figure two-lines ({figure.uuid}) is missing." in caplog.messages
    assert "One line." in visitor.question(attempt, 1).text


def swapped(content):
    """The same hotspot with another key, other regions, other harm and longer rationales."""
    options = [
        {**option, "rationale": f"Another and longer reason about {option['id']} (ME-011).", "harm": "serious"}
        | {"polygon": [["1.00", "1.00"], ["2.00", "1.00"], ["2.00", option["polygon"][2][1]]]}
        for option in content["options"]
    ]
    del options[0]["harm"]
    return {**content, "key": "a", "options": options, "critical": True, "never_event": 1, "objective": "Another one."}


def test_two_banks_that_differ_only_in_the_key_send_the_same_bytes_of_page_and_picture(alice, visit, app):
    make_figure(draw_figure("healing-time-line", height="40.00"))
    data = examples("hotspot")[1]["question"]
    make_question(**data)
    rows = [{"topic": data["topic"], "difficulty": data["difficulty"], "count": 1}]
    attempt, visitor = make_attempt(alice, make_quiz(rows=rows)), visit(alice)
    assert visitor.save(attempt, 1, {"x": "12.50", "y": "30.00"}).status == 200
    first = everything(visitor, attempt)
    attempt.responses[0].version.content = swapped(attempt.responses[0].version.content)
    db.session.commit()
    assert everything(visitor, attempt) == first


def everything(visitor, attempt):
    """Page, JSON form and pictures, without what changes from one request to the next."""
    addresses = [question_path(attempt, 1), address_of(attempt), f"{address_of(attempt)}?scheme=dark"]
    pages = [visitor.get(address) for address in addresses] + [visitor.json(addresses[0])]
    return [(CHANGING.sub("", page.html), page.headers.get("Content-Type")) for page in pages]


def test_a_mark_beside_the_figure_is_refused(alice, visit, app):
    make_figure(draw_figure("healing-time-line"))
    data = examples("hotspot")[1]["question"]
    make_question(**data)
    rows = [{"topic": data["topic"], "difficulty": data["difficulty"], "count": 1}]
    attempt, visitor = make_attempt(alice, make_quiz(rows=rows)), visit(alice)
    assert visitor.save(attempt, 1, {"x": "64.01", "y": "30.00"}).status == 422
    assert visitor.save(attempt, 1, {"x": "64.00", "y": "40.00"}).status == 200
