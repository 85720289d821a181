"""The certificate of an erasure: what was erased, when, by whom and why, and what it cannot reach.

It names the child, so that the school can show what was done; the register no longer can.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from senreg import clock
from senreg.erasure import REASONS, Erased
from senreg.errors import WrongUsage
from senreg.exchange.written import write_out
from senreg.export_log import Handed
from senreg.models.text import clean, clean_line
from senreg.register import Register
from senreg.rules.dates import short_day
from senreg.rules.naming import staff_named
from senreg.rules.nouns import counted_list

ENDINGS = (".html", ".htm", ".txt")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate says, in words.

    Args:
        school: The school's name.
        child: Whose records were erased.
        made_on: The day and the time.
        by: Who did it.
        why: The reason, with what was said about it.
        what: The records that were erased, counted.
        done: What was done to the files of this copy, a sentence each.
        elsewhere: What else may still hold values, a sentence each.
        handed: What was handed out earlier and cannot be reached, a line each.
        register: The ids of the register and of this copy.
        invented: Nobody in the register is real.
    """

    school: str
    child: str
    made_on: str
    by: str
    why: str
    what: str
    done: list[str]
    elsewhere: list[str]
    handed: list[str]
    register: str
    invented: bool


def certificate(register: Register, erased: Erased, *, child: str, said: str = "") -> Certificate:
    """The certificate of an erasure that was just made.

    Args:
        register: The open register.
        erased: What `senreg.erasure.erase` gave.
        child: The child's name as it was.
        said: What whoever erased it wrote about the reason.
    """
    why = dict(REASONS)[erased.reason]
    return Certificate(
        school=clean_line(str(register.school["name"] or "")),
        child=clean_line(child),
        made_on=clock.shown(erased.at),
        by=clean_line(staff_named(erased.by, register.get)),
        why=f"{why}: {clean_line(said)}" if said else why,
        what=counted_list(erased.plan.counts),
        done=_done(erased),
        elsewhere=_elsewhere(erased),
        handed=[_handed(each, register) for each in erased.plan.handed],
        register=f"{register.register_id}, copy {register.copy_id}",
        invented=register.invented,
    )


def as_text(page: Certificate) -> str:
    """The certificate as plain text."""
    lines = [
        "CERTIFICATE OF ERASURE",
        *(["Invented: nobody in this school is real."] if page.invented else []),
        "",
        f"School:    {page.school}",
        f"Child:     {page.child}",
        f"Erased on: {page.made_on}",
        f"By:        {page.by}",
        f"Reason:    {page.why}",
        f"What:      {page.what}",
        f"Register:  {page.register}",
        "",
        *page.done,
    ]
    for title, points in (
        ("Not reached yet", page.elsewhere),
        ("Handed out earlier, and beyond the reach of this register", page.handed or [_NOTHING]),
    ):
        if points:
            lines += ["", f"{title}:", *(f"- {each}" for each in points)]
    return clean("\n".join(lines)) + "\n"


def as_html(page: Certificate) -> str:
    """The certificate as a page to print."""
    from senreg.reports.pages import rendered

    return rendered(
        "certificate.html", {"title": "Certificate of erasure", "page": page, "nothing": _NOTHING}
    )


def save(page: Certificate, path: Path) -> None:
    """Write the certificate to a file, .html or .txt.

    Raises WrongUsage for another ending, CannotWrite where the disk refuses.
    """
    check_ending(path)
    text = as_text(page) if path.suffix.lower() == ".txt" else as_html(page)
    write_out(path, [text.encode("utf-8")])


def check_ending(path: Path) -> None:
    """Raise WrongUsage where a certificate is not written to a file of such a name."""
    if path.suffix.lower() not in ENDINGS:
        raise WrongUsage("The name of the certificate's file must end in .html or .txt.")


_NOTHING = "Nothing is on the list of what this copy handed out."


def _done(erased: Erased) -> list[str]:
    if not erased.complete:
        return [
            (
                "The child is gone from the register. The files of this copy could not all be "
                "cleaned; that is done when the register is next opened."
            ),
            *_removed(erased),
        ]
    return [
        (
            "Every value was taken out of the snapshots, the journal, the history and the backups "
            "of this copy. What is left of each record is that there was one, without any value."
        ),
        *_removed(erased),
        "A flash disk may keep what it has overwritten until it uses that place again.",
    ]


def _removed(erased: Erased) -> list[str]:
    if not erased.removed:
        return []
    names = ", ".join(erased.removed)
    return [
        (
            "Damaged files from before the register was put together again, which might have "
            f"held this child, were removed: {names}."
        )
    ]


def _elsewhere(erased: Erased) -> list[str]:
    points = []
    if erased.waiting:
        points.append(
            "Another program has this register open. What it wrote is cleaned when it ends, or "
            "when the register is next opened after that."
        )
    if erased.unreadable:
        points.append(
            f"{erased.unreadable} damaged lines of the journal cannot be read. They were kept, "
            "because nothing in them names this child."
        )
    points += [
        f"The folder {name} within the register's folder holds damaged files from before it was "
        "put together again. They cannot be cleaned and may still hold this child: delete that "
        "folder with all that is in it, and write the day on this certificate."
        for name in erased.aside
    ]
    if erased.plan.copies:
        copies = "copy has" if erased.plan.copies == 1 else "copies have"
        points.append(
            f"{erased.plan.copies} other {copies} sent edits here. Each erases the child when it "
            "merges a bundle made from now on."
        )
    if erased.plan.mentions:
        counts: dict[str, int] = {}
        for hit in erased.plan.mentions:
            counts[hit.row.table] = counts.get(hit.row.table, 0) + 1
        points.append(
            f"The child's name stands in the text of other records, which were kept: "
            f"{counted_list(counts)}."
        )
    return points


def _handed(handed: Handed, register: Register) -> str:
    by = staff_named(handed.by, register.get)
    until = f", to be deleted after {short_day(handed.delete_after)}" if handed.delete_after else ""
    return clean_line(f"{clock.shown(handed.at)}, {by}: {handed.what}, {handed.to}{until}")
