"""The guided import, from the file to the end, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screens.app import SenregApp
from screens.importing.columns import ImportColumns
from screens.importing.done import ImportDone
from screens.importing.lines import FILE_TAB, RECORD_TABS, SHORT, TABS, tabs_of
from screens.importing.preview import ImportPreview
from screens.register.screen import RegisterPage
from screens.welcome.screen import Welcome
from screens.widgets.tabs import Tabs
from senreg.places import documents_folder
from senreg.register import Register
from senreg.settings import Settings
from tests.exchange.ctf.transfer_school import MAJA, PLAIN, ctf
from tests.exchange.spreadsheet_school import write_xlsx
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.sealed import NEW, keep_plain, protect

ROLL = """Guidance: export this from the school's own system
Surname,Forename,DOB,Year,Class,SEN status,Primary need,Favourite [thing]
O'Neil,Sam [EAL],01/03/2018,Year 4,4C,SEN Support,SPLD,
[/b],[/b],01/03/2018,Year 5,5A,EHCP,,dinosaurs [/]
Núñez,=Zoë,03/11/2018,Year 3,3A,SEN Support,SLCN,
Ólafs,😀 Eli,31/02/2014,Year 3,3A,,,
"""

Write = Callable[..., Path]


@pytest.fixture
def write() -> Write:
    """Writes a file where the person's documents are."""

    def written(text: str = ROLL, name: str = "roll.csv") -> Path:
        folder = documents_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


async def look_at(d: Driver, name: str = "roll.csv") -> None:
    """Choose a file by its name, from the Register."""
    await d.keys("i")
    await d.type(name)
    await d.keys("enter")


async def to_preview(d: Driver, *, everyone: bool = False) -> ImportPreview:
    """From the columns to the preview."""
    await d.keys("n")
    await d.type("everyone" if everyone else "some")
    await d.keys("enter")
    assert isinstance(d.screen, ImportPreview)
    return d.screen


async def test_a_transfer_file_with_what_was_passed_over(
    running: Running, register: Register, write: Write
) -> None:
    write(ctf(MAJA, PLAIN), "8012005_CTF.xml")
    async with running(size=SMALL) as d:
        await look_at(d, "8012005_CTF.xml")
        await to_preview(d)
        assert tab_names(d)["New"] == 2
        await go_to(d, "The file")
        assert d.shows("Passed over")
        await d.keys("enter")
        assert d.shows("StageAssessments (1)")
        await d.keys("escape", "n", "enter")
        (maja,) = [row for row in register.all("pupils") if row["upn"] == "B801200005001"]
        assert len(register.by("contacts", "pupil")[maja.id]) == 2


def tab_names(d: Driver) -> dict[str, int]:
    assert isinstance(d.screen, ImportPreview)
    return {title: count for _, title, count, _ in d.screen.tabs._tabs}


async def go_to(d: Driver, title: str) -> None:
    """Go to a tab by the keys."""
    assert isinstance(d.screen, ImportPreview)
    for _ in range(7):
        if d.screen.tab.title == title:
            return
        await d.keys("right")
    raise AssertionError(title)


@pytest.mark.parametrize("by_mouse", [False, True])
async def test_every_part_is_named_in_whole_words_where_there_is_little_room(
    running: Running, write: Write, by_mouse: bool
) -> None:
    write(ctf(MAJA, PLAIN), "8012005_CTF.xml")
    named = ["Settle", "Changed", "New", "Same", "Missing", "Out", "File"]
    async with running(size=SMALL) as d:
        await look_at(d, "8012005_CTF.xml")
        preview = await to_preview(d)
        for tab, name in zip(tabs_of(preview.plan), named, strict=True):
            await (d.click(f" {name} ") if by_mouse else go_to(d, tab.title))
            assert preview.tab.id == tab.id
            assert "…" not in tab_line(preview.tabs)


