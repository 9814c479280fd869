"""The sheet of a second reader shows what a trainee is sent, and their answers are marked as a trainee's are."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank import bank, letters, question_types, reading_table, second_reading
from question_bank.__main__ import main
from question_bank.bank import BankError
from question_bank.question import AnswerRefused, Question
from question_bank.second_reading import Answers
from tests.question_bank.factories import all_examples, make_question, questions
from tests.question_bank.strategies import rationales, seeds
from tests.question_bank.test_main import folder as folder

KINDS = sorted(question_types.kinds())
EXAMPLES = [pytest.param(question, id=question.id) for question, _ in all_examples()]


def compared(question: Question, answer: Any, **changes: Any) -> second_reading.Compared:
    """What comes of one answer, as written on the sheet of seed 5."""
    given = {"question": second_reading.code(question, 5), "answer": answer, **changes}
    found, unknown = second_reading.compare(Answers.model_validate({"seed": 5, "answers": [given]}), [question])
    assert unknown == []
    return found[0]


@settings(max_examples=40)
@given(question=questions(), random=seeds)
def test_a_key_written_in_letters_is_read_as_the_key(question: Question, random: Any):
    layout, key = question.layout(random), next(iter(question.plausible_answers()))
    written = letters.to_written(question, layout, key)
    assert question.mark(question.read_answer(letters.to_sent(question, layout, written), layout)).is_correct


whatever = st.recursive(
    st.none() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["1", "2", "x"]), inner, max_size=2),
    max_leaves=5,
)


@settings(max_examples=40)
@given(question=questions(), written=whatever)
def test_whatever_is_written_is_an_answer_or_is_refused(question: Question, written: Any):
    layout = question.layout(Random(1))
    try:
        stored = question.read_answer(letters.to_sent(question, layout, written), layout)
    except AnswerRefused:
        return
    assert 0 <= question.mark(stored).fraction <= 1


@pytest.mark.parametrize("question", EXAMPLES)
def test_the_sheet_shows_nothing_that_a_trainee_is_not_sent(question: Question):
    printed = second_reading.sheet([question], seed=5)
    data = json.loads(json.dumps(bank.data(question)))
    hidden = [question.id, question.objective, *question.facts, *rationales(data)]
    assert [text for text in hidden if text in printed] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_sheet_shows_all_that_a_trainee_is_sent(kind: str):
    question = make_question(kind)
    printed = second_reading.sheet([question], seed=5)
    sent = json.loads(json.dumps(question.parts(second_reading.layout_of(question, 5))))
    texts = [text for text in _texts(sent) if "[[" not in text]
    assert [text for text in [question.stem, question.lead_in, *texts] if text not in printed] == []


def _texts(sent: Any) -> list[str]:
    """The texts of what is sent, at any depth."""
    if isinstance(sent, dict):
        own = [value for name, value in sent.items() if name in ("text", "stem", "lead_in") and isinstance(value, str)]
        return own + [text for value in sent.values() if not isinstance(value, str) for text in _texts(value)]
    return [text for each in sent for text in _texts(each)] if isinstance(sent, list) else []


def test_two_banks_that_differ_only_in_the_key_print_the_same_sheet_but_for_the_codes():
    one = make_question("single_choice")
    data = bank.data(one)
    options = [{"id": o["id"], "text": o["text"], "rationale": "Why."} for o in data["options"]]
    others = [option if option["id"] == "a" else option | {"harm": "none"} for option in options]
    other = bank.read(data | {"key": "a", "options": others})
    assert one.right != other.right
    sheets = [
        second_reading.sheet([each], seed=5).replace(second_reading.code(each, 5), "code") for each in (one, other)
    ]
    assert sheets[0] == sheets[1]


def test_the_seed_shuffles_questions_and_options():
    several = [question for question, _ in all_examples()]
    heads = [
        [line for line in second_reading.sheet(several, seed=seed).splitlines() if line[:3] == "## "] for seed in (1, 2)
    ]
    assert [len(found) for found in heads] == [len(several)] * 2
    labels = [[line.split(": ")[1] for line in found] for found in heads]
    assert labels[0] != labels[1]


def test_the_key_agrees_at_once_unless_the_reader_is_unsure_or_notes_a_flaw():
    question = make_question("single_choice")
    key = compared(question, None).key
    assert compared(question, key).at_once
    unsure = compared(question, key, certainty="unsure")
    noted = compared(question, key, note="Two could be right.")
    assert [(each.agrees, each.at_once) for each in (unsure, noted)] == [(True, False)] * 2


def test_another_answer_is_marked_as_a_trainees_is():
    question = make_question("single_choice")
    layout = second_reading.layout_of(question, 5)
    wrong = letters.to_written(question, layout, "c")
    found = compared(question, wrong)
    assert (found.agrees, found.mark) == (False, question.mark("c"))
    assert not compared(question, None).agrees


@pytest.mark.parametrize(
    ("kind", "answer", "refusal"),
    [
        ("single_choice", "F", "There is no F here."),
        ("single_choice", "A B", "Write one letter."),
        ("multiple_choice", "the first", "Write letters, such as B, or A, C."),
        ("classification", "B", "Write a number and a letter for each, such as 1B 2A."),
        ("cloze", "9A", "There is no number 9."),
        ("numeric", "far too much", "Enter a number"),
    ],
)
def test_an_answer_that_cannot_be_read_says_why(kind: str, answer: str, refusal: str):
    found = compared(make_question(kind), answer)
    assert found.refusal.startswith(refusal)
    assert not found.agrees


def test_a_question_that_changed_since_the_sheet_was_printed_is_unknown():
    question = make_question("single_choice")
    old = second_reading.code(question, 5)
    changed = bank.read(bank.data(question) | {"lead_in": "Which one now?"})
    answers = Answers.model_validate({"seed": 5, "answers": [{"question": old, "answer": "A"}]})
    assert second_reading.compare(answers, [changed]) == ([], [old])


def write_answers(path: Path, folder: Path, **answers: str) -> Path:
    """A file of answers by question id, as a reader of the sheet of seed 5 writes them."""
    held = {question.id: question for question in bank.load(folder).questions}
    lines = [f"- {{question: {second_reading.code(held[name], 5)}, answer: {text}}}" for name, text in answers.items()]
    path.write_text("\n".join(["seed: 5", "answers:", *lines]), encoding="utf-8")
    return path


def test_the_commands_print_a_sheet_and_compare_what_came_back(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["sheet", "--seed", "5", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("\n## ") == 2
    assert "What else?" not in printed
    answers = write_answers(folder.parent / "answers.yaml", folder, **{"how-deep": "0.25", "lifted-peel-seal": "Z"})
    assert main(["compare", str(answers), str(folder)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("2 answers; 1 agree with the key, 1 at once\n1 could not be read\n")
    assert "lifted-peel-seal: There is no Z here." in told
    assert "how-deep" not in told


def test_what_agrees_at_once_comes_as_entries_for_the_record(folder: Path, capsys: pytest.CaptureFixture[str]):
    answers = write_answers(folder.parent / "answers.yaml", folder, **{"how-deep": "0.25", "lifted-peel-seal": "Z"})
    assert main(["compare", "--record", "second reader", str(answers), str(folder)]) == 0
    (folder / "reviews.yaml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["lint", str(folder)]) == 0
    main(["sheet", "--unread", str(folder)])
    assert capsys.readouterr().out.count("\n## ") == 1


def test_questions_in_review_are_on_the_sheet_too(folder: Path, capsys: pytest.CaptureFixture[str]):
    path = folder / "sterility" / "single-use-cartridge.yaml"
    text = path.read_text("utf-8").replace("- id: unfinished\n", "- id: unfinished\n  status: in review\n")
    path.write_text(text, encoding="utf-8")
    main(["sheet", str(folder)])
    assert "What else?" in capsys.readouterr().out


def test_a_topic_without_questions_prints_no_question(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["sheet", "--topic", "mechanism", str(folder)]) == 0
    assert "## " not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("seed: 5\nanswers: [{question: a, anser: B}]", "There is no field `anser` here"),
        ("answers: []", "Add the field `seed`."),
        ("seed: 5\nseed: 6", "stands here twice"),
        ("seed: [", "This is not sound YAML"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_reason(tmp_path: Path, text: str, fault: str):
    (tmp_path / "answers.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BankError, match=fault):
        second_reading.read_answers(tmp_path / "answers.yaml")
    with pytest.raises(BankError, match="cannot be read"):
        second_reading.read_answers(tmp_path / "nowhere.yaml")


def test_the_table_names_what_is_to_be_settled():
    question = make_question("multiple_choice")
    found = compared(question, "A", certainty="unsure", note="Unclear.")
    told = reading_table.table([found], ["deadbeef"])
    assert "answered  A (unsure)" in told
    assert "note      Unclear." in told
    assert "never on it: deadbeef" in told
