"""Lists of invented pupils as school systems write them, in every kind of file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from senreg.models.upn import check_letter

Rows = Sequence[Sequence[Any]]

NAMES = [
    ("O'Neill", "Sam"),
    ("Łukasiewicz", "Łukasz"),
    ("王", "小明"),
    ("[/b]", "Sam [EAL]"),
    ("Smith-Jones", "Zoë"),
    ("van der Berg", "Jan"),
    ("García López", "María"),
    ("الأحمد", "ليلى"),
    ("O’Brien", "Aoife"),
    ("Begum", "Ayesha"),
]


def upn(number: int) -> str:
    body = f"801200{number % 24:02d}{number % 1000:03d}"[:11]
    body = f"8012000{17 + number // 1000:02d}{number % 1000:03d}"
    return f"{check_letter('?' + body)}{body}"


def pupil(number: int) -> dict[str, Any]:
    """An invented pupil: the same for the same number."""
    surname, forename = NAMES[number % len(NAMES)]
    if number >= len(NAMES):
        forename = f"{forename} {chr(ord('A') + number % 26)}{number // 26}"
    year = 3 + number % 4
    return {
        "upn": upn(number),
        "surname": surname,
        "forename": forename,
        "dob": date(2023 - 4 - year, 9, 1) + timedelta(days=number * 37 % 365),
        "sex": "FM"[number % 2],
        "year": year,
        "class": f"{year}{'AB'[number // 4 % 2]}",
        "sen": ["", "K", "E", ""][number % 4],
        "need": ["", "SLCN", "ASD", ""][number % 4],
        "teacher": ["Mrs J Patel", "Mr T Okafor"][number // 4 % 2],
    }


def pupils(count: int) -> list[dict[str, Any]]:
    return [pupil(number) for number in range(count)]


WORDS = {"": "", "K": "SEN Support", "E": "EHCP"}
NEEDS = {
    "": "",
    "SLCN": "Speech, language and communication needs",
    "ASD": "Autistic Spectrum Disorder",
}


def arbor(count: int) -> Rows:
    """Arbor: dates in words, long headings, the status twice (words and code)."""
    head = [
        "UPN", "Legal First Name", "Legal Last Name", "Preferred First Name", "Date of Birth",
        "Legal sex", "Year group(s) this academic year", "Registration form(s) this academic year",
        "SEN status", "SEN Need", "Ever 6 FSM at any time between 01 Aug 2020 and 30 Aug 2026?",
        "SEN status", "Arbor Student ID",
    ]  # fmt: skip
    rows = [
        [
            each["upn"], each["forename"], each["surname"], each["forename"],
            f"{each['dob']:%d %b %Y}", {"F": "Female", "M": "Male"}[each["sex"]],
            f"Year {each['year']}", each["class"], WORDS[each["sen"]], NEEDS[each["need"]],
            "Yes" if number % 3 else "No", each["sen"] or "N", str(100 + number),
        ]
        for number, each in enumerate(pupils(count))
    ]  # fmt: skip
    return [head, *rows]


def sims(count: int) -> Rows:
    """SIMS: a title, a blank row, UK dates, T for true, names in one cell as well."""
    head = [
        "Legal Surname", "Legal Forename", "Reg", "Year taught in", "DOB", "Gender",
        "Unique Pupil Number", "SEN Status", "In LEA Care", "English as Additional Language",
    ]  # fmt: skip
    rows = [
        [
            each["surname"], each["forename"], each["class"], f"Year  {each['year']}",
            f"{each['dob']:%d/%m/%Y}", each["sex"], each["upn"],
            {"": "No Special Educational Need", "K": "SEN Support", "E": "Education, Health and "
             "Care Plan"}[each["sen"]],
            "F", "T" if number % 5 == 0 else "F",
        ]
        for number, each in enumerate(pupils(count))
    ]  # fmt: skip
    return [["Pupils on roll, Larkrise Junior School"], [], head, *rows]


def bromcom(count: int) -> Rows:
    """Bromcom: surname and forename in one cell, dates with a month in letters."""
    head = ["Student Name", "UPN", "Date of Birth", "Gender", "Year Group", "Tutor Group",
            "SEN Code", "SEN Type 1", "Pupil Premium Indicator"]  # fmt: skip
    rows = [
        [
            f"{each['surname']}, {each['forename']}", each["upn"], f"{each['dob']:%d-%b-%Y}",
            each["sex"], each["year"], each["class"], each["sen"] or "N", each["need"],
            "True" if number % 2 else "False",
        ]
        for number, each in enumerate(pupils(count))
    ]  # fmt: skip
    return [head, *rows]


def scholarpack(count: int) -> Rows:
    """ScholarPack: the code and its words together, ISO dates, the teacher's name."""
    head = ["Surname", "Forename", "UPN", "DOB", "Sex", "Year", "Class", "Class Teacher",
            "SEN Provision", "Primary SEN Need", "Free Meals"]  # fmt: skip
    rows = [
        [
            each["surname"], each["forename"], each["upn"], each["dob"].isoformat(), each["sex"],
            f"Yr {each['year']}", each["class"], each["teacher"],
            {"": "", "K": "K - SEN Support", "E": "E - Education, health and care plan"}[
                each["sen"]
            ],
            f"{each['need']} - {NEEDS[each['need']]}" if each["need"] else "",
            "Y" if number % 2 else "N",
        ]
        for number, each in enumerate(pupils(count))
    ]  # fmt: skip
    return [head, *rows]


