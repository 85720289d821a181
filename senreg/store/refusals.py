"""What a person is told where a register can be read and not written to."""

from __future__ import annotations

from collections.abc import Sequence

from senreg.errors import Locked, ReadOnly, Unreadable

_PACK_ENDED = "This staff pack ended on "

NEWER = "This register was written by a newer version of senreg, so it can only be read here."

OTHER_KEYS = (
    "This register was given another key meanwhile: close it here and open it again to go on."
)

UNFINISHED = "The disk did not take the rest of a change of keys."

KEYS_GONE = "The key file is gone: only the recovery key opens this."

TWIN_READ = "its twin was read instead."
"""How it is told that one of the two key files is damaged; it is mended from the other."""

_DISK = "The disk did not take "

GO_BACK = "Go back to its newest backup: Backups in the settings, or `senreg restore`."


def only_reading(warnings: Sequence[str]) -> ReadOnly:
    """Why nothing can be written, by the warnings with which the register was opened."""
    if not warnings:
        do = "Open it for writing to change it."
    elif OTHER_KEYS in warnings:
        do = "What was saved before is safe."
    elif NEWER in warnings:
        do = "Install that version on this machine to change it."
    elif UNFINISHED in warnings:
        do = "Make room on the disk or check that it is plugged in, then open it again."
    elif any(each.startswith(_PACK_ENDED) for each in warnings):
        do = "Export what you wrote for the SENCO, and ask for a new pack."
    else:
        do = GO_BACK
    why = "; ".join(each[:1].lower() + each[1:].removesuffix(".") for each in warnings)
    return ReadOnly(f"This register is open for reading only{': ' * bool(why)}{why}.", do=do)


def tells_of_damage(warning: str) -> bool:
    """Whether a warning is of damage that a backup mends, and not of something else to know."""
    if warning in (NEWER, OTHER_KEYS, KEYS_GONE) or warning.endswith(TWIN_READ):
        return False
    return not warning.startswith((_PACK_ENDED, _DISK))


def keys_gone() -> Locked:
    """What is told where only the recovery key still opens a register, and it was not given."""
    return Locked(
        "The key file of this register is gone.",
        do="Open it with the printed recovery key, or put keys.json back.",
    )


def pack_ended(until: str) -> str:
    """What is told of a staff pack past its last day, an ISO date."""
    from senreg.models.days import short_day

    return f"{_PACK_ENDED}{short_day(until)}, so it can only be read."


def newer() -> Unreadable:
    """What is told of a register of which nothing can be read, for it is of a newer format."""
    return Unreadable(
        "This register was written by a newer version of senreg.",
        do="Install that version on this machine to open it.",
    )
