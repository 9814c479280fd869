"""Forms of the depth question: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, StringField

from question_bank.forms import RangeEditForm, number_field
from question_bank.forms import number_from_form as answer_from_form
from question_bank.question import Json
from question_bank.question_types.depth import Depth
from question_bank.range_question import RangeQuestion

__all__ = ["EditForm", "answer_from_form"]

LOWEST, HIGHEST = Depth.model_fields["bounds"].default


class EditForm(RangeEditForm):
    """The shared fields, what stands beside the figure, and whether the layers are named."""

    texts = ("region", "indication", "client", "device")
    bounds_low = number_field("Lowest entry", default=LOWEST)
    bounds_high = number_field("Highest entry", default=HIGHEST)
    region = StringField("Region")
    indication = StringField("Indication (optional)")
    client = StringField("Client (optional)")
    device = StringField("Device")
    unlabelled = BooleanField("Leave the names of the layers off the figure")

    @classmethod
    def held(cls, question: RangeQuestion) -> dict[str, Any]:
        """What the fields hold."""
        held = super().held(question)
        texts = {name: getattr(question, name) or "" for name in cls.texts}
        return {**held, **texts, "unlabelled": not getattr(question, "labels", True)}

    def to_data(self) -> dict[str, Json]:
        """The kind's own keys; region and device even while they are empty."""
        shared = super().to_data()
        if shared["bounds"] == [LOWEST, HIGHEST]:
            del shared["bounds"]
        return {"region": "", "device": "", **shared, **({"labels": False} if self.unlabelled.data else {})}
