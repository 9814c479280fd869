"""The only caller of the system clock, and moments in words; everything below the doors is told the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def local(at: datetime, zone: str) -> datetime:
    """A moment on the clock of a zone."""
    return at.astimezone(ZoneInfo(zone))


def day_words(day: date, *, today: date) -> str:
    """ "Thu 27 Nov", with the year when it is not this one."""
    words = f"{day:%a} {day.day} {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"


def moment_words(at: datetime, *, zone: str, today: date) -> str:
    """ "Thu 20 Nov at 16:42", on the clock of a zone."""
    there = local(at, zone)
    return f"{day_words(there.date(), today=today)} at {there:%H:%M}"
