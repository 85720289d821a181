"""Long exports tell how far they are, and leave nothing behind where they are stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from senreg.exchange.spreadsheets_out import export_xlsx
from senreg.register import Register
from senreg.sync.bundle import export_bundle, read_bundle

Export = Callable[[Register, Path, Callable[[int, int], object]], object]


class Enough(Exception):
    pass


def bundle(register: Register, path: Path, watch: Callable[[int, int], object]) -> object:
    return export_bundle(register, path, watch)


def workbook(register: Register, path: Path, watch: Callable[[int, int], object]) -> object:
    return export_xlsx(register, path, watch=watch)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "school.senreg", "Hill") as opened:
        with opened.commit("Fill") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "[x]"})
        yield opened


@pytest.mark.parametrize("export", [bundle, workbook])
def test_it_goes_on_to_the_end(register: Register, tmp_path: Path, export: Export) -> None:
    told: list[tuple[int, int]] = []
    export(register, tmp_path / "out", lambda done, total: told.append((done, total)))
    assert (tmp_path / "out").stat().st_size > 0
    assert told[0][0] == 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(done <= total for done, total in told)


@pytest.mark.parametrize("export", [bundle, workbook])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_stopped_it_leaves_the_older_file(
    register: Register, tmp_path: Path, export: Export, after: int
) -> None:
    path = tmp_path / "out"
    path.write_text("older", encoding="utf-8")
    calls: list[int] = []

    def watch(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) > after:
            raise Enough

    with pytest.raises(Enough):
        export(register, path, watch)
    assert path.read_text(encoding="utf-8") == "older"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "school.senreg"]


def test_a_watched_bundle_is_a_bundle(register: Register, tmp_path: Path) -> None:
    export_bundle(register, tmp_path / "out", lambda done, total: None)
    assert read_bundle(tmp_path / "out").register == register.register_id
