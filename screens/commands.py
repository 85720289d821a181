"""The one table of commands: keys, footer, palette and help all read it.

A command is run by the method `command_<id>` of the screen that is shown, or else of the app.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from textual.binding import Binding
from textual.dom import DOMNode

from screens.command import EVERYWHERE, Command, shown
from screens.commands_of_conversations import OF_CONVERSATIONS
from screens.commands_of_cycle import OF_CYCLE
from screens.commands_of_dates import OF_DATES
from screens.commands_of_exchange import OF_EXCHANGE
from screens.commands_of_importing import OF_IMPORTING
from screens.commands_of_keeping import OF_KEEPING
from screens.modes import MODES

__all__ = ["COMMANDS", "EVERYWHERE", "Command", "shown"]

_LISTS = (
    "register",
    "pupil",
    "today",
    "targets",
    "provision",
    "conversations",
    "progress",
    "share",
    "settings",
    "school",
    "results",
    "answers",
    "leaders",
    "settings_list",
    "leavers",
    "pack",
)

_TABBED = ("targets", "provision", "conversations")

COMMANDS: tuple[Command, ...] = (
    Command(
        "open",
        "enter",
        "Open",
        "Open what is highlighted.",
        _LISTS,
        footer=(
            "today",
            "register",
            "targets",
            "conversations",
            "progress",
            "bank",
            "settings",
            "school",
            "results",
            "leaders",
        ),
    ),
    Command(
        "filter",
        "slash",
        "Filter",
        "Type to narrow the list; Enter moves to the list, Esc shows everything again.",
        ("progress", "register", "targets", "provision", "conversations", "bank"),
        footer=("bank",),
    ),
    Command(
        "narrow",
        "b",
        "Narrow by",
        "Narrow the list by year, class, who leads, where it stands and more; a child's history by "
        "person or field.",
        ("register", "targets", "conversations", "pupil"),
        footer=("register", "targets"),
    ),
    Command(
        "mark",
        "space",
        "Mark",
        "Mark what is highlighted, to act on several at once.",
        (
            "register",
            "targets",
            "conversations",
            "provision",
            "rollover",
            "group",
            "import_done",
            "answers",
        ),
        footer=("register", "conversations", "rollover", "group", "import_done", "answers"),
    ),
    Command(
        "new",
        "n",
        "New",
        "Add something new to this page.",
        (
            "progress",
            "register",
            "pupil",
            "targets",
            "provision",
            "conversations",
            "settings_list",
            "today",
            "target",
            "bank",
            "leaders",
        ),
        footer=(
            "leaders",
            "register",
            "pupil",
            "targets",
            "provision",
            "progress",
            "bank",
            "target",
            "settings_list",
        ),
    ),
    Command(
        "edit",
        "e",
        "Edit",
        "Change what is highlighted.",
        (
            "register",
            "pupil",
            "targets",
            "provision",
            "conversations",
            "settings_list",
            "rollover",
            "target",
            "bank",
            "group",
        ),
        footer=("pupil", "rollover", "target", "bank", "group", "settings_list"),
    ),
    Command(
        "assign",
        "a",
        "Assign",
        "Place the marked pupils, or the highlighted one, in a group.",
        ("register", "pupil", "targets", "target", "provision", "conversations", "group"),
        footer=("register", "pupil", "target", "provision", "group"),
    ),
    Command(
        "act",
        "m",
        "Act on marked",
        "Change status, class, key teacher or cohort of all marked pupils at once.",
        ("register",),
        footer=("register",),
    ),
    Command(
        "mark_all",
        "",
        "Mark all shown",
        "Mark every pupil that the list shows now.",
        ("register", "conversations"),
    ),
    Command(
        "agree",
        "ctrl+s",
        "Begin the new year",
        "Write what this page shows, in one step.",
        ("rollover",),
        footer=("rollover",),
    ),
    Command("unmark", "", "Unmark all", "Take every mark away.", ("register", "conversations")),
    Command(
        "sort",
        "s",
        "Sort",
        "Choose the column to sort by; clicking a heading does the same.",
        ("progress", "register", "targets", "provision", "conversations"),
    ),
    Command(
        "views",
        "v",
        "Views",
        "Go to a saved view, or save this one: its filter, its narrowing and its order.",
        ("register",),
    ),
    Command(
        "pane",
        "w",
        "Side pane",
        "Show or hide what is highlighted beside the list.",
        ("register", "targets", "conversations"),
    ),
    Command(
        "rollover",
        "",
        "Year-end roll-over",
        "Move every pupil up a year, after showing what would change.",
        ("register",),
    ),
    Command(
        "status",
        "g",
        "Change status",
        "Change where the pupil stands on the register, step by step.",
        ("pupil", "register"),
        footer=("pupil",),
    ),
    Command(
        "archive",
        "d",
        "Archive",
        "Put the highlighted record away, or bring an archived one back.",
        ("pupil", "targets", "provision", "settings_list", "target", "bank", "group"),
        footer=("settings_list",),
    ),
    Command(
        "print",
        "p",
        "Print",
        "Make a paper of this and show it in the browser, ready to print.",
        ("pupil", "register", "import_done"),
        footer=("pupil", "import_done"),
    ),
    Command(
        "archived",
        "o",
        "Show archived",
        "Show archived records too, or hide them again.",
        ("pupil", "register", "settings_list", "bank", "provision", "group"),
        footer=("settings_list",),
    ),
    Command(
        "next_tab",
        "right",
        "Next tab",
        "Go to the next tab.",
        ("progress", "pupil", "import_preview", "compare", *_TABBED),
        hidden=True,
    ),
    Command(
        "previous_tab",
        "left",
        "Previous tab",
        "Go to the tab before.",
        ("progress", "pupil", "import_preview", "compare", *_TABBED),
        hidden=True,
    ),
    Command("save", "ctrl+s", "Save", "Save what was written.", ("form",)),
    Command(
        "leave", "escape", "Leave", "Leave the form; what is unsaved is asked about.", ("form",)
    ),
    *OF_CYCLE,
    *OF_CONVERSATIONS,
    *OF_IMPORTING,
    *OF_EXCHANGE,
    *OF_KEEPING,
    *OF_DATES,
    Command("find", "f", "Find", "Find words anywhere in the register."),
    Command("undo", "u", "Undo", "Take back the last change made here."),
    Command("redo", "ctrl+y", "Redo", "Make the change that was undone again."),
    Command(
        "help",
        "question_mark,f1",
        "Help",
        "What can be done here, and the keys for it.",
        (EVERYWHERE, "form"),
    ),
    Command("palette", "ctrl+p", "All commands", "Every command by name.", hidden=True),
    Command(
        "hide", "f9", "Hide the screen", "Hide everything until a key is pressed.", always=True
    ),
    Command(
        "lock",
        "f8",
        "Lock",
        "Close the register until its passphrase is typed again; drafts are kept.",
        always=True,
    ),
    Command(
        "initials",
        "",
        "Initials only",
        "Show pupils by initials, for a projector or a visitor, or by name again.",
    ),
    Command("theme", "", "Theme", "Light, dark or high contrast."),
    Command("back", "escape", "Back", "Leave this page for the one before.", hidden=True),
    Command("quit", "ctrl+q", "Quit", "Close the register and leave.", always=True),
    *(
        Command(f"mode_{mode.id}", mode.digit, mode.title, mode.help, (EVERYWHERE,))
        for mode in MODES
    ),
)
"""Every command of the interface."""


def commands_of(place: str) -> Iterator[Command]:
    """The commands of a page alone, in the order of the table."""
    return (command for command in COMMANDS if place in command.places)


@cache
def _own_keys(place: str) -> frozenset[str]:
    return frozenset(key for command in commands_of(place) for key in command.key.split(","))


def reaches(command: Command, place: str, key: str) -> bool:
    """Whether a command of every page has its key on one: not where that has its own for it."""
    return EVERYWHERE in command.places and key not in _own_keys(place)


def footer_of(place: str) -> list[Command]:
    """The commands that a page's footer shows: at most six."""
    return [command for command in commands_of(place) if place in command.footer][:6]


def bindings_of(place: str) -> list[Binding]:
    """The keys of a page."""
    return [each for command in commands_of(place) for each in command.bindings()]


def command_named(command_id: str) -> Command:
    """The command of an id. Raises KeyError where there is none."""
    for command in COMMANDS:
        if command.id == command_id:
            return command
    raise KeyError(command_id)


def run(node: DOMNode, command_id: str) -> None:
    """Run a command on the page a widget stands in, as its key would.

    The app runs it: a widget would wait for ever for the end of the page it stands in, where the
    command leaves that page. By then the page may be another, as the words were clicked twice:
    nothing is run there.
    """
    app, screen = node.app, node.screen

    async def run_here() -> None:
        if app.screen is screen:
            await app.run_action(f"app.run('{command_id}')")

    app.call_later(run_here)
