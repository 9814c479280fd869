"""What a bank holds, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from question_bank.question import Difficulty, Json, Question, Topic
from question_bank.question_types.single_choice import SingleChoice
from question_bank.topics import SUBTOPICS


def counts(questions: Iterable[Question]) -> dict[str, Json]:
    """Counts of the published questions, as plain JSON.

    All topics and difficulties are listed; sub-topics, kinds, Bloom levels and never-event points only where there are
    questions. `facts` counts distinct ids, `vignettes` the questions with a stem, `key_positions` the keys of single
    choice questions as written.
    """
    published = [question for question in questions if question.status == "published"]
    points = Counter(question.never_event for question in published if question.never_event is not None)
    return {
        "published": len(published),
        "topics": {topic.value: _topic(topic, published) for topic in Topic},
        "kinds": _sorted(question.kind for question in published),
        "critical": sum(question.critical for question in published),
        "never_events": {str(point): points[point] for point in sorted(points)},
        "vignettes": sum(bool(question.stem.strip()) for question in published),
        "facts": len({fact for question in published for fact in question.facts}),
        "key_positions": _sorted(question.key for question in published if isinstance(question, SingleChoice)),
    }


def table(counted: dict[str, Json]) -> str:
    """The counts as text for a terminal: topics by difficulty, then the other figures, a line each."""
    lines = [f"{'topic':<20}{'total':>7}" + "".join(f"{level:>8}" for level in Difficulty) + f"{'sub-topics':>12}"]
    for name, topic in counted["topics"].items():
        levels = "".join(f"{topic['difficulty'][level]:>8}" for level in Difficulty)
        covered = f"{len(topic['subtopics'])} of {len(SUBTOPICS[Topic(name)])}"
        lines.append(f"{name:<20}{topic['total']:>7}{levels}{covered:>12}")
    others = ("published", "kinds", "critical", "never_events", "vignettes", "facts", "key_positions")
    return "\n".join([*lines, "", *(f"{name.replace('_', ' '):<20}{_words(counted[name])}" for name in others)])


def _topic(topic: Topic, published: list[Question]) -> dict[str, Json]:
    held = [question for question in published if question.topic == topic]
    subtopics = Counter(question.subtopic for question in held)
    levels = Counter(question.difficulty for question in held)
    return {
        "total": len(held),
        "subtopics": {slug: subtopics[slug] for slug in [*SUBTOPICS[topic], *subtopics] if subtopics[slug]},
        "difficulty": {level.value: levels[level] for level in Difficulty},
        "kinds": _sorted(question.kind for question in held),
        "bloom": _sorted(question.bloom.value for question in held),
    }


def _sorted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _words(value: Json) -> str:
    return ", ".join(f"{name} {count}" for name, count in value.items()) if isinstance(value, dict) else str(value)
