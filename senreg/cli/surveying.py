"""`survey`: what came back to a survey, and a workshop from what parents asked for."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register, Row


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "survey",
        help="what came back to a survey; a workshop from what parents asked for",
        example='senreg survey "Parents, autumn 2026" school.senreg\n'
        'senreg survey "Parents, autumn 2026" school.senreg --about maths --workshop "Maths at '
        'home" --on 4/2/2027',
    )
    parser.add_argument("survey", metavar="SURVEY", help="its id or its name")
    add_register(parser)
    parser.add_argument("--about", metavar="WORD", help="the open answers that have this word")
    parser.add_argument(
        "--workshop", metavar="NAME", help="write a workshop that follows from them"
    )
    parser.add_argument("--on", metavar="DATE", help="the day of the workshop")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_person(parser)
    parser.set_defaults(run=_survey)


def _survey(args: argparse.Namespace) -> int:
    if args.workshop:
        return _workshop(args)
    with reading(args) as (register, seen):
        survey = _named(register, args.survey)
        if args.about:
            rows = _about(register, survey, args.about)
            if args.json:
                output.print_json([{"id": row.id, "words": row["words"]} for row in rows])
            for row in () if args.json else rows:
                output.say(str(row["words"]))
        elif args.json:
            output.print_json({"survey": survey.id, "questions": _as_json(register, survey)})
        else:
            _say(register, survey)
        return seen.code


def _named(register: Register, words: str) -> Row:
    row = register.get(words)
    if row is not None and row.table == "surveys":
        return row
    found = [row for row in register.all("surveys") if row["name"] == words]
    if len(found) == 1:
        return found[0]
    names = "; ".join(str(row["name"]) for row in register.all("surveys"))
    raise WrongUsage(
        f"{len(found) or 'No'} surveys are called {words}.",
        do=f"There are: {names}." if names else "Write one: senreg add surveys name=…",
    )


def _as_json(register: Register, survey: Row) -> list[dict[str, Any]]:
    from senreg.rules.surveys import answered, wishes

    return [
        {
            "number": each.question.number,
            "question": each.question.words,
            "n": each.n,
            "unknown": each.unknown,
            "counts": dict(zip("12345", each.counts, strict=False)),
            "shares": dict(zip("12345", each.shares, strict=False)),
            "words": list(each.words),
            "most_often": {wish.word: len(wish.answers) for wish in wishes(each)},
        }
        for each in answered(register, survey)
    ]


def _say(register: Register, survey: Row) -> None:
    from senreg.rules.measures.words import value_in_words
    from senreg.rules.surveys import answered, wishes

    rows = []
    wanted = []
    for each in answered(register, survey):
        shares = [value_in_words(share, "share") for share in reversed(each.shares)] or [""] * 5
        rows.append((each.question.words, *shares, str(each.n), str(each.unknown)))
        wanted += [f"  {wish.word}  {len(wish.answers)}" for wish in wishes(each)]
    heads = ("question", "5 excellent", "4", "3", "2", "1 poor", "n", "left out")
    output.say("\n".join(output.table(heads, rows)))
    if wanted:
        output.say("\n".join(["Most often in words:", *wanted]))


def _about(register: Register, survey: Row, word: str) -> list[Row]:
    from senreg.models.text import folded

    rows = register.by("survey_answers", "survey").get(survey.id, ())
    wanted = folded(word)
    found = [row for row in rows if row["words"] and wanted in folded(str(row["words"]))]
    if not found:
        raise WrongUsage(f"No answer in words has {word}.")
    return found


def _workshop(args: argparse.Namespace) -> int:
    from senreg.cli.values import read_day
    from senreg.rules.surveys import workshop_from

    if not args.about:
        raise WrongUsage("Which answers does the workshop follow from?", do="Say --about WORD.")
    with writing(args) as register:
        answers = _about(register, _named(register, args.survey), args.about)
        values = workshop_from(register, [row.id for row in answers], args.workshop)
        if args.on:
            values["date"] = read_day(register, "--on", args.on).isoformat()
        with register.commit("Add a workshop") as commit:
            made = commit.add("workshops", values)
        output.say(made)
        output.say(f"Asked for on {output.counted(len(answers), 'paper')}.")
    return 0
