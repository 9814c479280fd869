"""The only caller of the system clock; everything below the doors is told the time."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
