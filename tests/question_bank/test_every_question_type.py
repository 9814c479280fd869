"""The contract of a question type: every folder of `question_types` keeps it."""

from __future__ import annotations

import json
from importlib import import_module
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank import bank, lint, question_types
from question_bank.question import AnswerRefused, Harm, Json, Mark, Question
from tests.question_bank.factories import (
    PACKAGE,
    all_examples,
    answer_page,
    environment,
    examples,
    kind_of,
    layout_of,
    make_question,
    questions,
    shown_figure,
)
from tests.question_bank.strategies import FormData, json_values, rationales, seeds

KINDS = sorted(question_types.kinds())
EXAMPLES = [pytest.param(question, example, id=question.id) for question, example in all_examples()]
ANSWERS = [
    pytest.param(question, case, id=f"{question.id}-{case['answer']}")
    for question, example in all_examples()
    for case in example["answers"]
]
MARK = Mark(fraction=0)
SHOWN = [(key, rationale) for key in (False, True) for rationale in (False, True)]


def forms_of(kind: str) -> Any:
    return import_module(f"question_bank.question_types.{kind}.forms")


def review_page(
    question: Question, answer: Json, *, show_key: bool, show_rationale: bool, mark: Mark | None = None
) -> str:
    context = {"show_key": show_key, "show_rationale": show_rationale, "mark": mark or question.mark(answer)}
    context["figure"] = shown_figure(question)
    template = environment().get_template(f"types/{question.kind}/review.html")
    return template.render(question=question, layout=layout_of(question, Random(1)), answer=answer, **context)


@pytest.mark.parametrize("kind", KINDS)
def test_a_type_is_named_by_its_folder_and_has_all_its_files(kind: str) -> None:
    folder = PACKAGE / "question_types" / kind
    assert question_types.kinds()[kind].model_fields["kind"].default == kind
    assert question_types.kinds()[kind].label
    assert {"forms.py", "answer.html", "review.html", "edit.html", "examples.yaml"} <= {
        x.name for x in folder.iterdir()
    }
    assert examples(kind)


@pytest.mark.parametrize(("question", "case"), ANSWERS)
def test_an_example_is_marked_as_it_says(question: Question, case: dict[str, Any]) -> None:
    mark = question.mark(case["answer"])
    assert (mark.fraction, mark.harm) == (case["fraction"], Harm(case["harm"]))


@pytest.mark.parametrize(("question", "case"), ANSWERS)
def test_an_answer_survives_being_sent_and_read(question: Question, case: dict[str, Any]) -> None:
    layout = layout_of(question, Random(7))
    sent = json.loads(json.dumps(question.sent_answer(case["answer"], layout)))
    assert question.read_answer(sent, layout) == case["answer"]


@pytest.mark.parametrize(("question", "example"), EXAMPLES)
def test_what_is_no_answer_is_refused_with_a_sentence(question: Question, example: dict[str, Any]) -> None:
    layout = layout_of(question, Random(7))
    for sent in [*example.get("refused", []), {"a": 1}]:
        with pytest.raises(AnswerRefused, match=r"^[A-Z].*\.$"):
            question.read_answer(sent, layout)


@pytest.mark.parametrize(("question", "example"), EXAMPLES)
def test_an_example_is_complete_and_round_trips(question: Question, example: dict[str, Any]) -> None:
    assert question.problems() == []
    assert bank.read(json.loads(json.dumps(bank.data(question)))) == question


@pytest.mark.parametrize(("question", "example"), EXAMPLES)
def test_an_example_is_written_without_a_flaw(question: Question, example: dict[str, Any]) -> None:
    shipped = bank.load(PACKAGE / "content")
    canvases = {name: drawn.canvas for name, drawn in shipped.figures.items()}
    assert lint.question_findings(question, shipped.facts, shipped.sources, canvases=canvases) == []


@given(question=questions(), sent=json_values, random=seeds)
def test_any_json_is_an_answer_or_is_refused(question: Question, sent: Json, random: Random) -> None:
    layout = layout_of(question, random)
    try:
        stored = question.read_answer(sent, layout)
    except AnswerRefused:
        return
    assert question.read_answer(question.sent_answer(stored, layout), layout) == stored
    assert 0 <= question.mark(stored).fraction <= 1


