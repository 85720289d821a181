"""What goes out of the register and what comes in."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from screens.commands import command_named
from screens.faults import beside
from screens.page import Page, app_of
from screens.share.copies import Copies, synced_words
from screens.share.waited import Waited
from screens.share.words import conflict_entries
from screens.widgets.menu import Item, Menu, heading
from screens.widgets.story import Entry, Story, Words
from screens.withheld import commands_away
from senreg.clock import today
from senreg.rules.remedies import to_review
from senreg.sync.standing import Waiting, standing, what_waits

COPIES = (
    "Every copy of a register knows the same things once each has read the other's bundle. "
    "Nothing anybody wrote is lost: where two people changed the same thing, both values are "
    "kept until a person chooses."
)

PACK = (
    "This is a staff pack: some children’s records, for one member of staff, until a day. Export "
    "a bundle and give it to the SENCO, who merges it: what you wrote is then in the register."
)


class Share(Page):
    """Bundles, spreadsheets and papers; and the conflicts that wait for a person."""

    PLACE = "share"
    MODE = "share"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#menu"

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Waiting | None = None
        self.menu = Menu(titles=26, id="menu")
        self.pane = Story(cursor=False, id="pane")

    def body(self) -> ComposeResult:
        """What there is to do; what waits, beside it."""
        with Horizontal(id="sheets"):
            yield self.menu
            yield self.pane

    def refill(self) -> None:
        """Count what waits for a person again, and look into the sync folder on a thread."""
        self._waiting = None
        self._fill()
        if standing(self.register).folder is not None:
            self._look()

    def _fill(self) -> None:
        conflicts = self.register.conflicts()
        away = commands_away(self.register, self)
        items = self._items(len(conflicts), len(to_review(self.register, today())))
        self.menu.fill(each for each in items if each.id not in away)
        self._show_beside()

    def _items(self, conflicts: int, review: int) -> Iterator[Item]:
        yield heading("Copies that meet")
        in_pack = self.register.pack is not None
        whole = "Everything, with its history, in one file"
        if not in_pack:
            yield self._sync_item()
        yield _item("copies", "Whose they are, and what waits from each")
        yield _item("export_bundle", "What you wrote, for the SENCO" if in_pack else whole)
        yield _item("merge", "A newer pack" if in_pack else "What was done on another copy")
        yield _item(
            "conflicts",
            f"! {conflicts} to settle" if conflicts else "✓ None",
            tone="bad" if conflicts else "good",
        )
        yield _item(
            "to_review",
            f"? {review} to look at" if review else "✓ None",
            tone="warn" if review else "good",
        )
        yield _item("staff_pack", "Some children, for one of the staff")
        yield _item("packs", "Renewed or withdrawn, and what was left of them")
        yield _item("join", "For a colleague, or for your own laptop")
        yield heading("Spreadsheets and calendar")
        yield _item("export_table", "Any table, or all of them, for Excel")
        yield _item("template", "A workbook to fill in, with lists to choose from")
        yield _item("export_calendar", "Every date, for Outlook, Google or a phone")
        yield _item("import", "From a file; you see it first")
        yield _item("import_folder", "Every file of a folder; you see them first")
        yield _item("compare", "What differs from the school's own system")
        yield heading("Papers")
        yield _item("print_class", "What helps, on one A4; letters, provision")
        yield _item("print_pupil", "Pupil page, passport, plan, summary …")
        figures = "" if in_pack else ", impact, figures …"
        yield _item("print_school", f"Provision map{figures}")
        yield heading("Data protection")
        yield _item("handed_out", "What left the register, when, by whom")

    def _sync_item(self) -> Item:
        stands = standing(self.register)
        if stands.folder is None:
            return _item("sync", "With a stick, or a folder that all can reach")
        waits = self._waiting
        if waits is not None and waits.away:
            return _item("sync", waits.away, tone="warn")
        if waits is not None and waits.files:
            files = "1 file waits" if waits.files == 1 else f"{waits.files:,} files wait"
            return _item("sync", f"! {files}", tone="warn")
        return _item("sync", synced_words(stands), tone="warn" if stands.long_ago else "")

    @beside("waiting", "What waits in the sync folder could not be seen")
    def _look(self) -> None:
        self.post_message(Waited(what_waits(self.register, edits=False)))

    def on_waited(self, event: Waited) -> None:
        """Show what waits in the sync folder."""
        self._waiting = event.waiting
        self._fill()

    @on(Menu.Highlighted)
    def _show_beside(self) -> None:
        if self.pane.display:
            self.pane.fill(self._beside())

    def _beside(self) -> Iterator[Entry]:
        item = self.menu.current
        if item is not None:
            yield Entry("", [Words(item.title, "title")], heading=True)
            yield Entry("", [Words(command_named(item.id).help)])
        yield Entry("", [Words("How copies meet", "heading")], heading=True)
        yield Entry("", [Words(COPIES if self.register.pack is None else PACK, "muted")])
        yield from conflict_entries(self.register)

    @on(Menu.Chosen)
    async def _chosen(self, event: Menu.Chosen) -> None:
        await app_of(self).action_run(event.item.id)

    # What there is to do

    def command_open(self) -> None:
        """Do what is highlighted."""
        self.menu.action_choose()

    def command_export_bundle(self) -> None:
        """Write everything into a bundle."""
        from screens.share.bundles import export

        export(app_of(self))

    def command_compare(self) -> None:
        """Look what differs from the school's own system."""
        from screens.importing.start import start_comparison

        start_comparison(app_of(self))

    def command_merge(self) -> None:
        """Bring in what another copy did."""
        from screens.share.bundles import merge

        merge(app_of(self))

    def command_conflicts(self) -> None:
        """Settle what two people changed differently."""
        from screens.share.conflicts import Conflicts

        self.app.push_screen(Conflicts())

    def command_to_review(self) -> None:
        """Put right what no merge can."""
        from screens.share.review import ToReview

        self.app.push_screen(ToReview())

    def command_sync(self) -> None:
        """Meet the other copies in the sync folder."""
        from screens.share.syncing import sync

        sync(app_of(self))

    def command_sync_folder(self) -> None:
        """Say in which folder the copies meet."""
        from screens.share.syncing import change_folder

        change_folder(app_of(self))

    def command_copies(self) -> None:
        """The other copies, and what waits from each."""
        self.app.push_screen(Copies())

    def command_staff_pack(self) -> None:
        """Put some children's records into a pack for one of the staff."""
        from screens.share.staff_packs import make_pack

        make_pack(app_of(self))

    def command_packs(self) -> None:
        """Renew or withdraw a pack, or look at what was left."""
        from screens.share.packs_made import show_packs

        show_packs(app_of(self))

    def command_handed_out(self) -> None:
        """What was handed out, for the data protection officer."""
        from screens.share.handed_out import HandedOut

        self.app.push_screen(HandedOut())

    def command_join(self) -> None:
        """How a second copy is made; and make one here."""
        from screens.share.bundles import explain_joining

        explain_joining(app_of(self))

    def command_export_table(self) -> None:
        """Write tables as a spreadsheet."""
        from screens.share.spreadsheets import ask_what

        ask_what(app_of(self))

    def command_import_folder(self) -> None:
        """Bring in the files of a folder."""
        from screens.importing.many import start_folder

        start_folder(app_of(self))

    def command_template(self) -> None:
        """Write an empty workbook to fill in."""
        from screens.share.templates import ask_template

        ask_template(app_of(self))

    def command_export_calendar(self) -> None:
        """Write every date to come as a calendar file."""
        from screens.share.calendar import export_calendar

        export_calendar(app_of(self))

    def command_print_class(self) -> None:
        """Choose a class and a paper."""
        from screens.share.papers import choose_class

        choose_class(app_of(self))

    def command_print_pupil(self) -> None:
        """Choose a pupil and a paper."""
        from screens.share.papers import choose_pupil

        choose_pupil(app_of(self))

    def command_print_school(self) -> None:
        """Choose a paper of the whole school."""
        from screens.papers import Whom, papers_of

        papers_of(app_of(self), Whom())


def _item(command_id: str, value: str, tone: str = "") -> Item:
    command = command_named(command_id)
    return Item(command.id, command.label, command.shown_key, value, tone=tone)
