"""The highlighted pupil beside a list: what an adult needs to know at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from screens.pupil.overview import standing
from screens.pupil.parts import Page
from screens.widgets.story import Entry, Story, Words
from senreg.register import Register
from senreg.rules.dates import short_day
from senreg.rules.naming import pupil_name, staff_named
from senreg.rules.target_life import is_open
from senreg.rules.years import year_word


class PupilPane(Story):
    """Status, needs, what helps, and the open targets of one pupil."""

    LABEL_WIDTH = 13

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, cursor=False)
        self._shown: tuple[int, str] | None = None
        self._wanted: tuple[Register, str | None] | None = None

    def show(self, register: Register, pupil_id: str | None) -> None:
        """Show a pupil, or nothing; while the pane is hidden nothing is read."""
        self._wanted = (register, pupil_id)
        if not self.display or not self.is_attached:
            self._shown = None
            return
        key = (register.version, pupil_id or "")
        if key != self._shown:
            self._shown = key
            self.fill(_entries(register, pupil_id))

    def on_show(self) -> None:
        """Catch up with what was wanted while the pane was hidden."""
        if self._wanted is not None:
            self.show(*self._wanted)


def _entries(register: Register, pupil_id: str | None) -> Iterator[Entry]:
    pupil = register.get(pupil_id) if pupil_id else None
    if pupil is None:
        return
    place = "  ".join(
        each for each in (year_word(pupil["year_group"]), pupil["class_name"]) if each
    )
    yield Entry("", [Words(pupil_name(pupil), "title"), Words(place, "muted")], heading=True)
    yield standing(Page(register, pupil))
    for field, title in (("what_helps", "What helps"), ("strengths", "Strengths")):
        if pupil[field]:
            yield Entry("", [Words(title, "heading")], heading=True)
            yield Entry("", [Words(pupil[field])])
    targets = [each for each in register.find("targets", pupil=pupil.id) if is_open(each)]
    if targets:
        yield Entry("", [Words("Open targets", "heading")], heading=True)
        for target in targets:
            due_on = f"due {short_day(target['due'])}" if target["due"] else "no date"
            yield Entry("", [Words(target["statement"] or target["area"]), Words(due_on, "muted")])
    teacher = staff_named(pupil["key_teacher"], register.get)
    if teacher:
        yield Entry("", [Words("Key teacher", "heading")], heading=True)
        yield Entry("", [Words(teacher)])
