"""What may not be loaded before a list is on the screen."""

import subprocess
import sys

import pytest

LIGHT = ("tables", "codes", "days", "upn", "entry", "describe", "text", "validate")


@pytest.mark.parametrize("module", LIGHT)
def test_importing_it_loads_no_pydantic(module):
    check = (
        f"import sys, senreg.models.{module}\n"
        "heavy = {'pydantic', 'pydantic_core', 'tinydb', 'textual'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_reading_code_sets_and_dates_loads_no_pydantic():
    check = (
        "import sys\nfrom datetime import date\n"
        "from senreg.models.codes import broad_area, code_set, code_sets, label\n"
        "from senreg.models.days import parse_day, shown_day\n"
        "from senreg.models.upn import upn_warnings\n"
        "for name in code_sets(): code_set(name)\n"
        "broad_area('ASD'); label('sen_type', 'ASD'); upn_warnings('H801200001001')\n"
        "shown_day(parse_day('fri', today=date(2026, 11, 25)))\n"
        "sys.exit('pydantic' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_what_else_is_installed_is_not_looked_through():
    check = (
        "import importlib.metadata\n"
        "importlib.metadata.entry_points = None\n"
        "import senreg.models.pupils"
    )
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
