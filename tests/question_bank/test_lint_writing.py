"""Each item-writing flaw is found by its own rule, as advice; what only looks like one is left alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from question_bank import lint
from question_bank.question import Question
from tests.question_bank.factories import questions
from tests.question_bank.questions import FACTS, SOURCES, make_numeric, make_options, make_question

TODAY = date(2026, 11, 21)


def findings(question: Question) -> list[tuple[str, str]]:
    return [(found.rule, found.at) for found in lint.question_findings(question, FACTS, SOURCES, today=TODAY)]


def listing(*texts: str, **changes: Any) -> dict[str, Any]:
    """Changes that give the sound question these options, the second of them right."""
    return {"options": make_options(*texts), **changes}


def statement(text: str, *, key: bool) -> Question:
    """A true-or-false question."""
    judged = {"if_true": {"rationale": "So (ST-006)."}, "if_false": {"rationale": "So (ST-006)."}}
    judged["if_false" if key else "if_true"]["harm"] = "minor"
    return make_question(kind="true_false", lead_in=text, options=None, key=str(key).lower(), **judged)


def cloze(*options: str, text: str = "The needle meets blood in the [[g1]].") -> Question:
    """A text with one gap, whose first option is right."""
    gap = {"id": "g1", "options": list(options), "key": "a", "rationale": "So (ST-006)."}
    return make_question(kind="cloze", lead_in="Complete it.", options=None, key=None, text=text, gaps=[gap])


FLAWS = [
    # length
    (listing("Wait a day", "Discard it and open another one at once", "Dry it"), "longest-key", "options.1.text"),
    # absolutes
    (listing("Always wipe it", "Discard it", "Turn it over"), "lone-absolute", "options.0.text"),
    (listing("Wipe every one of them", "Discard it", "Turn it over"), "lone-absolute", "options.0.text"),
    (listing("Always wipe it", "Discard it", "Never turn it"), "absolutes-wrong", "options.0.text"),
    # combinations
    (listing("Wipe it", "Discard it", "None of the above"), "combined-option", "options.2.text"),
    (listing("Wipe it", "Discard it", "Both a and b"), "combined-option", "options.2.text"),
    (listing("Wipe it", "Discard it", "A or C"), "combined-option", "options.2.text"),
    # negatives
    ({"lead_in": "Which step is not needed?"}, "negative-lead-in", "lead_in"),
    ({"lead_in": "Which step can't be left out?"}, "negative-lead-in", "lead_in"),
    ({"stem": "A seal is torn. Which of these is not sterile?"}, "negative-lead-in", "stem"),
    (
        listing("Wipe it", "Do not use it", "Turn it over", lead_in="What is **not** safe?"),
        "double-negative",
        "options.1.text",
    ),
    # options that say the same
    (
        listing("Open another pack in front of her", "Discard it", "Open another pack in front of them"),
        "near-duplicate-option",
        "options.2.text",
    ),
    # repeated words
    (
        listing("Wipe it dry", "Drop the barrier", "Turn it over", stem="A barrier is torn."),
        "repeated-word",
        "options.1.text",
    ),
    # grammar and form
    (listing("wound", "abrasion", "puncture", lead_in="What he sees is an:"), "article-fit", "lead_in"),
    (listing("An allergy", "Two reactions", "One burn", lead_in="Which are seen?"), "number-fit", "lead_in"),
    (listing("Both glands", "A gland", "Two muscles", lead_in="What is seen?"), "number-fit", "lead_in"),
    (listing("Wipe it", "Discard it.", "Turn it over"), "lone-form", "options.1.text"),
    (listing("Wipe it", "discard it", "Turn it over"), "lone-form", "options.1.text"),
    # numbers
    (listing("1.0 mm", "0.5 mm", "1.5 mm", shuffle="false"), "numbers-order", "options"),
    (listing("1 hour", "2 minutes", "90 minutes", shuffle="false"), "numbers-order", "options"),
    (listing("After 3 wipes", "After 2 wipes", "After 4 wipes", shuffle="false"), "numbers-order", "options"),
    (listing("0.5 mm", "1.0 mm", "1.5 mm"), "numbers-shuffled", "shuffle"),
    (listing("30 seconds", "1 minute", "2 minutes"), "numbers-shuffled", "shuffle"),
    (listing("0.5 to 1.0 mm", "1.0 to 1.5 mm", "2.0 mm", shuffle="false"), "numbers-overlap", "options.1.text"),
    (
        listing("Less than 5 days", "3 to 8 days", "9 days or more", shuffle="false"),
        "numbers-overlap",
        "options.1.text",
    ),
    (listing("5 days", "10", "15 days", shuffle="false"), "unit-missing", "options.1.text"),
    (listing("5", "10", "15", lead_in="What is the setting?", shuffle="false"), "unit-missing", "options"),
]


@pytest.mark.parametrize(("changes", "rule", "at"), FLAWS)
def test_a_writing_flaw_advises_and_stops_nothing(changes: dict[str, Any], rule: str, at: str):
    question = make_question(**changes)
    (found,) = lint.question_findings(question, FACTS, SOURCES, today=TODAY)
    assert (found.rule, found.at, found.blocks) == (rule, at, False)
    assert found.message.endswith(".")


SOUND = [
    listing("Epidermis", "Dermal papillae", "Fat"),
    listing("Discard it and open another one at once", "Wipe it", "Leave it in the pack until she has gone home"),
    listing("Always wipe it", "Never wipe it", "Turn it over"),
    listing("Remove all of the cream", "Discard it", "Turn it over"),
    listing("Wipe it dry", "Discard every one", "Turn it over"),
    listing("One of the clients", "Discard the lot", "Both gloves and gown"),
    {"lead_in": "Which step is NOT needed?"},
    {"lead_in": "Which step is **not** needed?"},
    {"lead_in": "What is needed at least?"},
    {"stem": "She has not eaten. The seal is torn."},
    listing("Wipe it", "Do not use it", "Do not turn it"),
    listing("Open another pack at once", "Discard it", "Do not open another pack at once"),
    listing("A needle of 0.5 mm on cheeks", "Discard it", "A needle of 1.5 mm on cheeks"),
    listing("Torn is fine", "A torn barrier", "Turn it over", stem="A barrier is torn."),
    listing("Wipe the seal", "Discard the seal", "Turn it over"),
    listing("abrasion", "allergy", "puncture", lead_in="What he sees is an:"),
    listing("A wound", "An abrasion", "A puncture", lead_in="What does he see?"),
    listing("An allergy", "Two reactions", "Both glands", lead_in="Which are seen?"),
    listing("Nerves", "A gland", "A muscle", lead_in="What is seen?"),
    listing("Wipe it.", "Discard it.", "Turn it over", "Burn it"),
    listing("Wipe it.", "Discard it.", "Turn it over.", "Burn it."),
    listing("0.5 mm", "1.0 mm", "1.5 mm", shuffle="false"),
    listing("9 mm", "10 mm", "11 mm", shuffle="false"),
    listing("30 seconds", "1 minute", "2 minutes", shuffle="false"),
    listing("Under 5 days", "5 to 8 days", "9 days or more", shuffle="false"),
    listing("5", "10", "15", lead_in="How many clients?", shuffle="false"),
    listing("5 days at home", "10 needles", "15 minutes"),
]


@pytest.mark.parametrize("changes", SOUND)
def test_what_only_looks_like_a_writing_flaw_is_left_alone(changes: dict[str, Any]):
    assert findings(make_question(**changes)) == []


def test_several_right_options_that_are_all_longer_are_a_cue_by_length():
    texts = ("Wipe it", "Discard it and open another one", "Dry it", "Lay it aside and open another one")
    question = make_question(kind="multiple_choice", options=several(*texts), key=["b", "d"])
    assert findings(question) == [("longest-key", "options.1.text")]


def test_several_right_options_of_mixed_length_are_no_cue():
    texts = ("Wipe it", "Discard it and open another one", "Dry it", "Lay it aside")
    question = make_question(kind="multiple_choice", options=several(*texts), key=["b", "d"])
    assert findings(question) == []


def several(*texts: str) -> list[dict[str, Any]]:
    """Options of which the second and the fourth are right."""
    options = make_options(*texts)
    del options[3]["harm"]
    return options


def test_the_length_cue_says_how_much_longer_the_key_is_and_how_to_mend_it():
    options = make_options("Wait a day", "Discard it and open another one", "Wipe it dry")
    (found,) = lint.question_findings(make_question(options=options), FACTS, SOURCES)
    assert found.message == (
        "The correct option is about 3.0 times as long as the others. Length cues the answer: "
        "move detail to the stem or the rationale, or give the others as much."
    )


@pytest.mark.parametrize(("key", "found"), [(False, [("absolute-statement", "lead_in")]), (True, [])])
def test_an_absolute_marks_a_false_statement_and_not_a_true_one(key: bool, found: list[tuple[str, str]]):
    assert findings(statement("A torn pack is always thrown away.", key=key)) == found


def test_a_statement_without_an_absolute_is_left_alone():
    assert findings(statement("A torn pack may be used after wiping.", key=False)) == []


def test_the_gaps_of_a_text_are_lists_of_options_too():
    assert findings(cloze("papillary dermis just under the border", "fat", "muscle")) == [
        ("longest-key", "gaps.0.options.0")
    ]
    assert findings(cloze("papillary dermis", "reticular dermis", "epidermis")) == []


def test_a_number_is_asked_for_with_its_unit():
    assert findings(make_numeric(lead_in="How deep does it go?")) == [("unit-missing", "lead_in")]
    assert findings(make_numeric(lead_in="How deep does it go (in mm)?")) == []
    assert findings(make_numeric(lead_in="How deep is it?", stem="All depths are in millimetres.")) == []


@settings(max_examples=40)
@given(question=questions())
def test_the_checks_judge_any_question_and_never_fail(question: Question):
    for found in lint.question_findings(question, FACTS, SOURCES, today=TODAY):
        assert found.rule
        assert found.message.endswith(".")
