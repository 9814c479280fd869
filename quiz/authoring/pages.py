"""What the pages of questions show, shaped for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from markupsafe import Markup

from question_bank import bank, question_types
from question_bank.figures import laid_out
from question_bank.question import Problem
from question_bank.question import Question as Content
from question_bank.question_types.case import Case
from question_bank.references import Fact, Source
from question_bank.specification import Candidate, Row
from question_bank.topics import SUBTOPICS
from quiz.models.attempts import Response
from quiz.models.media import Figure
from quiz.models.questions import Question, QuestionVersion
from quiz.models.quizzes import Quiz
from quiz.queries import attempts, questions, quizzes, reports, sources
from quiz.services import questions as service
from quiz.services.quizzes import Pause, paused_by
from quiz.web import figures, question_pages
from quiz.web.figures import ShownFigure

FEWEST_ANSWERS = 30


@dataclass(frozen=True)
class Preview:
    """A question as a trainee sees it."""

    stem: str
    figure: ShownFigure | None
    lead_in: str
    answer: Markup
    drawing: Markup | None
    """The key as the type draws it, for the one who writes it."""


@dataclass(frozen=True)
class Check:
    """One finding: its sentence, the field it leads to, and whether it stops publishing."""

    message: str
    anchor: str
    blocks: bool


@dataclass(frozen=True)
class PartRow:
    """A part of a case as its editor lists it; `problems` are the sentences on it."""

    number: int
    kind: str
    icon: str
    lead_in: str
    problems: Sequence[str]


@dataclass(frozen=True)
class Facility:
    """Measured facility of a question, or too few answers to say."""

    answers: int
    value: float | None

    @property
    def words(self) -> str:
        return "Too few answers" if self.value is None else f"{self.value:.2f}"


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """Everything on a question's page; `version` is the newest."""

    question: Question
    version: QuestionVersion
    content: Content
    preview: Preview
    key: Markup
    checks: Sequence[Check]
    facts: Sequence[Fact]
    sources: Sequence[Source]
    versions: Sequence[tuple[QuestionVersion, str | None]]
    used: Sequence[tuple[Quiz, list[Row]]]
    facility: Facility
    reported: int
    """How many reports of it are open."""
    pauses: Sequence[Pause]
    """Quizzes that a retirement would stop."""

    @property
    def kind(self) -> str:
        return kind_label(self.content.kind)

    @property
    def subtopic(self) -> str:
        known = SUBTOPICS[self.content.topic].get(self.content.subtopic)
        return known.label if known else self.content.subtopic

    @property
    def in_force(self) -> QuestionVersion | None:
        return next((version for version, _ in self.versions if version.status == "published"), None)

    @property
    def never_events(self) -> list[int]:
        """The points of the never-event list that the question, or a part of it, tests."""
        return sorted({each.never_event for each in self.content.asked() if each.never_event is not None})

    @property
    def is_draft(self) -> bool:
        return self.version.status in questions.OPEN

    @property
    def can_be_published(self) -> bool:
        return self.is_draft and not any(check.blocks for check in self.checks)


def question_page(question: Question, *, today: date, with_checks: bool) -> QuestionPage:
    """The page of a question; `with_checks` adds what only an editor needs."""
    versions = questions.versions_of(question.id)
    version = versions[0][0]
    content = bank.read(version.content)
    sent = Response(layout=laid_out(content, version.figure, Random(question.key)), answer=None)
    in_use = version.status in ("published", *questions.OPEN)
    return QuestionPage(
        question=question,
        version=version,
        content=content,
        preview=preview(content, version.figure),
        key=question_pages.review(
            content, sent, show_key=True, show_rationale=True, figure=figures.in_bank(version.figure, "key")
        ),
        checks=checks(content, today=today) if with_checks and version.status in questions.OPEN else [],
        facts=sources.facts(_cited(content, "facts")),
        sources=sources.sources(_cited(content, "sources")),
        versions=versions,
        used=quizzes.drawing(Candidate.of(content), content.use) if in_use else [],
        facility=facilities([question.id])[question.id],
        reported=reports.count_open(question.id),
        pauses=paused_by(question.key) if with_checks and in_use else [],
    )


