from __future__ import annotations

from collections import Counter
from pathlib import Path

from senreg.exchange.starter import add_starter_bank, starter_bank
from senreg.models.targets import AREAS
from senreg.models.validate import checked
from senreg.register import Register


def test_the_bank_has_good_examples_of_both_kinds() -> None:
    bank = starter_bank()
    assert 30 <= len(bank) <= 40
    kinds = Counter(example["kind"] for example in bank)
    assert min(kinds["curricular"], kinds["wider"]) >= 10
    assert {example["area"] for example in bank} <= {code for code, _ in AREAS}
    assert len({example["statement"] for example in bank}) == len(bank)
    for example in bank:
        assert checked("target_examples", example, partial=False) == example
        assert set(example) == {
            "kind", "area", "statement", "success_criterion", "measure", "child_statement",
        }  # fmt: skip
        assert "…" in example["statement"] or "…" in example["success_criterion"]
        assert example["child_statement"].startswith("I ")


def test_a_new_register_begins_with_the_bank_and_undo_leaves_it(tmp_path: Path) -> None:
    with Register.create(tmp_path / "new", "Holly Bank Junior School") as register:
        add_starter_bank(register)
        assert register.count("target_examples") == len(starter_bank())
        assert register.undo() is None
        assert register.count("target_examples") == len(starter_bank())
