"""What holds of staff packs, whatever is done on both sides and in whatever order."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senreg.store.changes import Change
from senreg.store.pack_record import packs_in
from senreg.sync.bundle import read_bundle
from senreg.sync.merge import apply_merge, plan_merge
from tests.store.sealing_keys import CHEAP
from tests.sync.packing import TODAY, inside, joined, make_pack, returned, school_of_two_classes


@pytest.fixture(autouse=True, scope="module")
def cheap():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
        patch.setattr("senreg.clock.today", lambda: TODAY)
        yield


pupils = st.sampled_from(["ada", "ben", "cem"])
steps = st.one_of(
    st.tuples(st.just("school"), pupils, st.sampled_from(["strengths", "interests", "ethnicity"])),
    st.tuples(st.just("pack"), pupils, st.sampled_from(["strengths", "interests", "ethnicity"])),
    st.tuples(st.just("target"), pupils, st.booleans()),
    st.tuples(st.just("move"), pupils, st.booleans()),
    st.tuples(st.just("back"), st.booleans(), st.none()),
    st.tuples(st.just("again"), st.none(), st.none()),
    st.tuples(st.just("undo"), st.none(), st.none()),
)


class Play:
    """A register, a pack of it, and what was written on both sides.

    The pack's holder has a program that refuses nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.school = school_of_two_classes(folder / "senco")
        self.number = 0
        make_pack(self.school, folder / "0.senreg-pack")
        self.copy = joined(folder / "0.senreg-pack", folder / "copy")

    def value(self) -> str:
        self.number += 1
        return f"written-{self.number:03d}."

    def in_scope(self, pupil: str) -> bool:
        return self.school.get(pupil)["key_teacher"] == "petrov"

    def school_writes(self, pupil: str, name: str) -> None:
        with self.school.commit("Edit") as c:
            c.set(pupil, **{name: self.value()})

    def pack_writes(self, pupil: str, name: str) -> None:
        value = self.value()
        self.copy.store.write("Edit", "petrov", [Change("pupils", pupil, {name: value})])

    def target(self, pupil: str, changes: bool) -> None:
        name = f"{pupil}-target" if changes else f"new-{self.number}"
        values = {"statement": self.value()}
        if not changes:
            values |= {"pupil": pupil, "kind": "wider"}
        self.copy.store.write("Edit", "petrov", [Change("targets", name, values)])

    def move(self, pupil: str, here: bool) -> None:
        with self.school.commit("Move") as c:
            c.set(pupil, key_teacher="petrov" if here else "okoro")

    def undo(self, *_nothing) -> None:
        if self.school.undo_label not in ("Add", None):
            self.school.undo()

    def back(self, taken: bool, _nothing) -> None:
        before = {row.id: dict(row) for row in self.school.everything()}
        plan = returned(self.copy, self.folder / "back", self.school)
        apply_merge(self.school, plan)
        (pack,) = packs_in(self.school.store.state)
        operations = [each for commit in plan.commits for each in commit["ops"]]
        for each in operations:
            row = self.school.get(each["record"])
            assert (row["pupil"] or row.id) in pack.pupils
            assert "ethnicity" not in each["c"]
        touched = {each["record"] for each in operations}
        for row in self.school.everything():
            assert dict(row) == before.get(row.id) or row.id in touched
        again = returned(self.copy, self.folder / "back", self.school)
        assert again.operations == 0
        assert len(again.outside) == len(plan.outside)
        if taken:
            whole = returned(self.copy, self.folder / "back", self.school, take_outside=True)
            apply_merge(self.school, whole)
            assert returned(self.copy, self.folder / "back", self.school).outside == []

    def again(self, *_nothing) -> None:
        if not any(map(self.in_scope, ("ada", "ben", "cem"))):
            return
        path = self.folder / "again.senreg-pack"
        make_pack(self.school, path)
        data = inside(path)
        for row in self.school.all("pupils"):
            for name in ("strengths", "interests", "ethnicity"):
                value = row[name]
                given = self.in_scope(row.id) and name != "ethnicity"
                held = value is not None and value.encode() in data
                assert held is (given and value is not None)
        newer = read_bundle(path, self.copy.store.keys)
        apply_merge(self.copy, plan_merge(self.copy, newer))

    def every_edit_is_found(self) -> None:
        """Once all that was set aside is taken, no value of the pack's is lost."""
        self.back(True, None)
        known = self.school.store.known()
        mine = [c for c in self.copy.store.journal.commits() if c["copy"] == self.copy.copy_id]
        assert {each["h"] for commit in mine for each in commit["ops"]} <= known

    def close(self) -> None:
        self.school.close()
        self.copy.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(steps, max_size=12))
def test_nothing_comes_in_silently_and_nothing_is_lost(made):
    folder = Path(mkdtemp())
    play = Play(folder)
    doing = {"school": play.school_writes, "pack": play.pack_writes}
    try:
        for what, which, how in made:
            doing.get(what, getattr(play, what, None))(which, how)
        play.every_edit_is_found()
    finally:
        play.close()
        shutil.rmtree(folder)
