"""`flask setup`: everything that a first start needs, and nothing at a second."""

import shutil

import pytest
from sqlalchemy import func, select

from quiz.extensions import Base, db
from quiz.models.people import User
from quiz.models.quizzes import Quiz
from quiz.queries import media
from tests.factories import make_figure


@pytest.fixture
def setup(app):
    """Run the command and give its lines."""

    def run(*, demo):
        db.session.commit()
        app.config["QUIZ_DEMO"] = demo
        done = app.test_cli_runner().invoke(args=["setup"])
        assert done.exit_code == 0, done.output
        db.session.expire_all()
        return done.output.splitlines()

    return run


def counts():
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables
    }


def test_a_first_start_says_what_it_did_and_a_second_changes_nothing(setup):
    first = setup(demo=True)
    assert [line.split(":")[0] for line in first] == ["Database", "Bank", "Quizzes", "Demo"]
    before = counts()
    second = setup(demo=True)
    assert second[1:] == ["Bank: as it was taken in last.", "Quizzes: 0 new."]
    assert counts() == before


def test_without_the_demo_nobody_is_made(setup):
    setup(demo=False)
    assert db.session.query(User).count() == 0
    assert db.session.query(Quiz).filter_by(status="published").count() == 8


def test_people_who_are_there_keep_the_demo_out(setup, alice):
    assert not any(line.startswith("Demo") for line in setup(demo=True))
    assert db.session.query(User).count() == 1


def test_lost_pictures_are_written_again_and_those_of_other_figures_named(setup, app):
    setup(demo=False)
    own = make_figure()
    shutil.rmtree(app.config["QUIZ_MEDIA"])
    lost = [line for line in setup(demo=False) if line.startswith("Figures")]
    assert len(lost) == 1
    assert f"a picture of two-lines ({own.uuid}) is missing" in lost[0]
    assert [figure.name for figure in media.lost(app.config["QUIZ_MEDIA"])] == ["two-lines"]
