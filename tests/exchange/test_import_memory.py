"""Whatever file is brought in, the memory it takes is bounded, and nothing of it comes in.

Each file goes through the command line in a process of its own, whose peak is measured.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from senreg.register import Register

from . import spreadsheet_school as school
from .ctf.transfer_school import MAJA, ctf
from .test_workbooks_hostile import BOMB, DATA, ROWS, altered

MOST = 80_000_000
"""Bytes of memory in which any of these files is refused; senreg alone takes about 25 million."""

TREE = Path(__file__).parents[2]


class Weighed(NamedTuple):
    """What came of an import: its exit code, what was complained of, what was said, its peak."""

    code: int
    complaints: list[str]
    said: list[str]
    peak: int


def weighed(file: Path, register: Path) -> Weighed:
    done = subprocess.run(
        [sys.executable, "-m", "tests.exchange.weighed_import", file, register],
        cwd=TREE,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout.splitlines()
    assert said, done.stderr
    assert said[-1].isdigit(), done.stderr
    return Weighed(done.returncode, done.stderr.splitlines(), said[:-1], int(said[-1]))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    folder = tmp_path / "school.senreg"
    with Register.create(folder, "Larkrise") as made, made.commit("Fill") as c:
        c.add("pupils", {"surname": "Núñez", "forename": "=Zoë"})
    return folder


def held(register: Path) -> tuple[list[dict[str, object]], int]:
    """Every record, and how many changes there ever were."""
    with Register.open(register, read_only=True) as opened:
        return [row.stored() for row in opened.everything()], len(opened.history())


def vast(folder: Path, name: str, start: bytes) -> Path:
    """A file of 200 megabytes; most of it takes no room on the disk."""
    path = folder / name
    path.write_bytes(start)
    os.truncate(path, 200_000_000)
    return path


def long_cell(folder: Path) -> Path:
    """The only row there is has three million characters in a cell."""
    path = school.write_xlsx(
        folder / "long.xlsx", {"Pupils": [["Surname", "Forename"], ["a", "b"]]}
    )
    cell = f'<c r="A2" t="inlineStr"><is><t>{"x" * 3_000_000}</t></is></c>'
    rows = f'<row r="2">{cell}<c r="B2" t="inlineStr"><is><t>Bo</t></is></c></row></sheetData>'
    return altered(
        path,
        "xl/worksheets/sheet1.xml",
        lambda page: (
            page[: page.index(b'<row r="2"')] + rows.encode() + page.partition(b"</sheetData>")[2]
        ),
    )


def zip_bomb(folder: Path) -> Path:
    """It says how large it is: 210 megabytes in less than one."""
    path = school.write_xlsx(folder / "bomb.xlsx", {"Pupils": ROWS})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("xl/media/image1.xml", b" " * 210_000_000)
    return path


def lying_bomb(folder: Path) -> Path:
    """It says that its sheet takes a few hundred bytes, and unpacks to 150 megabytes of rows.

    Its check sum is that of the few hundred bytes, so that nobody notices who reads no further.
    """
    path = school.write_xlsx(folder / "lying.xlsx", {"Pupils": ROWS})
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as book:
        head = book.read(part).partition(b"</sheetData>")[0]
    rows = b'<row r="3"><c r="A3"/></row>' * 100_000
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -15)
    start = squeeze.compress(head) + squeeze.flush(zlib.Z_FULL_FLUSH)
    block = squeeze.compress(rows) + squeeze.flush(zlib.Z_FULL_FLUSH)
    squeezed = start + block * 60 + squeeze.compress(b"</sheetData>") + squeeze.flush()
    altered(path, part, lambda _: b"")
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, squeezed if name == part else content)
    data = bytearray(path.read_bytes())
    says = struct.pack("<HHHLLL", 8, 0, 0, zlib.crc32(head), len(squeezed), len(head))
    for mark, place, name_at in ((b"PK\3\4", 8, 30), (b"PK\1\2", 10, 46)):
        at = data.find(mark)
        while data[at + name_at : at + name_at + len(part)] != part.encode():
            at = data.index(mark, at + 1)
        data[at + place : at + place + len(says)] = says
    path.write_bytes(data)
    return path


def many_columns(folder: Path) -> Path:
    """Sixteen thousand headings, and sixty rows below them."""
    path = folder / "wide.csv"
    headings = ",".join(f"Column {place}" for place in range(16_000))
    row = "O'Neill,Sam" + ",abc" * 16_000
    path.write_text(f"Surname,Forename,{headings}\n" + f"{row}\n" * 60, encoding="utf-8")
    return path


def many_columns_of_a_workbook(folder: Path) -> Path:
    heads = ["Surname", "Forename", *(f"Column {place}" for place in range(16_000))]
    return school.write_xlsx(folder / "wide.xlsx", {"Pupils": [heads, ["O'Neill", "Sam"]]})


def repeated_tags(folder: Path) -> Path:
    """Twelve megabytes of rows, each written out, in less than one."""
    row = '<table:table-row><table:table-cell office:value-type="x"/></table:table-row>'
    body = '<table:table table:name="Pupils">' + row * 150_000 + "</table:table>"
    body = body.replace(" office", ' table:number-columns-repeated="900" office', 5)
    return school.write_ods_content(folder / "tags.ods", body)


def sealed(folder: Path) -> Path:
    path = folder / "sealed.xlsx"
    mark = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(mark + b"\0" * 3_000_000 + "EncryptedPackage".encode("utf-16-le"))
    return path


def cut_off(folder: Path, name: str) -> Path:
    whole = school.write_xlsx(folder / "whole.xlsx", {"Pupils": ROWS}) if name.endswith("x") else (
        DATA / "roll.xls"
    )  # fmt: skip
    content = whole.read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    return folder / name


def xml_bomb(folder: Path) -> Path:
    path = folder / "bomb.xml"
    page = ctf(MAJA)
    entities = BOMB.decode().partition("[")[2].partition("]>")[0]
    root = page.index("<CTfile")
    page = f"{page[:root]}<!DOCTYPE CTfile [{entities}]>{page[root:]}"
    path.write_text(page.replace("</Surname>", "&i;</Surname>"), encoding="utf-8")
    return path


def workbook_of_entities(folder: Path) -> Path:
    path = school.write_xlsx(folder / "entities.xlsx", {"Pupils": ROWS})
    return altered(path, "xl/sharedStrings.xml", lambda _: BOMB)


FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "200 MB CSV": (lambda at: vast(at, "v.csv", b"Surname,Forename\n"), "25 megabytes"),
    "200 MB CTF": (lambda at: vast(at, "v.xml", ctf(MAJA).encode()), "25 megabytes"),
    "200 MB workbook": (lambda at: vast(at, "v.xlsx", b"PK\3\4"), "25 megabytes"),
    "zip bomb": (zip_bomb, "unpacks to more than 200 megabytes"),
    "lying zip bomb": (lying_bomb, "is broken"),
    "XML bomb": (xml_bomb, "has a document type or entities"),
    "XML bomb in a workbook": (workbook_of_entities, "no spreadsheet program writes"),
    "many columns": (many_columns, "reaches as far as cell"),
    "many columns of a workbook": (many_columns_of_a_workbook, "reaches as far as cell"),
    "tags without end": (repeated_tags, "reaches as far as cell"),
    "sealed": (sealed, "is protected with a password"),
    "cut off": (lambda at: cut_off(at, "cut.xlsx"), "is broken"),
    "cut off, of old": (lambda at: cut_off(at, "cut.xls"), "is broken"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_file_is_refused_in_one_sentence_within_the_bound(
    tmp_path: Path, register: Path, kind: str
) -> None:
    make, words = FILES[kind]
    before = held(register)
    came = weighed(make(tmp_path), register)
    assert (came.code, came.said) == (3, [])
    assert words in came.complaints[0]
    assert len(came.complaints) <= 3
    assert all(len(each) < 250 for each in came.complaints)
    assert held(register) == before
    assert came.peak <= MOST


def test_three_million_characters_in_a_cell_are_told_within_the_bound(
    tmp_path: Path, register: Path
) -> None:
    before = held(register)
    came = weighed(long_cell(tmp_path), register)
    assert (came.code, came.complaints) == (1, [])
    assert any("3,000,000 characters" in line for line in came.said)
    assert held(register) == before
    assert came.peak <= MOST


def test_what_a_process_takes_is_measured(tmp_path: Path, register: Path) -> None:
    """The measure itself: a process that holds more than the bound is seen to."""
    code = (
        "from tests.exchange.weighed_import import peak\n"
        f"before = peak(); held = b'x' * {MOST}; print(before, peak())"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=TREE, capture_output=True, text=True, check=True
    )
    before, after = map(int, said.stdout.split())
    assert before < MOST < after
