from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import CannotWrite, SenregError, WrongUsage
from senreg.models.text import clean_line
from senreg.register import Register
from senreg.reports import prints, showing
from senreg.reports.papers import PAPERS, delete_after, make, save
from senreg.reports.prints import free_path
from senreg.reports.showing import open_in_browser

from .conftest import TODAY, Book, Words

HOSTILE = "<script>alert(1)</script><img src=http://x.example onerror=x>{{ 7*7 }}[/b]&amp;'\""


def both(book: Book, pupil: str) -> list[str]:
    return [
        make(book.register, "class", class_name="4B", today=TODAY).html,
        make(book.register, "pupil", pupil=pupil, today=TODAY).html,
    ]


def test_user_text_is_never_markup_and_a_page_asks_nobody_for_anything(book: Book) -> None:
    pupil = book.child(HOSTILE, HOSTILE, what_helps=HOSTILE, interests=HOSTILE)
    book.add("targets", pupil=pupil, kind="wider", statement=HOSTILE, child_statement=HOSTILE)
    book.add("contacts", pupil=pupil, name=HOSTILE)
    book.add("barriers", pupil=pupil, category=HOSTILE, description=HOSTILE)
    for html in both(book, pupil):
        shown = Words(html)
        assert not shown.tags & {"script", "img", "link", "iframe", "object", "a", "form", "svg"}
        assert not shown.attributes & {"src", "href", "onerror", "onload", "action"}
        assert "url(" not in html
        assert "@import" not in html
        assert "49" not in shown.text
        assert "default-src 'none'" in html
        assert "@page { size: A4" in html
    assert HOSTILE in Words(html).said


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(min_size=1, max_size=30).map(clean_line).filter(bool))
def test_a_name_stands_on_paper_as_it_was_typed(book: Book, name: str) -> None:
    pupil = book.child(name, "Żak")
    shown = Words(make(book.register, "pupil", pupil=pupil, today=TODAY).html)
    assert " ".join(f"{name} Żak".split()) in shown.said
    with book.register.commit("Away") as c:
        c.archive(pupil)


def test_an_invented_register_says_so_on_every_paper(tmp_path: Path) -> None:
    with Register.create(tmp_path / "d.senreg", "Invented School", invented=True) as register:
        book = Book(register)
        pupil = book.child("Sam", what_helps="x")
        assert all("nobody in this school is real" in html for html in both(book, pupil))


def test_a_paper_says_when_it_was_made_and_when_to_delete_it(book: Book) -> None:
    pupil = book.child("Sam", what_helps="x")
    for html in both(book, pupil):
        assert "Made on 22 Nov 2026." in html
        assert "Delete after 31 Dec 2026." in html
    assert delete_after(book.register, date(2026, 12, 20)) == date(2027, 3, 31)
    book.add("terms", name="Autumn", start="2026-09-02", end="2026-12-18", school_year="2026/27")
    book.add("terms", name="Spring", start="2027-01-04", end="2027-03-25", school_year="2026/27")
    assert delete_after(book.register, date(2026, 11, 22)) == date(2026, 12, 18)
    assert delete_after(book.register, date(2026, 12, 14)) == date(2027, 3, 25)


def test_a_page_only_is_written_as_html_and_refuses_the_rest_in_a_sentence(
    book: Book, tmp_path: Path
) -> None:
    paper = make(book.register, "lost-laptop", today=TODAY)
    out = tmp_path / "page.HTML"
    save(paper, out)
    assert out.read_text(encoding="utf-8") == paper.html
    for name, code in [("page.pdf", 3), ("page.docx", 3), ("page.PDF", 3), ("page", 2)]:
        with pytest.raises(SenregError, match=re.escape(".html")) as refusal:
            save(paper, tmp_path / name)
        assert refusal.value.exit_code == code
        assert not (tmp_path / name).exists()
    with pytest.raises(CannotWrite):
        save(paper, book.register.path / "page.html")


def test_there_is_no_other_paper(book: Book) -> None:
    with pytest.raises(WrongUsage, match="no paper called poster") as refusal:
        make(book.register, "poster", today=TODAY)
    assert all(name in refusal.value.do for name in PAPERS)


def test_file_names_say_what_and_when_and_never_who(tmp_path: Path) -> None:
    first = free_path("class", TODAY, tmp_path)
    assert first == tmp_path / "class-sheet-2026-11-22-1.html"
    (tmp_path / "Class-Sheet-2026-11-22-1.HTML").touch()
    assert free_path("class", TODAY, tmp_path).name == "class-sheet-2026-11-22-2.html"
    assert free_path("pupil", TODAY, tmp_path / "new").name == "pupil-page-2026-11-22-1.html"


def test_prints_have_a_folder_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))
    assert prints.prints_folder().is_dir()
    (tmp_path / "file").touch()
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "file"))
    with pytest.raises(CannotWrite, match="folder for prints"):
        prints.prints_folder()


def test_the_browser_is_given_the_files_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(showing.webbrowser, "open", lambda address: not opened.append(address))
    monkeypatch.setenv("BROWSER", "some-browser")
    assert open_in_browser(tmp_path / "a page #1.html")
    assert opened == [(tmp_path / "a page #1.html").as_uri()]
    assert "%23" in opened[0]


def test_without_a_desktop_no_browser_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing.platform, "system", lambda: "Linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not open_in_browser(tmp_path / "page.html")
