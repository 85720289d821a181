"""What this machine remembers, and what is told of a file that is not as it was written."""

import json

import pytest

from senreg.paths import settings_folder
from senreg.settings import NOT_OURS, UNREADABLE, Settings


@pytest.fixture
def file():
    return settings_folder() / "settings.json"


def test_a_machine_without_a_file_has_the_usual_settings_and_nothing_to_tell():
    assert Settings.load() == Settings()


def test_settings_come_back_as_they_were_kept():
    kept = Settings(lock_minutes=7, people={"register": "O'Neill"}, last_folder="小明")
    kept.save()
    assert Settings.load() == kept


def test_what_a_newer_version_wrote_is_kept(file):
    file.write_text('{"lock_minutes": 9, "of_tomorrow": [1]}', encoding="utf-8")
    settings = Settings.load()
    assert not settings.doubt
    settings.save()
    assert Settings.load() == settings
    assert json.loads(file.read_text(encoding="utf-8"))["of_tomorrow"] == [1]


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b"\xff"])
def test_a_file_that_cannot_be_read_is_told_until_it_is_written_anew(file, written):
    file.write_bytes(written)
    settings = Settings.load()
    assert settings == Settings(doubt=UNREADABLE)
    settings.save()
    assert Settings.load() == Settings()


def test_what_another_hand_wrote_holds_and_is_told(file):
    Settings(lock_minutes=5).save()
    file.write_text(
        file.read_text(encoding="utf-8").replace('"lock_minutes": 5', '"lock_minutes": 15'),
        encoding="utf-8",
    )
    settings = Settings.load()
    assert (settings.lock_minutes, settings.doubt) == (15, NOT_OURS)
    settings.save()
    assert Settings.load() == Settings(lock_minutes=15)


def test_a_digest_that_is_no_text_is_another_hand(file):
    file.write_text('{"digest": 3}', encoding="utf-8")
    assert Settings.load() == Settings(doubt=NOT_OURS)
