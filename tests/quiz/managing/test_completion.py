"""The matrix of people and quizzes, and the same as CSV."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from quiz import clock
from quiz.extensions import db
from quiz.managing.spreadsheet import harmless
from quiz.models.people import Role
from quiz.services.attempts import closing
from tests.factories import assign, join, make_attempt, make_quiz, make_team, make_user
from tests.statements import counted


def in_days(number):
    return clock.local(clock.now(), "Europe/London").date() + timedelta(days=number)


def closed(user, quiz, *, passed, score, days_ago=2):
    """A closed attempt with this outcome."""
    attempt = make_attempt(user, quiz)
    attempt.started_at = clock.now() - timedelta(days=days_ago, hours=1)
    attempt.deadline = attempt.started_at + timedelta(hours=1)
    closing.submit(attempt, by=user.id, at=attempt.deadline)
    attempt.passed, attempt.score = passed, score
    db.session.commit()
    return attempt


def cells(page, name):
    """The cells of a person's row, as text without the name and the quiz."""
    [row] = [row for row in page.tree.all("tr") if row.all("th") and name in row.all("th")[0].text]
    return [cell.text.split(": ", 1)[1] for cell in row.all("td")]


def names(page):
    return [row.one("a", class_="title").text for row in page.tree.one("tbody").all("tr")]


def csv_rows(page):
    assert page.answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(page.answer.data.decode("utf-8-sig"))))


@pytest.fixture
def exam(app):
    return make_quiz(title="Knowledge exam")


def test_a_person_who_has_not_begun_is_due_soon_then_overdue(visit, max, alice, north, exam):
    assignment = assign(exam, north, due_on=in_days(5))
    assert cells(visit(max).get("/completion"), "Alice")[0].startswith("Due soon Due ")
    assignment.due_on = in_days(-9)
    db.session.commit()
    page = visit(max).get("/completion")
    assert cells(page, "Alice") == ["Overdue 9 days, not started"]
    assert page.tree.all("tr", class_="is-overdue")


def test_a_person_shows_the_best_score_of_the_attempts_that_passed(visit, max, alice, north, exam):
    assign(exam, north, due_on=in_days(5))
    closed(alice, exam, passed=False, score=2.9, days_ago=20)
    closed(alice, exam, passed=True, score=2.4, days_ago=10)
    assert "80 %" in cells(visit(max).get("/completion"), "Alice")[0].replace("\N{NO-BREAK SPACE}", " ")
    [row] = csv_rows(visit(max).get("/completion.csv"))
    assert (row["State"], row["Best score (%)"], row["Reached on"]) == ("Passed", "80", in_days(-10).isoformat())


def test_a_quiz_that_was_not_passed_says_when_the_retake_is_due_or_that_no_attempt_is_left(visit, max, alice, north):
    exam = make_quiz(attempts_allowed=2)
    assign(exam, north, due_on=in_days(30))
    closed(alice, exam, passed=False, score=1, days_ago=9)
    assert "Retake due" in cells(visit(max).get("/completion"), "Alice")[0]
    closed(alice, exam, passed=False, score=1, days_ago=8)
    assert "No attempts left" in cells(visit(max).get("/completion"), "Alice")[0]


def test_a_quiz_that_no_team_of_the_person_asks_for_is_not_required(visit, max, alice, exam):
    page = visit(max).get("/completion")
    assert [row.all("td")[0].text for row in page.tree.one("tbody").all("tr")] == [
        "Alice Archer, Knowledge exam: Not required"
    ]
    assert csv_rows(visit(max).get("/completion.csv"))[0]["State"] == "Not required"


def test_drafts_and_practice_are_no_columns(visit, max, alice, exam):
    make_quiz(title="Draft", status="draft")
    make_quiz(title="Practice", mode="practice")
    assert [head.text for head in visit(max).get("/completion").tree.one("thead").all("th")] == [
        "Person",
        "Knowledge exam",
    ]


def test_of_two_teams_the_earlier_due_date_counts(visit, max, alice, north, exam):
    other = make_team("Other clinic")
    join(alice, other)
    assign(exam, north, due_on=in_days(20))
    assign(exam, other, due_on=in_days(-1))
    assert cells(visit(max).get("/completion"), "Alice") == ["Overdue 1 day, not started"]


def test_a_manager_sees_only_trainees_of_managed_teams_and_an_administrator_everyone(visit, max, ada, alice, bob, exam):
    assert names(visit(max).get("/completion")) == ["Alice Archer"]
    assert names(visit(ada).get("/completion")) == ["Alice Archer", "Bob Baker"]


