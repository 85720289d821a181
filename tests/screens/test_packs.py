"""A child's whole file, looked through entry by entry and handed out."""

from __future__ import annotations

import json
import zipfile

from screens.pupil.pack import PackPage
from screens.pupil.screen import PupilPage
from senreg.register import Register
from tests.screens.conftest import LARGE, Running


async def gather(d, command: str) -> PackPage:
    await d.app.push_screen(PupilPage("sam"))
    await d.settle()
    await d.keys("ctrl+p")
    await d.type(command)
    await d.keys("enter")
    assert isinstance(d.screen, PackPage)
    return d.screen


async def write(d, path) -> None:
    await d.keys("ctrl+s", "end", "ctrl+u")
    await d.type(str(path))
    await d.keys("enter")


async def test_an_entry_is_left_out_and_only_its_ground_is_said(
    running: Running, register: Register, tmp_path
) -> None:
    with register.commit("Note") as c:
        text = "Pushed Łukasz Żółkowski [/b]"
        note = c.add("notes", {"pupil": "sam", "kind": "incident", "text": text})
    async with running(size=LARGE) as d:
        page = await gather(d, "subject access")
        assert d.shows("it names another child")
        page.rows.go_to(note)
        await d.keys("enter")
        assert d.shows("Pushed Łukasz Żółkowski [/b]")
        await d.keys("escape")
        page.rows.go_to(note)
        await d.keys("space")
        assert d.shows("1 left out")
        await write(d, tmp_path / "pack.json")
        assert d.shows("hand it over safely")
        text = (tmp_path / "pack.json").read_text(encoding="utf-8")
        assert "Żółkowski" not in text
        assert json.loads(text)["left_out"] == [
            {"kind": "note", "ground": ["other_child", "opinion"]}
        ]
        await d.keys("escape")
        assert isinstance(d.screen, PupilPage)


async def test_what_comes_back_brings_what_it_belongs_to(
    running: Running, register: Register
) -> None:
    with register.commit("Review") as c:
        review = c.add("target_reviews", {"target": "target", "evidence": "4 of 5"})
    async with running(size=LARGE) as d:
        page = await gather(d, "subject access")
        page.rows.go_to("target")
        await d.keys("space")
        assert {each.id for each in page.pack.left_out} == {"target", review}
        page.rows.go_to(review)
        await d.keys("space")
        assert page.pack.left_out == ()
        page.rows.go_to("sam")
        await d.keys("space")
        assert d.shows("What belongs to the child can")


async def test_a_file_is_sent_on_and_the_day_kept(
    running: Running, register: Register, tmp_path
) -> None:
    async with running() as d:
        await gather(d, "send the file on")
        await write(d, tmp_path / "file")
        assert d.shows("is written")
        assert zipfile.is_zipfile(tmp_path / "file.zip")
        assert register.get("sam")["records_sent"] == "2026-11-27"


async def test_the_sen_file_is_one_of_the_papers_of_a_child(running: Running, tmp_path) -> None:
    async with running(size=LARGE, start="register") as d:
        await d.app.push_screen(PupilPage("sam"))
        await d.settle()
        await d.click("Print")
        await d.click("SEN file")
        assert isinstance(d.screen, PackPage)
        await write(d, tmp_path / "file.docx")
        assert d.shows("hand it over safely")
    assert (tmp_path / "file.docx").read_bytes().startswith(b"PK")
