"""Reviewing a target on five steps, with evidence; and saying how a meeting went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from screens.forms.form import WIDE, Form
from screens.forms.section import Section
from screens.plain import plain, say
from screens.targets.story import figures
from screens.withheld import OF_THE_SENCO
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.register import Register, Row
from senreg.rules.dates import short_day
from senreg.rules.naming import list_name
from senreg.rules.scales import measure_of_target, off_scale
from senreg.rules.target_life import is_open, outcome_words
from senreg.rules.target_steps import (
    CARRY_ON,
    NEXT,
    STEPS,
    after_review,
    next_due,
    says_something,
    usual_step,
)

if TYPE_CHECKING:
    from screens.app import SenregApp

KEPT = {
    CARRY_ON: "The review is kept; the target carries on.",
    "met": "The review is kept, and the target is met.",
    "partly": "The review is kept, and the target is closed as partly met.",
    "not_met": "The review is kept, and the target is closed as not met.",
    "dropped": "The review is kept, and the target is dropped.",
}
"""What is said once a review is kept, by what becomes of the target."""

TOLD_REVIEWS = 3
"""So many earlier reviews are told beside the form."""


def review(app: SenregApp, row: Row, then: Callable[[str | None], None] | None = None) -> None:
    """Review a target, or hold a planned review meeting."""
    register = app.register
    assert register is not None
    if row.table != "targets":
        from screens.forms.record_form import RecordForm

        if not register.fields_changed(row):
            say(app, OF_THE_SENCO)
            return
        app.push_screen(RecordForm(register, row.table, row, focus="held_on"), then)
        return
    form = ReviewForm(register, row)

    def saved(review_id: str | None) -> None:
        if review_id is not None and form.step == NEXT:
            from screens.targets.writing import follow_target

            follow_target(app, row, then)
            return
        if review_id is not None:
            say(app, f"{KEPT[form.step]} u takes it back.")
        if then is not None:
            then(review_id)

    app.push_screen(form, saved)


class ReviewForm(Form["str | None"]):
    """How far a child has come with a target, on what evidence, and what becomes of the target.

    Gives the id of the review.

    Args:
        register: The open register.
        target: The target.
    """

    def __init__(self, register: Register, target: Row) -> None:
        self.register = register
        self._target = target
        self.step = ""
        self._suggested = CARRY_ON
        pupil = register.get(target["pupil"] or "")
        seated = register.get(register.person)
        super().__init__(
            f"Review a target of {list_name(pupil)}" if pupil is not None else "Review a target",
            _sections(target),
            {
                "date": today().isoformat(),
                "by": seated.id if seated is not None and seated.table == "staff" else None,
                "step": CARRY_ON,
                "new_due": next_due(today(), register.all("terms")),
            },
            register=register,
            draft=f"{register.register_id}/target_reviews/new/{target.id}",
        )

    def beside(self) -> ComposeResult:
        """The target, and how it went before."""
        yield Static(classes="beside", markup=False)

    def on_mount(self) -> None:
        """Begin at the outcome."""
        self.query_one("#form").add_class("-advised")
        self.rows["outcome"].entry.focus()

    def on_resize(self, event: Resize) -> None:
        """Tell as much of the target as there is room for."""
        del event
        told = _told(self.register, self._target)
        parts = told if self.size.width >= WIDE else told[:3]
        self.query_one(".beside", Static).update(Content("\n").join(parts))

    def changed(self) -> None:
        """Suggest what becomes of the target, until something else is chosen."""
        outcome = self.typed().get("outcome")
        row = self.rows["step"]
        if outcome is not None and row.text == self._suggested:
            self._suggested = usual_step(outcome)
            row.put(self._suggested)
        self.rows["new_due"].display = row.text == CARRY_ON

    def save(self, values: dict[str, object]) -> None:
        """Keep the review, and let the target become what was chosen."""
        step = str(values.pop("step") or CARRY_ON)
        new_due = values.pop("new_due")
        if not says_something(values):
            sentence = "Say how it went, or what was seen."
            raise InvalidRecord("target_reviews", [FieldProblem("outcome", sentence)])
        if sentence := off_scale(measure_of_target(self._target), values["value"]):
            raise InvalidRecord("target_reviews", [FieldProblem("value", sentence)])
        if sentence := _cannot_be(str(values["date"] or ""), str(self._target["set_on"] or "")):
            raise InvalidRecord("target_reviews", [FieldProblem("date", sentence)])
        given = {name: value for name, value in values.items() if value not in (None, "")}
        due = str(new_due) if new_due else None
        if step == CARRY_ON and due and due <= today().isoformat():
            raise InvalidRecord("targets", [FieldProblem("new_due", "This day is not to come.")])
        proposal = after_review(self._target, given, step, due)
        with self.register.commit("Review a target") as commit:
            (review_id,) = proposal.write(commit)
        self.step = step
        self.finish(review_id)


def _cannot_be(day: str, set_on: str) -> str:
    """A sentence where a target cannot have been reviewed on an ISO day; else empty."""
    if day > today().isoformat():
        return "This day is still to come."
    return f"It was set on {short_day(set_on)}, later." if day and day < set_on else ""


def _sections(target: Row) -> list[Section]:
    from senreg.models.tables import fields_of

    asked = {field.name: field for field in fields_of("target_reviews")}
    if target["unit"]:
        value = asked["value"]
        asked["value"] = replace(value, about=replace(value.about, unit=str(target["unit"])))
    steps = About(
        "What becomes of it",
        "A target that is met or closed is no longer worked at; a next step is written now.",
        choices=tuple(STEPS.items()),
    )
    again = About("Look again on", "Where it carries on: +6w, end of term.")
    return [
        Section(
            "",
            (
                asked["outcome"],
                Field("form", "step", "choice", required=True, about=steps),
                Field("form", "new_due", "day", required=False, about=again),
                asked["evidence"],
                asked["value"],
            ),
        ),
        Section(
            "In their words",
            tuple(
                asked[name] for name in ("pupil_rating", "pupil_view", "parent_view", "next_step")
            ),
        ),
        Section("When, and by whom", (asked["date"], asked["by"])),
    ]


def _told(register: Register, target: Row) -> list[Content]:
    """The target and its earlier reviews, a paragraph each."""
    parts = [plain(target["statement"] or "(not worded yet)", "bold")]
    for title, value in (
        ("We will know by", target["success_criterion"]),
        ("It started from", target["baseline"]),
        ("Figures", figures(register, target)),
        ("Due", short_day(target["due"]) if target["due"] else ""),
        ("", "" if is_open(target) else "This target is closed already."),
    ):
        if value:
            lead = f"{title}: " if title else ""
            parts.append(Content.assemble((lead, "$muted"), plain(value)))
    reviews = register.find("target_reviews", target=target.id)
    reviews.sort(key=lambda row: str(row["date"] or ""), reverse=True)
    for row in reviews[:TOLD_REVIEWS]:
        when = short_day(row["date"]) if row["date"] else "Before"
        words = ": ".join(each for each in (outcome_words(row["outcome"]), row["evidence"]) if each)
        parts.append(Content.assemble((f"{when}  ", "$muted"), plain(words)))
    return parts