def insight(count: int) -> Rows:
    """Insight: guidance above, flags named by what they say."""
    head = ["Last name", "First name", "UPN", "Date of birth", "Year group", "Class name",
            "Pupil Premium", "EAL", "SEN", "Summer born"]  # fmt: skip
    rows = [
        [
            each["surname"], each["forename"], each["upn"], f"{each['dob']:%d/%m/%Y}",
            str(each["year"]), each["class"], "PP" if number % 2 else "",
            "EAL" if number % 5 == 0 else "", each["sen"],
            "Summer born" if each["dob"].month in (5, 6, 7, 8) else "",
        ]
        for number, each in enumerate(pupils(count))
    ]  # fmt: skip
    guidance = ["Please do not change the headings below. Surname and forename are needed."]
    return [guidance, ["Exported on 22/11/2026", "by the office"], head, *rows]


SYSTEMS = {
    "arbor": arbor,
    "sims": sims,
    "bromcom": bromcom,
    "scholarpack": scholarpack,
    "insight": insight,
}


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def write_csv(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def write_xlsx(path: Path, sheets: dict[str, Rows]) -> Path:
    """A workbook; dates become Excel's own, and a title row of one cell is merged."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            if len(row) == 1:
                sheet.merge_range(number, 0, number, 5, row[0])
                continue
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    book.close()
    return path


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
    "{more}</manifest:file-entry></manifest:manifest>"
)


def write_ods(path: Path, sheets: dict[str, Rows], *, locked: bool = False) -> Path:
    """A workbook of LibreOffice, as it writes them: blank cells repeated to the far edge."""
    body = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(_ods_row(row) for row in rows)
        + '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table>"
        for name, rows in sheets.items()
    )
    return write_ods_content(path, body, locked=locked)


def write_ods_content(path: Path, body: str, *, locked: bool = False) -> Path:
    more = '<manifest:encryption-data manifest:checksum="x"/>' if locked else ""
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("mimetype", _ODS_TYPE, zipfile.ZIP_STORED)
        zipped.writestr("META-INF/manifest.xml", _ODS_MANIFEST.replace("{more}", more))
        content = _ODS_HEAD + body + _ODS_TAIL
        zipped.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return path


def _ods_row(row: Sequence[Any]) -> str:
    cells = "".join(_ods_cell(value) for value in row)
    rest = '<table:table-cell table:number-columns-repeated="16000"/>'
    return f"<table:table-row>{cells}{rest}</table:table-row>"


def _ods_cell(value: Any) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    )
