from __future__ import annotations

from senreg.rules.contact_cautions import cautions
from tests.rules.sample import Sample


def test_restrictions_stand_first_and_each_contact_in_the_order_they_are_called() -> None:
    sample = Sample()
    pupil = sample.pupil("Ana")
    for priority, name, more in (
        (3, "Gran", {"interpreter": True}),
        (2, "Dad", {"restriction": "No\ncontact.", "relationship": "father"}),
        (1, "Mum", {"interpreter": True, "language": "Turkish", "relationship": "mother"}),
        (4, "Aunt", {"restriction": " "}),
    ):
        sample.add("contacts", pupil=pupil, name=name, priority=priority, **more)
    assert cautions(sample, pupil) == (
        "Restriction, Dad (father): No contact.",
        "Mum (mother) needs an interpreter (Turkish).",
        "Gran needs an interpreter.",
    )
    assert cautions(sample, sample.pupil("Bo")) == ()
