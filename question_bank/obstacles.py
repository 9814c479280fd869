"""Why no paper can be drawn, in sentences that say what to do."""

from __future__ import annotations

from question_bank.specification import CASE, Candidate, Shortage, Specification, Unfillable, obstacle


def obstacles(specification: Specification, candidates: list[Candidate]) -> list[str]:
    """Why no paper can be drawn, a sentence for each row that lacks questions; none when one can be drawn."""
    reason = obstacle(specification, candidates)
    return obstacle_words(reason, candidates) if reason else []


def obstacle_words(reason: Unfillable, candidates: list[Candidate]) -> list[str]:
    """The reason in sentences that say what to do."""
    if not reason.shortages:
        return [f"{reason} Widen the facility band or change the counts."]
    return [shortage_words(shortage, candidates) for shortage in reason.shortages]


def shortage_words(shortage: Shortage, candidates: list[Candidate]) -> str:
    """ "Contraindications, hard: 4 asked for, 3 published. Lower the count or publish one more question." """
    published = sum(candidate.size for candidate in candidates if shortage.row.holds(candidate))
    if shortage.row.kind == CASE:
        return _case_shortage_words(shortage, published)
    more = "one more question" if shortage.missing == 1 else f"{shortage.missing} more questions"
    if published < shortage.asked:
        return (
            f"{shortage.row.label}: {shortage.asked} asked for, {published} published. "
            f"Lower the count or publish {more}."
        )
    return (
        f"{shortage.row.label}: {shortage.asked} asked for, and of the {published} published only "
        f"{shortage.asked - shortage.missing} can stand in one paper, because some give each other away. "
        f"Lower the count or publish {more}."
    )


def _case_shortage_words(shortage: Shortage, published: int) -> str:
    """ "Sterility, case: 4 questions asked for, and of the 6 in published cases at most 3 fit, because …" """
    asked = f"{shortage.row.label}: {shortage.asked} questions asked for"
    if published < shortage.asked:
        return f"{asked}, {published} published in cases. Lower the count or publish another case."
    return (
        f"{asked}, and of the {published} in published cases at most {shortage.asked - shortage.missing} fit, because "
        "a case comes with all its parts or gives another question away. Change the count or publish another case."
    )
