"""Any valid classification."""

from tests.question_bank.assignments import assignment_kind

KIND = assignment_kind("classification", most_choices=4, most_rows=10)