def _cited(content: Content, name: str) -> list[str]:
    """The ids of all facts, or keys of all sources, that the question or a part of it names."""
    return list(dict.fromkeys(each for asked in (content, *content.asked()) for each in getattr(asked, name)))


def preview(content: Content, figure: Figure | None, *, drawn: bool = False) -> Preview:
    """The question with its options in a drawn order, always the same for one question; `drawn` adds its key."""
    sent = Response(layout=laid_out(content, figure, Random(content.id)), answer=None)
    shown = figures.in_bank(figure, "preview")
    return Preview(
        stem=content.stem,
        figure=None if content.shows_figure else shown,
        lead_in=content.lead_in,
        answer=question_pages.answering(content, sent, answer=None, locked=True, figure=shown),
        drawing=question_pages.drawing(content, sent, figure=figures.in_bank(figure, "drawing")) if drawn else None,
    )


def checks(content: Content, *, today: date) -> list[Check]:
    """The findings on a question as the editor lists them."""
    return as_checks(service.findings(content, today=today))


def as_checks(problems: Sequence[Problem]) -> list[Check]:
    return [Check(problem.message, anchor(problem.at), problem.blocks) for problem in problems]


def problems_at(problems: Sequence[Problem]) -> dict[str, list[str]]:
    """Messages by the path of their field; what concerns one entry of a plain list stands at the list."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        head = problem.at.partition(".")[0]
        at = {"topic": "subtopic"}.get(head, head) if head in ("topic", "facts", "sources") else problem.at
        found.setdefault(at, []).append(problem.message)
    return found


def anchor(path: str) -> str:
    """The id of the element in the editor that a finding is about."""
    head, _, rest = path.partition(".")
    if head == "options" and rest:
        return f"option-{rest.partition('.')[0]}"
    if head == "parts" and rest:
        return f"part-{int(rest.partition('.')[0]) + 1}"
    if head in ("accepted", "bounds", "safe"):
        return f"{head}_low"
    return {"topic": "subtopic", "options": "key-0", "key": "key-0", "wrong": "wrong-0-low", "": "subtopic"}.get(
        head, head
    )


def parts_of(content: Content | None, problems: Sequence[Problem]) -> list[PartRow] | None:
    """The parts of a case as its editor lists them; None for another question, or one that is not saved yet."""
    if not isinstance(content, Case):
        return None
    return [
        PartRow(number, part.label, part.icon, part.lead_in, _messages(of_part(problems, number)))
        for number, part in enumerate(content.asked(), 1)
    ]


def _messages(problems: Sequence[Problem]) -> list[str]:
    """The sentences, each once."""
    return list(dict.fromkeys(problem.message for problem in problems))


def of_part(problems: Sequence[Problem], number: int) -> list[Problem]:
    """The problems of one part, as they would be told of an ordinary question."""
    path, words = f"parts.{number - 1}.", f"Part {number}: "
    return [
        replace(problem, at=problem.at.removeprefix(path), message=problem.message.removeprefix(words))
        for problem in problems
        if problem.at.startswith(path)
    ]


def facilities(question_ids: Sequence[int]) -> dict[int, Facility]:
    """By question: how many closed answers it has, and their facility where there are enough."""
    measured = attempts.answers_of_questions(question_ids)
    known = {number: measured.get(number, (0, None)) for number in question_ids}
    return {
        number: Facility(count, value if count >= FEWEST_ANSWERS else None) for number, (count, value) in known.items()
    }


def kind_label(kind: str) -> str:
    found = question_types.kinds().get(kind)
    return found.label if found else kind


def kind_choices() -> dict[str, str]:
    """Every type of question, in words."""
    return {kind: found.label for kind, found in question_types.kinds().items()}


def part_kinds() -> dict[str, str]:
    """Every type that a part of a case may be of, in words."""
    return {kind: found.label for kind, found in question_types.kinds().items() if not issubclass(found, Case)}


def kind_icons() -> dict[str, str]:
    """The icon of every type of question."""
    return {kind: found.icon for kind, found in question_types.kinds().items()}
