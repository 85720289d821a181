"""The command as a process: what it loads, how it ends, and what it writes byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import senreg
from senreg import __version__

from .conftest import School

ROOT = Path(senreg.__file__).parents[1]


def run(*words: object, code: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    start = ["-c", code] if code else ["-m", "senreg"]
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


LOADED = """
import sys
before = set(sys.modules)
from senreg.cli.__main__ import run
code = run()
print("\\n" + " ".join(sorted(set(sys.modules) - before)), file=sys.stderr)
"""


def loaded_by(*words: object) -> set[str]:
    done = run(*words, code=LOADED)
    return set(done.stderr.decode().splitlines()[-1].split())


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_loads_next_to_nothing(option: str) -> None:
    assert run(option).stdout.decode().split() == ["senreg", __version__]
    loaded = loaded_by(option)
    assert loaded == {"senreg", "senreg.cli", "senreg.cli.__main__"}


def test_the_light_modules_load_nothing_heavy() -> None:
    loaded = loaded_by("locate")
    assert not {name for name in loaded if name.split(".")[0] in ("textual", "rich", "tinydb")}
    assert not {"pydantic", "orjson", "screens"} & loaded


def test_a_verb_loads_only_its_own_family(school: School) -> None:
    loaded = loaded_by("history", school.sean, school)
    assert "senreg.cli.story" in loaded
    assert (
        not {f"senreg.cli.{each}" for each in ("records", "sharing", "importing", "demo")} & loaded
    )
    assert not {name for name in loaded if name.split(".")[0] in ("textual", "screens")}


def test_help_of_a_verb_opens_nothing() -> None:
    loaded = loaded_by("add", "--help")
    assert not {"pydantic", "tinydb", "textual", "senreg.register"} & loaded


@pytest.mark.parametrize("module", ["senreg", "senreg.cli"])
def test_both_modules_run(module: str) -> None:
    run_it = f"runpy.run_module({module!r}, run_name='__main__')"
    done = run(code=f"import runpy, sys; sys.argv[1:] = ['--version']; {run_it}")
    assert (done.returncode, done.stdout.split()) == (0, [b"senreg", __version__.encode()])


def test_output_is_utf_8_whatever_the_code_page(school: School) -> None:
    for encoding in ("cp1252", "ascii", "utf-16"):
        done = run("list", "pupils", school, "--json", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 0, done.stderr
        assert "小明".encode() in done.stdout
        assert {each["forename"] for each in json.loads(done.stdout)} >= {"小明", "Łukasz"}
        plain = run("list", "pupils", school, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert "小明".encode() in plain.stdout


def test_a_closed_pipe_is_no_error(school: School) -> None:
    for verb in (["list", "pupils", "--json"], ["list", "pupils"], ["help", "pupils"]):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "senreg", *verb],
            cwd=ROOT,
            env={**os.environ, "SENREG_REGISTER": str(school)},
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no /dev/full")
def test_output_that_cannot_be_written_is_not_taken_for_done(school: School) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "senreg", "list", "pupils", str(school)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 3
    assert b"Traceback" not in done.stderr


BREAKING = """
import sys
import senreg.cli.registers
def breaks(args):
    raise {error}
senreg.cli.registers._locate = breaks
from senreg.cli.__main__ import run
sys.exit(run())
"""


def test_an_unforeseen_error_is_three_lines_without_a_value() -> None:
    code = BREAKING.format(error="KeyError('secret name')")
    done = run("locate", code=code)
    assert (done.returncode, done.stdout) == (3, b"")
    assert len(done.stderr.splitlines()) == 3
    assert b"Traceback" not in done.stderr
    assert b"secret" not in done.stderr
    assert b"KeyError" in done.stderr
    told = run("locate", code=code, SENREG_DEBUG="1")
    assert b"Traceback" in told.stderr


RAISING = """
import sys
import {module} as rules
def breaks(*given, **named):
    raise LookupError("O'Neill 小明")
rules.{rule} = breaks
from senreg.cli.__main__ import run
sys.exit(run())
"""


@pytest.mark.parametrize(
    ("verb", "module", "rule"),
    [
        (["check"], "senreg.rules.findings", "findings"),
        (["measure", "register"], "senreg.rules.measures", "measured"),
    ],
)
def test_a_rule_that_raises_is_three_lines_without_a_value(
    school: School, verb: list[str], module: str, rule: str
) -> None:
    environment = {"SENREG_REGISTER": str(school)}
    done = run(*verb, code=RAISING.format(module=module, rule=rule), **environment)
    said = done.stderr.decode()
    assert done.returncode == 3
    assert len(said.splitlines()) == 3, said
    assert "Traceback" not in said
    assert "LookupError" in said
    assert "O'Neill" not in said
    assert run(*verb, **environment).returncode != 3, "the rule itself is sound"


def test_ctrl_c_leaves_quietly() -> None:
    done = run("locate", code=BREAKING.format(error="KeyboardInterrupt"))
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
