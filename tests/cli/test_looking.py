"""What people read: a pupil's page, what a search finds, and a check."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from senreg.cli.output import cells
from senreg.register import Register

from .conftest import School, Senreg


@time_machine.travel(date(2026, 2, 20))
def test_the_page_of_a_pupil_tells_the_whole_story(senreg: Senreg, school: School) -> None:
    words = [f"pupil={school.sean}"]
    senreg("add", "barriers", school, *words, "category=attention", "description=Loses his place.")
    senreg("add", "strategies", school, *words, "description=Sit near the front.", "place=class")
    senreg("add", "notes", school, *words, "kind=call", "with_whom=Mum", "happened_on=3/2/2026",
           "text=First line.\n[b]Second[/b] line.", "confidential=yes")  # fmt: skip
    senreg("add", "reviews", school, *words, "kind=termly", "planned_for=27/3/2026")
    senreg("add", "contacts", school, *words, "name=Ada O'Neill", "relationship=Mother",
           "restriction=No letters")  # fmt: skip
    senreg("add", "target_reviews", school, f"target={school.target}", "date=1/2/2026",
           "outcome=-1")  # fmt: skip
    said = senreg("show", school.sean, school)
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert lines[0] == f"Sean O'Neill  [{school.sean}]"
    assert lines[1].startswith("SEN support. Next review: Overdue since 13 Feb 2026")
    for line in (
        "  Date of birth: 3 Nov 2016",
        "  Key teacher: Ms Amara Olu",
        "  Year group: Year 5",
        "  K SEN support, since 3 Sep 2025",
        f"  Reads 50 words a minute, due 13 Feb 2026, overdue  [{school.target}]",
        "      −1: Less than expected, 1 Feb 2026",
        "  Lego therapy (Rainbow), since 3 Nov 2025",
        "  3 Feb 2026, Phone call, with Mum, confidential",
        "      First line.",
        "      [b]Second[/b] line.",
        "  Class: Sit near the front.",
        "  Termly review, planned for 27 Mar 2026",
        "  Ada O'Neill, Mother, restriction: No letters",
    ):
        assert line in lines, said.out
    assert any(line.startswith("  SLCN ") and "primary" in line for line in lines)
    assert "Attention and working memory: Loses his place." in said.out


def test_a_page_shows_nothing_that_was_put_away(senreg: Senreg, school: School) -> None:
    senreg("archive", school.target, school)
    assert "Reads 50 words" not in senreg("show", school.sean, school).out
    assert "Reads 50 words" in senreg("show", school.target, school).out


def test_another_record_is_shown_field_by_field(senreg: Senreg, school: School) -> None:
    lines = senreg("show", school.target, school).out.splitlines()
    assert lines[0] == f"Target 'Reads 50 words a minute' of Sean O'Neill  [{school.target}]"
    assert {"Pupil: O'Neill, Sean", "Kind: Curricular", "Area: Reading", "Status: Set"} <= set(
        lines
    )


def test_what_belongs_to_a_record_is_shown_with_it(senreg: Senreg, school: School) -> None:
    review = senreg("add", "target_reviews", school, f"target={school.target}", "date=1/2/2026",
                    "outcome=as expected").line  # fmt: skip
    lines = senreg("show", school.target, school).out.splitlines()
    assert lines[lines.index("Reviews") + 1].endswith(f"[{review}]")
    lines = senreg("show", school.group, school).out.splitlines()
    assert lines[lines.index("Pupils") + 1].startswith("  Place in Lego therapy (Rainbow) of Sean")
    assert "Times" not in lines


def test_a_page_tells_the_cycle_and_the_conversations(senreg: Senreg, school: School) -> None:
    held = senreg("add", "conversations", school, f"pupil={school.sean}", "held_on=1/2/2026").line
    senreg("add", "attempts", school, f"conversation={held}", "on=30/1/2026", "how=call")
    lines = senreg("show", school.sean, school).out.splitlines()
    assert lines[lines.index("Conversations") + 1] == f"  Held, 1 Feb 2026  [{held}]"
    assert any(line.startswith("  Step to take now: ") for line in lines)
    lines = senreg("show", held, school).out.splitlines()
    assert "30 Jan 2026" in lines[lines.index("Attempts") + 1]


def test_long_text_stays_within_the_screen(
    senreg: Senreg, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    senreg("set", school.sean, school, "strengths=" + "He builds bridges of card. " * 20)
    lines = senreg("show", school.sean, school).out.splitlines()
    assert max(cells(line) for line in lines) <= 60
    assert sum("bridges" in line for line in lines) >= 8


def test_escape_codes_of_a_stored_name_do_not_reach_the_terminal(
    senreg: Senreg, school: School
) -> None:
    with Register.open(school.path) as register:
        register.db.table("pupils").insert(
            {"surname": "\x1b[31mRed", "forename": "\u202eevil\x9b2J"}
        )
    for words in (["list", "pupils", school], ["search", "evil", school],
                  ["list", "pupils", school, "--json"]):  # fmt: skip
        said = senreg(*words)
        assert said.code == 0
        assert "evil" in said.out
        assert not {"\x1b", "\x9b", "\u202e"} & set(said.out)
    stored = senreg("list", "pupils", school, "--json").document
    assert "\u202eevil\x9b2J" in {each["forename"] for each in stored}


def test_search_finds_every_text_with_all_the_words(senreg: Senreg, school: School) -> None:
    note = senreg("add", "notes", school, f"pupil={school.ming}", "kind=other",
                  "text=Fährt morgen nach Łódź, sagt Mama.").line  # fmt: skip
    review = senreg("add", "target_reviews", school, f"target={school.target}",
                    "evidence=Reads the word bridge").line  # fmt: skip
    (hit,) = senreg("search", "lodz mama", school, "--json").document
    assert list(hit) == ["id", "table", "field", "excerpt", "pupil"]
    assert {key: hit[key] for key in hit if key != "excerpt"} == {
        "id": note,
        "table": "notes",
        "field": "text",
        "pupil": school.ming,
    }
    assert "Łódź" in hit["excerpt"]
    found = senreg("search", "READS", "word", school, "--json").document
    assert {(each["id"], each["pupil"]) for each in found} == {
        (school.target, school.sean),
        (review, school.sean),
    }
    own = senreg("search", "李", school, "--json").document
    assert [(each["table"], each["pupil"]) for each in own] == [("pupils", school.ming)]
    (staff,) = senreg("search", "Amara", school, "--json").document
    assert staff["pupil"] is None


def test_search_in_words_gives_the_id_to_go_on_with(senreg: Senreg, school: School) -> None:
    said = senreg("search", "50 words", school)
    assert said.out.splitlines()[0].endswith(f"[{school.target}]")
    nothing = senreg("search", "xyzzy", school)
    assert (nothing.code, nothing.line) == (0, "Nothing holds all of these words.")
    assert senreg("search", "xyzzy", school, "--json").document == []


def test_search_on_the_register_last_opened_takes_every_word(
    senreg: Senreg, school: School
) -> None:
    senreg("list", "pupils", school)
    assert len(senreg("search", "50", "words", "--json").document) == 1
    assert senreg("search", "words", "gone/x.senreg").code == 3


def test_a_search_misses_no_hit_however_many_there_are(senreg: Senreg, school: School) -> None:
    with Register.open(school.path) as register, register.commit("Fill") as c:
        for number in range(450):
            c.add("strategies", {"pupil": school.sam, "description": f"Lego {number}"})
    assert len(senreg("search", "lego", school, "--json").document) == 451


def test_damage_is_told_reading_goes_on_and_writing_is_refused(
    senreg: Senreg, school: School
) -> None:
    with Register.open(school.path) as register:
        register.close()
    (segment, *_) = sorted((school.path / "history").glob("journal-*")) or sorted(
        school.path.glob("journal-*")
    )
    for name in ("register.json", "register.json.bak"):
        (school.path / name).write_bytes(b'{"_meta": {')
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 0xFF
    segment.write_bytes(bytes(content))
    before = {file: file.read_bytes() for file in school.path.rglob("*") if file.is_file()}
    said = senreg("list", "staff", school, "--json")
    assert said.code == 1
    assert isinstance(said.document, list)
    assert said.err
    refused = senreg("add", "staff", school, "name=New", "role=ta")
    assert (refused.code, refused.out) == (3, "")
    assert len(refused.complaints) <= 3
    assert {file: file.read_bytes() for file in school.path.rglob("*") if file.is_file()} == before


def test_reading_verbs_leave_every_byte_as_it_was(senreg: Senreg, school: School) -> None:
    before = {file: file.read_bytes() for file in school.path.rglob("*") if file.is_file()}
    for words in (["list", "pupils"], ["show", school.sean], ["search", "a"], ["conflicts"],
                  ["history", school.sean]):  # fmt: skip
        assert senreg(*words, school).code == 0
    assert {file: file.read_bytes() for file in school.path.rglob("*") if file.is_file()} == before
