"""Commands for operators."""

import pytest

from quiz import cli
from quiz.extensions import db
from quiz.models.people import User, UserSession
from quiz.models.questions import Question, QuestionVersion
from quiz.services.people import verified

PASSWORD = "a-password-of-an-operator"


@pytest.fixture
def run(app):
    """Run a command as an operator would, on the test's database."""

    def run(*words, input=None):
        db.session.commit()
        done = app.test_cli_runner().invoke(args=words, input=input)
        db.session.expire_all()
        return done

    return run


def test_a_user_is_made_with_roles_team_and_a_password_that_works(run):
    roles = ("--role", "trainee", "--role", "instructor")
    teams = ("--team", "East clinic", "--manages", "West clinic")
    done = run("user", "create", "New@Example.org", "--name", "Nia New", *roles, *teams, "--password", PASSWORD)
    assert done.output == "new@example.org can sign in.\n"
    user = db.session.query(User).one()
    assert {held.role for held in user.roles} == {"trainee", "instructor"}
    assert {(place.team.name, place.kind) for place in user.memberships} == {
        ("East clinic", "member"),
        ("West clinic", "manager"),
    }
    assert verified(user, PASSWORD)


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("alice@example.org", PASSWORD, "There is already an account for alice@example.org."),
        ("no address", PASSWORD, "no address is not an email address"),
        ("new@example.org", "short", "Choose a password of 15 to 256 characters."),
    ],
)
def test_a_user_that_cannot_be_made_is_refused_with_a_sentence(run, alice, email, password, sentence):
    done = run("user", "create", email, "--name", "Someone", "--password", password)
    assert (done.exit_code, db.session.query(User).count()) == (1, 1)
    assert sentence in done.output


def test_setting_a_password_ends_all_sessions(run, alice, visit):
    visitor = visit(alice)
    assert run("user", "set-password", "alice@example.org", "--password", PASSWORD).exit_code == 0
    assert visitor.json("/attempts/00000000-0000-0000-0000-000000000000/result").status == 401
    assert verified(db.session.query(User).one(), PASSWORD)


def test_sessions_are_listed_and_ended(run, alice, visit):
    visit(alice)
    session = db.session.query(UserSession).one()
    assert str(session.uuid) in run("user", "sessions", alice.email).output
    assert run("user", "end-sessions", alice.email).output == "Sessions ended: 1.\n"
    assert run("user", "sessions", alice.email).output == ""


def test_an_unknown_person_is_named(run, app):
    done = run("user", "sessions", "nobody@example.org")
    assert (done.exit_code, done.output) == (1, "There is no account for nobody@example.org.\n")


def test_a_bank_with_faults_changes_nothing_and_lists_them_with_file_and_line(run, app, tmp_path, monkeypatch):
    (tmp_path / "strata.yaml").write_text("questions:\n- id: one\n  kind: no_such_kind\n- id: [\n")
    monkeypatch.setattr(cli, "CONTENT", tmp_path)
    done = run("bank", "import")
    assert done.exit_code == 1
    assert "nothing was changed" in done.output
    assert "strata.yaml:" in done.output
    assert db.session.query(Question).count() == 0


def test_a_later_setup_reads_the_bank_only_when_its_files_changed(run, app, tmp_path, monkeypatch):
    content = tmp_path / "content"
    content.mkdir()
    monkeypatch.setattr(cli, "CONTENT", content)
    assert "Bank: 0 new" in run("setup").output
    assert "Bank: as it was taken in last." in run("setup").output
    (content / "strata.yaml").write_text("questions: []\n")
    assert "Bank: 0 new" in run("setup").output


def test_the_shipped_bank_comes_in_once(run, app):
    first, second = run("bank", "import").output, run("bank", "import").output
    assert first.endswith(" new, 0 changed, 0 in conflict.\n")
    assert not first.startswith("Bank: 0 ")
    assert second == "Bank: 0 new, 0 changed, 0 in conflict.\n"
    assert db.session.query(QuestionVersion).filter_by(status="published").count() >= 75
