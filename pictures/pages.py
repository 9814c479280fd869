"""Every picture by name: the template that it shows, who sees it, its address, and what happens first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from pictures import states
from pictures.site import Site
from pictures.sittings import exam, in_question, passer, reported, short_paper, typical_question
from question_bank.question import Topic
from question_bank.specification import CASE
from quiz.demo import EXAM, STERILITY

FIRST = "zoe.marchetti"
"""Has taken nothing yet; the states of an interrupted sitting are hers."""
LEARNER = "hana.suzuki"
KINDS = (
    "single_choice multiple_choice true_false short_answer numeric cloze ordering classification matching depth hotspot"
).split()


@dataclass(frozen=True)
class Picture:
    """A page, and `act`, which brings it into the state to be shown."""

    template: str
    person: str | Callable[[Site], str]
    address: Callable[[Site], str]
    act: Callable[[Site, Page], None] = states.nothing


def at(path: str) -> Callable[[Site], str]:
    return lambda site: path


def result(site: Site) -> str:
    """The newest result of somebody who has passed the exam."""
    row = "main tr:has-text('knowledge exam'):has-text('Passed')"
    return site.first_link(passer(site), "/results", f"{row} a[href$='/result']")


def not_passed(site: Site) -> str:
    return site.first_link("manager", person(site, "Kim Dube"), "main a[href$='/result']")


def receipt(site: Site) -> str:
    return result(site).replace("/result", "/receipt")


def bank_question(site: Site) -> str:
    """A question of the bank, the first one that a search for the topic finds."""
    return site.first_link("instructor", "/bank?topic=sterility", "main a.title[href^='/bank/']")


def case(site: Site) -> str:
    return site.first_link("instructor", f"/bank?kind={CASE}", "main a.title[href^='/bank/']")


def person(site: Site, name: str = "") -> str:
    return site.first_link("manager", f"/completion?q={name}", "main a[href^='/people/']")


def report(site: Site) -> str:
    return site.first_link("instructor", reported(site), "main a.title[href^='/bank/reports/']")


def revocation(site: Site) -> str:
    return site.first_link("manager", person(site, "Riley Bennett") + "/exceptions", "main a[href$='/revocation']")


def reopening(site: Site) -> str:
    return site.first_link("manager", person(site, "Kim Dube"), "main a[href$='/reopening']")


def interrupted(position: int) -> Callable[[Site], str]:
    return lambda site: f"{short_paper(site, FIRST, 'single_choice', mode='exam', count=5)}/{position}"


def of_kind(kind: str, topic: Topic | None = None) -> Callable[[Site], str]:
    return lambda site: f"{short_paper(site, LEARNER, kind, topic=topic)}/1"


PICTURES: dict[str, Picture] = {
    "sign-in": Picture("accounts/sign_in.html", "", at("/sign-in")),
    "sign-in-refused": Picture("accounts/sign_in.html", "", at("/sign-in"), states.wrong_password),
    "account": Picture("accounts/account.html", "trainee", at("/account")),
    "home": Picture("taking/home.html", "trainee", at("/")),
    "practice": Picture("taking/practice.html", "trainee", at("/practice")),
    "results": Picture("taking/results.html", "casey.novak", at("/results")),
    "rules": Picture("taking/quiz.html", "trainee", at(f"/quizzes/{EXAM}")),
    "question": Picture("taking/question.html", "trainee", typical_question),
    "review": Picture("taking/review.html", "trainee", lambda site: exam(site).replace("/questions", "/review")),
    "review-dialog": Picture(
        "taking/review.html", "trainee", lambda site: exam(site).replace("/questions", "/review"), states.handing_in
    ),
    "paper": Picture("taking/paper.html", "trainee", lambda site: exam(site).replace("/questions", "/paper")),
    "result": Picture("taking/result.html", passer, result),
    "result-not-passed": Picture("taking/result.html", "manager", not_passed),
    "receipt": Picture("taking/receipt.html", passer, receipt),
    "receipt-in-print": Picture("taking/receipt.html", passer, receipt, states.in_print),
    "check-receipt": Picture("taking/check_receipt.html", "manager", at("/receipts?code=1-AAAAA")),
    "bank": Picture("authoring/bank.html", "instructor", at("/bank")),
    "bank-question": Picture("authoring/question.html", "instructor", bank_question),
    "editor": Picture("authoring/edit_question.html", "instructor", lambda site: bank_question(site) + "/edit"),
    "preview": Picture("authoring/preview.html", "instructor", lambda site: bank_question(site) + "/edit#preview"),
    "new-question": Picture("authoring/new_question.html", "instructor", at("/bank/new/multiple_choice")),
    "case-editor": Picture("authoring/edit_question.html", "instructor", lambda site: case(site) + "/edit"),
    "part-editor": Picture("authoring/edit_part.html", "instructor", lambda site: case(site) + "/parts/1/edit"),
    "new-part": Picture("authoring/new_part.html", "instructor", lambda site: case(site) + "/parts/new/single_choice"),
    "statistics": Picture("authoring/statistics.html", "instructor", at("/bank/statistics")),
    "reports": Picture("authoring/reports.html", "instructor", reported),
    "report": Picture("authoring/report.html", "instructor", report),
    "approval": Picture("authoring/approval.html", "instructor", at("/bank/approval")),
    "quizzes": Picture("authoring/quizzes.html", "instructor", at("/bank/quizzes")),
    "blueprint": Picture("authoring/edit_quiz.html", "instructor", at(f"/quizzes/{EXAM}/edit")),
    "simulation": Picture(
        "authoring/simulation.html", "instructor", at(f"/quizzes/{STERILITY}/simulation"), states.simulated
    ),
    "completion": Picture("managing/completion.html", "manager", at("/completion")),
    "due-dates": Picture("managing/due_dates.html", "manager", at("/completion/due-dates")),
    "person": Picture("managing/person.html", "manager", person),
    "exceptions": Picture(
        "managing/exceptions.html", "manager", lambda site: person(site, "Riley Bennett") + "/exceptions"
    ),
    "grant": Picture("managing/grant.html", "manager", lambda site: person(site) + "/exceptions/new/extra-time"),
    "revocation": Picture("managing/revocation.html", "manager", revocation),
    "reopening": Picture("managing/reopening.html", "manager", reopening),
    "deadline": Picture("managing/deadline.html", "admin", in_question),
    "not-found": Picture("errors/error.html", "trainee", at("/nothing-here")),
    "offline": Picture("taking/question.html", FIRST, interrupted(1), states.offline),
    "conflict": Picture("taking/question.html", FIRST, interrupted(2), states.conflict),
    "signed-out": Picture("taking/question.html", FIRST, interrupted(3), states.signed_out),
    "closed": Picture("taking/question.html", FIRST, interrupted(4), states.closed),
    **{f"kind-{kind.replace('_', '-')}": Picture("taking/question.html", LEARNER, of_kind(kind)) for kind in KINDS},
    "kind-hotspot-on-a-figure": Picture("taking/question.html", LEARNER, of_kind("hotspot", Topic.STERILITY)),
    "kind-case": Picture("taking/question.html", LEARNER, of_kind(CASE)),
    "practice-feedback": Picture("taking/question.html", LEARNER, of_kind("single_choice"), states.checked),
}
"""In this order, so that home and rules are shown before the exam begins."""
