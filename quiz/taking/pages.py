"""What the trainee's pages show, shaped for their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from question_bank.question import Topic
from question_bank.scoring import Rules
from quiz import clock
from quiz.models.attempts import Attempt
from quiz.models.quizzes import Quiz
from quiz.permissions import Viewer
from quiz.queries import attempts as queries
from quiz.queries import quizzes
from quiz.queries.attempts import Progress
from quiz.web.standing import DUE_SOON_DAYS, Standing, State

RECENT = 3
NO_BREAK = "\N{NO-BREAK SPACE}"
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
    rules: Mapping[int, list[str]]
    at: datetime


@dataclass(frozen=True)
class BeforeStart:
    """The rules of a quiz before the start, and why it cannot begin now, if it cannot."""

    standing: Standing
    length: int
    rules: Sequence[str]
    refusal: str
    opens_at: datetime | None


def home(viewer: Viewer, *, at: datetime) -> Home:
    """Everything on the home page, in a handful of statements whatever the number of quizzes."""
    published = quizzes.published()
    today = clock.local(at, viewer.zone).date()
    standings = _standings(viewer, [quiz for quiz in published if quiz.mode == "exam"], today=today)
    lead = standings[0] if standings and standings[0].state is not State.PASSED else None
    running = [standing.running for standing in standings if standing.running is not None]
    practising = queries.running(viewer.id, mode="practice")
    return Home(
        greeting=f"{_greeting(clock.local(at, viewer.zone).hour)}, {viewer.name.split()[0]}",
        due=sum(_is_due(standing) for standing in standings),
        lead=lead,
        progress=_progress(lead.running) if lead and lead.running in running else None,
        others=[standing for standing in standings if standing is not lead],
        running_practice=practising,
        cores=_cores(viewer, published),
        recent=queries.closed_of(viewer.id, limit=RECENT),
        rules={standing.quiz.id: clauses(standing.quiz) for standing in standings},
        at=at,
    )


def cores(viewer: Viewer, *, at: datetime) -> list[Core]:
    return _cores(viewer, quizzes.published())


def before_start(quiz: Quiz, viewer: Viewer, *, at: datetime) -> BeforeStart:
    """The rules page of a quiz."""
    [standing] = _standings(viewer, [quiz], today=clock.local(at, viewer.zone).date())
    opens_at = standing.opens_at(at) if standing.running is None else None
    return BeforeStart(
        standing=standing,
        length=sum(row.count for row in quiz.rows),
        rules=clauses(quiz),
        refusal=_refusal(standing, opens_at, at),
        opens_at=opens_at,
    )


def clauses(quiz: Quiz) -> list[str]:
    """The rules of a quiz in words, one clause each."""
    rules = Rules.model_validate(quiz.rules)
    length = sum(row.count for row in quiz.rows)
    words = [f"{length} questions" + (f", {quiz.minutes} minutes" if quiz.minutes else ", no time limit")]
    if rules.total_count is not None:
        words.append(f"Pass mark {rules.total_count} of {length}")
    if rules.total_share is not None:
        words.append(f"Pass mark {_percent(rules.total_share)}")
    if rules.topic_minimum is not None:
        words.append(f"At least {_percent(rules.topic_minimum)} in each topic")
    if rules.critical_share is not None:
        share = (
            "Every critical safety question"
            if rules.critical_share == 1
            else (f"At least {_percent(rules.critical_share)} of the critical safety questions")
        )
        words.append(f"{share} correct")
    if rules.no_never_event:
        words.append("No never event: a harmful or missing answer on one of those points fails the attempt")
    if rules.no_serious_harm:
        words.append("No answer that could seriously harm a client")
    return words


def _is_due(standing: Standing) -> bool:
    """Whether it is still to be passed, and overdue or due soon."""
    days = standing.days_left
    return standing.state is not State.PASSED and days is not None and days <= DUE_SOON_DAYS


def _standings(viewer: Viewer, of: Sequence[Quiz], *, today: date) -> list[Standing]:
    """The viewer's standing in each quiz, most urgent first."""
    due = quizzes.due_dates(viewer.member_of)
    by_quiz: dict[int, list[Attempt]] = {}
    for attempt in queries.of_people([viewer.id], [quiz.id for quiz in of]):
        by_quiz.setdefault(attempt.quiz_id, []).append(attempt)
    standings = [
        Standing(quiz=quiz, attempts=by_quiz.get(quiz.id, []), due_on=due.get(quiz.id), today=today) for quiz in of
    ]
    return sorted(standings, key=lambda standing: (standing.running is None, *standing.urgency))


def _progress(attempt: Attempt | None) -> Progress | None:
    if attempt is None:
        return None
    return queries.answered_counts([attempt.id])[attempt.id]


def _cores(viewer: Viewer, published: Sequence[Quiz]) -> list[Core]:
    mastery = queries.mastery(viewer.id)
    by_topic = {row.topic: quiz for quiz in published if quiz.mode == "practice" for row in quiz.rows}
    return [
        Core(
            topic,
            mastery[topic].share if topic in mastery else None,
            mastery[topic].responses if topic in mastery else 0,
            by_topic.get(topic),
        )
        for topic in Topic
    ]


def _refusal(standing: Standing, opens_at: datetime | None, at: datetime) -> str:
    if standing.running is not None or opens_at is not None:
        return ""
    if standing.quiz.closes_at is not None and at >= standing.quiz.closes_at:
        return "This quiz is closed. Ask your training lead for another window."
    if standing.attempts_left == 0:
        return f"All {standing.quiz.attempts_allowed} attempts are used. Ask your training lead for another."
    return ""


def _greeting(hour: int) -> str:
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


def _percent(share: float) -> str:
    return f"{round(share * 100)}{NO_BREAK}%"
