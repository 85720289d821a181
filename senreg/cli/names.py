"""The names of the verbs, and which module brings each: all that opening the interface needs."""

from __future__ import annotations

GROUPS: dict[str, dict[str, str]] = {
    "To begin": {
        "demo": "demo",
        "new": "registers",
        "import": "importing",
        "join": "joining",
    },
    "Look": {
        "list": "records",
        "show": "records",
        "search": "records",
        "history": "story",
        "check": "registers",
        "compare": "comparing",
        "measure": "measuring",
        "leading": "leading",
        "survey": "surveying",
    },
    "Write": {
        "add": "records",
        "set": "records",
        "archive": "records",
        "restore-record": "records",
        "plan": "planning",
        "hand-over": "planning",
        "merge-pupils": "reviewing",
        "remedy": "reviewing",
        "undo": "story",
        "redo": "story",
    },
    "Share and print": {
        "report": "papers",
        "export": "sharing",
        "merge": "sharing",
        "sync": "syncing",
        "conflicts": "sharing",
        "settle": "sharing",
        "packs": "packs_made",
    },
    "Protect, keep and erase": {
        "passphrase": "protecting",
        "rekey": "protecting",
        "backup": "going_back",
        "restore": "going_back",
        "erase": "keeping",
        "locate": "registers",
    },
}
"""The verbs as the help groups them, each with the module of this package that brings it."""

VERBS: dict[str, str] = {
    verb: family for group in GROUPS.values() for verb, family in group.items()
}
