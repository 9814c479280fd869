"""Trying a quiz out: the page of its simulation, and asking for a new one."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from quiz.authoring.simulation_pages import simulation_page
from quiz.authoring.views import bp
from quiz.extensions import db
from quiz.models.quizzes import Quiz
from quiz.permissions import Action, can
from quiz.services import simulations as service
from quiz.web import access
from quiz.web.access import load


@bp.get("/quizzes/<slug>/simulation")
def simulation(slug: str) -> Any:
    quiz = load(Quiz, slug, by="slug", to=Action.READ_QUIZ)
    may_ask = can(access.viewer(), Action.SIMULATE_QUIZ, quiz)
    return render_template(
        "authoring/simulation.html", page=simulation_page(quiz), may_ask=may_ask, papers=service.PAPERS
    )


@bp.post("/quizzes/<slug>/simulation")
def new_simulation(slug: str) -> Any:
    quiz = load(Quiz, slug, by="slug", to=Action.SIMULATE_QUIZ)
    service.ask(quiz, by=access.viewer().id, at=access.arrived())
    db.session.commit()
    flash("Asked for. It takes about a minute")
    return redirect(url_for(".simulation", slug=slug), 303)
