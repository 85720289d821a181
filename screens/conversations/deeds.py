"""What is done from the planner: hold, plan, move, log an attempt, hand over, give the summary."""

from __future__ import annotations

from screens.conversations.beginning import begin, plan_one
from screens.conversations.record import open_conversation
from screens.dialogs.choose import ChooseDialog, Option
from screens.narrowing import NarrowingPage
from screens.page import app_of
from screens.plain import line, say
from senreg.clock import today
from senreg.register import Row
from senreg.rules.conversation_agreed import hand_over
from senreg.rules.conversation_attempts import let_lead
from senreg.rules.conversations import is_held
from senreg.rules.nouns import counted

NOBODY = "Highlight a child first."
EACH = "each"
TEACHING = ("class_teacher", "subject_teacher", "form_tutor")
"""The roles of those who hold conversations as a rule: they are offered first."""


class Deeds(NarrowingPage):
    """A page with children and their conversations on it, and what can be done with them."""

    @property
    def current_pupil(self) -> Row | None:
        """The child that is meant."""
        raise NotImplementedError

    @property
    def current_conversation(self) -> Row | None:
        """The conversation that is meant; None where none is planned or held."""
        raise NotImplementedError

    @property
    def meant(self) -> list[str]:
        """The ids of the marked children, or of the highlighted one."""
        raise NotImplementedError

    @property
    def owed(self) -> str:
        """The id of a conversation whose summary is owed; empty for none."""
        return ""

    def next_of(self, pupil: str) -> Row | None:
        """The next conversation that is planned with a child's family."""
        raise NotImplementedError

    # Holding

    def command_open(self) -> None:
        """Write the conversation down, or choose what to do where none is planned."""
        pupil, conversation = self.current_pupil, self.current_conversation
        if pupil is not None and conversation is not None:
            open_conversation(app_of(self), pupil, conversation)
        elif pupil is not None:
            self.command_new()

    def command_new(self) -> None:
        """Hold a conversation that was not planned, or plan one."""
        pupil = self.current_pupil
        if pupil is None:
            self.command_plan_year()
            return

        begin(app_of(self), pupil)

    # Planning

    def command_edit(self) -> None:
        """Another day, time or leader for what is planned; of one that was held, its record."""
        pupil, conversation = self.current_pupil, self.current_conversation
        if pupil is None:
            say(self.app, NOBODY)
        elif conversation is not None and is_held(conversation):
            following = self.next_of(pupil.id)
            if following is not None:
                plan_one(app_of(self), pupil, following)
            else:
                open_conversation(app_of(self), pupil, conversation)
        else:
            plan_one(app_of(self), pupil, conversation)

    def command_plan_year(self) -> None:
        """Plan the year's conversations for many children at once."""
        from screens.conversations.planning import plan

        plan(app_of(self), self.marked)

    @property
    def marked(self) -> list[str]:
        """The ids of the marked children alone."""
        raise NotImplementedError

    def command_who_leads(self) -> None:
        """Choose who leads what is still to be held with the marked children."""
        pupils = self.meant
        if not pupils:
            say(self.app, NOBODY)
            return

        def chosen(staff: str | None) -> None:
            if staff is None:
                return
            proposal = let_lead(self.register, pupils, staff, today())
            if not proposal:
                say(self.app, "Nothing is planned with these children that another could lead.")
                return
            with self.register.commit("Say who leads conversations") as commit:
                proposal.write(commit)
            say(
                self.app,
                f"{counted('conversations', len(proposal.sets))} changed. u takes it back.",
            )

        self.app.push_screen(ChooseDialog("Who leads?", self._staff()), chosen)

    def command_not_held(self) -> None:
        """Log that a conversation did not come about, how it was tried, and a new day."""
        from screens.conversations.attempting import AttemptForm

        pupil, conversation = self.current_pupil, self.current_conversation
        if pupil is None:
            say(self.app, NOBODY)
            return
        if conversation is not None and is_held(conversation):
            conversation = self.next_of(pupil.id)
            if conversation is None:
                say(self.app, "This conversation was held; none other is planned.")
                return
        self.app.push_screen(AttemptForm(self.register, pupil, conversation))

    def command_assign(self) -> None:
        """Place the marked children, or the highlighted one, in a group."""
        from screens.assigning import assign

        assign(app_of(self), self.meant)

    # Handing on

    def command_hand_over(self) -> None:
        """Hand the last conversations of the marked children to the teacher who has them next."""
        pupils = self.meant
        if not pupils:
            say(self.app, NOBODY)
            return

        def chosen(staff: str | None) -> None:
            if staff is None:
                return
            to = "" if staff == EACH else staff
            proposal = hand_over(self.register, pupils, to, today())
            if not proposal:
                say(self.app, "There is nothing to hand over: it is done, or nothing was held yet.")
                return
            with self.register.commit("Hand conversations over") as commit:
                proposal.write(commit)
            many = counted("conversations", len(proposal.sets))
            say(
                self.app,
                f"{many} handed over: who has them now sees them under Mine. u takes it back.",
            )

        each = Option(EACH, "Each child's own key teacher", tone="accent")
        self.app.push_screen(
            ChooseDialog(
                f"Hand over {counted('pupils', len(pupils))} to",
                [each, *self._staff()],
                said="What was said and agreed last time is marked as handed to that teacher.",
            ),
            chosen,
        )

    def _staff(self) -> list[Option]:
        rows = [row for row in self.register.all("staff") if not row["until"]]
        return [
            Option(row.id, line(row["name"]), str(row["role"] or "").replace("_", " "))
            for row in sorted(rows, key=lambda row: (row["role"] not in TEACHING, str(row["name"])))
        ]

    # Papers

    def command_summary(self) -> None:
        """Make the summary for the family, and say when it was given."""
        from screens.conversations.giving import give_summary

        conversation = self.register.get(self.owed) if self.owed else self.current_conversation
        if conversation is None or not is_held(conversation):
            say(self.app, "There is no conversation yet that was held, to sum up.")
            return
        give_summary(app_of(self), conversation)

    def command_record_paper(self) -> None:
        """Print the record of the conversation for the school's file."""
        from screens.printing import print_paper

        conversation = self.current_conversation
        if conversation is None:
            say(self.app, "No conversation is planned or held here.")
            return
        print_paper(
            app_of(self),
            "conversation",
            pupil=conversation["pupil"],
            conversation=conversation.id,
        )
