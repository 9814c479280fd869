"""Scores, topic scores, the five pass rules, and the words of their verdicts."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import Harm, Mark, Topic
from question_bank.scoring import MarkedResponse, Result, Rules, TopicScore, marks_shown, score

EXAM = Rules(total_count=25, no_never_event=True, critical_share=0.9)


def make_response(
    position: int = 1,
    fraction: float = 1.0,
    *,
    harm: Harm = Harm.NONE,
    topic: Topic = Topic.STERILITY,
    critical: bool = False,
    never_event: int | None = None,
    answered: bool = True,
) -> MarkedResponse:
    return MarkedResponse(position, topic, Mark(fraction=fraction, harm=harm), critical, never_event, answered)


def make_paper(*fractions: float, **fields: object) -> list[MarkedResponse]:
    return [make_response(position, fraction, **fields) for position, fraction in enumerate(fractions, start=1)]


def text_of(result: Result) -> str:
    (verdict,) = result.verdicts
    return verdict.text.replace("\N{NO-BREAK SPACE}", " ")


@st.composite
def responses(draw: st.DrawFn) -> list[MarkedResponse]:
    parts = st.integers(1, 6).flatmap(lambda whole: st.integers(0, whole).map(lambda part: part / whole))
    one = st.builds(
        make_response,
        fraction=parts,
        harm=st.sampled_from(Harm),
        topic=st.sampled_from(Topic),
        critical=st.booleans(),
        never_event=st.none() | st.integers(1, 12),
        answered=st.booleans(),
    )
    drawn = draw(st.lists(one, max_size=12))
    return [replace(response, position=position) for position, response in enumerate(drawn, start=1)]


shares = st.none() | st.integers(1, 20).map(lambda twentieths: twentieths / 20)
rules = st.builds(
    lambda total, rest: Rules(**total, **rest),
    st.fixed_dictionaries({"total_count": st.integers(1, 12)}) | st.fixed_dictionaries({"total_share": shares}),
    st.fixed_dictionaries(
        {
            "topic_minimum": shares,
            "critical_share": shares,
            "no_never_event": st.booleans(),
            "no_serious_harm": st.booleans(),
        }
    ),
)


@given(responses(), rules, st.data())
def test_more_marks_never_turn_a_pass_into_a_fail(paper, rules, data):
    if not paper:
        return
    place = data.draw(st.integers(0, len(paper) - 1))
    better = data.draw(st.floats(paper[place].mark.fraction, 1.0))
    raised = replace(paper[place], mark=replace(paper[place].mark, fraction=better))
    before, after = score(paper, rules), score([*paper[:place], raised, *paper[place + 1 :]], rules)
    assert after.score >= before.score
    assert not (before.passed and not after.passed)
    assert all(new.met for old, new in zip(before.verdicts, after.verdicts, strict=True) if old.met)


@given(responses(), rules, st.randoms(use_true_random=False))
def test_the_order_of_the_responses_never_matters(paper, rules, random):
    assert score(random.sample(paper, len(paper)), rules) == score(paper, rules)


@given(responses(), rules)
def test_the_parts_of_a_result_agree_with_each_other(paper, rules):
    result = score(paper, rules)
    assert sum(topic.max_score for topic in result.topics) == result.max_score == len(paper)
    assert sum(topic.score for topic in result.topics) == pytest.approx(result.score, abs=1e-3)
    assert result.passed == (all(verdict.met for verdict in result.verdicts) if result.verdicts else None)
    assert (result.reason == "All conditions met") == (result.passed is True)
    assert set(result.unsafe) == {response.position for response in paper if response.mark.harm == Harm.SERIOUS}
    assert json.loads(json.dumps(asdict(result)))["score"] == round(result.score, 4)


@given(responses(), rules)
def test_each_rule_that_is_switched_on_has_one_verdict(paper, rules):
    on = {
        "total": rules.total_count or rules.total_share,
        "topic_minimum": rules.topic_minimum,
        "critical": rules.critical_share,
        "no_never_event": rules.no_never_event,
        "no_serious_harm": rules.no_serious_harm,
    }
    assert [verdict.rule for verdict in score(paper, rules).verdicts] == [rule for rule, value in on.items() if value]


@given(rules)
def test_rules_come_back_from_json_as_they_were(rules):
    assert Rules.model_validate(json.loads(json.dumps(rules.model_dump(mode="json")))) == rules


def test_floats_that_do_not_add_up_still_reach_the_pass_mark():
    assert sum([0.1] * 10) != 1
    for fractions in ([0.1] * 10, [1 / 3, 1 / 6, 1 / 2], [0.3333, 0.6667]):
        result = score(make_paper(*fractions), Rules(total_count=1))
        assert (result.score, result.passed) == (1, True)


def test_a_share_that_is_just_reached_is_met():
    assert score(make_paper(0.7, 0.7, 0.7), Rules(total_share=0.7)).passed is True


def test_scores_are_reported_with_at_most_four_decimals():
    result = score(make_paper(2 / 3, 0), Rules())
    assert (result.score, result.topics) == (0.6667, (TopicScore(Topic.STERILITY, 0.6667, 2),))


def test_topics_are_listed_in_the_order_of_the_bank_and_only_where_asked():
    paper = [make_response(1, 1, topic=Topic.STERILITY), make_response(2, 0.5, topic=Topic.SKIN_LAYERS)]
    topics = score(paper, Rules()).topics
    assert topics == (TopicScore(Topic.SKIN_LAYERS, 0.5, 1), TopicScore(Topic.STERILITY, 1, 1))


def test_practice_without_rules_is_neither_passed_nor_not_passed():
    result = score([make_response(1, 0, harm=Harm.SERIOUS)], Rules())
    assert (result.passed, result.verdicts, result.reason) == (None, (), "Practice finished")
    assert result.unsafe == (1,)


@pytest.mark.parametrize(
    ("rules", "right", "text"),
    [
        (Rules(total_share=0.8), 21, "Pass mark met, 84 % against 80 %."),
        (Rules(total_share=0.8), 19, "Pass mark not met, 76 % against 80 %."),
        (Rules(total_share=0.8), 20, "Pass mark met, 80 % against 80 %."),
        (Rules(total_share=0.825), 21, "Pass mark met, 84 % against 82.5 %."),
        (Rules(total_count=20), 20, "Pass mark met, 20 of 25 against 20."),
        (Rules(total_count=20), 19, "Pass mark not met, 19 of 25 against 20."),
    ],
)
def test_the_total_in_words(rules: Rules, right: int, text: str):
    assert text_of(score(make_paper(*[1.0] * right, *[0.0] * (25 - right)), rules)) == text


def test_a_score_just_below_the_pass_mark_is_not_rounded_up_to_it():
    paper = make_paper(0.999, 1, 1, 1, 0)
    assert text_of(score(paper, Rules(total_share=0.8))) == "Pass mark not met, 79 % against 80 %."
    assert text_of(score(paper, Rules(total_count=4))) == "Pass mark not met, 3.99 of 5 against 4."


@pytest.mark.parametrize(
    ("points", "text"),
    [(20.1667, "20.16"), (Fraction(2, 3), "0.66"), (0.29, "0.29"), (8.5, "8.5"), (30, "30"), (None, "0")],
)
def test_marks_are_never_rounded_up_to_something_that_was_not_reached(points: Fraction | float | None, text: str):
    assert marks_shown(points) == text


def test_the_marks_of_a_result_are_those_of_its_reason():
    result = score(make_paper(1, 1, 0.6666666666666666, 0.5), Rules(total_count=4))
    assert f"{marks_shown(result.score)} of 4 against 4" in text_of(result)


def test_percentages_carry_a_no_break_space():
    assert "100\N{NO-BREAK SPACE}%" in score(make_paper(1), Rules(total_share=0.8)).verdicts[0].text


@pytest.mark.parametrize(
    ("share", "fractions", "met", "text"),
    [
        (1.0, (1, 1, 1, 1, 1, 0), False, "Critical safety not met, 5 of 6 correct; all 6 are needed."),
        (1.0, (1, 1, 1, 1, 1, 1), True, "Critical safety met, 6 of 6 correct."),
        (0.6, (1, 1, 0.5, 0, 0), False, "Critical safety not met, 2 of 5 correct; 3 are needed."),
        (0.6, (1, 1, 1, 0, 0), True, "Critical safety met, 3 of 5 correct."),
        (0.9, (0.5,), False, "Critical safety not met, 0 of 1 correct; 1 is needed."),
        (0.9, (), True, "Critical safety met, no critical question on this paper."),
    ],
)
def test_critical_safety_in_words(share: float, fractions: tuple[float, ...], met: bool, text: str):
    result = score(make_paper(*fractions, critical=True), Rules(critical_share=share))
    assert (result.passed, text_of(result)) == (met, text)


def test_nine_of_ten_critical_questions_are_ninety_per_cent():
    assert score(make_paper(*[1] * 9, 0, critical=True), Rules(critical_share=0.9)).passed is True


def test_a_missed_critical_item_is_the_heading_even_when_the_pass_mark_is_met():
    paper = [*make_paper(*[1] * 20), make_response(21, 0, critical=True)]
    result = score(paper, Rules(total_share=0.8, critical_share=0.9))
    assert (result.passed, result.reason) == (False, "One critical safety item was missed")
    assert result.verdicts[1].positions == (21,)


def test_only_questions_with_full_marks_count_as_correct():
    assert score(make_paper(0.99, critical=True), Rules(critical_share=0.5)).passed is False


@pytest.mark.parametrize(
    ("response", "met"),
    [
        (make_response(4, 0, harm=Harm.SERIOUS, never_event=1), False),
        (make_response(4, 0, answered=False, never_event=1), False),
        (make_response(4, 0, harm=Harm.MINOR, never_event=1), True),
        (make_response(4, 0, harm=Harm.NONE, never_event=1), True),
        (make_response(4, 0, harm=Harm.SERIOUS), True),
        (make_response(4, 0, answered=False, critical=True), True),
    ],
)
def test_a_never_event_is_serious_harm_or_no_answer_on_a_question_with_a_point(response: MarkedResponse, met: bool):
    result = score([response], Rules(no_never_event=True))
    assert (result.passed, result.verdicts[0].positions) == (met, () if met else (4,))


def test_never_events_in_words():
    paper = make_paper(0, 0, never_event=2, harm=Harm.SERIOUS)
    result = score(paper, Rules(no_never_event=True))
    assert text_of(result) == "Never-event rule not met, two dangerous or missing answers; none is allowed."
    assert result.reason == "Two answers were never events"
    assert text_of(score([], Rules(no_never_event=True))) == "Never-event rule met, no dangerous or missing answers."


def test_serious_harm_in_words():
    result = score([make_response(2), make_response(7, 0, harm=Harm.SERIOUS)], Rules(no_serious_harm=True))
    assert text_of(result) == "Serious-harm rule not met, one unsafe choice; none is allowed."
    assert (result.reason, result.unsafe, result.verdicts[0].positions) == ("One unsafe choice was made", (7,), (7,))
    assert text_of(score([], Rules(no_serious_harm=True))) == "Serious-harm rule met, no unsafe choices."


def test_a_weak_topic_is_named_with_its_share_and_its_lost_questions():
    paper = [
        *make_paper(1, 1),
        make_response(3, 0.5, topic=Topic.MECHANISM),
        make_response(4, 0.6, topic=Topic.MECHANISM),
    ]
    result = score(paper, Rules(topic_minimum=0.6))
    assert text_of(result) == "Topic minimum not met, Mechanism 55 % against 60 %."
    assert (result.reason, result.verdicts[0].positions) == ("Topic minimum not met", (3, 4))
    assert text_of(score(paper, Rules(topic_minimum=0.55))) == "Topic minimum met, at least 55 % in every topic."


def test_the_gravest_rule_gives_the_heading():
    paper = [make_response(1, 0, harm=Harm.SERIOUS, never_event=1, critical=True)]
    everything = Rules(total_count=1, topic_minimum=0.5, critical_share=0.9, no_never_event=True, no_serious_harm=True)
    result = score(paper, everything)
    assert result.reason == "One answer was a never event"
    assert [verdict.met for verdict in result.verdicts] == [False] * 5


def test_the_exam_is_passed_when_all_conditions_are_met():
    result = score(make_paper(*[1] * 25, *[0] * 5), EXAM)
    assert (result.passed, result.reason) == (True, "All conditions met")


def test_an_empty_paper_has_no_share_to_pass_with():
    assert score([], Rules(total_share=0.5)).passed is False


@pytest.mark.parametrize(
    "values",
    [
        {"total_count": 25, "total_share": 0.8},
        {"total_share": 80},
        {"critical_share": 0},
        {"total_count": 0},
        {"pass_mark": 3},
    ],
)
def test_rules_that_make_no_sense_are_refused(values: dict[str, float]):
    with pytest.raises(ValueError):
        Rules.model_validate(values)
