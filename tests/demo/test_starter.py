from __future__ import annotations

from collections import Counter

from senreg.exchange.starter import starter_bank
from senreg.models.targets import AREAS
from senreg.models.validate import checked


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
