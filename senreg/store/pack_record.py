"""Staff packs: what a register keeps of each it made, and how a copy knows that it is one.

A pack is remembered as a record of the table `packs`: {staff, class_name, pupils, until,
fields, key, chosen, withdrawn}. Its own copy holds that record too, and knows itself by the
key: it is the one its bundles are sealed under. Nothing else makes a copy a pack, and no
snapshot that is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from senreg.store.keys import OpenKeys
    from senreg.store.sealing import DataKey
    from senreg.store.state import State

PACKS = "packs"
PACK_FIELDS = (
    "staff", "class_name", "pupils", "until", "fields", "key", "chosen", "withdrawn",
)  # fmt: skip
ASIDE = "set_aside"
"""The table of what came back from packs, was not within them and was left: {pack, pupil, by, at,
commits}, a record of the register for each record that would have been changed."""
OF_PACKS = (PACKS, ASIDE)
"""Tables of the register's own, which nobody edits and nobody settles."""


@dataclass(frozen=True, slots=True)
class StaffPack:
    """A pack: whose it is, what it covers and until when.

    Args:
        id: The id of its record.
        staff: The id of the member of staff it is for.
        class_name: The class it covers; empty where the children were chosen otherwise.
        pupils: The ids of the children it covers.
        until: The ISO day after which it opens for reading only.
        fields: By table, the fields whose values are in it.
        key: Its key as it is kept: id, cipher and secret with spaces between.
        chosen: Its children were chosen one by one.
        withdrawn: The ISO day on which it was withdrawn; empty where it was not.
    """

    id: str
    staff: str
    class_name: str
    pupils: frozenset[str]
    until: str
    fields: Mapping[str, frozenset[str]]
    key: str = field(repr=False)
    chosen: bool = True
    withdrawn: str = ""

    @property
    def key_id(self) -> str:
        """The id of its key."""
        return self.key.partition(" ")[0]

    def is_over(self, today: date) -> bool:
        """Whether it is past its last day."""
        return self.until < today.isoformat()

    def data_key(self) -> DataKey:
        """Its key. Raises ValueError where that is damaged."""
        from senreg.store.sealing import DataKey, decoded

        key_id, cipher, secret = self.key.split(" ")
        return DataKey(key_id, cipher, decoded(secret))


def kept_key(key: DataKey) -> str:
    """A key as a pack's record keeps it."""
    from senreg.store.sealing import encoded

    return f"{key.id} {key.cipher} {encoded(key.secret)}"


def without_key(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a pack's record shows: a key has no place on a screen, in a log or in a script."""
    return {name: value for name, value in values.items() if name != "key"}


def packs_in(state: State) -> Iterator[StaffPack]:
    """Every pack a register knows of; going back in time puts none out of mind."""
    for documents in (state.live.get(PACKS, {}), state.archived.get(PACKS, {})):
        for record, document in documents.items():
            yield _pack(record, document)


def own_pack(state: State, keys: OpenKeys | None) -> StaffPack | None:
    """The pack that this copy is; None for a copy of the whole register."""
    if keys is None or not keys.bundles:
        return None
    own = f"{keys.bundles[0].id} "
    for documents in (state.live.get(PACKS, {}), state.archived.get(PACKS, {})):
        for record, document in documents.items():
            if str(document.get("key")).startswith(own):
                return _pack(record, document)
    return None


def is_pack_value(name: str, value: Any) -> bool:
    """Whether a field of the record of a pack can hold a value."""
    if name == "pupils":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if name == "fields":
        return isinstance(value, dict) and all(is_pack_value("pupils", v) for v in value.values())
    if name == "key":
        return isinstance(value, str) and value.count(" ") == 2
    return not isinstance(value, list | dict)


def _pack(record: str, document: Mapping[str, Any]) -> StaffPack:
    fields = document.get("fields") or {}
    return StaffPack(
        id=record,
        staff=str(document.get("staff") or ""),
        class_name=str(document.get("class_name") or ""),
        pupils=frozenset(document.get("pupils") or ()),
        until=str(document.get("until") or ""),
        fields={table: frozenset(names) for table, names in fields.items()},
        key=str(document.get("key") or ""),
        chosen=document.get("chosen") is not False,
        withdrawn=str(document.get("withdrawn") or ""),
    )
