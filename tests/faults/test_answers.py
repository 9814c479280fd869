"""What programs answer in place of people: something that counts as an answer, to every kind of question."""

from random import Random

import pytest

from benchmarks.answers import any_answer
from question_bank import question_types
from tests.faults.sitter import in_any_order
from tests.question_bank.factories import make_question


@pytest.mark.parametrize("kind", sorted(question_types.kinds()))
def test_a_program_answers_every_kind_of_question_with_something_that_is_kept(kind):
    for number, question in enumerate(make_question(kind).asked()):
        layout = question.layout(Random(number))
        parts = question.parts(layout)
        sent = any_answer(parts, Random(number))
        kept = question.sent_answer(question.read_answer(sent, layout), layout)
        assert in_any_order(parts, kept) == in_any_order(parts, sent) is not None
