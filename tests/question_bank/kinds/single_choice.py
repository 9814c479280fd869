"""Any valid question with one right option."""

from tests.question_bank.choices import choice_kind

KIND = choice_kind("single_choice")
