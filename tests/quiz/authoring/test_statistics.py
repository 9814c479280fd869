"""The pages of statistics and of approval: counts of what is published now, and what to do before real use."""

from __future__ import annotations

from quiz.config import ROOT
from tests.factories import make_question
from tests.statements import counted


def numbers(page, caption):
    """The rows of a table by their heads: the texts of the cells."""
    table = next(each for each in page.tree.all("table") if caption in each.one("caption").text)
    rows = (row for row in table.all("tr") if row.all("td", class_="num"))
    return {row.one("th").text: [cell.text for cell in row.all("td", class_="num")] for row in rows}


def test_an_empty_bank_says_so(visit, ivy):
    assert "Nothing is published yet" in visit(ivy).get("/bank/statistics").text


def test_published_questions_are_counted_by_topic_and_difficulty(visit, ivy):
    make_question(topic="sterility", subtopic="sharps", critical=True)
    make_question(topic="sterility", subtopic="sharps", difficulty="hard", expected_facility=0.4, use="exam")
    make_question(status="draft")
    page = visit(ivy).get("/bank/statistics")
    assert numbers(page, "by topic and difficulty")["Sterility"] == ["1", "0", "1", "2"]
    assert numbers(page, "by topic and difficulty")["All"] == ["1", "0", "1", "2"]
    assert numbers(page, "by sub-topic")["Sharps"] == ["2", "1", "0", "1", "1", "0", "1", "1"]
    assert numbers(page, "by type") == {"Single best answer": ["2"]}


def test_every_bar_has_its_number_beside_it(visit, ivy):
    make_question()
    make_question(bloom="apply")
    page = visit(ivy).get("/bank/statistics")
    assert numbers(page, "by Bloom level")["Apply"] == ["1", "50 %"]
    bars = page.tree.all("svg", class_="chart-bar")
    assert bars
    assert all(bar.attrs["aria-hidden"] == "true" for bar in bars)


def test_never_event_points_without_a_second_question_are_marked(visit, ivy):
    make_question(critical=True, never_event=4, use="exam")
    counts = numbers(visit(ivy).get("/bank/statistics"), "never-event list")
    assert next(cells for point, cells in counts.items() if point.startswith("4.")) == ["1", "1"]


def test_a_new_publication_is_counted_at_once_and_reading_again_is_cheap(visit, ivy):
    make_question()
    first = visit(ivy).get("/bank/statistics")
    make_question()
    assert numbers(first, "by topic and difficulty")["All"][-1] == "1"
    assert numbers(visit(ivy).get("/bank/statistics"), "by topic and difficulty")["All"][-1] == "2"
    visitor = visit(ivy)
    with counted() as found:
        visitor.get("/bank/statistics")
    assert "question_versions.content_hash" in str(found)
    assert "question_versions.content " not in str(found)


def test_the_bank_leads_to_statistics_and_to_how_it_is_approved(visit, ivy):
    make_question()
    page = visit(ivy).get("/bank")
    assert {"/bank/statistics", "/bank/approval"} <= set(page.links)
    assert "A licensed clinician approves it before real use" in page.text


def test_the_page_of_approval_says_what_the_readme_says(visit, ivy):
    page = visit(ivy).get("/bank/approval").text
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    for sentence in (
        "It is not clinical advice, and nobody with a licence has approved it for your clinic.",
        "attempts that run keep the version they began with",
        "each has its limits and its confidence",
    ):
        assert sentence in page
        assert sentence.lower() in readme.replace("**", "").lower()
