"""The file for the next school as a paper to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import WrongUsage
from senreg.reports.document.plainly import as_text
from senreg.reports.handing import check_ending, save_pack
from senreg.reports.pack import Pack, as_html, make_pack
from senreg.reports.pack_paper import pack_in_parts

from .conftest import TODAY, Book
from .one_childs import in_one_group, written_about
from .reading import said_in_docx, said_in_html, said_in_pdf


def pack_of(book: Book, pupil: str) -> Pack:
    return make_pack(book.register, pupil, "transfer", TODAY)


def text_of(pack: Pack) -> str:
    return as_text(pack_in_parts(pack))


def test_the_child_stands_first_and_then_every_entry_by_kind(book: Book) -> None:
    pupil = book.child("Łukasz", "[O'Neill]", what_helps="Maps <b>", year_group="6")
    book.add("targets", pupil=pupil, kind="wider", statement="Joins the choir")
    book.add("notes", pupil=pupil, kind="call", text="A note", happened_on="2026-10-01")
    book.add("ehc_provisions", pupil=pupil, section="F", wording="A therapist", quantity="Weekly")
    said = text_of(pack_of(book, pupil))
    assert said.startswith("SEN file of Łukasz [O'Neill]\nFor the next school, 22 Nov 2026.")
    whole = said.index("Everything that is kept")
    assert said.index("• Maps <b>") < whole
    assert said.index("Joins the choir") < whole < said.rindex("Joins the choir")
    assert said.index("A therapist; How much: Weekly") < whole
    assert said.index("A note") > whole
    assert "5 entries, by kind and day, as they were written." in said
    page = said_in_html(as_html(pack_of(book, pupil)))
    assert page.index("Maps <b>") < page.index("A note")
    asked = said_in_html(as_html(make_pack(book.register, pupil, "subject_access", TODAY)))
    assert page.count("A therapist") == asked.count("A therapist") + 1


def test_of_a_child_who_left_it_is_told_as_it_stood_on_the_last_day(book: Book) -> None:
    pupil = book.child("Sam", left="2026-07-17")
    kind = book.add("interventions", name="Reading together")
    group = book.add("groups", intervention=kind, start="2026-01-05", end="2026-07-17")
    book.add("placements", pupil=pupil, group=group, start="2026-01-05", end="2026-07-17")
    said = text_of(pack_of(book, pupil))
    assert "as it stood on 17 Jul 2026, the last day here." in said
    assert said.index("Reading together") < said.index("Everything that is kept")


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_nothing_of_what_was_left_out_and_nothing_of_another_child_is_in_it(
    book: Book, data: st.DataObject
) -> None:
    pupil, other = written_about(book, "Qq"), written_about(book, "Xx")
    in_one_group(book, pupil, other)
    pack = pack_of(book, pupil)
    entries = [each for each in pack.entries if each.id != pupil]
    gone = data.draw(st.sets(st.sampled_from([each.id for each in entries]), min_size=1))
    with book.register.commit("Mark") as c:
        for number, each in enumerate(entries):
            for field, value in each.row.stored().items():
                if isinstance(value, str) and value.startswith("Qq "):
                    c.set(each.id, **{field: f"{value} n{number}n"})
    pack = pack_of(book, pupil).without(gone)
    away = {each.id for each in pack.left_out}
    said = text_of(pack)
    page = said_in_html(as_html(pack).partition("Who wrote what, and when")[0])
    assert "Xx" not in said + page
    for number, each in enumerate(entries):
        if each.id in away:
            assert f"n{number}n" not in said + page
    assert "Left out\n• One " in said
    with book.register.commit("Away") as c:
        c.archive(pupil)
        c.archive(other)


def test_it_is_written_in_word_and_as_a_pdf_with_the_names_as_they_are(
    book: Book, tmp_path: Path
) -> None:
    pack = pack_of(book, book.child("小明", "[李] <b>", what_helps="Pictures"))
    save_pack(pack, tmp_path / "a.docx")
    told = [said_in_docx((tmp_path / "a.docx").read_bytes())]
    pytest.importorskip("typst")
    save_pack(pack, tmp_path / "a.pdf")
    told.append(said_in_pdf((tmp_path / "a.pdf").read_bytes(), tmp_path))
    for said in told:
        assert "SEN file of 小明 [李] <b>" in said
        assert "Pictures" in said
        assert "For the next school, 22 Nov 2026." in said
        assert "Delete after" not in said


def test_what_is_kept_about_a_child_for_who_asks_has_its_history_and_so_is_no_paper() -> None:
    for name in ("a.docx", "a.pdf", "a"):
        with pytest.raises(WrongUsage, match=r"must end in \.html, \.json or \.zip"):
            check_ending(Path(name), "subject_access")
    with pytest.raises(WrongUsage, match=r"\.docx, \.html, \.json, \.pdf or \.zip"):
        check_ending(Path("a.odt"), "transfer")
