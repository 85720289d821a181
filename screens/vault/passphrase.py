"""A passphrase is chosen: the words that are offered, or one's own, typed twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Input, Static

from screens.dialogs.ask import AskDialog
from screens.plain import plain
from screens.vault.secret import SecretDialog
from senreg import passphrases

PLAIN = ""
"""The answer of somebody who wants no passphrase."""

REST = 0.15
"""Seconds of rest after which what was typed is judged."""

SAID = (
    "Whoever has the passphrase can read what it protects; without it nobody can. Here are five "
    "words nobody would guess: write them down, and keep them apart from the computer."
)
PLAIN_SAID = (
    "A plain register is not encrypted. Whoever opens its folder, finds the laptop or gets hold "
    "of a stick or a backup reads every child’s name, needs and notes. Every screen will say "
    "that it is plain. You can encrypt it later, in Settings."
)


class PassphraseDialog(SecretDialog[str | None]):
    """Asks for a new passphrase; gives it, `PLAIN` where none is wanted, or None.

    Args:
        title: What it is for.
        hints: Names that a guesser would try first.
        may_be_plain: Whether there may be none.
        offer: Draws the words that are offered.
    """

    DEFAULT_CSS = """
    PassphraseDialog {
        #offered {
            height: auto; margin: 1 1 0 1; padding: 0 1; color: $primary; text-style: bold;
            background: $panel;
        }
        #strength { height: 1; padding: 0 1; color: $muted; }
        &.-short #offered, &.-tiny #offered { margin-top: 0; }
        &.-tiny .asked, &.-tiny #strength { display: none; }
    }
    """
    BINDINGS = [
        Binding("f5", "draw", show=False),
        Binding("f6", "plain", show=False),
    ]
    FIELDS = (
        ("first", "Press Enter to take these words, or type a passphrase of your own"),
        ("again", "Once more, as a proof that you have it"),
    )

    def __init__(
        self,
        title: str,
        hints: Sequence[str],
        *,
        may_be_plain: bool,
        offer: Callable[[], str] = passphrases.offered,
    ) -> None:
        super().__init__(title, SAID)
        self._hints = hints
        self._may_be_plain = may_be_plain
        self._offer = offer
        self._words = offer()
        self._resting: Timer | None = None

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """The keys; the plain way only where it is open."""
        plainly = (("F6", "Plain", "plain"),) if self._may_be_plain else ()
        return (
            ("Enter", "Go on", "go_on"),
            ("F5", "Other words", "draw"),
            ("F4", "Show", "show"),
            *plainly,
            ("Esc", "Cancel", "cancel"),
        )

    def above(self) -> ComposeResult:
        """The words that are offered."""
        yield Static(plain(self._words), id="offered")

    def below(self) -> ComposeResult:
        """How strong the passphrase is."""
        yield Static("", id="strength", markup=False)

    def on_mount(self) -> None:
        """Load the lists of words that strength is judged by."""
        self.run_worker(lambda: passphrases.judged("ready", ()), thread=True, group="ahead")

    @on(Input.Changed, "#first")
    def _typed_on(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._judge)

    def _judge(self) -> None:
        typed = self.typed("first")
        words = ""
        if typed:
            strength = passphrases.judged(typed, self._hints)
            sign = "✓" if strength.enough else "!"
            words = f"{sign} To guess it is {_HARD[strength.score]}."
        self.query_one("#strength", Static).update(plain(words))

    def submitted(self, name: str) -> None:
        """Enter does the same in both fields."""
        del name
        self.entered()

    def entered(self) -> None:
        """Go on: the words are taken, or the passphrase is, once it was typed twice."""
        first = self.query_one("#first", Input)
        if not first.value:
            first.value = self._words
            self._go_to_second("Type the five words once more, to see that you have them.")
            return
        strength = passphrases.judged(first.value, self._hints)
        if not strength.enough:
            self.refuse(f"That passphrase is {strength.word} to guess. {strength.advice}", "first")
        elif not self.typed("again"):
            self._go_to_second("")
        elif not passphrases.same(first.value, self.typed("again")):
            self.refuse("The two are not the same. Type the second again.", "again")
        else:
            self.dismiss(first.value)

    def _go_to_second(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(plain(sentence))
        self.query_one("#again", Input).focus()

    def action_draw(self) -> None:
        """Offer other words."""
        before = self._words
        self._words = self._offer()
        self.query_one("#offered", Static).update(plain(self._words))
        first = self.query_one("#first", Input)
        if first.value == before:
            first.value = ""
            self.query_one("#again", Input).value = ""
            self.query_one("#problem", Static).update("")
            first.focus()

    def action_plain(self) -> None:
        """Ask whether there really is to be no passphrase."""
        if not self._may_be_plain:
            return

        def answered(encrypt: bool | None) -> None:
            if encrypt is False:
                self.dismiss(PLAIN)

        self.app.push_screen(
            AskDialog(
                "Keep this register plain, not encrypted?",
                PLAIN_SAID,
                yes="Encrypt it",
                no="Keep it plain",
                leave="Back",
            ),
            answered,
        )


_HARD = ("far too easy", "too easy", "still too easy", "hard enough", "very hard")
