"""The grid of what trainees see, and when: a box for each part and moment."""

from dataclasses import dataclass
from typing import Self

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField
from wtforms.fields import Field
from wtforms.form import BaseForm

from question_bank.feedback import WHILE_ANSWERING, Feedback, Moment, Part


@dataclass(frozen=True)
class FeedbackGrid:
    """The boxes; there is none where the part cannot be shown at the moment."""

    form: BaseForm

    @classmethod
    def from_feedback(cls, feedback: Feedback) -> Self:
        form = _form()
        form.process(data={_name(part, moment): part in feedback.at(moment) for part, moment in _places()})
        return cls(form)

    @classmethod
    def from_sent(cls, sent: MultiDict[str, str]) -> Self:
        form = _form()
        form.process(sent)
        return cls(form)

    def box(self, part: Part, moment: Moment) -> Field | None:
        return self.form[_name(part, moment)] if (part, moment) in _places() else None

    def feedback(self) -> Feedback:
        """The grid as ticked."""
        ticked = [(part, moment) for part, moment in _places() if self.form[_name(part, moment)].data]
        return Feedback(**{str(moment): frozenset(part for part, at in ticked if at is moment) for moment in Moment})


def _places() -> list[tuple[Part, Moment]]:
    return [
        (part, moment) for part in Part for moment in Moment if moment is not Moment.DURING or part in WHILE_ANSWERING
    ]


def _name(part: Part, moment: Moment) -> str:
    return f"{moment}-{part}"


def _form() -> BaseForm:
    return BaseForm(
        {_name(part, moment): BooleanField(f"{part.label}, {moment.label.lower()}") for part, moment in _places()}
    )