def test_a_person_without_the_role_or_with_a_closed_account_is_not_listed(visit, max, alice, north, exam):
    join(make_user("Ines Instructor", Role.INSTRUCTOR), north)
    alice.active = False
    db.session.commit()
    assert "Nobody is in your teams yet" in visit(max).get("/completion").text


def test_the_filters_of_the_address_narrow_page_and_csv_alike(visit, ada, alice, bob, north, exam):
    visitor = visit(ada)
    for query, expected in (
        ("?q=BAK", ["Bob Baker"]),
        (f"?team={north.uuid}", ["Alice Archer"]),
        ("?team=nonsense", ["Alice Archer", "Bob Baker"]),
        ("?order=team", ["Alice Archer", "Bob Baker"]),
        ("?page=99", ["Alice Archer", "Bob Baker"]),
        ("?page=-1&order=x", ["Alice Archer", "Bob Baker"]),
    ):
        assert names(visitor.get(f"/completion{query}")) == expected
        assert [row["Person"] for row in csv_rows(visitor.get(f"/completion.csv{query}"))] == expected


@pytest.mark.parametrize("words", ["%", "_", "\0", "'", "\N{GRINNING FACE}", "x" * 5000])
def test_any_search_is_answered(visit, max, alice, exam, words):
    page = visit(max).get("/completion", query_string={"q": words})
    assert page.status == 200


def test_who_is_overdue_longest_comes_first(visit, ada, north, bob, exam):
    for name in ("Zoe Early", "Amy Fine"):
        join(make_user(name, Role.TRAINEE), north)
    assign(exam, north, due_on=in_days(-9))
    assign(exam, bob.memberships[0].team, due_on=in_days(9))
    assert names(visit(ada).get("/completion")) == ["Amy Fine", "Zoe Early", "Bob Baker"]


def test_the_sums_count_people(visit, ada, alice, bob, north, exam):
    assign(exam, north, due_on=in_days(-2))
    assign(exam, bob.memberships[0].team, due_on=in_days(14))
    join(make_user("Cy Clear", Role.TRAINEE), make_team("Free clinic"))
    page = visit(ada).get("/completion")
    sums = [item.text for item in page.tree.one("ul", class_="stats").all("li")]
    assert sums == ["1 of 3 Up to date", "1 Person overdue", "1 Due within 14 days"]


def test_the_page_asks_the_same_few_statements_however_many_people_there_are(visit, max, alice, north, exam):
    assign(exam, north, due_on=in_days(2))
    visitor = visit(max)
    visitor.get("/completion")
    with counted() as few:
        visitor.get("/completion")
    for number in range(30):
        trainee = join(make_user(f"Person{number} Number", Role.TRAINEE), north)
        if number % 3 == 0:
            closed(trainee, exam, passed=True, score=3)
    with counted() as many:
        page = visitor.get("/completion")
    assert len(few) == len(many) <= 8
    assert len(names(page)) == 25
    assert len(names(visitor.get("/completion?page=2"))) == 6
    assert len(csv_rows(visitor.get("/completion.csv"))) == 31


def test_the_csv_is_a_download_with_a_row_for_each_person_and_quiz(visit, max, alice, north, exam):
    assign(exam, north, due_on=in_days(3))
    page = visit(max).get("/completion.csv")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert page.headers["Content-Disposition"].startswith('attachment; filename="completion-')
    assert csv_rows(page) == [
        {
            "Person": "Alice Archer",
            "Team": "North clinic",
            "Quiz": "Knowledge exam",
            "State": "Due soon",
            "Due on": in_days(3).isoformat(),
            "Best score (%)": "",
            "Reached on": "",
            "Attempts": "0",
        }
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert harmless(f"{start}cmd") == f"'{start}cmd"
    assert harmless("Alice = Archer") == "Alice = Archer"


def test_a_name_that_is_a_formula_stays_a_name_in_the_csv(visit, max, north, exam):
    join(make_user('=HYPERLINK("x")', Role.TRAINEE), north)
    assert csv_rows(visit(max).get("/completion.csv"))[0]["Person"] == '\'=HYPERLINK("x")'


def test_without_teams_or_exams_the_page_says_what_is_missing(visit, max, alice):
    assert "No exam is published" in visit(max).get("/completion").text
    lost = make_user("Lou Lost", Role.MANAGER)
    assert "You manage no team yet" in visit(lost).get("/completion").text


def test_trainees_and_instructors_have_no_right_to_it(visit, alice, ivy):
    for person in (alice, ivy):
        for path in ("/completion", "/completion.csv", "/completion/due-dates"):
            assert visit(person).get(path).status == 403