def tab_line(tabs: Tabs, width: int = SMALL[0]) -> str:
    return "".join(span.text for span in tabs.spans(0, width))


@pytest.mark.parametrize("titles", [(*TABS, FILE_TAB), RECORD_TABS])
def test_the_counts_of_a_large_school_leave_room_for_the_words(titles) -> None:
    tabs = Tabs(short=SHORT)
    counts = [12, 1_500, 1_500, 999, 120, 101, 2]
    shown = [(tab.id, tab.title, n, tab.tone) for tab, n in zip(titles, counts, strict=False)]
    for tab in titles:
        tabs._tabs, tabs.current = shown, tab.id
        words = tab_line(tabs)
        assert "…" not in words
        assert len(words) <= SMALL[0]


async def test_columns_are_recognised_and_told(running: Running, write: Write) -> None:
    write()
    async with running(size=LARGE) as d:
        await look_at(d)
        assert isinstance(d.screen, ImportColumns)
        assert d.shows("Headings in row 2, 4 rows below.")
        assert d.shows("✓ Date of birth")
        assert d.shows("? a dated note")
        assert d.shows("dinosaurs [/]")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_whole_way_by_keyboard(
    running: Running, register: Register, write: Write, size
) -> None:
    write()
    async with running(size=size) as d:
        await look_at(d)
        await to_preview(d)
        assert tab_names(d) == {
            "To settle": 1,
            "Changed": 1,
            "New": 1,
            "Unchanged": 0,
            "Not in the file": 0,
            "Left out": 1,
        }
        assert register.count("pupils") == 5
        await d.keys("enter", "down", "enter")
        await d.keys("n")
        assert d.shows("Bring them in?")
        await d.keys("enter")
        assert isinstance(d.screen, ImportDone)
        assert d.shows("on the register;")
        assert register.count("pupils") == 6
        assert [row["forename"] for row in register.find("pupils", surname="Núñez")] == ["=Zoë"]
        await d.keys("u")
        assert d.shows("Taken back")
        assert register.count("pupils") == 5
        await d.keys("n")
        assert isinstance(d.screen, RegisterPage)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_whole_way_by_mouse(
    running: Running, register: Register, write: Write, size
) -> None:
    write()
    async with running(size=size, start="share") as d:
        await d.click("Import", dx=2, nth=-2)
        await d.click("roll.csv", times=2)
        await d.click("n Go on")
        await d.click("Some: a class", times=2)
        assert isinstance(d.screen, ImportPreview)
        await d.click("New 1")
        assert d.shows("Núñez, =Zoë")
        await d.click("n Go on")
        await d.click("Enter Bring in")
        assert isinstance(d.screen, ImportDone)
        assert register.find("pupils", surname="Núñez")
        await d.click("u takes all of it back")
        assert not register.find("pupils", surname="Núñez")
        await d.click("n Go on")
        assert isinstance(d.screen, RegisterPage)


