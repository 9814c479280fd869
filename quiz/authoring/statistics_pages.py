"""What the page of statistics shows: the counts of the published questions, and their charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from question_bank import bank, stats
from question_bank.never_events import NEVER_EVENTS
from question_bank.question import Bloom, Topic
from question_bank.topics import SUBTOPICS
from quiz.authoring.charts import Bar, Part, bars, stacked
from quiz.authoring.pages import kind_label
from quiz.queries import questions, sources


@dataclass(frozen=True)
class TopicRow:
    """A topic or sub-topic with its counts, as `question_bank.stats` gives them."""

    label: str
    counts: dict[str, Any]
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class KeyRow:
    """Where the keys of one kind and number of options stand."""

    label: str
    places: Sequence[Bar]


@dataclass(frozen=True)
class StatisticsPage:
    """The counts, and what the charts are drawn from."""

    counted: dict[str, Any]

    @property
    def total(self) -> int:
        return int(self.counted["total"])

    def share(self, name: str) -> float:
        """A count as a share of the published questions."""
        return self.counted[name] / self.total if self.total else 0.0

    @cached_property
    def topics(self) -> list[TopicRow]:
        """The topics, with bars of their easy, medium and hard questions."""
        found = {topic: self.counted["topics"][topic.value] for topic in Topic}
        most = max(counts["total"] for counts in found.values())
        return [
            TopicRow(topic.label, counts, stacked(list(counts["difficulty"].values()), of=most))
            for topic, counts in found.items()
        ]

    @cached_property
    def subtopics(self) -> list[tuple[str, list[TopicRow]]]:
        """By topic, its sub-topics."""
        return [
            (topic.label, [TopicRow(subtopic.label, self._subtopic(topic, slug)) for slug, subtopic in held.items()])
            for topic, held in SUBTOPICS.items()
        ]

    @cached_property
    def kinds(self) -> list[Bar]:
        counts = sorted(self.counted["kinds"].items(), key=lambda pair: -pair[1])
        return bars((kind_label(kind), count) for kind, count in counts)

    @cached_property
    def bloom(self) -> list[Bar]:
        return bars((level.value.capitalize(), self.counted["bloom"][level.value]) for level in Bloom)

    @cached_property
    def keys(self) -> list[KeyRow]:
        """Lists of options by kind and number, with a bar for each place."""
        return [
            KeyRow(
                f"{kind_label(kind)}, {number} options", bars((place.capitalize(), n) for place, n in places.items())
            )
            for kind, lists in self.counted["key_positions"].items()
            for number, places in lists.items()
        ]

    @cached_property
    def facts(self) -> list[tuple[str, dict[str, int], list[Part]]]:
        """By group of facts: how many are cited of how many, and the bar."""
        groups = self.counted["facts"]["groups"]
        return [
            (name, each, stacked([each["cited"], max(0, each["known"] - each["cited"])], of=max(1, each["known"])))
            for name, each in groups.items()
        ]

    @cached_property
    def never_events(self) -> list[tuple[int, str, dict[str, int]]]:
        counts = self.counted["never_events"]
        return [(point, words, counts[str(point)]) for point, words in NEVER_EVENTS.items()]

    def _subtopic(self, topic: Topic, slug: str) -> dict[str, Any]:
        counts: dict[str, Any] = self.counted["topics"][topic.value]["subtopics"][slug]
        return counts


def statistics_page() -> StatisticsPage:
    """The counts of what is published now."""
    return StatisticsPage(_counted(questions.published_digest()))


@lru_cache(maxsize=2)
def _counted(digest: str) -> dict[str, Any]:
    """Counting reads every question, so that it is done once for each state of the bank."""
    contents = [bank.read(content) for content in questions.published_contents()]
    keys = [content.id for content in contents]
    return stats.counts(contents, sources.shipped().facts) | sources.record_numbers(keys)
