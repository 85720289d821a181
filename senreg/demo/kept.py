"""The invented school kept on this machine, so that looking round again finds what was tried."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from senreg.paths import state_folder


def kept_school(*, pupils: int = 240, seed: int = 1, era: int | None = None) -> Path:
    """The folder of the invented school with these figures, made where it is not there yet.

    A new school year makes a new one, because it stands at the day on which it was made.
    Arguments and errors are those of `senreg.demo.build.build`. It is made beside its place
    and then moved there, so that a school cut short is never mistaken for a whole one.
    """
    from senreg import clock
    from senreg.demo.making import OLD_ERA_DAY
    from senreg.demo.school_days import school_year, written_year

    year = written_year(school_year(OLD_ERA_DAY if era else clock.today())).replace("/", "-")
    place = state_folder() / "invented" / f"invented-{year}-{pupils}-{seed}.senreg"
    if place.exists():
        return place
    from senreg.demo.build import build

    place.parent.mkdir(mode=0o700, exist_ok=True)
    beside = Path(mkdtemp(prefix="making-", dir=place.parent))
    try:
        build(beside, pupils=pupils, seed=seed, era=era).close()
        _put(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return place


def _put(made: Path, place: Path) -> None:
    """Move a school to its place, unless one was put there meanwhile: then that one stays."""
    try:
        made.rename(place)
    except OSError:
        if not place.exists():
            raise
