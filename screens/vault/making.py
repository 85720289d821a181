"""What is to open a register: a passphrase, and a recovery key that is on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from screens.vault.passphrase import PLAIN, PassphraseDialog
from senreg.vault import Seal, new_recovery_key

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.reports.keeping import Whose


def ask_seal(
    app: SenregApp,
    title: str,
    whose: Whose,
    hints: Sequence[str],
    took: Callable[[Seal | None], object],
    *,
    may_be_plain: bool,
) -> None:
    """Ask for a passphrase, show and test a recovery key, and hand both on.

    Nothing is kept until then; whoever leaves half-way has changed nothing.

    Args:
        app: The app.
        title: What the passphrase is for.
        whose: The school and register.
        hints: Names that a guesser would try first.
        took: Takes them; None where the register is to be plain.
        may_be_plain: Whether it may be.
    """

    def chosen(passphrase: str | None) -> None:
        if passphrase == PLAIN:
            took(None)
        elif passphrase is not None:
            _show_key(app, passphrase, whose, took)

    app.push_screen(PassphraseDialog(title, hints, may_be_plain=may_be_plain), chosen)


def ask_passphrase(
    app: SenregApp, title: str, register: Register, took: Callable[[str | None], None]
) -> None:
    """Ask for another passphrase of an open register."""
    app.push_screen(
        PassphraseDialog(title, hints_of(app, register), may_be_plain=False),
        took,
    )


def ask_own_passphrase(
    app: SenregApp, title: str, hints: Sequence[str], took: Callable[[str], object]
) -> None:
    """Ask for the passphrase of a copy that has its recovery key already."""

    def chosen(passphrase: str | None) -> None:
        if passphrase:
            took(passphrase)

    app.push_screen(PassphraseDialog(title, hints, may_be_plain=False), chosen)


def hints_of(app: SenregApp, register: Register) -> list[str]:
    """Names that a guesser of this register would try first: the school, its place, its staff."""
    return [*register.guessed_names, app.person_name]


def _show_key(
    app: SenregApp, passphrase: str, whose: Whose, took: Callable[[Seal | None], object]
) -> None:
    from screens.vault.recovery import RecoveryKeyDialog

    key = new_recovery_key()

    def tested(passed: bool | None) -> None:
        if passed:
            took(Seal(passphrase, key))

    app.push_screen(RecoveryKeyDialog(key, whose), tested)
