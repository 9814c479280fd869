"""What a manager fills in."""

from wtforms import BooleanField, DateField, Form, HiddenField
from wtforms.validators import Optional, ValidationError

from quiz import clock

YEARS = 5


class DayField(DateField):
    """A day; what cannot be read is kept as it was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a day as year, month and day, such as 2026-01-31.") from None


class DueDateForm(Form):
    """One quiz for one team: required or not, and by when; `was` is what the person saw."""

    required = BooleanField("Required")
    due_on = DayField("Due date", [Optional()])
    was = HiddenField()

    def validate_due_on(self, field: DayField) -> None:
        if field.data is not None and abs(field.data.year - clock.now().year) > YEARS:
            raise ValidationError(f"Check the year: choose a day within {YEARS} years.")
