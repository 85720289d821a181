"""What time it is: the one place that asks the machine."""

from datetime import UTC, date, datetime
from time import time_ns

_stands_at: list[date] = []


def stand_at(day: date | None) -> None:
    """Let `today` be a day that an invented school stands at; None for the machine's again."""
    _stands_at[:] = [day] if day is not None else []


def today() -> date:
    """Today's date where the machine stands, or the day the invented school at hand stands at."""
    if _stands_at:
        return _stands_at[0]
    return date.today()  # noqa: DTZ011 - of the place where the machine stands


def milliseconds() -> int:
    """Wall-clock time in milliseconds since 1970, UTC: shown to people, deciding nothing."""
    return time_ns() // 1_000_000


def local(milliseconds_since_1970: int) -> datetime:
    """A stamp as a moment where the machine stands."""
    return datetime.fromtimestamp(milliseconds_since_1970 / 1000, tz=UTC).astimezone()


def milliseconds_at(moment: str, form: str) -> int:
    """The stamp of a moment in local time, written in a form of strftime. Raises ValueError."""
    return int(datetime.strptime(moment, form).timestamp() * 1000)  # noqa: DTZ007 - local


def day_of(milliseconds_since_1970: int) -> date:
    """The day of a stamp, in local time."""
    return local(milliseconds_since_1970).date()


def shown(milliseconds_since_1970: int) -> str:
    """A stamp in local time, of which what people read is made: '2026-11-22 17:41'."""
    return local(milliseconds_since_1970).strftime("%Y-%m-%d %H:%M")


def iso(milliseconds_since_1970: int) -> str:
    """A stamp as scripts read it: ISO 8601 in UTC, to the second."""
    moment = datetime.fromtimestamp(milliseconds_since_1970 / 1000, tz=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
