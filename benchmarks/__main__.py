"""`python -m benchmarks [NAME …] [--json] [--at FOLDER]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured, Unit
from benchmarks.workspace import Workspace

FAMILIES = (
    "version",
    "start",
    "filtering",
    "editing",
    "encrypted",
    "importing",
    "bringing",
    "papers",
    "measuring",
    "losing",
    "merging",
    "year",
)


def main(words: Sequence[str]) -> int:
    """Run what the words name and print it; 0 whether budgets are kept or not, 2 for bad words."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    families = {name: import_module(f"benchmarks.{name}") for name in FAMILIES}
    known = [name for family in families.values() for name in family.NAMES]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="What senreg costs beside a peer measured in the same run.",
        epilog="The names: " + ", ".join(known) + ". The beginning of a name means all that "
        "begin so. In JSON, value and peer are seconds, or bytes for memory.",
    )
    parser.add_argument("names", metavar="NAME", nargs="*", help="only these; all unless given")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument(
        "--at", metavar="FOLDER", type=Path, help="a folder on the disk that is to be measured"
    )
    args = parser.parse_args(words)
    names = {name for name in known if not args.names or name.startswith(tuple(args.names))}
    for given in args.names:
        if not any(name.startswith(given) for name in known):
            parser.error(f"There is no benchmark called {given}. There are: {', '.join(known)}.")
    rows = []
    for row in _measured(families, names, args.at):
        rows.append(row)
        if row.ratio is None:
            print(f"{row.name}: skipped the peer, which is not installed.", file=sys.stderr)
        if not args.json:
            print(_line(row), flush=True)
    if args.json:
        print(json.dumps({"rows": [row.as_json() for row in rows]}, indent=1))
    else:
        print(_summary(rows))
    return 0


def _measured(families: dict[str, Any], names: set[str], at: Path | None) -> Iterator[Measured]:
    workspace = Workspace(at)
    try:
        for family in families.values():
            if names & set(family.NAMES):
                yield from family.run(workspace, names)
    finally:
        workspace.close()


def _line(row: Measured) -> str:
    """A measurement on two lines: the figures, then what they are of."""
    verdict = {True: "kept", False: "MISSED", None: ""}[row.is_met]
    ratio = "-" if row.ratio is None else _figure(row.ratio) + "×"
    budget = "no budget" if row.budget is None else f"at most {_figure(row.budget)}×"
    peer = "-" if row.peer is None else _amount(row.peer, row.unit)
    return (
        f"{row.name:<23}{_amount(row.value, row.unit):>10}  against {peer:>10}  "
        f"{ratio:>9}  {budget:<15} {verdict:<7} n={row.n}\n"
        f"    {row.title}; against {row.against}"
    )


def _figure(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 or not ratio else f"{ratio:.5f}"


def _amount(value: float, unit: Unit) -> str:
    if unit == "edits":
        return f"{value:,.0f} edits"
    if unit == "B":
        return f"{value / 1e6:,.1f} MB" if value >= 1e5 else f"{value:,.0f} B"
    return f"{value * 1000:,.2f} ms" if value < 1 else f"{value:,.2f} s"


def _summary(rows: Sequence[Measured]) -> str:
    judged = [row for row in rows if row.is_met is not None]
    missed = [row.name for row in judged if not row.is_met]
    if missed:
        return f"\n{len(missed)} of {len(judged)} budgets missed: {', '.join(missed)}."
    return f"\nAll {len(judged)} budgets are kept."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
