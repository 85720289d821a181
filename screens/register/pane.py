"""The highlighted pupil beside the list: what an adult needs to know at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from screens.widgets.story import Entry, Story, Words
from senreg.register import Register
from senreg.rules.dates import short_day
from senreg.rules.naming import pupil_name
from senreg.rules.needs import need_word
from senreg.rules.register_rows import PupilRow
from senreg.rules.target_life import is_open
from senreg.rules.years import year_word


class PupilPane(Story):
    """Status, needs, what helps, and the open targets of one pupil."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, cursor=False)
        self._shown: tuple[int, str] | None = None

    def show(self, register: Register, pupil: PupilRow | None) -> None:
        """Show a pupil, or nothing."""
        if not self.display:
            self._shown = None
            return
        key = (register.version, pupil.id if pupil is not None else "")
        if key != self._shown:
            self._shown = key
            self.fill(list(_entries(register, pupil)) if pupil is not None else [])

    def on_show(self) -> None:
        """Catch up when the pane is shown."""
        self._shown = None


def _entries(register: Register, pupil: PupilRow) -> Iterator[Entry]:
    row = register.get(pupil.id)
    if row is None:
        return
    word, symbol, colour = pupil.look
    since = f" since {short_day(pupil.status_since)}" if pupil.status_since else ""
    place = "  ".join(each for each in (year_word(pupil.year), pupil.class_name) if each)
    yield Entry("", [Words(pupil_name(row), "title"), Words(place, "muted")], heading=True)
    yield Entry("", [Words(f"{symbol} {word}{since}", colour)])
    due = pupil.review
    if due.state != "none":
        yield Entry("", [Words(f"{due.look.symbol} {due.words}", due.look.colour)])
    if pupil.needs:
        yield Entry("", [Words("Needs", "heading")], heading=True)
        for code in pupil.needs:
            yield Entry("", [Words(need_word(code))])
    for field, title in (("what_helps", "What helps"), ("strengths", "Strengths")):
        if row[field]:
            yield Entry("", [Words(title, "heading")], heading=True)
            yield Entry("", [Words(row[field])])
    targets = [each for each in register.find("targets", pupil=pupil.id) if is_open(each)]
    if targets:
        yield Entry("", [Words("Open targets", "heading")], heading=True)
        for target in targets:
            due_on = f"due {short_day(target['due'])}" if target["due"] else "no date"
            yield Entry("", [Words(target["statement"] or target["area"]), Words(due_on, "muted")])
    if pupil.teacher_name:
        yield Entry("", [Words("Key teacher", "heading")], heading=True)
        yield Entry("", [Words(pupil.teacher_name)])
