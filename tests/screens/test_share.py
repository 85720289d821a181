"""Share: bundles out and in, conflicts, spreadsheets and papers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from screens.share.conflicts import Conflicts
from screens.share.screen import Share
from senreg.places import documents_folder
from senreg.register import Register
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from tests.screens.conftest import LARGE, SMALL, Running

TODAY = "2026-11-27"


@pytest.fixture
def documents() -> Path:
    folder = documents_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def from_elsewhere(register: Register, documents: Path, tmp_path: Path) -> Path:
    """A bundle of a second copy, on which Sam's class was changed; it is changed here as well."""
    first = tmp_path / "first.senreg-bundle"
    export_bundle(register, first)
    with join(first, tmp_path / "second.senreg", person="olafsson") as second:
        with second.commit("Change") as c:
            c.set("sam", class_name="4 [away]")
        with second.commit("Change") as c:
            c.set("ming", what_helps="Pictures [/] first")
        path = documents / "from-4b.senreg-bundle"
        export_bundle(second, path)
    with register.commit("Change") as c:
        c.set("sam", class_name="4 [here]")
    return path


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
async def test_everything_there_is_to_do_is_named(running: Running, size) -> None:
    async with running(size=size, start="share") as d:
        assert isinstance(d.screen, Share)
        assert d.shows("Export a bundle")
        if size != (40, 10):
            for words in ("Merge a bundle", "Conflicts", "Spreadsheet", "Papers of a class"):
                assert d.shows(words)
            assert d.shows("✓ None")


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_bundle_is_exported_under_todays_date(
    running: Running, register: Register, documents: Path, mouse: bool
) -> None:
    async with running(start="share") as d:
        await (d.click("Export a bundle") if mouse else d.keys("x"))
        await (d.click("Enter Write it here") if mouse else d.keys("enter"))
        assert d.shows("The bundle is written")
        await (d.click("Enter Close") if mouse else d.keys("enter"))
        assert isinstance(d.screen, Share)
    bundle = read_bundle(documents / f"register-{TODAY}.senreg-bundle")
    assert bundle.register == register.register_id


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_for_a_copy_that_was_met_only_what_it_lacks_is_written(
    running: Running, register: Register, from_elsewhere: Path, documents: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await d.keys("m")
        await d.type("from-4b.senreg-bundle")
        await d.keys("enter", "enter", "escape", "x")
        assert d.shows("For whom is the bundle?")
        await d.keys("escape", "x")
        await (d.click("’s copy", nth=-1) if mouse else d.keys("down", "enter"))
        assert d.shows("copy lacks")
        await (d.click("Enter Write it here") if mouse else d.keys("enter"))
        await d.keys("enter", "x", "enter", "enter")
        assert d.shows("The bundle is written")
    part, whole = map(read_bundle, sorted(documents.glob("register-*")))
    if not part.since:
        part, whole = whole, part
    assert part.since
    assert not whole.since
    written = [each for commit in part.commits for each in commit["ops"]]
    assert [(each["record"], list(each["c"])) for each in written] == [("sam", ["class_name"])]


async def test_an_export_can_be_left(running: Running, documents: Path) -> None:
    async with running(start="share") as d:
        await d.keys("x", "escape")
        assert isinstance(d.screen, Share)
    assert list(documents.glob("*.senreg-bundle")) == []


async def test_a_file_that_is_there_is_asked_about(running: Running, documents: Path) -> None:
    taken = documents / "mine.senreg-bundle"
    taken.write_text("precious", encoding="utf-8")
    async with running(start="share") as d:
        await d.keys("x", "ctrl+u")
        await d.type("mine")
        await d.keys("enter")
        assert d.shows("A file of that name is there already")
        await d.keys("escape")
        assert taken.read_text(encoding="utf-8") == "precious"
        await d.keys("enter", "enter")
        assert d.shows("The bundle is written")
    assert read_bundle(taken)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_merge_is_read_first_then_brought_in_and_its_conflict_settled(
    running: Running, register: Register, from_elsewhere: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        if mouse:
            await d.click("Merge a bundle")
            await d.click(from_elsewhere.name, times=2)
        else:
            await d.keys("m")
            await d.type(from_elsewhere.name)
            await d.keys("enter")
        assert d.shows("What this bundle brings")
        assert d.shows("Mr Ólafsson")
        assert d.shows("Conflict: Class")
        assert register.get("ming")["what_helps"] is None
        await (d.click("Enter Bring it in") if mouse else d.keys("enter"))
        assert register.get("ming")["what_helps"] == "Pictures [/] first"
        assert isinstance(d.screen, Conflicts)
        assert d.shows("4 [here]") or d.shows("4 [away]")
        await (d.click("Class", nth=-1, times=2) if mouse else d.keys("enter"))
        away = [line for line in d.lines if "4 [" in line and "settle" not in line][-2:]
        taken = "1" if "away" in away[0] else "2"
        await (d.click(f"{taken} Take this") if mouse else d.keys(taken))
        assert register.conflicts() == []
        assert register.get("sam")["class_name"] == "4 [away]"
        assert d.shows("There are no conflicts")
        assert "Settled. There are none left." in d.toasts


async def test_a_merge_can_be_left_after_reading_it(
    running: Running, register: Register, from_elsewhere: Path
) -> None:
    before = register.version
    async with running(start="share") as d:
        await d.keys("m")
        await d.type("from-4b")
        await d.keys("enter", "escape")
        assert isinstance(d.screen, Share)
    assert register.version == before


async def test_a_bundle_with_nothing_new_says_so(
    running: Running, register: Register, documents: Path
) -> None:
    export_bundle(register, documents / "own.senreg-bundle")
    async with running(start="share") as d:
        await d.keys("m")
        await d.type("own")
        await d.keys("enter")
        assert d.shows("There is nothing new in this bundle")


async def test_a_bundle_of_another_register_is_refused(
    running: Running, documents: Path, tmp_path: Path
) -> None:
    with Register.create(tmp_path / "other.senreg", "Other") as other:
        export_bundle(other, documents / "other.senreg-bundle")
    async with running(start="share") as d:
        await d.keys("m")
        await d.type("other")
        await d.keys("enter")
        assert d.shows("That bundle comes from another register.")


async def test_a_conflict_is_settled_with_another_value(
    running: Running, register: Register, from_elsewhere: Path
) -> None:
    async with running(start="share") as d:
        await d.keys("m")
        await d.type("from-4b")
        await d.keys("enter", "enter")
        await d.keys("enter", "w", "end", "ctrl+u")
        await d.type("4 [both]")
        await d.keys("ctrl+s")
        assert register.get("sam")["class_name"] == "4 [both]"
        assert register.conflicts() == []


async def test_the_record_behind_a_conflict_can_be_opened(
    running: Running, register: Register, from_elsewhere: Path
) -> None:
    async with running(start="share") as d:
        await d.keys("m")
        await d.type("from-4b")
        await d.keys("enter", "enter", "r")
        assert d.shows("Sam [EAL] O'Neil")
        await d.keys("escape")
        assert isinstance(d.screen, Conflicts)


async def test_joining_is_explained(running: Running) -> None:
    async with running(start="share") as d:
        await d.keys("j")
        assert d.shows("Open or join a copy")
        await d.keys("escape")
        assert isinstance(d.screen, Share)


@pytest.mark.parametrize("mouse", [False, True])
async def test_every_table_goes_into_a_workbook(
    running: Running, documents: Path, mouse: bool
) -> None:
    async with running(start="share") as d:
        await (d.click("Spreadsheet", nth=1) if mouse else d.keys("t"))
        await (d.click("Ctrl+S Choose where") if mouse else d.keys("ctrl+s"))
        await (d.click("Enter Write it here") if mouse else d.keys("enter"))
        assert d.shows("The spreadsheet is written")
    written = documents / f"register-{TODAY}.xlsx"
    assert written.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("mouse", [False, True])
async def test_an_empty_workbook_to_fill_in(running: Running, documents: Path, mouse: bool) -> None:
    async with running(start="share") as d:
        await (d.click("Empty template") if mouse else d.keys("e"))
        await d.type("target rev")
        await (d.click("Target reviews") if mouse else d.keys("enter"))
        await (d.click("Enter Write it here") if mouse else d.keys("enter"))
        assert d.shows("The template is written")
        await d.keys("escape")
    written = documents / f"target_reviews-template-{TODAY}.xlsx"
    assert written.read_bytes().startswith(b"PK")


async def test_one_table_goes_into_a_csv_file(running: Running, documents: Path) -> None:
    async with running(start="share") as d:
        await d.keys("t", "enter")
        await d.type("pupils")
        await d.keys("enter", "tab", "enter")
        await d.type("csv")
        await d.keys("enter", "ctrl+s", "enter")
        assert d.shows("5 records.")
    written = documents / f"pupils-{TODAY}-delete-after-2026-12-31.csv"
    with written.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "王" in {row["Surname"] for row in rows}
    assert "Sam [EAL]" in {row["Forename"] for row in rows}


async def test_a_csv_file_cannot_hold_every_table(running: Running) -> None:
    async with running(start="share") as d:
        await d.keys("t", "tab", "enter")
        await d.type("csv")
        await d.keys("enter", "ctrl+s")
        assert d.shows("A CSV file holds one table")
        await d.keys("escape")
        assert isinstance(d.screen, Share)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What a browser was asked to show."""
    shown: list[Path] = []
    monkeypatch.setattr(
        "senreg.reports.showing.open_in_browser", lambda path: shown.append(path) or True
    )
    return shown


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_class_sheet_is_looked_at_kept_and_shown(
    running: Running, browser: list[Path], size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        if mouse:
            await d.click("Papers of a class")
            await d.click("4B")
            await d.click("Class sheet", nth=-1)
        else:
            await d.keys("p")
            await d.type("4B")
            await d.keys("enter", "enter")
        assert d.shows("Class sheet 4B")
        assert d.shows("One instruction at a time.")
        await (d.click("Enter Keep and show") if mouse else d.keys("enter"))
        assert isinstance(d.screen, Share)
    (path,) = browser
    assert "Sam [EAL]" in path.read_text(encoding="utf-8")


async def test_a_paper_and_a_merge_say_what_enter_does_in_a_very_small_window(
    running: Running, from_elsewhere: Path
) -> None:
    async with running(size=(40, 10), start="share") as d:
        await d.keys("p", "enter", "enter")
        assert d.shows("Enter Keep and show")
        assert d.shows("It is not encrypted")
        await d.keys("escape", "m")
        await d.type(from_elsewhere.name)
        await d.keys("enter")
        assert d.shows("What this bundle brings")
        assert d.shows("Enter Bring it in")


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_pupil_page_is_kept_where_the_person_says(
    running: Running, browser: list[Path], documents: Path, mouse: bool
) -> None:
    async with running(size=LARGE, start="share") as d:
        if mouse:
            await d.click("Papers of a child")
            await d.click("王, 小明")
            await d.click("All support, in full")
            await d.click("w Where")
        else:
            await d.keys("g")
            await d.type("小明")
            await d.keys("enter", "enter", "w")
        await d.keys("ctrl+u")
        await d.type(str(documents / "mum"))
        await (d.click("Enter Keep it here") if mouse else d.keys("enter"))
        assert d.shows("mum.html")
        await (d.click("s Keep only") if mouse else d.keys("s"))
        assert isinstance(d.screen, Share)
    assert browser == []
    assert "小明" in (documents / "mum.html").read_text(encoding="utf-8")


async def test_a_paper_can_be_left(running: Running, browser: list[Path]) -> None:
    async with running(start="share") as d:
        await d.keys("p", "enter", "enter", "escape")
        assert isinstance(d.screen, Share)
    assert browser == []
    assert list((documents_folder() / "prints").glob("*.html")) == []


async def test_without_a_browser_the_file_is_named(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("senreg.reports.showing.open_in_browser", lambda path: False)
    async with running(start="share") as d:
        await d.keys("p", "enter", "enter", "enter")
        assert "No browser could be started." in d.toasts[-1]
        assert ".html" in d.toasts[-1]


async def test_a_register_for_reading_only_takes_nothing_in(
    running: Running, register: Register, documents: Path
) -> None:
    path = register.path
    register.close()
    with Register.open(path, read_only=True) as seen:
        async with running(start="share", opened=seen) as d:
            await d.keys("m")
            assert d.toasts[-1] == "This register is open for reading only."
            await d.keys("i")
            assert isinstance(d.screen, Share)
            await d.keys("x", "enter")
            assert d.shows("The bundle is written")


async def test_the_census_goes_out_with_what_it_would_query(
    running: Running, documents: Path
) -> None:
    async with running(size=SMALL, start="share") as d:
        await d.keys("t", "enter")
        await d.type("the school census")
        await d.keys("enter", "ctrl+s", "enter")
        assert d.shows("The census is written")
        assert d.shows("Delete it after 31 Dec 2026")
        assert d.shows("no primary need")
    assert (documents / f"census-{TODAY}.xlsx").read_bytes().startswith(b"PK")
