"""How an open register is kept: who sits at it, what opens it, its backups, and its rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from senreg import high_water
from senreg.errors import CannotWrite
from senreg.reads import Reads
from senreg.store.folder import Store
from senreg.store.pack_record import own_pack
from senreg.store.refusals import tells_of_damage

if TYPE_CHECKING:
    # Loaded where they are used: a start needs none of them.
    from senreg.sitting import Holder, Sitting
    from senreg.store.backups import Backups
    from senreg.store.pack_record import StaffPack
    from senreg.store.preparing import Ahead, Preparing
    from senreg.vault import Seal


class Keeping(Reads):
    """The side of a register that changes no record."""

    def __init__(self, store: Store, person: str) -> None:
        super().__init__(store)
        self.person = person
        self.ended = False
        """It is a staff pack that can only be read because its last day is past."""
        self.sitting: Sitting | None = None
        """The place that a person has taken here, from `sit` to `close`."""
        self._preparing: Preparing | None = None
        self.doubts: list[high_water.Doubt] = []
        """What speaks against its being what was last used here, from opening it."""
        store.before_migration = _back_up_first

    @property
    def store(self) -> Store:
        """Where it is kept: for sync, which exchanges whole commits."""
        return self._store

    @property
    def sealed(self) -> bool:
        """Whether it opens only with a passphrase or the recovery key."""
        return self._store.keys is not None

    @property
    def guessed_names(self) -> list[str]:
        """What a guesser of its passphrase tries first: the school, its folder, its staff."""
        staff = [str(row["name"] or "") for row in self.all("staff")]
        return [str(self.school["name"] or ""), self.path.stem, *staff]

    @property
    def pack(self) -> StaffPack | None:
        """The staff pack that this copy is; None for a copy of the whole register."""
        return own_pack(self._store.state, self._store.keys)

    @contextmanager
    def _taking_newer(self) -> Iterator[None]:
        """A pack past its last day takes in a newer one, and may then be worked in again."""
        pack = self.pack if self.ended else None
        if pack is None:
            yield
            return
        from senreg import clock
        from senreg.store.refusals import pack_ended

        self._store.read_only = False
        try:
            yield
        finally:
            newer = self.pack or pack
            self._store.read_only = self.ended = newer.is_over(clock.today())
            if not self.ended:
                self._store.warnings.remove(pack_ended(pack.until))

    @property
    def read_only(self) -> bool:
        """Whether it can only be read."""
        return self._store.read_only

    @property
    def warnings(self) -> list[str]:
        """What is to be known of its files, in plain sentences: damage, and why it is only read."""
        return list(self._store.warnings)

    @property
    def damage(self) -> list[str]:
        """Those of the warnings that are of damage, which a backup mends."""
        return list(filter(tells_of_damage, self._store.warnings))

    @property
    def lost_changes(self) -> int:
        """How many saved changes the journal has lost: records hold them, history does not.

        It reads the whole journal.
        """
        return self._store.journal.lost(self._store.meta.included)

    @property
    def put_aside(self) -> list[str]:
        """Folders of damaged files in the register's folder, by name.

        They were put aside when it was put together from a backup, and may hold anybody.
        """
        from senreg.store.aside import put_aside

        return put_aside(self._store.files, self._store.folder)

    @property
    def unclean(self) -> list[str]:
        """Those of them that may hold a child who was erased, here or on another copy."""
        return self.put_aside if self._store.state.erased else []

    def remove_put_aside(self) -> list[str]:
        """Remove the folders of damaged files for good, and give those that are gone."""
        from senreg.store.aside import remove_put_aside

        return remove_put_aside(self._store.files, self._store.folder)

    def sit(self, *, over: bool = False) -> Holder | None:
        """Take a person's place here, so that others see that and since when; give who has it.

        From here on a backup is made before the first edit of a day, and before what `before`
        is told of. Writing does not need it: two who write at once lose nothing.

        Args:
            over: Take it even from another machine that says it is in use there.
        """
        if self.sitting is None:
            from senreg.sitting import Sitting

            self.sitting = Sitting(self._store)
        return self.sitting.sit(self.person, over=over)

    def weigh_again(self) -> None:
        """Look at the doubts anew, now that what other copies had was brought in."""
        with self._lock:
            self.doubts = high_water.after_merge(self._store, self.doubts)

    def take_as_it_is(self) -> None:
        """Doubt it no more: a person said that this is what is to stand here."""
        with self._lock:
            high_water.keep(self._store, made=True)
            self.doubts = []

    def only_read(self) -> None:
        """Write nothing from here on."""
        with self._lock:
            self._store.read_only = True

    @property
    def backups(self) -> Backups:
        """The backups in the register's folder."""
        from senreg.store.backups import Backups

        return Backups(self._store)

    def prepare(self, reason: str, ahead: Ahead | None = None) -> None:
        """Begin the backup that `before` will ask for, on a thread. Raises CannotWrite.

        Where nothing asks for it, closing the register leaves nothing of it.

        Args:
            reason: Why it is made, in the backups' own words.
            ahead: What was begun of it before the register was open.
        """
        if self.sitting is not None and not self.read_only:
            from senreg.store.preparing import Preparing

            self.forget_prepared()
            self._preparing = Preparing(self._store, reason, ahead)

    def forget_prepared(self) -> None:
        """Leave nothing of a backup that was begun and not asked for."""
        preparing, self._preparing = self._preparing, None
        if preparing is not None:
            preparing.given_up()

    def before(self, reason: str) -> None:
        """Make a backup before a large step, where a person sits here. Raises CannotWrite."""
        preparing = self._preparing
        if preparing is not None and preparing.reason == reason:
            self._preparing = None
            preparing.kept()
        elif self.sitting is not None and not self.read_only:
            self.backups.back_up(reason)

    def change_passphrase(self, passphrase: str) -> None:
        """Let another passphrase open this sealed register. Raises CannotWrite, Unfinished."""
        from senreg.vault import change_passphrase

        with self._lock:
            change_passphrase(self._store, passphrase)

    def protect(self, seal: Seal, watch: Callable[[int, int], object] | None = None) -> None:
        """Encrypt a plain register, or give a sealed one a new key: all of it is written anew.

        Interrupted, it goes on at the next opening. Raises ReadOnly and CannotWrite where nothing
        changed, Unfinished where the new keys count already.

        Args:
            seal: What is to open it from now on, and nothing else.
            watch: Told the steps done and all steps.
        """
        from senreg.pack_guard import refuse_in_pack
        from senreg.vault import protect

        refuse_in_pack(self.pack, "Giving a new key")

        with self._lock:
            protect(self._store, seal, watch)

    def seal_draft(self, data: bytes, about: str) -> bytes:
        """What was typed and not saved, as it may lie on the disk: sealed if the register is."""
        if self._store.keys is None:
            return data
        from senreg.vault import seal_draft

        return seal_draft(self._store.keys, data, about)

    def open_draft(self, kept: bytes, about: str) -> bytes | None:
        """What `seal_draft` gave, as it was; None where this register did not give it."""
        if self._store.keys is None:
            return kept
        from senreg.vault import open_draft

        return open_draft(self._store.keys, kept, about)

    def rest(self) -> None:
        """Bring what the journal holds into the snapshot; others may read and write meanwhile.

        For a thread of its own: only the moments of freezing and of putting it in place keep
        a key waiting. That the disk refuses is no harm, for the journal holds it all.
        """
        try:
            with self._lock:
                frozen = self._store.freeze()
            if frozen is None:
                return
            beside, data = frozen.written()
            with self._lock:
                self._store.place(frozen, beside, data)
        except CannotWrite as refusal:
            self._store.warnings.append(refusal.happened)

    @property
    def wants_rest(self) -> bool:
        """Whether the snapshot lacks something that the journal holds."""
        return self._store.behind and not self._store.read_only

    def rest_by(self, resting: Callable[[], object]) -> None:
        """Call this, in place of resting at once, when the journal has grown long."""
        self._store.when_long = resting


def _back_up_first(store: Store) -> None:
    """Make a backup before a register of older models is written in the new form.

    A function of its own: what a store holds must not hold the register, for a register that
    is closed has to leave memory at once.
    """
    from senreg.store.backups import Backups

    Backups(store).back_up("migration")