@given(question=questions(), stored=json_values)
def test_marking_never_fails_and_stays_between_nothing_and_the_full_mark(question: Question, stored: Json) -> None:
    mark = question.mark(stored)
    assert 0 <= mark.fraction <= 1
    assert question.mark(stored) == mark
    assert mark.fraction < 1 or mark.harm is Harm.NONE


@given(question=questions(), random=seeds)
def test_the_key_gets_the_full_mark_and_no_answer_gets_nothing(question: Question, random: Random) -> None:
    data = bank.data(question)
    key = kind_of(question.kind).key(data)
    layout = layout_of(question, random)
    assert question.mark(question.read_answer(question.sent_answer(key, layout), layout)).is_correct
    assert question.mark(None).fraction == 0
    assert question.problems() == []


@given(question=questions("multiple_choice"), random=seeds, data=st.data())
def test_the_order_of_chosen_options_never_matters(question: Question, random: Random, data: st.DataObject) -> None:
    layout = layout_of(question, random)
    sent = data.draw(st.lists(st.sampled_from(sorted(layout["ids"].values())), min_size=1, unique=True))
    shuffled = data.draw(st.permutations(sent))
    stored = question.read_answer(sent, layout)
    assert stored == sorted(stored)
    assert question.read_answer(shuffled, layout) == stored
    assert question.mark(list(reversed(stored))) == question.mark(stored)


@given(question=questions("single_choice", "multiple_choice"), random=seeds)
def test_a_layout_holds_every_option_once_under_an_id_that_tells_nothing(question: Question, random: Random) -> None:
    layout = json.loads(json.dumps(layout_of(question, random)))
    names = [option["id"] for option in bank.data(question)["options"]]
    assert sorted(layout["order"]) == sorted(layout["ids"]) == names
    assert len(set(layout["ids"].values())) == len(names)
    assert {len(opaque) for opaque in layout["ids"].values()} == {6}
    assert "shuffle" not in bank.data(question) or layout["order"] == names


def test_over_many_papers_every_option_stands_in_every_place() -> None:
    question = make_question("single_choice")
    firsts = [layout_of(question, Random(seed))["order"][0] for seed in range(2000)]
    assert all(420 < firsts.count(letter) < 580 for letter in "abcd")


@given(question=questions(), seed=st.integers(0, 2**32), draw=st.data())
def test_pages_of_questions_that_differ_only_in_the_key_are_the_same(
    question: Question, seed: int, draw: st.DataObject
) -> None:
    data = kind_of(question.kind).rekeyed(draw, bank.data(question))
    other = bank.read({**data, "critical": True, "never_event": 3, "rationale": "Other."})
    layouts = layout_of(question, Random(seed)), layout_of(other, Random(seed))
    assert layouts[0] == layouts[1]
    assert json.dumps(question.parts(layouts[0])) == json.dumps(other.parts(layouts[1]))
    assert answer_page(question, layouts[0]) == answer_page(other, layouts[1])
    for answer in (None, kind_of(question.kind).key(bank.data(question))):
        pages = [
            review_page(each, answer, show_key=False, show_rationale=False, mark=MARK) for each in (question, other)
        ]
        assert pages[0] == pages[1]


@given(question=questions(), random=seeds)
def test_the_order_in_which_rows_are_sent_never_matters(question: Question, random: Random) -> None:
    layout = layout_of(question, random)
    sent = question.sent_answer(kind_of(question.kind).key(bank.data(question)), layout)
    turned = dict(reversed(sent.items())) if isinstance(sent, dict) else sent
    assert json.dumps(question.read_answer(turned, layout)) == json.dumps(question.read_answer(sent, layout))


@pytest.mark.parametrize(("question", "example"), EXAMPLES)
def test_the_answer_page_holds_no_rationale_key_or_bank_id(question: Question, example: dict[str, Any]) -> None:
    layout = layout_of(question, Random(3))
    page = answer_page(question, layout) + json.dumps(question.parts(layout))
    assert not any(secret in page for secret in rationales(bank.data(question)))
    assert "serious" not in page
    assert not any(f'value="{letter}"' in page for letter in "abcdef")


@pytest.mark.parametrize(("question", "case"), ANSWERS)
def test_a_form_without_javascript_ends_in_the_same_answer(question: Question, case: dict[str, Any]) -> None:
    layout = layout_of(question, Random(5))
    sent = question.sent_answer(case["answer"], layout)
    formed = forms_of(question.kind).answer_from_form(kind_of(question.kind).posted(question, sent))
    assert question.read_answer(formed, layout) == case["answer"]