async def test_a_change_that_is_left_stays_as_it_was(
    running: Running, register: Register, write: Write
) -> None:
    write("UPN,Surname,Forename,DOB,Class\n,Żółkowski,Łukasz,01/03/2018,3B\n,王,小明,,6C\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await go_to(d, "Changed")
        assert d.shows("3A")
        assert d.shows("3B")
        await d.keys("space")
        assert tab_names(d)["Changed"] == 1
        assert d.shows("☐")
        await d.keys("n", "enter")
        assert register.get("lukasz")["class_name"] == "3A"
        assert register.get("ming")["class_name"] == "6C"


async def test_what_was_typed_here_is_marked_before_it_is_overwritten(
    running: Running, register: Register, write: Write
) -> None:
    write("Surname,Forename,DOB,Class\nŻółkowski,Łukasz,01/03/2018,3B\n王,小明,,6C\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await d.keys("n", "enter")
        with register.commit("Edit pupil") as commit:
            commit.set("lukasz", class_name="3 [Oak]")
        await d.keys("n", "2")
        write("Surname,Forename,DOB,Class\nŻółkowski,Łukasz,01/03/2018,3C\n王,小明,,6D\n")
        await look_at(d)
        await to_preview(d)
        await go_to(d, "Changed")
        assert d.shows("! 3 [Oak]")
        assert not d.shows("! 6C"), "that came with a file"
        assert d.shows("A value typed here is overwritten.")
        await d.keys("enter")
        assert d.shows("3 [Oak] (typed here) → 3C")
        await d.keys("escape", "n")
        assert d.shows("2 changed. A value typed here is overwritten.")
        await d.keys("escape", "space")
        assert not d.shows("is overwritten")


async def test_one_chosen_by_hand_is_looked_at_for_what_was_typed(
    running: Running, register: Register, write: Write
) -> None:
    with register.commit("Edit pupil") as commit:
        commit.set("twin", class_name="4 Oak")
    write("Surname,Forename,DOB,Class\nO'Neil,Sam [EAL],01/03/2018,4C\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        assert not d.shows("is overwritten")
        await d.keys("enter")
        await d.type("4 Oak")
        await d.keys("enter")
        assert d.shows("A value typed here is overwritten.")


async def test_a_box_is_clicked_to_leave_a_change(
    running: Running, register: Register, write: Write
) -> None:
    write("Surname,Forename,DOB,Class\nŻółkowski,Łukasz,01/03/2018,3B\n王,小明,,6C\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await d.click("☒")
        assert tab_names(d)["Changed"] == 1
        await d.click("☐")
        assert tab_names(d)["Changed"] == 2


async def test_fields_of_one_row_are_chosen_from_near(
    running: Running, register: Register, write: Write
) -> None:
    write("Surname,Forename,DOB,Class,Year\nŻółkowski,Łukasz,01/03/2018,4B,Year 4\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await d.keys("enter")
        assert d.shows("Row 2: Żółkowski, Łukasz")
        await d.type("class")
        await d.keys("enter", "ctrl+s")
        await d.keys("n", "enter")
        lukasz = register.get("lukasz")
        assert (lukasz["class_name"], lukasz["year_group"]) == ("3A", "4")


async def test_two_who_fit_are_put_to_the_person(
    running: Running, register: Register, write: Write
) -> None:
    write("Surname,Forename,DOB,Class\nO'Neil,Sam [EAL],01/03/2018,4C\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        assert d.shows("Two or more pupils")
        await d.keys("enter")
        assert d.shows("Who is O'Neil, Sam [EAL]?")
        await d.type("4A")
        await d.keys("enter")
        await d.keys("n", "enter")
        assert register.get("twin")["class_name"] == "4C"
        assert register.get("sam")["class_name"] == "4B"


async def test_one_of_two_is_chosen_with_the_mouse_or_is_new(
    running: Running, register: Register, write: Write
) -> None:
    write("Surname,Forename,DOB,Class\nO'Neil,Sam [EAL],01/03/2018,4C\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await d.click("O'Neil, Sam [EAL]", times=2)
        await d.click("A new pupil", times=2)
        assert tab_names(d)["New"] == 1
        await d.click("n Go on")
        await d.click("Enter Bring in")
        assert register.count("pupils") == 6


async def test_who_is_missing_from_the_whole_roll_is_asked_one_by_one(
    running: Running, register: Register, write: Write
) -> None:
    write("Surname,Forename,DOB\nO'Neil,Sam [EAL],01/03/2018\nŻółkowski,Łukasz,01/03/2018\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d, everyone=True)
        await go_to(d, "Not in the file")
        assert d.shows("[/b], [/b]")
        assert d.shows("王, 小明")
        assert d.shows("still here")
        await d.keys("space")
        assert d.shows("left, last day 27 Nov 2026")
        await d.keys("enter")
        await d.keys("end", "ctrl+u")
        await d.type("20/11/2026")
        await d.keys("ctrl+s")
        assert d.shows("left, last day 20 Nov 2026")
        await d.keys("n")
        assert d.shows("2 marked as left") or d.shows("marked as left")
        await d.keys("enter")
        left = {row.id: row["left"] for row in register.all("pupils") if row["left"]}
        assert sorted(left.values()) == ["2026-11-20", "2026-11-27"]


async def test_a_day_of_leaving_that_is_still_to_come_is_not_taken(
    running: Running, write: Write
) -> None:
    write("Surname,Forename,DOB\nO'Neil,Sam [EAL],01/03/2018\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d, everyone=True)
        await go_to(d, "Not in the file")
        await d.keys("enter", "end", "ctrl+u")
        await d.type("3/12/2026")
        await d.keys("ctrl+s")
        assert d.shows("still to come")
        await d.keys("escape", "t")
        assert d.shows("still here")


async def test_a_column_is_placed_by_hand_and_remembered(
    running: Running, register: Register, write: Write
) -> None:
    write("Family,Called,Arrived in our world\nNúñez,Zoë,3/11/2018\n")
    async with running(size=LARGE) as d:
        await look_at(d)
        assert d.shows("no row of headings")
        await d.keys("enter")
        await d.type("family")
        await d.keys("enter")
        assert isinstance(d.screen, ImportColumns)
        await d.keys("n")
        assert "Say first which column names the pupils" in d.toasts[-1]
        for name in ("surname", "forename", "date of birth"):
            await d.keys("enter")
            await d.type(name)
            await d.keys("enter", "down")
        await to_preview(d)
        await d.keys("n", "enter")
        assert [row["dob"] for row in register.find("pupils", surname="Núñez")] == ["2018-11-03"]
        assert register.count("column_mappings") == 1


async def test_a_column_is_kept_as_a_note_or_left_out(
    running: Running, register: Register, write: Write
) -> None:
    write("Surname,Forename,DOB,Bus\nNúñez,Zoë,3/11/2018,Route [5]\nIvo,Al,3/11/2018,Route 6\n")
    async with running() as d:
        await look_at(d)
        await d.keys("end", "x")
        assert d.shows("– left out")
        await d.keys("k")
        assert d.shows("◆ a dated note")
        await to_preview(d)
        await d.keys("n", "enter")
        texts = [row["text"] for row in register.all("notes")]
        assert any("Route [5]" in text for text in texts)


async def test_a_row_is_left_out_and_brought_back(running: Running, write: Write) -> None:
    write("Surname,Forename,DOB\nNúñez,Zoë,3/11/2018\nIvo,Al,3/11/2018\n")
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await d.keys("x")
        assert (tab_names(d)["New"], tab_names(d)["Left out"]) == (1, 1)
        await go_to(d, "Left out")
        assert d.shows("You left it out.")
        await d.keys("space")
        assert (tab_names(d)["New"], tab_names(d)["Left out"]) == (2, 0)


@pytest.mark.parametrize("mouse", [False, True])
async def test_it_can_be_left_at_every_step(
    running: Running, register: Register, write: Write, mouse: bool
) -> None:
    write()
    before = register.version
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await d.keys("n")
        await (d.click("Esc Look again") if mouse else d.keys("escape"))
        assert isinstance(d.screen, ImportPreview)
        await (d.click("1 Columns") if mouse else d.keys("escape"))
        assert isinstance(d.screen, ImportColumns)
        await d.keys("escape")
        assert isinstance(d.screen, RegisterPage)
        assert register.version == before


async def test_going_back_asks_before_answers_are_lost(running: Running, write: Write) -> None:
    write()
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await go_to(d, "New")
        await d.keys("space", "escape")
        assert d.shows("Go back and lose what you answered here?")
        await d.keys("escape")
        assert isinstance(d.screen, ImportPreview)
        await d.keys("escape", "enter")
        assert isinstance(d.screen, ImportColumns)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "is empty"),
        ("binary.csv", b"PK\x03\x04\x00\x01rubbish", "zipped"),
        ("broken.xlsx", b"PK\x03\x04\x00\x01rubbish", "broken"),
        ("letter.csv", b"Dear parents", "no pupils"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    running: Running, register: Register, write: Write, name: str, content: bytes, says: str
) -> None:
    write(name=name).write_bytes(content)
    before = register.version
    async with running(size=LARGE) as d:
        await look_at(d, name)
        assert says in d.text or "cannot be" in d.text
        assert "Traceback" not in d.text
        await d.keys("escape")
        assert isinstance(d.screen, RegisterPage)
        assert register.version == before


async def test_a_register_that_changed_meanwhile_asks_for_a_new_preview(
    running: Running, register: Register, write: Write
) -> None:
    write()
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        with register.commit("Meanwhile") as c:
            c.set("ming", class_name="6B")
        await d.settle()
        await d.keys("n")
        assert d.shows("The register was changed since this preview was made")
        await d.keys("enter")
        await d.keys("n")
        assert d.shows("Bring them in?")


async def test_a_class_sheet_is_offered_at_the_end(
    running: Running, register: Register, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(
        "senreg.reports.showing.open_in_browser", lambda path: shown.append(path) or True
    )
    write()
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await d.keys("n", "enter")
        assert d.shows("Class sheets to print")
        await d.click("4B")
        await d.click("p Print", nth=-1)
        assert d.shows("Class sheet 4B")
        await d.keys("enter")
        assert len(shown) == 1
        await d.keys("home", "space", "space", "p")
        assert d.shows("Make 2 class sheets?")
        await d.keys("enter")
        assert len(shown) == 3
        assert all(path.exists() for path in shown)


# From nothing to a register


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_register_is_started_from_a_spreadsheet(write: Write, size, mouse: bool) -> None:
    path = write()
    app = SenregApp(None, Settings())
    async with app.run_test(size=size, notifications=True) as pilot:
        d = Driver(app, pilot)
        await d.settle()
        if mouse:
            await d.click("Start from my spreadsheet")
            await d.click("roll.csv", times=2)
        else:
            await d.keys("s")
            await d.type("roll.csv")
            await d.keys("enter")
        await d.type("Moss [/] School")
        await (d.click("Ctrl+S Go on") if mouse else d.keys("ctrl+s"))
        assert isinstance(d.screen, ImportColumns)
        await (d.click("n Go on") if mouse else d.keys("n"))
        assert isinstance(d.screen, ImportPreview)
        assert tab_names(d)["New"] == 3
        await (d.click("n Go on") if mouse else d.keys("n"))
        await (d.click("Enter Bring in") if mouse else d.keys("enter"))
        assert d.shows("Where the register is to be kept")
        await (d.click("Enter Keep it here") if mouse else d.keys("enter"))
        assert not (path.parent / "school.senreg").exists()
        await (keep_plain(d, mouse=True) if mouse else protect(d, NEW))
        assert isinstance(d.screen, ImportDone)
        assert app.register is not None
        assert app.register.path == path.parent / "school.senreg"
        assert app.register.sealed is not mouse
        assert app.register.school["name"] == "Moss [/] School"
        assert app.register.count("pupils") == 3
        assert d.shows("3 on the register")
        await (d.click("n Go on") if mouse else d.keys("n"))
        assert d.shows("O'Neil, Sam [EAL]")
        await d.keys("u")
        assert app.register.count("pupils") == 0
    assert app.register is not None
    app.register.close()


async def test_starting_can_be_left_without_a_trace(write: Write) -> None:
    path = write()
    app = SenregApp(None, Settings())
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        d = Driver(app, pilot)
        await d.settle()
        await d.keys("s")
        await d.type("roll.csv")
        await d.keys("enter")
        await d.type("Moss")
        await d.keys("ctrl+s", "n", "n", "enter")
        assert d.shows("Where the register is to be kept")
        await d.keys("escape", "escape", "escape")
        assert isinstance(d.screen, Welcome)
        assert app.register is None
    assert [each.name for each in path.parent.iterdir() if each.is_dir()] == []


async def test_answers_are_asked_about_before_a_mode_or_quitting_loses_them(
    running: Running, write: Write
) -> None:
    write()
    async with running() as d:
        await look_at(d)
        await to_preview(d)
        await go_to(d, "New")
        await d.keys("space", "2")
        assert d.shows("Go back and lose what you answered here?")
        await d.keys("escape", "ctrl+q")
        assert d.shows("Leave in the middle of an import?")
        await d.keys("escape")
        assert isinstance(d.screen, ImportPreview)
        assert d.app.return_code is None


def workbook(name: str = "ours [2026].xlsx") -> Path:
    """A workbook as a school keeps it: guidance on one sheet, pupils on two."""
    import xlsxwriter

    path = documents_folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Read me").write(0, 0, "Please do not change")
        for sheet, rows in (
            (
                "SEN now",
                [("Surname", "Forename", "DOB", "SEN status"), ("Núñez", "Zoë", "", "K")],
            ),
            ("Leavers", [("Surname", "Forename"), ("Gone", "Al"), ("Away", "Bo"), ("Off", "Cy")]),
        ):
            page = book.add_worksheet(sheet)
            page.write(0, 0, "Report of today")
            for number, row in enumerate(rows, start=2):
                page.write_row(number, 0, row)
    return path


async def test_the_sheet_with_pupils_is_found_and_another_can_be_taken(
    running: Running, register: Register
) -> None:
    workbook()
    async with running(size=LARGE) as d:
        await look_at(d, "ours")
        assert d.shows("ours [2026].xlsx, sheet SEN now")
        assert d.shows("Headings in row 3, 1 row below.")
        await d.keys("t")
        await d.type("leav")
        await d.keys("enter")
        assert d.shows("sheet Leavers")
        await to_preview(d)
        assert tab_names(d)["New"] == 3


async def test_another_sheet_that_is_called_like_a_table_is_taken_for_its_rows(
    running: Running, register: Register
) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    attended = [["Child", "From", "To", "Possible sessions"], ["王, 小明", "1/9/2024", "", 380]]
    sheets = {"Pupils": [["Surname", "Forename"], ["O'Neill", "Sam"]], "Attendance": attended}
    write_xlsx(documents_folder() / "mine.xlsx", sheets)
    async with running(size=LARGE) as d:
        await look_at(d, "mine.xlsx")
        assert d.shows("sheet Pupils")
        await d.keys("t")
        await d.type("att")
        await d.keys("enter")
        assert d.shows("sheet Attendance")
        assert isinstance(d.screen, ImportColumns)
        assert d.screen.import_task.taken.table == "attendance"


async def test_another_row_can_be_the_row_of_headings(running: Running, write: Write) -> None:
    write("Surname,Forename\nFamily,Given\nNúñez,Zoë\n")
    async with running(size=LARGE) as d:
        await look_at(d)
        assert d.shows("Headings in row 1")
        await d.click("r Heading row")
        await d.click("Family  Given", times=2)
        assert d.shows("Headings in row 2")


async def test_a_file_with_one_sheet_has_no_other(running: Running, write: Write) -> None:
    write()
    async with running() as d:
        await look_at(d)
        await d.keys("t")
        assert d.toasts == ["This file has one sheet only."]


async def test_it_can_be_done_in_a_very_small_window(
    running: Running, register: Register, write: Write
) -> None:
    write()
    async with running(size=(40, 10)) as d:
        await look_at(d)
        await to_preview(d)
        await d.keys("n", "enter")
        assert isinstance(d.screen, ImportDone)
        assert register.count("pupils") == 6
