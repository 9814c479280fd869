"""Figures in the instance: pictures by what they hold, and one figure of each name in force."""

from flask import current_app

from quiz import clock
from quiz.extensions import db
from quiz.models.media import Figure
from quiz.queries import journal
from quiz.queries import media as queries
from quiz.services import media
from tests.factories import draw_figure, make_figure


def folder():
    return current_app.config["QUIZ_MEDIA"]


def test_a_picture_lies_in_the_folder_under_its_sha256_and_is_written_once(app):
    drawn = draw_figure()
    figure = make_figure(drawn)
    path = folder() / figure.light[:2] / f"{figure.light}.svg"
    assert path.read_text() == drawn.light
    written = path.stat().st_mtime_ns
    make_figure(drawn)
    assert path.stat().st_mtime_ns == written
    assert sorted(each.suffix for each in folder().rglob("*") if each.is_file()) == [".svg", ".svg"]


def test_the_same_catalogue_again_changes_nothing(app):
    first, second = make_figure(), make_figure()
    assert first.id == second.id
    assert db.session.query(Figure).count() == 1


def test_another_look_takes_the_place_and_an_old_one_can_come_back(app):
    first = make_figure(draw_figure(down=100))
    second = make_figure(draw_figure(down=200))
    assert [figure.id for figure in queries.catalogue()] == [second.id]
    assert make_figure(draw_figure(down=100)).id == first.id
    assert [figure.id for figure in queries.catalogue()] == [first.id]


def test_a_figure_that_left_the_catalogue_is_no_longer_offered_but_kept(app):
    make_figure(draw_figure("one"), draw_figure("two"))
    make_figure(draw_figure("two"))
    assert [figure.name for figure in queries.catalogue()] == ["two"]
    assert db.session.query(Figure).count() == 2


def test_other_words_are_another_figure_with_the_same_picture(app):
    first, second = make_figure(draw_figure()), make_figure(draw_figure(alternative="In other words."))
    assert first.light == second.light
    assert first.id != second.id


def test_lost_pictures_are_named_until_they_are_back(app):
    drawn = draw_figure()
    figure = make_figure(drawn)
    queries.picture_path(folder(), figure.dark).unlink()
    assert [lost.name for lost in queries.lost(folder())] == ["two-lines"]
    media.keep_pictures([drawn], folder())
    assert queries.lost(folder()) == []


def test_the_journal_says_which_figure_came_in(app):
    figure = make_figure()
    line = journal.last("import figure")
    assert line is not None
    assert line.thing_id == str(figure.uuid)
    assert line.at <= clock.now()
