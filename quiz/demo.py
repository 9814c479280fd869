"""The demo: people of three clinics with two months of attempts, made by the same services that serve real people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log
from random import Random
from unicodedata import normalize
from uuid import UUID

from question_bank.question import Harm, Json, Question
from quiz import clock
from quiz.config import ZONE
from quiz.models.attempts import Attempt, Response
from quiz.models.people import Role, Team, User
from quiz.models.quizzes import Quiz
from quiz.models.reports import Outcome
from quiz.permissions import Viewer
from quiz.queries import attempts as queries
from quiz.queries import quizzes as quiz_queries
from quiz.services import exceptions, people, quizzes, reports
from quiz.services.attempts import answering, closing, parts, starting
from quiz.services.attempts.reasons import Why
from quiz.services.exceptions import ExtraTime

PASSWORD = "microneedling-demo"
EXAM, STERILITY = "microneedling-knowledge-exam", "sterility-and-infection-control"
JOINED_DAYS_AGO = 75
CAREFUL = 1.2
"""From this ability on, a person of the demo leaves nothing open and chooses nothing that does serious harm."""
CRITICAL_LEAD = 0.7
"""Critical questions are prepared better."""
BLANK_SHARE = 0.02
ANSWERED_WHILE_RUNNING = 8


@dataclass(frozen=True)
class Sitting:
    """One attempt of the demo; `days_ago` 0 is one that runs. A retake is left out once the quiz is passed."""

    slug: str
    days_ago: int
    ability: float | None = None


@dataclass(frozen=True)
class Trainee:
    """A person of the demo; ability 0 answers as a question's facility expects, 2 hardly ever wrong."""

    name: str
    team: str
    ability: float
    exam: Sequence[int] = ()
    sterility: Sequence[int] = ()
    practice: Sequence[Sitting] = ()

    @property
    def sittings(self) -> list[Sitting]:
        """Everything the person sat, oldest first."""
        exams = [Sitting(EXAM, days) for days in self.exam] + [Sitting(STERILITY, days) for days in self.sterility]
        return sorted([*exams, *self.practice], key=lambda sitting: -sitting.days_ago)


NORTH, HARBOUR, MARKET = "Northside clinic", "Harbour clinic", "Market Street clinic"
DUE_IN_DAYS = {
    (STERILITY, NORTH): 6,
    (EXAM, NORTH): 10,
    (EXAM, HARBOUR): -3,
    (STERILITY, HARBOUR): 24,
    (EXAM, MARKET): 38,
}
"""By quiz and team; Market Street does not ask for the sterility quiz."""

TRAINEE = Trainee(
    "Alex Morgan",
    NORTH,
    1.0,
    practice=(
        Sitting("practice-skin-layers", 47, 0.4),
        Sitting("practice-sterility", 40, 0.6),
        Sitting("practice-mechanism", 33, -0.1),
        Sitting("practice-skin-layers", 26, 1.7),
        Sitting("practice-depth-selection", 19, -0.9),
        Sitting("practice-contraindications", 12, -0.4),
        Sitting("practice-sterility", 5, 1.3),
    ),
)
TRAINEES = (
    TRAINEE,
    Trainee("Casey Novak", NORTH, 2.2, (44,), (51, 46), (Sitting("practice-sterility", 55),)),
    Trainee("Jordan Reyes", NORTH, 1.8, (30, 27), (36, 33)),
    Trainee("Robin Achterberg", NORTH, 2.4, (21, 18), (24, 22)),
    Trainee("Sasha Lindqvist", NORTH, 1.6, (17, 14, 11), (13, 10)),
    Trainee("Priya Nair", NORTH, 2.0, (), (9, 7)),
    Trainee("Tomasz Zieliński", NORTH, 0.4, (8, 5), (15,), (Sitting("practice-depth-selection", 3),)),
    Trainee("Morgan Ellis", NORTH, 1.4, (0,), (20, 17)),
    Trainee("Hana Suzuki", NORTH, 1.0, (), (), (Sitting("practice-skin-layers", 2), Sitting("practice-cases", 1))),
    Trainee("Riley Bennett", HARBOUR, 0.4, (), (), (Sitting("practice-mechanism", 30),)),
    Trainee("Kim Dube", HARBOUR, -0.5, (20, 12), (28,)),
    Trainee("Taylor Evans", HARBOUR, 0.8, (0,), ()),
    Trainee("Ines Carvalho", HARBOUR, 2.3, (41, 38), (39, 36)),
    Trainee("Femi Adeyemi", HARBOUR, 1.9, (26, 23), (31, 29)),
    Trainee("Charlie Watts", HARBOUR, 2.6, (48, 45), (40, 37)),
    Trainee("Noor Haddad", HARBOUR, 2.1, (19, 16, 13), (8, 4)),
    Trainee("Siobhán Kelly", HARBOUR, 2.5, (35, 33), (10, 7)),
    Trainee("Drew Okoro", MARKET, 2.8, (32, 29)),
    Trainee("Jamie Park", MARKET, 2.2, (34, 31), (), (Sitting("practice-contraindications", 50),)),
    Trainee("Elif Demir", MARKET, 1.8, (25, 22, 19)),
    Trainee("Marta Kowalczyk", MARKET, 2.4, (15, 12)),
    Trainee("Owen Price", MARKET, 0.7, (11, 6)),
    Trainee("Lena Fischer", MARKET, 2.1, (9, 6)),
    Trainee("Ravi Menon", MARKET, 1.2, (), (), (Sitting("practice-depth-selection", 4),)),
    Trainee("Zoë Marchetti", MARKET, 0.7),
)
EXTRA_TIME = {"Riley Bennett": (25, "Reads with a screen magnifier; agreed in writing.")}
"""By name, per cent of every time limit, and why."""
REPORTS = {
    "Casey Novak": ("The label that decides this is not named in the question.", ""),
    "Alex Morgan": ("Two of the options seem to say the same.", "They differ in who decides, and that is the point."),
}
"""By name, what somebody said of the first question of their last attempt, and the answer, if there is one yet."""
STAFF = {Role.INSTRUCTOR: "Sam Lee", Role.MANAGER: "Jo Carter", Role.ADMIN: "Ada Quinn"}
"""The address of each is the role at example.org."""


