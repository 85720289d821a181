"""No value that a pack may not hold is in its decrypted bytes, whatever was written before."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.sealing_keys import CHEAP
from tests.sync.packing import TODAY, inside, make_pack, school_of_two_classes


@pytest.fixture(autouse=True, scope="module")
def cheap():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
        patch.setattr("senreg.clock.today", lambda: TODAY)
        yield


TEXTS = [
    ("pupils", "strengths"),
    ("pupils", "ethnicity"),
    ("pupils", "interests"),
    ("targets", "statement"),
    ("targets", "baseline"),
    ("notes", "text"),
    ("notes", "with_whom"),
    ("sessions", "note"),
]
IDS = {"pupils": "{}", "targets": "{}-target", "notes": "{}-note", "sessions": "{}-session"}
edits = st.tuples(st.sampled_from(["ada", "ben", "cem"]), st.sampled_from(TEXTS))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(edits, max_size=14),
    st.sets(st.sampled_from(["ada", "ben", "cem"]), min_size=1),
    st.sets(st.sampled_from(["pupils.ethnicity", "notes.text"])),
    st.sets(st.sampled_from(["ada", "ben", "cem"])),
)
def test_no_value_outside_a_pack_is_in_its_bytes(made, pupils, policy, confidential):
    folder = Path(mkdtemp())
    try:
        with school_of_two_classes(folder / "senco") as school:
            with school.commit("Add") as c:
                club = c.add("interventions", {"name": "Phonics", "tier": "targeted"})
                for each in ("ada", "ben", "cem"):
                    group = c.add("groups", {"intervention": club})
                    c.add("placements", {"pupil": each, "group": group})
                    c.add("sessions", {"group": group}, record_id=f"{each}-session")
            shown, every = {}, []
            for number, (pupil, (table, name)) in enumerate(made):
                value = f"written-{number:03d}."
                every.append(value)
                shown[pupil, table, name] = value
                with school.commit("Edit") as c:
                    c.set(IDS[table].format(pupil), **{name: value})
            with school.commit("Edit") as c:
                c.set(school.school.id, pack_policy="\n".join(policy))
                for each in confidential:
                    c.set(f"{each}-note", confidential=True)
            make_pack(school, folder / "p", pupils=sorted(pupils))
            data = inside(folder / "p")
            with_notes = "notes.text" in policy
            for value in every:
                place = next((key for key, each in shown.items() if each == value), None)
                allowed = (
                    place is not None
                    and place[0] in pupils
                    and (place[2] != "ethnicity" or "pupils.ethnicity" in policy)
                    and (place[1] != "notes" or (with_notes and place[0] not in confidential))
                )
                assert (value.encode() in data) is allowed, (value, place)
    finally:
        shutil.rmtree(folder)
