"""A power cut during an erasure: the child is there whole, or gone at the next opening."""

import json
from pathlib import Path

import pytest

from senreg.store.changes import Change
from senreg.store.erasures import ERASURES, finish_erasing
from senreg.store.files import BACKUP, REGISTER
from senreg.store.segments import opening_of, read_segment
from tests.store.crash.disk import Disk, DiskFiles
from tests.store.crash.enumerate_states import no_collecting
from tests.store.crash.forms import FORMS
from tests.store.crash.states import Recording, Tails, crash_states

SECRET = "Quillfeather"


def lived_in(form, files):
    """A value in history, in both snapshots, in an ended and in an open segment."""
    store = form.create(files)
    for number in range(3):
        changes = [Change("pupils", "gone", {"surname": f"{SECRET} {number}"})]
        store.write("Edit", "me", [*changes, Change("pupils", "stays", {"surname": "Stays"})])
        store.close()
        store = form.open(files)
    store.write("Edit", "me", [Change("pupils", "gone", {"surname": SECRET})])
    return store


def erase(store):
    values = {"pupil": "gone", "records": ["pupils/gone"], "reason": "request"}
    store.write("Erase a pupil", "me", [Change(ERASURES, "e", values)], kind="erase")
    return finish_erasing(store)


def holding(files, codec):
    """The files in which whoever has the key finds the value."""
    found = []
    for name, data in files.disk.content().items():
        leaf = name.rpartition("/")[2]
        texts = [data or b""]
        if data is not None and leaf in (REGISTER, BACKUP):
            texts.append(codec.unseal(data))
        elif opening_of(leaf):
            segment = read_segment(files, Path(name), codec)
            texts += [json.dumps(each).encode() for each in segment.lines.values()]
        if any(SECRET.encode() in text for text in texts):
            found.append(name)
    return found


@pytest.mark.parametrize("model", ["posix", "ntfs"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_power_cut_leaves_a_child_whole_or_erased(form, model):
    disk = Disk(ordered=model == "ntfs")
    files = Recording(disk)
    gone = whole = 0
    with no_collecting():
        store = lived_in(form, files)
        begun = len(files.moments)
        assert erase(store).complete
        tails, known = Tails(disk), set()
        for number, moment in enumerate(files.moments[begun:]):
            for state in crash_states(moment, model, tails):
                key = frozenset(state.items())
                if key in known:
                    continue
                known.add(key)
                left = DiskFiles(Disk.holding(state))
                again = form.open(left)
                where = f"after call {number} ({moment.call})"
                assert not again.read_only, (where, again.warnings)
                finish_erasing(again)
                assert again.state.document("pupils", "stays") == {"surname": "Stays"}, where
                if again.state.erased:
                    gone += 1
                    assert again.meta.scrub == [], where
                    assert again.state.document("pupils", "gone") is None, where
                    assert holding(left, again.codec) == [], where
                else:
                    whole += 1
                    assert again.state.document("pupils", "gone") == {"surname": SECRET}, where
    assert gone > 50
    assert whole > 2
