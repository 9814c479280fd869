"""Answers to questions in their JSON form."""

import random
from typing import Any


def any_answer(question: dict[str, Any]) -> Any:
    """A valid answer to a question in its JSON form, right or wrong; null, which clears, for other kinds."""
    if question["kind"] == "single_choice":
        return random.choice(question["options"])["id"]
    if question["kind"] == "multiple_choice":
        return sorted(option["id"] for option in random.sample(question["options"], question["choose"]))
    if question["kind"] in ("numeric", "depth"):
        return random.choice(question["bounds"])
    if question["kind"] == "hotspot":
        return {"place": random.choice(question["options"])["id"]}
    return None
