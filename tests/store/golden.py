"""Writes a register that is kept for ever, and beside it what it holds: run by hand, once a format.

`python -m tests.store.golden NAME [sealed]`, with the senreg that is to write it on PYTHONPATH,
makes `tests/data/registers/NAME/` and `NAME.json`. Only what every version had is asked for.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from senreg.register import Register
from senreg.store.folder import Change, Store
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge

REGISTERS = Path(__file__).parent.parent / "data" / "registers"
PASSPHRASE = "tanned barrack unmoving atrocious hull"
RECOVERY_KEY = "aaaq-eaye-auda-9caj-bifq-ydi9-b4ib-ceqt-7k9q"
TOLD = ("at", "by", "copy", "table", "record", "field", "old", "new", "label", "kind", "created")


def main(name: str, *, sealed: bool) -> None:
    folder = REGISTERS / name
    keys = _keys() if sealed else None
    _fill(folder, keys)
    with tempfile.TemporaryDirectory() as scratch:
        held = holds(Path(scratch), folder, lambda path: _opened(path, keys))
    text = json.dumps(held, ensure_ascii=False, indent=1)
    (REGISTERS / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def holds(scratch, folder, opened):
    """What a register says for itself, read from copies of it."""
    shutil.copytree(folder, scratch / "read")
    register = opened(scratch / "read")
    held = {
        "warnings": register.warnings,
        "records": records(register),
        "archived": records(register, archived=True),
        "history": [{name: getattr(each, name) for name in TOLD} for each in register.history()],
        "conflicts": [
            {
                "field": f"{each.table}/{each.record}/{each.field}",
                "values": [[value.value, value.by, value.at] for value in each.values],
            }
            for each in register.conflicts()
        ],
    }
    shutil.copytree(folder, scratch / "undone")
    register = opened(scratch / "undone")
    undone = [register.undo() for _ in range(3)]
    held["undone"] = [[each.label, each.changed, len(each.left)] for each in undone]
    held["after_undo"] = records(register)
    register.close()
    return held


def records(register, *, archived=False):
    state = register.store.state
    tables = state.archived if archived else state.live
    return {
        name: {record: tables[name][record] for record in sorted(tables[name])}
        for name in sorted(tables)
        if tables[name]
    }


def _fill(folder, keys) -> None:
    register = Register(
        Store.create(folder, invented=True, keys=keys)
        if keys
        else Store.create(folder, invented=True),
        "me",
    )
    with register.commit("Start the register", step=False) as c:
        c.add("school", {"name": "St Bede’s"})
    with register.commit("Add pupils") as c:
        ada = c.add("pupils", {"surname": "O'Neill", "forename": "Ada", "dob": "2015-03-01"})
        ben = c.add("pupils", {"surname": "Łukasz", "forename": "Ben"})
        c.add("pupils", {"surname": "小明", "forename": "Li", "sex": "F"})
    register.store.write("Edit", "me", [Change("later", "z", {"unknown": {"a": [1, None]}})])
    register.close()
    register = _opened(folder, keys)
    with register.commit("Change a pupil") as c:
        c.set(ada, surname="Nwosu", preferred_name="Ad")
    with register.commit("Put a pupil away") as c:
        c.archive(ben)
    register.store.write("Edit", "me", [Change("pupils", ada, {}, {"preferred_name"})])
    register.close()
    register = _opened(folder, keys)
    with tempfile.TemporaryDirectory() as scratch:
        export_bundle(register, Path(scratch) / "out.senreg-bundle")
        other = join(Path(scratch) / "out.senreg-bundle", Path(scratch) / "other", person="she")
        with other.commit("Change a pupil") as c:
            c.set(ada, forename="Adah", upn="A123456789012")
        with register.commit("Change a pupil") as c:
            c.set(ada, forename="Adele")
        export_bundle(other, Path(scratch) / "back.senreg-bundle")
        other.close()
        apply_merge(
            register, plan_merge(register, read_bundle(Path(scratch) / "back.senreg-bundle"))
        )
    with register.commit("Change a pupil") as c:
        c.set(ada, surname="Nwosu-Hale")
    register.undo()
    with register.commit("Change a pupil") as c:
        c.set(ada, sex="F")
    # Not closed: the last segment is as a crash leaves it.


def _opened(folder, keys):
    return (
        Register(Store.open(folder, keys=keys), "me")
        if keys
        else Register.open(folder, person="me")
    )


def _keys():
    from senreg.store.kdf import Cost
    from senreg.store.keys import make_keys
    from senreg.store.operations import new_id
    from senreg.store.recovery_key import public_half

    cost = Cost(memory=8, iterations=1)
    return make_keys(new_id(), PASSPHRASE, public_half(RECOVERY_KEY), 0, cost)


if __name__ == "__main__":
    main(sys.argv[1], sealed="sealed" in sys.argv)
