"""The only caller of the system clock, and moments in words; everything below the doors is told the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def local(at: datetime, zone: str) -> datetime:
    """A moment on the clock of a zone."""
    return at.astimezone(ZoneInfo(zone))


def on_clock(at: datetime | None, zone: str) -> datetime | None:
    """A moment as a field of a form shows it: on the clock of a zone, without the zone."""
    return None if at is None else local(at, zone).replace(tzinfo=None)


def from_clock(typed: datetime | None, zone: str) -> datetime | None:
    """The moment that a person typed by the clock of their zone."""
    return None if typed is None else typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_words(day: date, *, today: date) -> str:
    """ "Thu 27 Nov", with the year when it is not this one."""
    words = f"{day:%a} {day.day} {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"


def moment_words(at: datetime, *, zone: str, today: date) -> str:
    """ "Thu 20 Nov at 16:42", on the clock of a zone."""
    there = local(at, zone)
    return f"{day_words(there.date(), today=today)} at {there:%H:%M}"


def stamp_words(at: datetime, *, zone: str) -> str:
    """ "20 Nov 2025, 16:42:07 GMT": to the second and complete, for what is printed and kept."""
    there = local(at, zone)
    return f"{there.day} {there:%b %Y, %H:%M:%S %Z}"