@pytest.mark.parametrize(("question", "case"), ANSWERS)
@pytest.mark.parametrize(("show_key", "show_rationale"), SHOWN)
def test_a_review_shows_only_what_may_be_shown(
    question: Question, case: dict[str, Any], show_key: bool, show_rationale: bool
) -> None:
    page = review_page(question, case["answer"], show_key=show_key, show_rationale=show_rationale)
    data = bank.data(question)
    assert ("is-correct" in page) is show_key
    assert show_key or ("is-wrong" not in page and "chip-correct" not in page and "chip-incorrect" not in page)
    if show_rationale:
        assert all(rationale in page for rationale in kind_of(question.kind).explained(data, case["answer"]))
    else:
        assert not any(rationale in page for rationale in rationales(data))
    assert ("Not answered" in page) is (case["answer"] is None)


@pytest.mark.parametrize(("question", "example"), EXAMPLES)
def test_a_given_answer_stands_on_its_page_and_a_locked_page_takes_no_other(
    question: Question, example: dict[str, Any]
) -> None:
    layout = layout_of(question, Random(2))
    answer = question.sent_answer(example["answers"][0]["answer"], layout)
    open_page, page = (answer_page(question, layout, answer, locked=locked) for locked in (False, True))
    assert open_page != answer_page(question, layout)
    assert "readonly" not in open_page
    assert " disabled" not in open_page
    assert "readonly" in page or " disabled" in page


@given(question=questions("single_choice", "multiple_choice"), random=seeds)
def test_the_options_of_an_answer_are_checked_and_no_others(question: Question, random: Random) -> None:
    layout = layout_of(question, random)
    key = bank.data(question)["key"]
    page = answer_page(question, layout, question.sent_answer(key, layout))
    assert page.count(" checked") == len(key)


def posted_back(form: Any) -> FormData:
    """What a browser would post from a form that nobody touched."""
    posted = FormData()
    for field in form:
        _collect(field, posted)
    return posted


def _collect(field: Any, posted: FormData) -> None:
    if field.type in ("FieldList", "FormField"):
        for part in field:
            _collect(part, posted)
    elif field.type == "BooleanField":
        posted.update({field.name: ["y"]} if field.data else {})
    elif field.data:
        posted[field.name] = field.data if isinstance(field.data, list) else [str(field.data)]


@pytest.mark.parametrize(("question", "example"), EXAMPLES)
def test_an_untouched_edit_form_gives_the_question_back(question: Question, example: dict[str, Any]) -> None:
    edit_form = forms_of(question.kind).EditForm
    shown = edit_form.from_question(question)
    data = bank.data(question)
    own = edit_form(posted_back(shown)).to_data()
    assert bank.read({**data, **own}) == question
    assert own.items() <= data.items()


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_page_shows_its_problems_under_their_fields(kind: str) -> None:
    form = forms_of(kind).EditForm.from_question(make_question(kind))
    problems_at = {kind_of(kind).problem_at: ["Say <why>."]}
    page = environment().get_template(f"types/{kind}/edit.html").render(form=form, problems_at=problems_at)
    assert "Say &lt;why&gt;." in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_page_for_a_new_question_is_empty_and_gives_a_sentence_for_what_is_missing(kind: str) -> None:
    form = forms_of(kind).EditForm(FormData())
    assert environment().get_template(f"types/{kind}/edit.html").render(form=form, problems_at={})
    common = {name: value for name, value in bank.data(make_question(kind)).items() if name not in form.to_data()}
    try:
        problems = bank.read({**common, **form.to_data()}).problems()
    except bank.QuestionRefused as refused:
        problems = refused.problems
    assert problems
    assert all(problem.message.endswith(".") and problem.at for problem in problems)


@pytest.mark.parametrize("question", [pytest.param(question, id=question.id) for question, _ in all_examples()])
def test_plausible_answers_begin_with_the_full_mark_and_go_on_with_mistakes(question: Question) -> None:
    layout = layout_of(question, Random(1))
    answers = list(question.plausible_answers())
    assert question.mark(answers[0]).is_correct
    assert all(question.read_answer(question.sent_answer(each, layout), layout) == each for each in answers)
    assert not all(question.mark(each).is_correct for each in answers[1:]) or len(answers) == 1
