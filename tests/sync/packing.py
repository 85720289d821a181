"""A school of two classes from which staff packs are made, for tests."""

from datetime import date
from pathlib import Path

from senreg.register import Register
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.bundle_files import BundleSummary
from senreg.sync.join import join
from senreg.sync.merge import MergePlan, plan_merge
from senreg.sync.packs import export_pack, pack_keys, plan_pack
from senreg.vault import Seal
from tests.store.sealing_keys import PASSPHRASE, RECOVERY_KEY

TODAY = date(2026, 11, 26)
UNTIL = date(2027, 7, 21)
WORDS = "kettle orbit velvet hammock prune"
SEAL = Seal(PASSPHRASE, RECOVERY_KEY)


def school_of_two_classes(folder: Path, *, sealed: bool = True) -> Register:
    """Ada and Ben in 4B with Ms Petrov, Cem in 6A with Mr Okoro."""
    register = Register.create(folder, "Hollow Lane", person="senco", seal=SEAL if sealed else None)
    with register.commit("Add") as c:
        c.add("staff", {"name": "Irina Petrov", "role": "class_teacher"}, record_id="petrov")
        c.add("staff", {"name": "Tayo Okoro", "role": "class_teacher"}, record_id="okoro")
        for key, name, where, teacher in (
            ("ada", "Quartermain", "4B", "petrov"),
            ("ben", "Featherstone", "4B", "petrov"),
            ("cem", "Yilmazer", "6A", "okoro"),
        ):
            c.add(
                "pupils",
                {
                    "surname": name,
                    "forename": key.title(),
                    "class_name": where,
                    "key_teacher": teacher,
                    "strengths": f"first strengths of {key}",
                    "ethnicity": f"ethnicity of {key}",
                },
                record_id=key,
            )
            c.add(
                "targets",
                {"pupil": key, "kind": "curricular", "statement": f"statement of {key}"},
                record_id=f"{key}-target",
            )
            c.add(
                "notes",
                {"pupil": key, "kind": "call", "text": f"note of {key}"},
                record_id=f"{key}-note",
            )
    return register


def add_groups(register: Register) -> None:
    """Ada and Cem meet in one group, Cem alone in another; each met once."""
    with register.commit("Add") as c:
        c.add("interventions", {"name": "Phonics", "tier": "targeted"}, record_id="phonics")
        for group, pupils in {"both": ("ada", "cem"), "other": ("cem",)}.items():
            c.add("groups", {"intervention": "phonics"}, record_id=group)
            values = {"group": group, "date": "2026-11-19", "note": f"note on {group}"}
            c.add("sessions", values, record_id=f"{group}-session")
            for pupil in pupils:
                c.add("placements", {"pupil": pupil, "group": group})
                values = {"session": f"{group}-session", "pupil": pupil, "mark": "late"}
                c.add("session_marks", values, record_id=f"{group}-{pupil}")


def make_pack(register: Register, path: Path, **scope: object) -> BundleSummary:
    """A pack for Ms Petrov, of her own children unless told otherwise."""
    plan = plan_pack(register, "petrov", UNTIL, TODAY, **scope)
    return export_pack(register, plan, path, WORDS)


def joined(pack: Path, folder: Path) -> Register:
    """The pack as Ms Petrov opens it."""
    return join(pack, folder, person="petrov", passphrase=WORDS)


def returned(pack: Register, path: Path, register: Register, **how: bool) -> MergePlan:
    """What merging what the pack exports would do."""
    export_bundle(pack, path)
    keys = register.store.keys
    return plan_merge(register, read_bundle(path, keys, packs=pack_keys(register)), **how)


def inside(pack: Path) -> bytes:
    """All that stands in a pack's file, decrypted."""
    from senreg.sync.sealed_bundle import Envelope

    envelope = Envelope.read(pack.read_bytes())
    return envelope.opened(envelope.unlocked(WORDS).key)
