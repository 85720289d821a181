"""What the docs say is true: their commands run, their keys, words and files exist."""

from __future__ import annotations

import importlib
import importlib.util
import json
import pkgutil
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import screens
from screens.commands import COMMANDS, shown
from senreg.cli.__main__ import main
from senreg.cli.verbs import GROUPS, VERBS, parse
from senreg.models.tables import TABLES
from senreg.passphrases import offered
from senreg.rules.nouns import NOUNS
from tests.store.sealing_keys import CHEAP

HOUSE = Path(__file__).parent.parent
DOCS = HOUSE / "docs"
OTHER_PAGES = [DOCS / f"{name}.md" for name in ("house", "format", "vault", "keys")]
USER_PAGES = sorted(path for path in DOCS.glob("*.md") if path not in OTHER_PAGES)
PAGES = [*USER_PAGES, *OTHER_PAGES, HOUSE / "README.md"]

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SAMPLE_ID = "fbctdjxe5qh7ve2k"
"""The id that the command line's page gives to the first pupil of its spreadsheet."""


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    return FENCED.sub("", text_of(page))


def commands_in(page: Path) -> Iterator[tuple[list[str], int]]:
    """Each line of a block that runs senreg: its words, and the exit code it is said to have."""
    for language, block in FENCED.findall(text_of(page)):
        for written in block.splitlines():
            if language == "" and written.startswith("senreg "):
                said = re.search(r"# exit (\d)", written)
                yield shlex.split(written, comments=True)[1:], int(said[1]) if said else 0


def named(pages: list[Path]) -> list[object]:
    return [pytest.param(page, id=page.name) for page in pages]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Keys


def test_the_page_of_keys_is_what_the_table_of_commands_makes() -> None:
    assert text_of(DOCS / "keys.md") == script("keys").page(), "run: python docs/keys.py"


def keys_of_widgets() -> set[str]:
    """Every key that a widget or a dialog of the interface binds for itself."""
    found: set[str] = set()
    for info in pkgutil.walk_packages(screens.__path__, "screens."):
        for each in vars(importlib.import_module(info.name)).values():
            for binding in getattr(each, "__dict__", {}).get("BINDINGS", ()):
                keys = binding.key if hasattr(binding, "key") else binding[0]
                found.update(shown(key) for key in keys.split(","))
    return found


ARROWS = {"up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn"}
"""Keys that only widgets bind, and how the docs write them."""


def test_every_key_of_the_docs_does_something() -> None:
    known = {shown(key) for each in COMMANDS for key in each.key.split(",") if key}
    known |= {ARROWS.get(key, key) for key in keys_of_widgets()}
    known |= {key.capitalize() for key in known if len(key) > 1}
    missing = {
        (page.name, key)
        for page in PAGES
        for key in re.findall(r"<kbd>(.+?)</kbd>", text_of(page))
        if key not in known
    }
    assert not missing


# Words on the screen


def test_words_that_stand_on_the_screen_are_in_the_program() -> None:
    source = " ".join(
        re.sub(r'"\s*\n\s*f?"', "", text_of(path))
        for package in ("screens", "senreg")
        for path in (HOUSE / package).rglob("*.py")
    )
    # The title of a list is made from what its records are called.
    source += " ".join(many.capitalize() for _, many in NOUNS.values())
    missing = {
        (page.name, said)
        for page in USER_PAGES
        for words in re.findall(r"(?<![*\w])\*([^*]+)\*(?!\*)", prose_of(page))
        if (said := " ".join(words.split())) != "like these" and said not in source
    }
    assert not missing


# Files


@pytest.mark.parametrize("page", named(PAGES))
def test_every_file_that_is_named_is_there(page: Path) -> None:
    text = prose_of(page)
    linked = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    spoken = re.findall(r"`((?:[\w.-]+/)+[\w-]+\.(?:py|md|toml|txt))`", text)
    gone = [each for each in linked if not (page.parent / each).is_file()]
    gone += [each for each in spoken if not (HOUSE / each).is_file()]
    assert not gone


def test_the_index_leads_to_every_page() -> None:
    index = text_of(DOCS / "index.md")
    unreached = [page.name for page in DOCS.glob("*.md") if f"({page.name})" not in index]
    assert unreached == ["index.md"]


def test_every_picture_is_made_by_the_script_and_shown_on_a_page() -> None:
    pictures = {f"{name}.svg" for name in script("screenshots").PICTURES}
    shown_somewhere = {
        Path(each).name
        for page in PAGES
        for each in re.findall(r"\]\(([^)]+\.svg)\)", text_of(page))
    }
    assert pictures == shown_somewhere
    assert pictures == {path.name for path in (DOCS / "images").iterdir()}


# Verbs


@pytest.mark.parametrize("page", named(PAGES))
def test_every_command_is_one_that_senreg_understands(page: Path) -> None:
    for words, _ in commands_in(page):
        assert words[0] in VERBS, words
        assert parse(words[0], words[1:]) is not None
    for said in re.findall(r"`senreg ([^`]+)`", prose_of(page)):
        verb, *rest = shlex.split(said)
        if verb == "help":
            assert not rest or rest[0] in TABLES, said
        elif not verb.startswith("-"):
            assert verb in VERBS, said


def test_every_verb_has_its_example() -> None:
    shown_verbs = {words[0] for words, _ in commands_in(DOCS / "command-line.md")}
    assert shown_verbs == {verb for group in GROUPS.values() for verb in group}


def test_the_command_line_page_runs_from_its_first_line_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = DOCS / "command-line.md"
    (spreadsheet,) = (block for language, block in FENCED.findall(text_of(page)) if language)
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))
    for name in ("SENREG_REGISTER", "SENREG_PERSON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("pupils.csv").write_text(spreadsheet, encoding="utf-8")
    Path("shared").mkdir()
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
    for name in ("passphrase", "another", "third"):
        Path(f"{name}.txt").write_text(offered(), encoding="utf-8")
    monkeypatch.setenv("SENREG_PASSPHRASE_FILE", "passphrase.txt")
    real_id = SAMPLE_ID
    for words, expected in commands_in(page):
        code = main([word.replace(SAMPLE_ID, real_id) for word in words])
        out, err = capsys.readouterr()
        assert code == expected, (words, out, err)
        if words[0] == "list" and "--json" in words:
            (sean,) = json.loads(out)
            real_id = sean["id"]
    assert real_id != SAMPLE_ID
