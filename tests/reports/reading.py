"""What stands on a paper in each of the forms it is written in."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document as Whole
from docx.table import Table, _Cell

from .conftest import Words


def needs(program: str) -> str:
    """The path of a program; the test is skipped where it is not installed."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def said_in_html(html: str) -> str:
    return one_line(Words(html).text)


def said_in_docx(data: bytes) -> str:
    return one_line("\n".join(_told(docx.Document(io.BytesIO(data)))))


def said_in_pdf(data: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(data)
    words = [needs("pdftotext"), "-raw", str(path), "-"]
    return one_line(subprocess.run(words, check=True, capture_output=True).stdout.decode())


def resaved(path: Path) -> bytes:
    """A Word document or a workbook that LibreOffice opened and saved again."""
    filters = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
    folder = path.parent / "resaved"
    subprocess.run(
        [needs("soffice"), f"-env:UserInstallation={(path.parent / 'office').as_uri()}",
         "--headless", "--convert-to", filters[path.suffix], "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / path.name).read_bytes()


def one_line(text: str) -> str:
    return " ".join(text.split())


def _told(place: Whole | _Cell) -> Iterator[str]:
    for part in place.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                for cell in row.cells:
                    yield from _told(cell)
        else:
            yield part.text
