"""What the trainee's pages show, shaped for their templates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from question_bank.question import Topic
from question_bank.scoring import Rules
from quiz import clock
from quiz.models.attempts import Attempt
from quiz.models.quizzes import Quiz
from quiz.permissions import Viewer
from quiz.queries import attempts as queries
from quiz.queries import exceptions, mastery, quizzes
from quiz.queries.attempts import Progress
from quiz.services.attempts import feedback
from quiz.services.attempts.allowances import Allowance
from quiz.taking import feedback_words, rules
from quiz.taking.answered import Answered, answered
from quiz.web.standing import DONE, DUE_SOON_DAYS, Standing

RECENT = 3
LEVELS = ((0.8, "Secure"), (0.5, "Building"), (0.0, "Foundation"))


@dataclass(frozen=True)
class Core:
    """Mastery of a topic, and the quiz to practise it."""

    topic: Topic
    share: float | None
    responses: int
    quiz: Quiz | None

    @property
    def level(self) -> str:
        """In words; "Too few answers" where a share would mislead."""
        if self.share is None:
            return "Too few answers" if self.responses else "Not started"
        return next(name for least, name in LEVELS if self.share >= least)


@dataclass(frozen=True)
class Home:
    """The trainee's home: what to do now first, then the rest."""

    greeting: str
    due: int
    lead: Standing | None
    progress: Progress | None
    others: Sequence[Standing]
    running_practice: Sequence[Attempt]
    cores: Sequence[Core]
    recent: Sequence[Attempt]
    unmarked: Collection[int]
    """The attempts whose marks are not shown."""
    answered: Sequence[Answered]
    rules: Mapping[int, list[str]]
    at: datetime


@dataclass(frozen=True)
class BeforeStart:
    """The rules of a quiz before the start, and why it cannot begin now, if it cannot."""

    standing: Standing
    length: int
    rules: Sequence[str]
    feedback: Sequence[str]
    refusal: str
    opens_at: datetime | None
    at: datetime


def home(viewer: Viewer, *, at: datetime) -> Home:
    """Everything on the home page, in a handful of statements whatever the number of quizzes."""
    published, closed = quizzes.published(), queries.closed_of(viewer.id)
    standings = _standings(viewer, [quiz for quiz in published if quiz.mode == "exam"], at=at)
    lead = standings[0] if standings and standings[0].state not in DONE else None
    unmarked = feedback.unmarked(closed, at=at)
    running = [standing.running for standing in standings if standing.running is not None]
    practising = queries.running(viewer.id, mode="practice")
    return Home(
        greeting=f"{_greeting(clock.local(at, viewer.zone).hour)}, {viewer.name.split()[0]}",
        due=sum(_is_due(standing) for standing in standings),
        lead=lead,
        progress=_progress(lead.running) if lead and lead.running in running else None,
        others=[standing for standing in standings if standing is not lead],
        running_practice=practising,
        cores=_cores(viewer, published, without=unmarked),
        recent=closed[:RECENT],
        unmarked=unmarked,
        answered=answered(viewer.id, at=at),
        rules={standing.quiz.id: clauses(standing.allowance) for standing in standings},
        at=at,
    )


def cores(viewer: Viewer, *, at: datetime) -> list[Core]:
    unmarked = feedback.unmarked(queries.closed_of(viewer.id), at=at)
    return _cores(viewer, quizzes.published(), without=unmarked)


def before_start(quiz: Quiz, viewer: Viewer, *, at: datetime) -> BeforeStart:
    """The rules page of a quiz."""
    [standing] = _standings(viewer, [quiz], at=at)
    opens_at = standing.opens_at(at) if standing.running is None else None
    return BeforeStart(
        standing=standing,
        length=sum(row.count for row in quiz.rows),
        rules=clauses(standing.allowance),
        feedback=feedback_words.clauses(quiz, zone=viewer.zone, at=at),
        refusal=_refusal(standing, opens_at, at),
        opens_at=opens_at,
        at=at,
    )


def standing_after(attempt: Attempt, *, at: datetime) -> Standing:
    """How the person stands in the quiz of a closed attempt; whether it is due is not asked."""
    return Standing(
        quiz=attempt.quiz,
        attempts=queries.of_quiz(attempt.user_id, attempt.quiz_id),
        due_on=None,
        today=clock.local(at, attempt.user.zone).date(),
        granted=exceptions.holding([attempt.user_id]),
    )


def clauses(allowance: Allowance) -> list[str]:
    """The rules of a quiz for one person in words, one clause each."""
    quiz = allowance.quiz
    time = rules.time_words(quiz.minutes, allowance.extra_minutes)
    length = sum(row.count for row in quiz.rows)
    return rules.clauses(Rules.model_validate(quiz.rules), length=length, time=time)


def _is_due(standing: Standing) -> bool:
    """Whether it is still to be passed, and overdue or due soon."""
    days = standing.days_left
    return standing.state not in DONE and days is not None and days <= DUE_SOON_DAYS


def _standings(viewer: Viewer, of: Sequence[Quiz], *, at: datetime) -> list[Standing]:
    """The viewer's standing in each quiz, most urgent first."""
    due, today = quizzes.due_dates(viewer.member_of), clock.local(at, viewer.zone).date()
    sat = queries.of_people([viewer.id], [quiz.id for quiz in of])
    by_quiz: dict[int, list[Attempt]] = {}
    for attempt in sat:
        by_quiz.setdefault(attempt.quiz_id, []).append(attempt)
    unmarked, granted = feedback.unmarked(sat, at=at), exceptions.holding([viewer.id])
    standings = [
        Standing(
            quiz=quiz,
            attempts=by_quiz.get(quiz.id, []),
            due_on=due.get(quiz.id),
            today=today,
            unmarked=unmarked,
            granted=granted,
        )
        for quiz in of
    ]
    return sorted(standings, key=lambda standing: (standing.running is None, *standing.urgency))


def other_practice(of_topics: Sequence[Core]) -> list[Quiz]:
    """The practice quizzes that are not those of one topic."""
    shown = {core.quiz.id for core in of_topics if core.quiz}
    return [quiz for quiz in quizzes.published() if quiz.mode == "practice" and quiz.id not in shown]


def _progress(attempt: Attempt | None) -> Progress | None:
    if attempt is None:
        return None
    return queries.answered_counts([attempt.id])[attempt.id]


def _cores(viewer: Viewer, published: Sequence[Quiz], *, without: Collection[int]) -> list[Core]:
    known = mastery.by_topic(viewer.id, without=without)
    by_topic = {topic: quiz for quiz in published if quiz.mode == "practice" and (topic := _only_topic(quiz))}
    return [
        Core(
            topic,
            known[topic].share if topic in known else None,
            known[topic].responses if topic in known else 0,
            by_topic.get(topic),
        )
        for topic in Topic
    ]


def _only_topic(quiz: Quiz) -> str | None:
    """The topic of a quiz that has one, and questions of any kind."""
    topics = {row.topic for row in quiz.rows}
    return topics.pop() if len(topics) == 1 and not any(row.kind for row in quiz.rows) else None


def _refusal(standing: Standing, opens_at: datetime | None, at: datetime) -> str:
    if standing.running is not None or opens_at is not None:
        return ""
    if standing.allowance.closed_at(at) is not None:
        return "This quiz is closed. Ask your training lead for another window."
    if standing.attempts_left == 0:
        return f"All {standing.allowance.attempts_allowed} attempts are used. Ask your training lead for another."
    return ""


def _greeting(hour: int) -> str:
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"
