"""A paper of a child: chosen, looked at, kept in the form and the place a person says."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.pupil.screen import PupilPage
from senreg.places import documents_folder
from senreg.register import Register
from senreg.reports.definitions import PAPERS
from tests.screens.conftest import LARGE, SMALL, Running


def prints(ending: str) -> list[Path]:
    return sorted((documents_folder() / "prints").glob(f"*{ending}"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_plan_is_made_kept_and_given_out(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch, size, mouse: bool
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr("senreg.reports.showing.open_file", lambda path: shown.append(path) or True)
    async with running(size=size, start="register") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        if mouse:
            await d.click("Print")
            await d.click("Plan", nth=-1)
            await d.click("Individual Support Plan")
        else:
            await d.keys("p")
            await d.type("plan")
            await d.keys("enter")
            await d.type("individual s")
            await d.keys("enter")
        assert d.shows("Individual Support Plan: ")
        assert d.shows("Look at this before you give it out")
        assert d.shows("a page for the browser")
        assert d.shows("Esc Cancel")
        await (d.click("f Form") if mouse else d.keys("f"))
        assert d.shows("a Word document")
        await (d.click("Enter Keep and show") if mouse else d.keys("enter"))
        assert d.shows("Who was given it?")
        await d.type("Mum [/b]")
        await (d.click("Use “Mum [/b]”") if mouse else d.keys("enter"))
        assert isinstance(d.screen, PupilPage)
        assert "version 1, given to Mum [/b]" in d.toasts[-1]
    assert shown == prints(".docx")
    (plan,) = register.by("plans", "pupil")["sam"]
    assert (plan["kind"], plan["shared_with"]) == ("isp", "Mum [/b]")


async def test_a_paper_of_a_child_can_be_left_at_every_step(
    running: Running, register: Register
) -> None:
    async with running(start="register") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        for steps in (
            ("p",),
            ("p", "down", "down", "enter"),
            ("p", "down", "down", "enter", "enter"),
        ):
            await d.keys(*steps)
            assert not isinstance(d.screen, PupilPage)
            await d.keys("escape")
            assert isinstance(d.screen, PupilPage)
        assert prints("") == []
        await d.keys("p", "down", "enter", "s", "escape")
        assert isinstance(d.screen, PupilPage)
    assert len(prints(".html")) == 1
    assert "sam" not in register.by("plans", "pupil")


async def test_the_form_goes_round_and_a_place_of_ones_own_may_be_a_pdf(
    running: Running, tmp_path: Path
) -> None:
    pytest.importorskip("typst")
    async with running(size=LARGE, start="register") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.keys("p", "down", "enter")
        for words in ("a Word document", "a PDF", "a page for the browser"):
            await d.keys("f")
            assert d.shows(words)
        await d.keys("w", "ctrl+u")
        await d.type(str(tmp_path / "mine.pdf"))
        await d.keys("enter", "s")
        assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF")


async def test_a_page_only_has_no_other_form(running: Running) -> None:
    async with running(size=LARGE, start="settings") as d:
        await d.app.action_run("print_lost_laptop")
        await d.settle()
        assert d.shows("Keep and show")
        assert not d.shows("f Form")
        await d.keys("f")
        assert d.shows("a page for the browser")


async def test_a_class_sheet_can_be_a_word_document(running: Running) -> None:
    async with running(start="share") as d:
        await d.keys("p", "enter", "enter", "f", "s")
    assert len(prints(".docx")) == 1


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_the_provision_map_of_the_school_is_made_with_its_costs(
    running: Running, register: Register, tmp_path: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        if mouse:
            await d.click("Papers of the school")
            await d.click("What runs, for whom")
            await d.click("With costs")
        else:
            await d.keys("h", "enter", "down", "enter")
        assert d.shows("Provision map")
        await (d.click("s Keep only") if mouse else d.keys("s"))
        assert not d.shows("Who was given it?")
    (path,) = prints(".html")
    assert "in all" in path.read_text(encoding="utf-8")


async def test_a_childs_provision_is_given_out_as_a_version(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="register") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.keys("p")
        await d.type("provision")
        await d.keys("enter", "enter", "s")
        await d.type("Dad")
        await d.keys("enter")
    (plan,) = register.by("plans", "pupil")["sam"]
    assert (plan["kind"], plan["title"]) == ("provision", "Provision plan, version 1")


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_letters_of_a_class_are_made_or_it_is_said_why_not(
    running: Running, register: Register, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await d.keys("p", "enter")
        await d.type("letter")
        await d.keys("enter", "enter")
        assert d.shows("There is nobody to write to")
        await d.keys("escape")
        with register.commit("Plan") as c:
            pupil = register.get("sam")
            assert pupil is not None
            c.add("conversations", {"pupil": "sam", "planned_for": "2026-12-03"})
            c.add("contacts", {"pupil": "sam", "name": "Mum [/b]", "send_letters": True})
        await d.keys("p")
        await d.type(str(pupil["class_name"]))
        await d.keys("enter")
        if mouse:
            await d.click("Letter to families")
            await d.click("Invitation", nth=-1)
        else:
            await d.type("letter")
            await d.keys("enter", "enter")
        assert d.shows("1 letter, a page each.")
        await (d.click("s Keep only") if mouse else d.keys("s"))
    (path,) = prints(".html")
    assert "Dear Mum [/b]," in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_the_impact_of_a_term_is_made(running: Running, size, mouse: bool) -> None:
    async with running(size=size, start="share") as d:
        await d.keys("h")
        if mouse:
            await d.click("Impact of interventions")
            await d.click("Without costs")
            await d.click("Autumn 2026")
        else:
            await d.type("impact")
            await d.keys("enter", "enter", "down", "enter")
        assert d.shows("Impact of interventions")
        await (d.click("s Keep only") if mouse else d.keys("s"))
    assert len(prints(".html")) == 1


@pytest.mark.parametrize("name", [n for n, each in PAPERS.items() if each.can_be_about("pupil")])
async def test_every_paper_of_a_child_is_made_from_the_childs_page(
    running: Running, register: Register, name: str
) -> None:
    with register.commit("Plan") as c:
        c.add("conversations", {"pupil": "sam", "planned_for": "2026-12-03"})
        c.add("conversations", {"pupil": "sam", "held_on": "2026-11-03"})
        c.add("contacts", {"pupil": "sam", "name": "Mum", "send_letters": True})
        if PAPERS[name].with_plan:
            c.add("sen_statuses", {"pupil": "sam", "code": "E", "start": "2026-11-02"})
    async with running(size=LARGE, start="register") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.keys("p")
        await d.type(PAPERS[name].title)
        await d.keys("enter")
        if PAPERS[name].choices:
            await d.keys("enter")
        assert d.shows("Keep and show")
        await d.keys("s")
    (path,) = prints(".html")
    assert path.name.startswith(PAPERS[name].file_stem)


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_evidence_is_of_the_days_that_are_chosen_or_typed(
    running: Running, size, mouse: bool
) -> None:
    async with running(size=size, start="register") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.keys("p")
        if mouse:
            await d.click("Graduated approach")
            await d.click("Since Autumn 2026")
            assert d.shows("1 Sep 2026 to")
        else:
            await d.type("graduated")
            await d.keys("enter")
            await d.type("soon to later")
            await d.keys("enter")
            assert "soon is not a date" in d.toasts[-1]
            await d.type("1 Sep 2025 to 20 Mar 2026")
            await d.keys("enter")
            assert d.shows("Graduated approach: ")
        await (d.click("s Keep only") if mouse else d.keys("s"))
    assert len(prints(".html")) == 1
    if not mouse:
        assert "1 Sep 2025 to 20 Mar 2026" in prints(".html")[0].read_text(encoding="utf-8")


async def test_papers_of_a_plan_are_not_offered_for_a_child_without_one(running: Running) -> None:
    async with running(size=LARGE, start="register") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.keys("p")
        assert d.shows("Graduated approach")
        assert not d.shows("Annual review papers")


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_figures_for_governors_are_asked_for_with_the_number_that_is_not_told(
    running: Running, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await d.keys("h")
        if mouse:
            await d.click("Figures for governors")
            await d.click("Without costs")
            await d.click("Of fewer than 10")
        else:
            await d.type("governors")
            await d.keys("enter", "enter", "down", "enter")
        assert d.shows("figures for governors")
        await (d.click("s Keep only") if mouse else d.keys("s"))
    (path,) = prints(".html")
    assert "fewer than 10 children" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_a_passport_is_written_into_the_schools_own_template(
    running: Running, tmp_path: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="register") as d:

        async def own(words: str) -> None:
            """Open the menu of templates, and choose."""
            await (d.click("t Your school") if mouse else d.keys("t"))
            if mouse:
                await d.click(words)
            else:
                await d.type(words)
                await d.keys("enter")

        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.keys("p")
        await d.type("passport")
        await d.keys("enter")
        assert d.shows("Esc Cancel")
        await own("What it can name")
        assert d.shows("{{ school }}")
        await d.keys("escape", "escape")
        await own("Have one made to begin from")
        await d.keys("ctrl+u")
        await d.type(str(tmp_path / "ours.docx"))
        await d.keys("enter")
        assert "Change it in Word" in d.toasts[-1]
        await own("Choose a template")
        await d.keys("ctrl+u")
        await d.type(str(tmp_path / "ours.docx"))
        await d.keys("enter")
        assert d.shows("your template ours.docx")
        await d.keys("f")
        assert d.shows("a page for the browser")
        await d.keys("f")
        assert d.shows("Kept as a Word document:")
        await own("Use none")
        assert d.app.settings.templates == {}


async def test_a_template_is_remembered_and_one_that_is_wrong_is_told(
    running: Running, tmp_path: Path
) -> None:
    import docx

    ours = tmp_path / "ours.docx"
    whole = docx.Document()
    whole.add_paragraph("Ours: {{ name }}")
    whole.save(str(ours))
    async with running(size=LARGE, start="register") as d:
        d.app.settings.templates["passport"] = str(ours)
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.keys("p")
        await d.type("passport")
        await d.keys("enter")
        assert d.shows("your template ours.docx")
        await d.keys("s")
        await d.keys("escape")
        (out,) = prints(".docx")
        assert docx.Document(str(out)).paragraphs[0].text.startswith("Ours: ")
        whole.add_paragraph("and {{ name2 }} [/b]")
        whole.save(str(ours))
        await d.keys("p")
        await d.type("passport")
        await d.keys("enter", "s")
        assert d.shows("names “name2”")
        await d.keys("enter")
        assert d.shows("your template ours.docx")
        await d.keys("escape")
        await d.keys("p")
        await d.type("plan")
        await d.keys("enter", "enter")
        assert not d.shows("your template")
    assert prints(".docx") == [out]
