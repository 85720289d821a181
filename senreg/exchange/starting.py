"""A register made of the pupils of a file: whole and in its place, or not there at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from senreg.errors import CannotWrite, Unreadable

if TYPE_CHECKING:
    from senreg.exchange.import_parts import Applied
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.vault import Seal


def start_register(
    folder: Path,
    school: Mapping[str, Any],
    plan: ImportPlan,
    *,
    seal: Seal | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Applied:
    """Make a register and bring a plan into it.

    It is made beside its place and moved there when it is whole. It begins with the bank of
    targets, as every new register does.

    Args:
        folder: It becomes the register; it must not exist, or be empty.
        school: The fields of the school's record, its name among them.
        plan: A plan that was made without a register.
        seal: What is to open it; without it, the register is plain.
        progress: Told the rows done and all rows.
        cancelled: Asked whether to stop.

    Raises:
        Unreadable: There is something in the folder already.
        CannotWrite: The disk refused.
        ImportCancelled: `cancelled` said so; nothing is left behind.
    """
    from senreg.exchange.starter import add_starter_bank
    from senreg.register import Register

    try:
        if folder.exists() and any(folder.iterdir()):
            raise Unreadable(
                "There is already something in that folder.", do="Choose a new folder."
            )
        beside = Path(mkdtemp(prefix=".making-", dir=folder.parent))
        try:
            with Register.create(beside, school, seal=seal) as register:
                add_starter_bank(register)
                plan.into(register)
                applied = plan.apply(progress, cancelled)
            if folder.exists():
                folder.rmdir()
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as refusal:
        raise CannotWrite(
            f"The register could not be made there: {refusal.strerror or 'the disk refused'}.",
            do="Choose another folder.",
        ) from None
    return applied
