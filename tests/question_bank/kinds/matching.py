"""Any valid matching question."""

from tests.question_bank.assignments import assignment_kind

KIND = assignment_kind("matching", most_choices=10, most_rows=8)
