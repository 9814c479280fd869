"""What a manager fills in to grant an exception, to open an attempt again, or to set a deadline right."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from quiz import clock
from quiz.models.quizzes import Quiz
from quiz.services.attempts.reasons import Why
from quiz.services.exceptions import ExtraTime, MoreAttempts, Window

PLAIN = Regexp(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z", message="Take out the control characters.")
MOST_PERCENT = 300


class WholeField(IntegerField):
    """A whole number; what cannot be read is kept as it was typed."""

    def __init__(self, label: str, least: int, most: int, **options: Any) -> None:
        self.sentence = f"Enter a whole number from {least} to {most}."
        validators = [InputRequired(self.sentence), NumberRange(least, most, self.sentence)]
        super().__init__(label, validators, render_kw={"min": least, "max": most}, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.sentence) from None


class MomentField(DateTimeLocalField):
    """A day and a time; what cannot be read is kept as it was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a day and a time, such as 2026-01-31 09:00.") from None


def _reason() -> Any:
    needed = DataRequired("Say why, so that others understand it later.")
    return TextAreaField("Reason", [needed, Length(max=500), PLAIN], render_kw={"rows": 2, "maxlength": 500})


def _shown() -> Any:
    return BooleanField("The person may read the reason")


def why(form: Any) -> Why:
    """The reason as typed; only for a form that is valid."""
    return Why(reason=form.reason.data, shown=form.shown.data)


class GrantForm(Form):
    """What the forms of all kinds do alike: they offer the quizzes for which the exception would change something."""

    for_all = ""
    """The words of the choice that holds for all quizzes; empty where there is none."""

    def __init__(self, sent: Any, quizzes: Sequence[Quiz], **options: Any) -> None:
        super().__init__(sent, **options)
        self.quizzes: dict[str, Quiz | None] = {quiz.slug: quiz for quiz in quizzes}
        if self.for_all:
            self.quizzes = {"": None, **self.quizzes}
        self.quiz.choices = [
            SelectChoice(slug, quiz.title if quiz else self.for_all) for slug, quiz in self.quizzes.items()
        ]

    def validate_quiz(self, field: Any) -> None:
        if (field.data or "") not in self.quizzes:
            raise ValidationError("Choose a quiz.")

    @property
    def chosen(self) -> Any:
        """The quiz that was chosen; None for all."""
        return self.quizzes[self.quiz.data or ""]


class ExtraTimeForm(GrantForm):
    """A share of the time limit or minutes, for one quiz or as a standing adjustment."""

    for_all = "All quizzes, also those to come"
    quiz = SelectField("For", validate_choice=False)
    amount = WholeField("Extra time", 1, 600)
    unit = SelectField(
        "Unit", choices=[SelectChoice("minutes", "Minutes"), SelectChoice("percent", "Per cent of the time limit")]
    )
    reason = _reason()
    shown = _shown()

    def validate_amount(self, field: WholeField) -> None:
        if self.unit.data == "percent" and field.data is not None and field.data > MOST_PERCENT:
            raise ValidationError(f"Enter at most {MOST_PERCENT} per cent.")

    def to_grant(self, *, zone: str) -> ExtraTime:
        return ExtraTime(quiz=self.chosen, **{self.unit.data: self.amount.data})


class MoreAttemptsForm(GrantForm):
    quiz = SelectField("Quiz", validate_choice=False)
    attempts = WholeField("More attempts", 1, 50, default=1)
    without_wait = BooleanField("They may begin at once, without the waiting time")
    reason = _reason()
    shown = _shown()

    def to_grant(self, *, zone: str) -> MoreAttempts:
        return MoreAttempts(quiz=self.chosen, attempts=self.attempts.data, without_wait=self.without_wait.data)


class WindowForm(GrantForm):
    quiz = SelectField("Quiz", validate_choice=False)
    opens_at = MomentField("Opens", [Optional()])
    closes_at = MomentField("Closes", [InputRequired("Enter until when an attempt may begin.")])
    reason = _reason()
    shown = _shown()

    def to_grant(self, *, zone: str) -> Window:
        opens, closes = (clock.from_clock(field.data, zone) for field in (self.opens_at, self.closes_at))
        return Window(quiz=self.chosen, opens_at=opens, closes_at=closes)  # type: ignore[arg-type]


class ReopeningForm(Form):
    minutes = WholeField("Time from now", 1, 600)
    reason = _reason()
    shown = _shown()


class DeadlineForm(Form):
    """Which of the two readings is right."""

    deadline = RadioField("Which one is right?", validate_choice=False)
    reason = _reason()

    def validate_deadline(self, field: Any) -> None:
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError("Choose one of the two.")
