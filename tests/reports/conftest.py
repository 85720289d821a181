from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from senreg.register import Register

TODAY = date(2026, 11, 22)


class Words(HTMLParser):
    """The words a page shows, and the elements and attributes it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._silent = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._silent = tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.said.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return "\n".join(self.said)


Add = Callable[[str, Mapping[str, Any]], str]


class Book:
    """An open register, and a short way to put records into it."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def add(self, table: str, **values: Any) -> str:
        with self.register.commit("Fill") as c:
            return c.add(table, values)

    def child(self, forename: str, surname: str = "O'Neill", **values: Any) -> str:
        """A child of 4B on the register, and the id."""
        row = {"forename": forename, "surname": surname, "class_name": "4B"} | values
        pupil = self.add("pupils", **row)
        self.add("sen_statuses", pupil=pupil, code="K", start="2025-09-05")
        return pupil


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Register.create(tmp_path / "Oak.senreg", "Oakfield & Sons <Junior> School") as register:
        yield Book(register)