def hash_password() -> str:
    """The hash that all people of the demo share; call outside a write transaction."""
    return people.hash_password(PASSWORD)


def fill(password_hash: str, *, at: datetime) -> int:
    """Make people, teams, due dates and attempts, the newest just before `at`; returns how many people."""
    joined = at - timedelta(days=JOINED_DAYS_AGO)
    teams = {name: people.create_team(name, by=None, at=joined) for name in (NORTH, HARBOUR, MARKET)}
    staff = _make_staff(teams.values(), password_hash, at=joined)
    published = {quiz.slug: quiz for quiz in quiz_queries.published()}
    _set_due_dates(published, teams, by=staff[Role.MANAGER].id, at=at)
    for number, trainee in enumerate(TRAINEES):
        user = _make_trainee(trainee, teams[trainee.team], password_hash, at=joined)
        if trainee.name in EXTRA_TIME:
            _grant_extra_time(user, by=staff[Role.MANAGER].id, at=joined)
        Sitter(trainee, _viewer(user, teams[trainee.team]), Random(f"demo {number}"), at).sit_all(published)
        if trainee.name in REPORTS:
            _report(user, *REPORTS[trainee.name], by=staff[Role.INSTRUCTOR].id, at=at)
    return len(TRAINEES) + len(staff)


@dataclass
class Sitter:
    """A person of the demo at work; everything the person does comes from `random`."""

    trainee: Trainee
    viewer: Viewer
    random: Random
    at: datetime

    def sit_all(self, published: dict[str, Quiz]) -> None:
        """Take what the plan says, in order; a quiz that is not published is left out."""
        passed: set[str] = set()
        for sitting in self.trainee.sittings:
            if sitting.slug in published and sitting.slug not in passed:
                attempt = self._sit(sitting, published[sitting.slug])
                if attempt.passed:
                    passed.add(sitting.slug)

    def _sit(self, sitting: Sitting, quiz: Quiz) -> Attempt:
        runs = sitting.days_ago == 0
        begun = self.at - timedelta(minutes=6) if runs else self._hour_of(sitting.days_ago)
        attempt = starting.start(quiz, by=self.viewer, at=begun, seed=f"{self.random.getrandbits(128):032x}")
        ability = self.trainee.ability if sitting.ability is None else sitting.ability
        responses = queries.responses(attempt.id)
        moment = begun
        for response in responses[:ANSWERED_WHILE_RUNNING] if runs else responses:
            moment += timedelta(seconds=self.random.randint(20, 70) if not runs else 40)
            self._answer(response, ability, at=moment)
            parts.go_on(response, at=moment)
        if not runs:
            closing.submit(attempt, by=self.viewer.id, at=moment + timedelta(seconds=30))
        return attempt

    def _hour_of(self, days_ago: int) -> datetime:
        """A moment in the working hours of that day."""
        day = (self.at - timedelta(days=days_ago)).replace(hour=8, minute=0, second=0, microsecond=0)
        return day + timedelta(minutes=self.random.randrange(8 * 60))

    def _answer(self, response: Response, ability: float, *, at: datetime) -> None:
        """Save an answer and, in practice, check it; now and then a question stays open."""
        practice = response.attempt.mode == "practice"
        question = response.question
        stored = self._choose(question, ability)
        if stored is None or (not practice and ability < CAREFUL and self.random.random() < BLANK_SHARE):
            return
        sent = question.sent_answer(stored, response.layout)
        operation = UUID(int=self.random.getrandbits(128), version=4)
        answering.save(response, answering.Sent(answer=sent, revision=0, operation=operation), None, at=at)
        if practice:
            answering.check(response, at=at)

    def _choose(self, question: Question, ability: float) -> Json:
        """A right answer as often as ability and facility let expect, else a wrong one; the able do no harm."""
        answers = _answers(question)
        if not answers.right:
            return None
        prepared = ability + (CRITICAL_LEAD if question.critical else 0)
        if self.random.random() < chance(prepared, question.expected_facility):
            return self.random.choice(answers.right)
        wrong = answers.harmless if ability >= CAREFUL and answers.harmless else answers.wrong
        return self.random.choice(wrong) if wrong else None


