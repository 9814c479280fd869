"""Statistics of the question bank, and how it is approved."""

from typing import Any

from flask import render_template

from question_bank.question import Difficulty, Use
from quiz.authoring.statistics_pages import statistics_page
from quiz.authoring.views import bp


@bp.get("/bank/statistics")
def statistics() -> Any:
    page = statistics_page()
    return render_template("authoring/statistics.html", page=page, difficulties=list(Difficulty), uses=list(Use))


@bp.get("/bank/approval")
def approval() -> Any:
    return render_template("authoring/approval.html")
