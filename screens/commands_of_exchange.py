"""The commands of opening, bringing in, sharing and settings: a part of the one table."""

from __future__ import annotations

from screens.command import Command

OF_EXCHANGE: tuple[Command, ...] = (
    Command(
        "look_round",
        "l",
        "Look round",
        "An invented school with 240 children, to try everything on. Nobody in it is real.",
        ("welcome",),
        footer=("welcome",),
    ),
    Command(
        "from_spreadsheet",
        "s",
        "Start from my spreadsheet",
        "Your own list of pupils, from Excel or the school's system, becomes the register. You "
        "see everything before anything is kept.",
        ("welcome",),
        footer=("welcome",),
    ),
    Command(
        "open_or_join",
        "o",
        "Open or join a copy",
        "A register on this computer or a stick; or a bundle that a colleague gave you, of which "
        "you make your own copy.",
        ("welcome",),
        footer=("welcome",),
    ),
    Command(
        "start_empty",
        "n",
        "Start empty",
        "A register without anybody in it, to be filled by hand.",
        ("welcome",),
    ),
    Command(
        "go_on",
        "n,ctrl+s",
        "Go on",
        "Go on to the next step.",
        ("import_columns", "import_preview", "import_done"),
        footer=("import_columns", "import_preview", "import_done"),
    ),
    Command(
        "take_for",
        "enter",
        "Take for…",
        "Say what the highlighted column is.",
        ("import_columns",),
        footer=("import_columns",),
    ),
    Command(
        "keep_column",
        "k",
        "Keep as a note",
        "Keep what the column says as a dated note with each child.",
        ("import_columns",),
        footer=("import_columns",),
    ),
    Command(
        "skip_column",
        "x",
        "Leave out",
        "Do not bring in what the column says.",
        ("import_columns",),
        footer=("import_columns",),
    ),
    Command(
        "heading_row",
        "r",
        "Heading row",
        "Say which row of the sheet holds the headings.",
        ("import_columns",),
        footer=("import_columns",),
    ),
    Command(
        "other_sheet",
        "t",
        "Other sheet",
        "Take the pupils from another sheet of the workbook.",
        ("import_columns",),
    ),
    Command(
        "tick",
        "space",
        "Take or leave",
        "Take what is highlighted, or leave it as it is in the register.",
        ("import_preview",),
        footer=("import_preview",),
    ),
    Command(
        "look_closer",
        "enter",
        "Look closer",
        "Everything the row says; who it is, where that is a question; when a child left.",
        ("import_preview",),
        footer=("import_preview",),
    ),
    Command(
        "leave_row",
        "x",
        "Leave row out",
        "Do not bring in the whole row, or do so after all.",
        ("import_preview",),
        footer=("import_preview",),
    ),
    Command(
        "import",
        "i",
        "Import",
        "Bring in pupils from a spreadsheet; you see everything before it is kept.",
        ("register", "share"),
        footer=("share",),
    ),
    Command(
        "export_bundle",
        "x",
        "Export a bundle",
        "Everything in this register, with its history, in one file: for a second copy, or to be "
        "merged by a colleague.",
        ("share",),
        footer=("share",),
    ),
    Command(
        "merge",
        "m",
        "Merge a bundle",
        "Bring in what a colleague did on another copy. You read what would change first.",
        ("share",),
        footer=("share",),
    ),
    Command(
        "conflicts",
        "c",
        "Conflicts",
        "What two people changed differently: you say which holds.",
        ("share",),
        footer=("share",),
    ),
    Command(
        "join",
        "j",
        "Make a second copy",
        "How a colleague, or your own laptop, gets a copy of this register to work in.",
        ("share",),
    ),
    Command(
        "export_table",
        "t",
        "Spreadsheet",
        "Any table of the register, or all of them, for Excel.",
        ("share",),
        footer=("share",),
    ),
    Command(
        "print_class",
        "p",
        "Class sheet",
        "What helps each child of a class and what they work towards, on one A4, without "
        "diagnoses.",
        ("share",),
        footer=("share",),
    ),
    Command(
        "print_pupil",
        "g",
        "Pupil page",
        "One child's strengths, needs, targets, provision and people, for those who plan with "
        "the family.",
        ("share",),
    ),
    Command(
        "other_register", "f2", "Open another register", "Open, join or make another register."
    ),
)
"""Commands of the welcome page, the guided import, Share and Settings."""
