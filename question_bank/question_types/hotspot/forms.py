"""Forms of the hotspot: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import FieldList, Form, RadioField, StringField

from question_bank.choice import ChoiceQuestion
from question_bank.decimals import read_typed
from question_bank.forms import OptionListForm, letter_choices, option_rows, tidy
from question_bank.question import Json
from question_bank.question_types.hotspot import Region


class AnswerForm(Form):
    """A radio for each described place, and the mark that stands on the figure already."""

    place = RadioField(name="answer-place", validate_choice=False)
    x = StringField(name="answer-x")
    y = StringField(name="answer-y")


def answer_from_form(formdata: Any) -> Json:
    """The place chosen as an opaque id, else the mark, else None."""
    form = AnswerForm(formdata)
    if form.place.data:
        return {"place": form.place.data}
    x, y = tidy(form.x.data), tidy(form.y.data)
    return {"x": x, "y": y} if x or y else None


class EditForm(OptionListForm):
    """Six rows, one radio for the right region, and where each region lies."""

    letters: ClassVar[str] = "abcdef"
    option = option_rows(len(letters))
    key = RadioField("Right region", choices=letter_choices(letters), validate_choice=False)
    area = FieldList(StringField("Region"), min_entries=len(letters), max_entries=len(letters))

    @classmethod
    def held(cls, question: ChoiceQuestion) -> dict[str, Any]:
        """What the fields beside the rows hold."""
        regions = (region for region in question.options if isinstance(region, Region))
        return {**super().held(question), "area": [written(region) for region in regions]}

    def to_data(self) -> dict[str, Json]:
        """`options` with their regions, `key` and, where it is off, `shuffle`."""
        data = super().to_data()
        for option, area in zip(data["options"], self.area, strict=False):
            option.update(region_from(tidy(area.data)))
        return data


def written(region: Region) -> str:
    """A region as it is typed: "0.25 to 0.40", or corners "1.20 0.30, 1.40 0.30, 1.30 0.50"."""
    if region.band:
        return " to ".join(region.band)
    return ", ".join(" ".join(corner) for corner in region.polygon or ())


def region_from(text: str) -> dict[str, Json]:
    """A region's own key from what was typed; empty where nothing was."""
    if not text:
        return {}
    if " to " in text:
        return {"band": [_number(end) for end in text.split(" to ")]}
    return {"polygon": [[_number(part) for part in corner.split()] for corner in text.split(",")]}


def _number(text: str) -> str:
    return read_typed(text) or text.strip()