def chance(ability: float, facility: float) -> float:
    """The probability of a right answer: the facility, moved by the ability on the logistic scale."""
    facility = min(max(facility, 0.05), 0.95)
    return 1 / (1 + exp(-(log(facility / (1 - facility)) + ability)))


@dataclass(frozen=True)
class Answers:
    """Answers that a person may give to a question, under bank ids, by what they are worth."""

    right: Sequence[Json]
    wrong: Sequence[Json]
    harmless: Sequence[Json]


def _answers(question: Question) -> Answers:
    marked = [(answer, question.mark(answer)) for answer in question.plausible_answers()]
    wrong = [(answer, mark) for answer, mark in marked if not mark.is_correct]
    return Answers(
        right=[answer for answer, mark in marked if mark.is_correct],
        wrong=[answer for answer, _ in wrong],
        harmless=[answer for answer, mark in wrong if mark.harm is not Harm.SERIOUS],
    )


def _make_staff(teams: Iterable[Team], password_hash: str, *, at: datetime) -> dict[Role, User]:
    staff = {
        role: people.create_user(f"{role}@example.org", name, password_hash, roles=[role], by=None, at=at)
        for role, name in STAFF.items()
    }
    for team in teams:
        people.join_team(staff[Role.MANAGER], team, kind="manager", by=None, at=at)
    return staff


def _make_trainee(trainee: Trainee, team: Team, password_hash: str, *, at: datetime) -> User:
    email = "trainee@example.org" if trainee is TRAINEE else f"{address(trainee.name)}@example.org"
    user = people.create_user(email, trainee.name, password_hash, roles=[Role.TRAINEE], by=None, at=at)
    people.join_team(user, team, by=None, at=at)
    return user


def address(name: str) -> str:
    """ "zoe.marchetti" for "Zoë Marchetti"."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", ".")


def _grant_extra_time(user: User, *, by: int, at: datetime) -> None:
    percent, reason = EXTRA_TIME[user.name]
    exceptions.grant(user, ExtraTime(quiz=None, percent=percent), Why(reason=reason), by=by, at=at)


def _report(user: User, sentence: str, reply: str, *, by: int, at: datetime) -> None:
    for attempt in queries.closed_of(user.id, limit=1):
        made = reports.report(queries.responses(attempt.id)[0], sentence, by=user.id, at=at - timedelta(days=2))
        if reply:
            reports.close(made, Outcome.STANDS, reply, by=by, at=at - timedelta(days=1))


def _set_due_dates(published: Mapping[str, Quiz], teams: Mapping[str, Team], *, by: int, at: datetime) -> None:
    today = clock.local(at, ZONE).date()
    for (slug, team), days in DUE_IN_DAYS.items():
        if slug in published:
            set_on = at - timedelta(days=JOINED_DAYS_AGO)
            quizzes.set_due_date(published[slug], teams[team], today + timedelta(days=days), by=by, at=set_on)


def _viewer(user: User, team: Team) -> Viewer:
    """The person as the services know one, without a session."""
    return Viewer(
        id=user.id,
        uuid=user.uuid,
        name=user.name,
        email=user.email,
        roles=frozenset({Role.TRAINEE.value}),
        manages=frozenset(),
        member_of=frozenset({team.id}),
        team_name=team.name,
        zone=user.zone,
        scheme=None,
        shortcuts=True,
        session_id=0,
        session_kept=False,
        token="",
    )
