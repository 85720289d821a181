"""Packs written to files: a page or a document, or all of it in one zip for the next school."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

from senreg.errors import WrongUsage
from senreg.exchange.written import write_out
from senreg.export_log import PACK, note
from senreg.register import Register
from senreg.reports.pack import Pack, as_html, as_json

MEMBERS = ("sen-file.html", "sen-file.json")
"""What a zip holds. The names are senreg's own: nothing that a user wrote names a file."""

ENDINGS: dict[str, tuple[str, ...]] = {
    "subject_access": (".html", ".json", ".zip"),
    "transfer": (".zip", ".html", ".json", ".docx", ".pdf"),
}
"""The endings each kind of pack may have, the usual one first."""

_WHAT = {"subject_access": "Subject access pack", "transfer": "SEN file for the next school"}
_STAMP = (1980, 1, 1, 0, 0, 0)


def check_ending(path: Path, purpose: str) -> None:
    """Raise where a pack is not written to a file of such a name.

    Args:
        path: The file.
        purpose: What the pack is made for.

    Raises:
        WrongUsage: It is no ending of such packs.
        SenregError: PDFs cannot be made here.
    """
    endings, ending = ENDINGS[purpose], path.suffix.lower()
    if ending not in endings:
        *but_last, last = sorted(endings)
        known = f"{', '.join(but_last)} or {last}"
        raise WrongUsage(f"The name of such a pack's file must end in {known}.")
    if ending == ".pdf":
        from senreg.reports.document.typeset import refuse_without

        refuse_without()


def save_pack(pack: Pack, path: Path) -> None:
    """Write a pack, by the ending of its name; the register keeps a note that it was made.

    Raises SenregError as `check_ending` does, CannotWrite where the disk refuses.
    """
    check_ending(path, pack.purpose)
    ending = path.suffix.lower()
    if ending == ".zip":
        data = _zipped(pack)
    elif ending in (".docx", ".pdf"):
        data = _set(pack, ending)
    else:
        data = (as_html(pack) if ending == ".html" else as_json(pack)).encode("utf-8")
    write_out(path, [data])
    note(pack.register, PACK, _WHAT[pack.purpose], path, pupil=pack.pupil.id)


def _set(pack: Pack, ending: str) -> bytes:
    """The pack as a paper to read."""
    from senreg.reports.pack_paper import foot_of_pack, pack_in_parts

    document, foot = pack_in_parts(pack), foot_of_pack(pack)
    if ending == ".docx":
        from senreg.reports.document.word import as_docx

        return as_docx(document, foot)
    from senreg.reports.document.typeset import as_pdf

    return as_pdf(document, foot)


def sent(register: Register, pupil: str, day: date) -> None:
    """Keep the day on which a child's file went to the next school. Raises CannotWrite."""
    with register.commit("Send a file on") as c:
        c.set(pupil, records_sent=day)


def _zipped(pack: Pack) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in zip(MEMBERS, (as_html(pack), as_json(pack)), strict=True):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
