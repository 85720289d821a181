"""Conflicts before a person: both values, word by word, and whatever may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.share.conflicts import Conflicts
from screens.share.settling import SettleDialog
from senreg.register import Register
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge
from tests.screens.conftest import LARGE, SMALL, Running

HERE = "Short steps, pictures [b]first[/b], then a quiet place."
AWAY = "Short steps, words [b]first[/b], then a quiet place."


@pytest.fixture
def parted(register: Register, tmp_path: Path, one_day) -> Register:
    """Two people wrote apart on two copies: of Sam three things, of Ming one."""
    export_bundle(register, tmp_path / "out.senreg-bundle")
    with join(tmp_path / "out.senreg-bundle", tmp_path / "away", person="olafsson") as away:
        with away.commit("Away") as c:
            c.set("sam", class_name="4 [away]", what_helps=AWAY, key_teacher="olafsson")
            c.set("ming", class_name="4 [away]")
        export_bundle(away, tmp_path / "back.senreg-bundle")
    one_day(60)
    with register.commit("Here") as c:
        c.set("sam", class_name="4 [here]", what_helps=HERE, key_teacher=None)
        c.set("ming", class_name="4 [here]")
    apply_merge(register, plan_merge(register, read_bundle(tmp_path / "back.senreg-bundle")))
    assert len(register.conflicts()) == 4
    return register


async def on(d, words: str, *, mouse: bool) -> None:
    """Open the conflict whose line begins so."""
    if mouse:
        await d.click(words, times=2)
    else:
        conflicts = d.screen.conflicts
        place = next(n for n, row in enumerate(conflicts.rows) if row.field == words)
        await d.keys("home", *["down"] * place, "enter")
    assert isinstance(d.screen, SettleDialog)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_what_differs_is_marked_by_signs_and_not_by_colour_alone(
    running: Running, parted: Register, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await (d.click("Conflicts", nth=-1, times=2) if mouse else d.keys("c"))
        assert isinstance(d.screen, Conflicts)
        await on(d, "What helps", mouse=mouse)
        assert d.shows("+pictures+ [b]first[/b]")
        assert d.shows("+words+ [b]first[/b]")
        assert d.shows("Mr Ólafsson, 27 Nov")
        assert d.shows(", shown now")
        await (d.click("Esc Leave it open") if mouse else d.keys("escape"))
        assert isinstance(d.screen, Conflicts)
    assert len(parted.conflicts()) == 4


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize(
    ("key", "words", "held"),
    [
        ("1", "1 Take this", HERE),
        ("2", "2 Take this", AWAY),
        ("b", "b Take both", f"{AWAY}\n{HERE}"),
    ],
)
async def test_a_text_is_settled_by_either_or_both(
    running: Running, parted: Register, size, mouse: bool, key: str, words: str, held: str
) -> None:
    async with running(size=size, start="share") as d:
        await d.keys("c")
        await on(d, "What helps", mouse=mouse)
        await (d.click(words) if mouse else d.keys(key))
        assert "Settled. 3 left." in d.toasts
    assert parted.get("sam")["what_helps"] == held


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_new_text_begins_with_both(
    running: Running, parted: Register, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await d.keys("c")
        await on(d, "What helps", mouse=mouse)
        await (d.click("w Write another") if mouse else d.keys("w"))
        await (d.click("Esc Leave") if mouse else d.keys("escape"))
        assert isinstance(d.screen, SettleDialog), "leaving it leads back to the choice"
        await (d.click("w Write another") if mouse else d.keys("w"))
        await (d.click("Ctrl+S Settle") if mouse else d.keys("ctrl+s"))
        assert "Settled. 3 left." in d.toasts
    assert parted.get("sam")["what_helps"] == f"{AWAY}\n{HERE}"


async def test_a_class_holds_one_value(running: Running, parted: Register) -> None:
    async with running(start="share") as d:
        await d.keys("c")
        await on(d, "Class", mouse=False)
        assert not d.shows("Take both")
        await d.keys("b", "3")
        assert isinstance(d.screen, SettleDialog)
    assert len(parted.conflicts()) == 4


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_everything_about_one_pupil_is_settled_at_once_and_undone_at_once(
    running: Running, parted: Register, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await d.keys("c")
        await on(d, "What helps", mouse=False)
        await d.keys("escape")
        await (d.click("a All of one pupil") if mouse else d.keys("a"))
        assert d.shows("All 3 conflicts about Sam [EAL] O'Neil")
        assert d.shows("settles 1 of 3")
        if mouse:
            await d.click("What Mr Ólafsson wrote")
        else:
            await d.type("olafsson")
            await d.keys("enter")
        assert "Settled. 1 left." in d.toasts
        sam = parted.get("sam")
        assert (sam["class_name"], sam["what_helps"], sam["key_teacher"]) == (
            "4 [away]",
            AWAY,
            "olafsson",
        )
        await d.keys("u")
        assert len(parted.conflicts()) == 4


def part(register: Register, folder: Path, here: str, away: str) -> None:
    """What helps Sam, written apart on two copies."""
    export_bundle(register, folder / "out.senreg-bundle")
    with join(folder / "out.senreg-bundle", folder / "away", person="olafsson") as copy:
        with copy.commit("Away") as c:
            c.set("sam", what_helps=away)
        export_bundle(copy, folder / "back.senreg-bundle")
    with register.commit("Here") as c:
        c.set("sam", what_helps=here)
    apply_merge(register, plan_merge(register, read_bundle(folder / "back.senreg-bundle")))


async def test_of_long_texts_what_differs_is_seen_at_once(
    running: Running, register: Register, tmp_path: Path
) -> None:
    long = "\n".join(f"Step {number}: wait [here]" for number in range(60))
    part(register, tmp_path, long.replace("Step 30:", "Pause 30:"), long)
    async with running(size=SMALL, start="share") as d:
        await d.keys("c", "enter")
        for words in ("[…] is in both", "+Pause+ 30:", "1 Take this", "+Step+ 30:"):
            assert d.shows(words), words
        await d.keys("b")
    assert register.conflicts() == []
    assert len(str(register.get("sam")["what_helps"]).split("\n")) == 61


@pytest.mark.parametrize("mouse", [False, True])
async def test_texts_longer_than_the_window_can_be_read_and_taken(
    running: Running, register: Register, tmp_path: Path, mouse: bool
) -> None:
    here, away = ("\n".join(f"{word}{number}" for number in range(20)) for word in ("here", "away"))
    part(register, tmp_path, here, away)
    async with running(size=SMALL, start="share") as d:
        await d.keys("c", "enter")
        assert d.shows("Esc Leave it open")
        assert not d.shows("2 Take this")
        for _ in range(20):
            await (d.wheel("ere1" if d.shows("ere1") else "way") if mouse else d.keys("pagedown"))
        await (d.click("2 Take this") if mouse else d.keys("2"))
    assert register.conflicts() == []


async def test_one_conflict_of_a_pupil_is_not_called_several(
    running: Running, parted: Register
) -> None:
    """Sam's others are settled first."""
    for conflict in parted.conflicts():
        if conflict.record == "sam" and conflict.field != "class_name":
            parted.settle(conflict.id, conflict.values[0].value)
    async with running(size=SMALL, start="share") as d:
        await d.keys("c")
        await on(d, "Class", mouse=False)
        await d.keys("escape", "a")
        assert d.shows("The conflict about Sam [EAL] O'Neil")
