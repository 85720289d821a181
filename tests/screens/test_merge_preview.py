"""The preview of a merge: what is said of it before it is brought in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from senreg.erasure import erase, plan_erasing
from senreg.places import documents_folder
from senreg.register import Register
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join
from tests.screens.conftest import Running


@pytest.mark.parametrize("erased", [False, True])
async def test_before_a_merge_it_is_said_whether_anything_goes_for_good(
    running: Running, register: Register, tmp_path: Path, erased: bool
) -> None:
    documents = documents_folder()
    documents.mkdir(parents=True, exist_ok=True)
    export_bundle(register, tmp_path / "first.senreg-bundle")
    with join(tmp_path / "first.senreg-bundle", tmp_path / "second.senreg") as second:
        with second.commit("Change") as c:
            c.set("ming", what_helps="Pictures")
        if erased:
            erase(second, plan_erasing(second, "sam", date(2026, 11, 27)), "request")
        export_bundle(second, documents / "from-4b.senreg-bundle")
    async with running(start="share") as d:
        await d.keys("m")
        await d.type("from-4b")
        await d.keys("enter")
        assert d.shows("goes for good") is erased
        assert d.shows("Nothing that anybody wrote is lost") is not erased
        await d.keys("enter")
    assert (register.get("sam") is None) is erased
