"""Commands for operators; `flask --app app --help` lists them."""

import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade

from question_bank import bank
from question_bank.figures import load_figures
from quiz import clock, demo, tasks
from quiz.config import ROOT
from quiz.errors import QuizError
from quiz.extensions import begin_write, db
from quiz.models.people import Role, User
from quiz.queries import journal
from quiz.queries import media as kept_media
from quiz.queries import people as queries
from quiz.services import media, people, questions, quizzes
from quiz.web.assets import tree_version

CONTENT = ROOT / "question_bank" / "content"

user_commands = AppGroup("user", help="Accounts and their sessions.")
bank_commands = AppGroup("bank", help="The question bank.")


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (user_commands, bank_commands, setup, run_tasks):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def setup() -> None:
    """Migrate the database, take in the shipped bank and quizzes and, for the demo, make its people."""
    upgrade()
    click.echo("Database: on the newest migration.")
    taken = journal.last("import bank")
    if taken is not None and taken.details["version"] == tree_version(CONTENT):
        click.echo("Bank: as it was taken in last.")
    else:
        _import_bank()
    _check_pictures()
    _make_quizzes()
    if current_app.config["QUIZ_DEMO"] and not queries.any_users():
        _make_demo()


@click.command("tasks")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@with_appcontext
def run_tasks(once: bool) -> None:
    """Close attempts at their deadline, every 15 seconds until stopped; compute the simulations asked for."""
    if once:
        click.echo(f"Attempts closed: {tasks.sweep()}.")
        if computed := tasks.compute():
            click.echo(f"Simulations computed: {computed}.")
    else:
        tasks.run_until_stopped()


@bank_commands.command("import")
def import_bank() -> None:
    """Take in what changed in the shipped bank."""
    _import_bank()


@user_commands.command("create")
@click.argument("email")
@click.option("--name", required=True, help="The person's name, as pages show it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    default=["trainee"],
    show_default=True,
)
@click.option("--team", help="A team to join; made if there is none of this name.")
@click.option("--manages", help="A team to manage; made if there is none of this name.")
@click.password_option()
def create_user(
    email: str, name: str, roles: tuple[str, ...], team: str | None, manages: str | None, password: str
) -> None:
    """Make an account."""
    at = clock.now()
    with Refusals():
        hashed = people.hash_password(password)
        begin_write()
        user = people.create_user(email, name, hashed, roles=map(Role, roles), by=None, at=at)
        for team_name, kind in ((team, "member"), (manages, "manager")):
            if team_name:
                people.join_team(user, people.create_team(team_name, by=None, at=at), kind=kind, by=None, at=at)
    db.session.commit()
    click.echo(f"{user.email} can sign in.")


@user_commands.command("set-password")
@click.argument("email")
@click.password_option()
def set_password(email: str, password: str) -> None:
    """Set a person's password and end all their sessions."""
    with Refusals():
        hashed = people.hash_password(password)
        begin_write()
        people.change_password(_user(email), hashed, by=None, at=clock.now())
    db.session.commit()
    click.echo("The password is set; all sessions are ended.")


@user_commands.command("sessions")
@click.argument("email")
def list_sessions(email: str) -> None:
    """List a person's open sessions."""
    with Refusals():
        user = _user(email)
    for session in queries.open_sessions(user.id, at=clock.now()):
        click.echo(f"{session.uuid}  since {session.created_at:%Y-%m-%d %H:%M} UTC  {session.device}")


@user_commands.command("end-sessions")
@click.argument("email")
def end_sessions(email: str) -> None:
    """End all sessions of a person, at once and everywhere."""
    begin_write()
    with Refusals():
        ended = people.end_sessions(_user(email).id, by=None, at=clock.now())
    db.session.commit()
    click.echo(f"Sessions ended: {ended}.")


class Refusals:
    """Print a refusal as its sentence and stop with status 1, instead of a traceback."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, QuizError):
            db.session.rollback()
            click.echo(error.message, err=True)
            sys.exit(1)


def _user(email: str) -> User:
    user = queries.user_by_email(email)
    if user is None:
        raise QuizError(f"There is no account for {email}.")
    return user


def _make_quizzes() -> None:
    begin_write()
    made = quizzes.create_shipped(by=None, at=clock.now())
    db.session.commit()
    click.echo(f"Quizzes: {len(made)} new.")


def _make_demo() -> None:
    password_hash = demo.hash_password()
    begin_write()
    made = 0 if queries.any_users() else demo.fill(password_hash, at=clock.now())
    db.session.commit()
    click.echo(f"Demo: {made} people, each with the password {demo.PASSWORD}.")


def _check_pictures() -> None:
    """Write anew what the shipped bank has of lost pictures, and name what stays lost."""
    folder = current_app.config["QUIZ_MEDIA"]
    media.keep_pictures(load_figures(CONTENT, []).values(), folder)
    for figure in kept_media.lost(folder):
        click.echo(
            f"Figures: a picture of {figure.name} ({figure.uuid}) is missing in {folder}. Restore the folder from a "
            "backup; until then trainees read the figure in words.",
            err=True,
        )


def _import_bank() -> None:
    try:
        held = bank.load(CONTENT)
    except bank.BankError as error:
        click.echo("The bank has faults; nothing was changed:", err=True)
        for fault in error.faults:
            click.echo(str(fault), err=True)
        sys.exit(1)
    figures = held.figures.values()
    media.keep_pictures(figures, current_app.config["QUIZ_MEDIA"])
    begin_write()
    imported = questions.import_bank(
        held.questions, figures=figures, by=None, at=clock.now(), version=tree_version(CONTENT)
    )
    db.session.commit()
    click.echo(
        f"Bank: {len(imported.new)} new, {len(imported.changed)} changed, {len(imported.conflicts)} in conflict."
    )
    for key in imported.conflicts:
        click.echo(f"  {key}: changed both in the YAML and here; an instructor has to decide.")
