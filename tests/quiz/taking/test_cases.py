"""Cases on a paper: parts in order with the vignette above each, ordinary in all but the lock that a case may have."""

from __future__ import annotations

from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.queries import attempts as queries
from quiz.queries import mastery
from tests.factories import case_data, make_attempt, make_case, make_case_quiz
from tests.visitor import question_path


def sit(person, *, locks=False, mode="exam", **changes) -> Attempt:
    """An attempt with a case of three parts among its four questions."""
    return make_attempt(person, make_case_quiz(make_case(locks=locks, **changes), mode=mode))


def part(attempt, number) -> Response:
    """The response to a part of the case."""
    db.session.expire_all()
    return next(each for each in attempt.responses if each.version.kind == "case" and each.part == number)


def place(attempt, number) -> int:
    return part(attempt, number).position


def test_the_parts_of_a_case_take_positions_one_after_another_and_in_order(alice):
    attempt = sit(alice)
    parts = [each for each in attempt.responses if each.version.kind == "case"]
    assert [each.part for each in parts] == [1, 2, 3]
    assert [each.position - parts[0].position for each in parts] == [0, 1, 2]
    assert len(attempt.responses) == 4
    assert len({each.layout["ids"]["a"] for each in parts}) == 3


def test_each_part_shows_vignette_and_record_and_its_own_question_alone(alice, visit):
    attempt, visitor = sit(alice), visit(alice)
    asked = [each.question.lead_in for each in attempt.responses if each.version.kind == "case"]
    for number in (1, 2, 3):
        page = visitor.question(attempt, place(attempt, number))
        assert f"Case, part {number} of 3" in page.text
        assert "A client comes for a second session." in page.text
        assert page.tree.one("dl", class_="record").text == "Medicines Aspirin"
        assert [lead_in in page.html for lead_in in asked] == [number == each for each in (1, 2, 3)]


def test_the_json_form_of_a_part_has_the_case_beside_it(alice, visit):
    attempt = sit(alice, locks=True)
    sent = visit(alice).json(question_path(attempt, place(attempt, 1))).json
    assert (sent["kind"], sent["stem"]) == ("single_choice", "")
    assert sent["case"] == {
        "title": "A client with a record",
        "stem": "A client comes for a second session.",
        "record": [{"name": "Medicines", "value": "Aspirin"}],
        "part": 1,
        "of": 3,
        "locks": True,
    }


def test_a_part_is_saved_flagged_and_marked_as_a_question_of_its_own(alice, visit):
    attempt, visitor = sit(alice), visit(alice)
    for number, chosen in ((1, "a"), (3, "c")):
        assert visitor.save(attempt, place(attempt, number), part(attempt, number).layout["ids"][chosen]).status == 200
    visitor.flag(attempt, place(attempt, 2))
    visitor.submit(attempt)
    marked = [(part(attempt, number).fraction, part(attempt, number).harm) for number in (1, 2, 3)]
    assert marked == [(1, "none"), (0, "none"), (0, "serious")]
    assert (attempt.score, attempt.max_score) == (1, 4)
    assert part(attempt, 2).flagged


def test_a_part_counts_for_its_own_topic_critical_flag_and_never_event(alice, visit):
    attempt, visitor = make_attempt(alice, _quiz_with_a_part_on_sterility()), visit(alice)
    visitor.submit(attempt)
    topics = {topic["topic"]: topic["max_score"] for topic in attempt.result["topics"]}
    assert topics == {"skin-layers": 2, "sterility": 1}
    broken = next(rule for rule in attempt.result["rules"] if rule["rule"] == "no_never_event")
    assert broken["positions"] == [place(attempt, 2)]
    assert part(attempt, 2).topic == "sterility"


def _quiz_with_a_part_on_sterility():
    first, second = case_data(count=2)["parts"]
    other = {**second, "topic": "sterility", "subtopic": "sharps", "critical": True, "never_event": 1}
    return make_case_quiz(make_case(parts=[first, other]), rules={"no_never_event": True})


def test_mastery_counts_a_part_for_its_topic_and_a_case_once_as_shown(alice, visit):
    attempt, visitor = make_attempt(alice, _quiz_with_a_part_on_sterility()), visit(alice)
    for number in (1, 2):
        visitor.save(attempt, place(attempt, number), part(attempt, number).layout["ids"]["a"])
    visitor.submit(attempt)
    assert {topic: found.responses for topic, found in mastery.by_topic(alice.id).items()} == {
        "skin-layers": 1,
        "sterility": 1,
    }
    assert queries.shown_counts(alice.id)[part(attempt, 1).version.question.key] == 1


def test_the_result_shows_the_case_with_each_of_its_parts(alice, visit):
    attempt, visitor = sit(alice), visit(alice)
    visitor.submit(attempt)
    page = visitor.get(f"/attempts/{attempt.uuid}/result")
    assert [block.text.split(" A client")[0] for block in page.tree.all("div", class_="case")] == [
        f"Case, part {number} of 3" for number in (1, 2, 3)
    ]
    assert page.text.count("Medicines Aspirin") == 3
    receipt = visitor.json(f"/attempts/{attempt.uuid}/receipt").json
    assert [row["position"] for row in receipt["responses"]] == [1, 2, 3, 4]
