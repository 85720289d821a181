"""Papers about the register itself: what they say, and what they must never say."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.register import Register
from senreg.reports.keeping import Whose, handover_page, held, last_used, recovery_sheet
from senreg.reports.papers import Paper, make
from senreg.settings import Settings
from senreg.store.folder import Store
from senreg.store.recovery_key import written
from tests.store.sealing_keys import fresh_keys

from .conftest import TODAY, Book, Words

KEY = written(bytes(range(20)))
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}[/b]&amp;'\""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))


def papers_of(register: Register) -> list[Paper]:
    return [
        recovery_sheet(Whose(HOSTILE, HOSTILE), KEY, TODAY),
        handover_page(register, TODAY, HOSTILE),
        make(register, "lost-laptop", today=TODAY),
    ]


def test_text_is_never_markup_and_a_page_asks_nobody_for_anything(book: Book) -> None:
    for paper in papers_of(book.register):
        shown = Words(paper.html)
        assert not shown.tags & {"script", "img", "link", "iframe", "object", "a", "form", "svg"}
        assert not shown.attributes & {"src", "href", "onerror", "onload", "action"}
        assert "49" not in shown.text
        assert "default-src 'none'" in paper.html


def test_the_recovery_sheet_says_what_it_is_whose_and_who_keeps_it() -> None:
    text = Words(recovery_sheet(Whose("Hill School", "hill.senreg", True), KEY, TODAY).html).text
    assert all(group in text for group in KEY.split("-"))
    for words in ("Hill School", "hill.senreg", "The head", "safe", "F3", "nobody in this school"):
        assert words in text


def test_no_paper_about_the_register_names_a_child(book: Book) -> None:
    book.child("Zephyrine", "Quux")
    for paper in papers_of(book.register):
        assert "Zephyrine" not in paper.html
        assert "Quux" not in paper.html


def test_what_was_on_a_laptop_is_counted_put_away_records_too(book: Book) -> None:
    before = book.register.count("pupils")
    pupil = book.child("Zephyrine", "Quux")
    with book.register.commit("Archive") as c:
        c.archive(pupil)
    children = f"{before + 1:,} {'child' if before == 0 else 'children'}"
    assert children in held(book.register)
    assert children in Words(make(book.register, "lost-laptop", today=TODAY).html).text


def test_a_plain_and_a_sealed_register_are_not_told_alike(book: Book, tmp_path: Path) -> None:
    keys = fresh_keys()
    Store.create(tmp_path / "sealed", keys=keys).close()
    with Register.open(tmp_path / "sealed", unlock=keys) as sealed:
        for name in ("lost-laptop", "handover"):
            plain_text = Words(make(book.register, name, today=TODAY).html).text
            sealed_text = Words(make(sealed, name, today=TODAY).html).text
            assert "not encrypted" in plain_text
            assert "not encrypted" not in sealed_text


def test_when_it_was_last_used_here_is_said_if_it_is_known(book: Book) -> None:
    assert last_used(book.register) == ""
    Settings(last_seen={book.register.register_id: 1_795_000_000_000}).save()
    assert last_used(book.register) == "18 Nov 2026"
    assert "18 Nov 2026" in Words(make(book.register, "lost-laptop", today=TODAY).html).text


def test_a_handover_page_without_a_keeper_leaves_a_line(book: Book) -> None:
    assert 'class="line"' in handover_page(book.register, TODAY).html
    named = handover_page(book.register, TODAY, "Mrs Hill").html
    assert "Mrs Hill" in named
    assert 'class="line"' not in named
