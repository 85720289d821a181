"""The kinds of paper there are: their names, what each is about and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from senreg.reports.document.parts import Document, Foot
    from senreg.reports.school_template.fields import Values


About = Literal["pupil", "class", "school", "register"]


@dataclass(frozen=True, slots=True)
class Definition:
    """One kind of paper.

    Args:
        name: Its name on the command line.
        title: Its name on a screen.
        about: What it is made for: one pupil, one class, the school, or the register itself.
        file_stem: How the name of its file begins.
        help: One sentence on what it is for.
        brief: The same in a few words, beside its title in a list.
        choices: What may be chosen about it: names of `senreg.reports.asked.Choices`.
        version: Giving it out keeps a version of it with the child.
        also: What else it can be about.
        with_plan: It is about children with an EHC plan only.
        whole: Its figures are true of the whole register only, and not of a staff pack.
    """

    name: str
    title: str
    about: About
    file_stem: str
    help: str
    brief: str = ""
    choices: tuple[str, ...] = ()
    version: bool = False
    also: tuple[About, ...] = ()
    with_plan: bool = False
    whole: bool = False

    def can_be_about(self, what: str) -> bool:
        """Whether it can be about a pupil, a class, the school or the register."""
        return what == self.about or what in self.also


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was made.

    Args:
        name: A name of `PAPERS`.
        title: The title of its window.
        html: The page.
        pupil: The id of the child it is about.
        document: What it is made of; None for one that is a page only.
        foot: What stands at the foot of its document.
        plan_kind: The kind of plan it is, where it is given out as a version of one.
        values: What a template of the school's is filled with, once for each copy of it; empty for
            a paper that is not written into one.
    """

    name: str
    title: str
    html: str
    pupil: str | None = None
    document: Document | None = None
    foot: Foot | None = None
    plan_kind: str = ""
    values: tuple[Values, ...] = ()

    @property
    def look(self) -> tuple[str, ...]:
        """What to look at before it is given out, a sentence each."""
        return self.document.look if self.document is not None else ()

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings its file may have, the usual one first."""
        return ALL_ENDINGS if self.document is not None else PAGE_ENDINGS


PAGE_ENDINGS = (".html", ".htm")
ALL_ENDINGS = (".html", ".htm", ".docx", ".pdf")


PAPERS: dict[str, Definition] = {
    each.name: each
    for each in (
        Definition(
            "class",
            "Class sheet",
            "class",
            "class-sheet",
            "What helps each child of a class and what they work towards, on one A4, without "
            "diagnoses.",
            "What helps, on one A4",
        ),
        Definition(
            "pupil",
            "Pupil page",
            "pupil",
            "pupil-page",
            "One child's strengths, needs, targets, provision and people, for those who plan "
            "with the family.",
            "All support, in full",
        ),
        Definition(
            "passport",
            "Passport",
            "pupil",
            "passport",
            "Who a child is and what helps, on one page, for every adult; no diagnoses and no "
            "targets.",
            "What helps, on one page",
            version=True,
        ),
        Definition(
            "plan",
            "Plan",
            "pupil",
            "plan",
            "One child's plan under the name your school gives it: targets, help, who does what, "
            "and when it is looked at.",
            "Targets, help and dates",
            choices=("kind", "for_child"),
            version=True,
        ),
        Definition(
            "summary",
            "Summary for the family",
            "pupil",
            "summary",
            "A structured conversation in plain words for the family: what was said, the two "
            "targets, who does what by when, and the next day.",
            "In words for the family",
        ),
        Definition(
            "conversation",
            "Record of the conversation",
            "pupil",
            "conversation",
            "A structured conversation stage by stage for the school's file, with what was agreed "
            "the last time.",
            "For the school's file",
        ),
        Definition(
            "provision",
            "Provision map",
            "school",
            "provision",
            "What help runs, by whom, how long and how often, for the school, a class or a child; "
            "with what it costs, or without.",
            "What runs, for whom",
            choices=("costs",),
            version=True,
            also=("class", "pupil"),
        ),
        Definition(
            "chronology",
            "Chronology",
            "pupil",
            "chronology",
            "What happened to a child by the day it happened, school year by school year, for a "
            "request, a panel or a review.",
            "What happened, by day",
        ),
        Definition(
            "evidence",
            "Graduated approach",
            "pupil",
            "graduated-approach",
            "Assess, plan, do, review over several terms, with hours, cost and what the family and "
            "the child say: for a top-up or an assessment.",
            "Evidence over terms",
            choices=("days",),
        ),
        Definition(
            "annual-review",
            "Annual review papers",
            "pupil",
            "annual-review",
            "What goes out before the annual review of an EHC plan: views, progress to the "
            "outcomes, provision, attendance, room for changes, who is invited and what is due "
            "when.",
            "Before the meeting",
            with_plan=True,
        ),
        Definition(
            "inspection",
            "Inspection",
            "school",
            "inspection",
            "The children with SEN by initials, and the story of each on a page: needs, help, what "
            "came of it.",
            "Initials, and stories",
            also=("class", "pupil"),
        ),
        Definition(
            "impact",
            "Impact of interventions",
            "school",
            "impact",
            "What each intervention gained, for how many, in how many hours and at what cost; no "
            "child is named.",
            "What each has gained",
            choices=("costs", "term"),
            whole=True,
        ),
        Definition(
            "governors",
            "Figures for governors",
            "school",
            "governors",
            "SEN in figures and charts from which no child can be told: small numbers stand "
            "together, and no member of staff is named.",
            "Small numbers are hidden",
            choices=("costs", "least"),
            whole=True,
        ),
        Definition(
            "leadership",
            "Figures for leadership",
            "school",
            "leadership",
            "Every figure of the leadership screen with its n and its definition, and charts; for "
            "those who lead the school.",
            "Every figure, with charts",
            whole=True,
        ),
        Definition(
            "letter",
            "Letter to families",
            "class",
            "letters",
            "Invitations to structured conversations, or reminders of them: a page to each contact "
            "who gets letters and about whom there is no restriction.",
            "Invitation or reminder",
            choices=("letter",),
            also=("pupil",),
        ),
        Definition(
            "handover",
            "Handover page",
            "register",
            "handover",
            "For whoever takes the register over: who holds the recovery key, and what to change.",
        ),
        Definition(
            "lost-laptop",
            "Lost-laptop sheet",
            "register",
            "lost-laptop",
            "What was on a laptop that is gone, how it was protected, and what to do today.",
        ),
    )
}
"""Every paper by its name."""
