"""Any valid multiple-response question."""

from tests.question_bank.choices import choice_kind

KIND = choice_kind("multiple_choice")
