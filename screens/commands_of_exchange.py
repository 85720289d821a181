"""The commands of opening, bringing in, sharing and settings: a part of the one table."""

from __future__ import annotations

from screens.command import Command

OF_EXCHANGE: tuple[Command, ...] = (
    Command(
        "look_round",
        "l",
        "Look round",
        "An invented school of 240 children, to try everything on.",
        ("welcome",),
        footer=("welcome",),
    ),
    Command(
        "from_spreadsheet",
        "s",
        "Start from my spreadsheet",
        "Your own list of pupils becomes the register; you see it first.",
        ("welcome",),
        footer=("welcome",),
    ),
    Command(
        "open_or_join",
        "o",
        "Open or join a copy",
        "A register on this computer or a stick, or a colleague's bundle.",
        ("welcome",),
        footer=("welcome",),
    ),
    Command(
        "restore_backup",
        "r",
        "Restore",
        "From a backup, when the register is lost or damaged.",
        ("welcome",),
        footer=("welcome",),
    ),
    Command(
        "start_empty",
        "n",
        "Start empty",
        "A register with nobody in it, to be filled by hand.",
        ("welcome",),
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
        "sync",
        "s",
        "Sync now",
        "Meet the other copies in a folder: bring in what they left there, and leave what it "
        "lacks. The first time, choose the folder.",
        ("share", "copies", "today"),
        footer=("copies",),
    ),
    Command(
        "copies",
        "y",
        "Other copies",
        "Every copy of this register that was met: whose it is, where, when it was last seen, and "
        "what waits from it.",
        ("share",),
    ),
    Command(
        "sync_folder",
        "o",
        "Sync folder",
        "The folder in which this copy meets the others: another one, or none.",
        ("share", "copies"),
        footer=("copies",),
    ),
    Command(
        "conflicts",
        "c",
        "Conflicts",
        "What two people changed differently: you say which holds.",
        ("share", "today"),
        footer=("share",),
    ),
    Command(
        "to_review",
        "v",
        "To review",
        "What no merge can put right by itself: a child entered twice, two open statuses, more.",
        ("share", "today"),
    ),
    Command(
        "staff_pack",
        "k",
        "Staff pack",
        "Some children's records for one of the staff, under a passphrase of its own, until a day.",
        ("share",),
    ),
    Command(
        "packs",
        "w",
        "Packs made",
        "The staff packs that were made: renew, withdraw or reinstate one; what was left of them.",
        ("share",),
    ),
    Command(
        "handed_out",
        "a",
        "Handed out",
        "Every file that was made here and left the register: when, by whom, where to, and until "
        "when it may be kept. For the data protection officer.",
        ("share",),
    ),
    Command(
        "save_log",
        "s",
        "Save the list",
        "The list of what was handed out, as CSV for the data protection officer.",
        ("handed_out",),
        footer=("handed_out",),
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
        "Papers of a class",
        "The class sheet, on one A4 without diagnoses; letters to the families; the provision map.",
        ("share",),
        footer=("share",),
    ),
    Command(
        "print_pupil",
        "g",
        "Papers of a child",
        "The pupil page, the passport, the plan under your school's name for it, the summary "
        "and record of a conversation, the chronology, evidence over several terms, letters.",
        ("share",),
    ),
    Command(
        "print_school",
        "h",
        "Papers of the school",
        "The provision map, what each intervention gained, the list for an inspection, and figures "
        "with charts for governors and for leadership.",
        ("share",),
    ),
    Command(
        "settle",
        "enter",
        "Settle",
        "See both values, take one or both, or write another.",
        ("conflicts",),
        footer=("conflicts",),
    ),
    Command(
        "settle_pupil",
        "a",
        "All of one pupil",
        "Settle everything about the highlighted pupil at once: what one person wrote, or both.",
        ("conflicts",),
        footer=("conflicts",),
    ),
    Command(
        "put_right",
        "enter",
        "Put right",
        "See the ways out, the usual one first, and take one.",
        ("to_review",),
        footer=("to_review",),
    ),
    Command(
        "open_record",
        "r",
        "Open the record",
        "Go to the record that the highlighted line is about.",
        ("conflicts", "to_review", "import_records_done"),
        footer=("conflicts", "to_review", "import_records_done"),
    ),
    Command(
        "bank_settings", "", "Target bank", "The examples that targets begin from.", ("settings",)
    ),
    Command(
        "saved_views", "", "Saved views", "Ways of looking at the Register, kept.", ("settings",)
    ),
    Command(
        "known_columns",
        "",
        "Remembered columns",
        "How the columns of your spreadsheets are taken; any can be forgotten.",
        ("settings",),
    ),
    Command(
        "roll_over",
        "",
        "Year-end roll-over",
        "Every pupil up a year, after showing what would change.",
        ("settings",),
    ),
    Command(
        "change_passphrase",
        "",
        "Change the passphrase",
        "Another passphrase opens the register; the recovery key stays. Enough where somebody may "
        "have seen you type it, not where they have a copy of the files.",
        ("settings",),
    ),
    Command(
        "new_key",
        "",
        "New key",
        "After a lost laptop, or when a colleague goes: everything is encrypted anew, under a new "
        "passphrase and a new recovery key. Old copies have to join anew.",
        ("settings",),
    ),
    Command(
        "encrypt",
        "",
        "Encrypt this register",
        "Choose a passphrase, print and test a recovery key; then everything is encrypted where "
        "it is.",
        ("settings",),
    ),
    Command(
        "print_handover",
        "",
        "Handover page",
        "A page for whoever takes the register over: who holds the recovery key, and what to "
        "change.",
        ("settings",),
    ),
    Command(
        "print_lost_laptop",
        "",
        "Lost-laptop sheet",
        "What was on a laptop that is gone, how it was protected, what to do today and whom to "
        "tell.",
        ("settings",),
    ),
    Command(
        "lock_minutes",
        "",
        "Lock when idle",
        "After how many minutes without a key or click the register is locked: 1 to 15.",
        ("settings",),
    ),
    Command(
        "who_i_am",
        "",
        "Who sits here",
        "The member of staff whose name everything written here bears.",
        ("settings",),
    ),
    Command(
        "backups",
        "b",
        "Backups",
        "Make one, look at those there are, and go back to one.",
        ("settings", "today"),
    ),
    Command(
        "go_back",
        "enter",
        "Go back to it",
        "Go back to the highlighted backup; you read what would change first.",
        ("backups",),
        footer=("backups",),
    ),
    Command(
        "back_up",
        "n",
        "Make one now",
        "Make a backup of everything, and read it back.",
        ("backups",),
        footer=("backups",),
    ),
    Command(
        "back_up_to",
        "t",
        "To a stick",
        "Make a backup as a file of its own, on a stick or a drive of the school.",
        ("backups",),
        footer=("backups",),
    ),
    Command(
        "verify",
        "v",
        "Read it back",
        "Read the highlighted backup back whole, to know that it is sound.",
        ("backups",),
        footer=("backups",),
    ),
    Command(
        "other_backup",
        "o",
        "Another file",
        "Go back to a backup that lies elsewhere.",
        ("backups",),
        footer=("backups",),
    ),
    Command(
        "other_register", "f2", "Open another register", "Open, join or make another register."
    ),
    Command("edit_school", "", "The school", "Its name, numbers and policies.", ("settings",)),
    Command("terms", "", "Terms", "When the terms begin and end.", ("settings",)),
    Command("staff", "", "Staff", "The adults of the school, and their roles.", ("settings",)),
)
"""Commands of the welcome page, the guided import, Share and Settings."""
