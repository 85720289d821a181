"""The forms in which a register may be kept, each as the harnesses open and question it.

A form is one way of keeping: plain, sealed, or a design that is known to be bad. What a
harness does with a store goes through its form, so that a new one is one class here.
"""

from collections.abc import Collection, Iterable
from copy import copy
from typing import Any, Protocol

from senreg.errors import Unreadable
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.journal import Commit
from senreg.store.key_files import read_keys
from senreg.store.migrations import Models
from senreg.store.rekeying import finish
from senreg.store.state import State
from tests.store.crash.disk import ROOT
from tests.store.sealing_keys import PASSPHRASE, fresh_keys

View = Any
"""What a register shows, to be compared with ==."""


class Form(Protocol):
    name: str
    version: int
    """Of the models that programs read and write it with."""

    def newer(self) -> "Form":
        """The same with the next version of the models."""
        ...

    def create(self, files: Files) -> Any:
        """A new register on a disk, open."""
        ...

    def open(self, files: Files) -> Any:
        """The register on a disk."""
        ...

    def commits(self, store: Any) -> list[Commit]:
        """Every commit that can be read, those of others that were merged as well."""
        ...

    def view(self, store: Any) -> View:
        """What the register shows."""
        ...

    def expected(self, commits: Iterable[Commit]) -> View:
        """What a register of these commits must show."""
        ...


class Plain:
    """Readable JSON."""

    name = "plain"
    version = 1

    @property
    def models(self) -> Models:
        return Models(self.version)

    def newer(self) -> "Plain":
        form = copy(self)
        form.version = self.version + 1
        return form

    def create(self, files: Files) -> Store:
        return Store.create(ROOT, files=files)

    def open(self, files: Files) -> Store:
        return Store.open(ROOT, files=files, models=self.models)

    def commits(self, store: Store) -> list[Commit]:
        return store.journal.commits()

    def view(self, store: Store) -> View:
        return shown(store.state)

    def expected(self, commits: Iterable[Commit]) -> View:
        return shown(fold(commits))


class Sealed(Plain):
    """Encrypted; opened by its passphrase, with what the disk says of its keys.

    Where a change of keys was stopped, it is finished.
    """

    name = "sealed"

    def __init__(self, passphrase: str = PASSPHRASE, version: int = 1) -> None:
        self.passphrase = passphrase
        self.version = version

    def create(self, files: Files) -> Store:
        keys = fresh_keys(passphrase=self.passphrase)
        return Store.create(ROOT, keys=keys, files=files)

    def open(self, files: Files) -> Store:
        found = read_keys(files, ROOT)
        if found is None:
            raise Unreadable("There are no keys.")
        keys = found.file.open_with(self.passphrase)
        store = Store.open(ROOT, keys=keys, files=files, models=self.models)
        finish(store)
        return store


FORMS: tuple[Form, ...] = (Plain(), Sealed())
"""Every form that must keep its promises."""


def fold(commits: Iterable[Commit]) -> State:
    """The state of these commits, without any file between."""
    state = State()
    parts = [part for commit in commits for part in (*commit.get("merged", ()), commit)]
    operations = {each["h"]: (part, each) for part in parts for each in part["ops"]}
    state.stamps = {h: (part["t"], part["by"], part["copy"]) for h, (part, _) in operations.items()}
    for part, operation in operations.values():
        state.apply(part, operation)
    return state


def shown(state: State) -> View:
    """All of a state that a person or another copy can come to see."""
    tables = {name: dict(table) for name, table in state.live.items() if table}
    archived = {name: table for name, table in state.archived.items() if table}
    heads = {
        (name, record): {field: state.heads_of(name, record, field) for field in document}
        for found in (tables, archived)
        for name, table in found.items()
        for record, document in table.items()
    }
    return tables, archived, heads, state.contested


def first_changes(label: str) -> list[Change]:
    """A commit that makes one record of its own."""
    return [Change("pupils", f"second-{label}", {"surname": label})]


def without(view: View, records: Collection[tuple[str, str]]) -> View:
    """A view but for these records, each named by table and id."""
    tables, archived, heads, contested = view
    kept = (_without(tables, records), _without(archived, records))
    return (
        *kept,
        {place: each for place, each in heads.items() if place not in records},
        {place: each for place, each in contested.items() if place[:2] not in records},
    )


def _without(tables: View, records: Collection[tuple[str, str]]) -> View:
    rows = {
        name: {each: row for each, row in table.items() if (name, each) not in records}
        for name, table in tables.items()
    }
    return {name: table for name, table in rows.items() if table}
