"""Makes docs/keys.md from the table of commands: `python docs/keys.py`."""

from __future__ import annotations

from pathlib import Path

from screens.commands import COMMANDS, EVERYWHERE, Command, commands_of, shown
from screens.modes import MODES

PAGE = Path(__file__).with_name("keys.md")

PLACES: dict[str, str] = {
    EVERYWHERE: "Everywhere",
    "today": "Today",
    "register": "Register",
    "rollover": "Year-end roll-over",
    "pupil": "A pupil's page",
    "targets": "Targets",
    "target": "A target's page",
    "bank": "The bank of targets",
    "provision": "Provision: groups, map and catalogue",
    "group": "A group's page",
    "session": "A session of a group",
    "share": "Share",
    "copies": "Other copies",
    "handed_out": "What was handed out",
    "conflicts": "Conflicts",
    "to_review": "To review",
    "import_columns": "An import: columns",
    "import_preview": "An import: preview",
    "compare": "Beside the school's own system",
    "import_done": "An import: done",
    "import_many": "An import of a folder",
    "import_records_done": "An import of other records: done",
    "conversations": "Conversations",
    "progress": "Progress",
    "school": "School",
    "papers": "The papers of a survey",
    "results": "What came back to a survey",
    "answers": "Answers in words",
    "leaders": "A list of School",
    "settings": "Settings",
    "settings_list": "A list in Settings: terms, staff and so on",
    "leavers": "Files of leavers",
    "pack": "A child's file before it is handed out",
    "backups": "Backups",
    "form": "A form",
    "welcome": "The first page, without a register",
}
"""The places of the table of commands, in the order of the page, by their names for people."""

HEAD = """# Every key

This page is made from the program's own table of commands by `docs/keys.py`. You need not
learn it: the keys that matter stand along the bottom of every page, <kbd>?</kbd> explains the
page you are on, and <kbd>Ctrl+P</kbd> lists every command by name.

With the mouse, click what stands along the bottom or along the top. A command without a key
is found under <kbd>Ctrl+P</kbd>.

## In lists, forms and questions

| Key | What it does |
| --- | --- |
| <kbd>↑</kbd> <kbd>↓</kbd> <kbd>PgUp</kbd> <kbd>PgDn</kbd> <kbd>Home</kbd> <kbd>End</kbd> \
| Move in a list. |
| <kbd>Tab</kbd> | Go to the next field; where a file is asked for, complete its name. |
| <kbd>Space</kbd> | Tick or untick a box; open the choices of a field. |
| <kbd>Backspace</kbd> | Empty a field of choices. |
| <kbd>F2</kbd> | While a target is written: go to the next blank. |
| <kbd>Enter</kbd>, <kbd>Esc</kbd> | Say yes to a question, or leave it. |
"""


def page() -> str:
    """The whole page.

    Raises:
        KeyError: A command belongs to a place that PLACES does not name.
    """
    nameless = {place for command in COMMANDS for place in command.places} - PLACES.keys()
    if nameless:
        raise KeyError(f"places without a name in docs/keys.py: {', '.join(sorted(nameless))}")
    return "\n".join([HEAD, *(_section(place, title) for place, title in PLACES.items())])


def _section(place: str, title: str) -> str:
    mode = next((each for each in MODES if each.id == place), None)
    said = f"<kbd>{mode.digit}</kbd> goes there. {mode.help}\n\n" if mode else ""
    rows = "\n".join(map(_row, commands_of(place)))
    return f"## {title}\n\n{said}| Key | Command | What it does |\n| --- | --- | --- |\n{rows}\n"


def _row(command: Command) -> str:
    keys = " ".join(f"<kbd>{shown(key)}</kbd>" for key in command.key.split(",") if key)
    return f"| {keys} | {command.label} | {command.help} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print("docs/keys.md")
