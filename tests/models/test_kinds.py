"""The kinds of fields that are known without a model."""

from __future__ import annotations

import subprocess
import sys

from senreg.models.kinds import FILE, kinds_in_models, kinds_of
from senreg.models.tables import TABLES, fields_of


def test_the_kinds_are_those_of_the_models():
    assert FILE.read_bytes() == kinds_in_models(), "make it anew: python -m senreg.models.kinds"
    for table in TABLES:
        assert kinds_of(table) == {field.name: field.kind for field in fields_of(table)}


def test_of_a_table_of_a_newer_version_none_is_known():
    assert kinds_of("moonshots") == {}


def test_they_are_known_without_pydantic():
    asked = "import sys; from senreg.models.kinds import kinds_of; kinds_of('pupils')['dob']"
    told = f"{asked}; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
