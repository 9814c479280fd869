"""Parts of a case that locks: which of them is open, and going on from one to the next."""

from datetime import datetime

from quiz.errors import QuizError
from quiz.models.attempts import Response
from quiz.queries import attempts as queries
from quiz.services.attempts import closing


def awaited(response: Response) -> Response | None:
    """The earlier part that has to be gone on from before this one opens; None where this one is open."""
    case = response.case
    if case is None or not case.locks:
        return None
    return next((earlier for earlier in queries.earlier_parts(response) if not earlier.is_locked), None)


def locks(response: Response) -> bool:
    """Whether going on from this part would lock its answer."""
    case = response.case
    return case is not None and case.locks and response.part < case.size and not response.is_locked


def go_on(response: Response, *, at: datetime) -> None:
    """Lock the answer of this part, given or not, so that the next part opens; doing it again changes nothing."""
    if closing.is_over(response.attempt, at=at) or not locks(response):
        return
    if awaited(response) is not None:
        raise QuizError("The part before this one comes first.", "locked")
    response.locked_at = at
