import pytest

from senreg.rules.findings import findings
from senreg.rules.scales import figures_off_scale, most_of, off_scale

from .sample import TODAY, Sample


@pytest.mark.parametrize(
    ("label", "most"),
    [
        ("Sessions attended, of 10", 10),
        ("Child's own confidence score, of 10", 10),
        ("Confidence (out of 20)", 20),
        ("score /5", 5),
        ("Spelling/30", 30),
        ("Out of ten", 10),
        ("of 10 points", 10),
        ("Reading age", None),
        ("Right on 4 out of 5", None),
        ("4/10", None),
        ("4 out of 5 readings", None),
        ("words a minute", None),
        ("of 0", None),
        ("", None),
        (None, None),
    ],
)
def test_a_label_names_its_scale(label, most):
    assert most_of(label) == most


def test_only_a_score_off_the_scale_is_told():
    label = "Sessions attended, of 10"
    assert off_scale(label, 14) == "14 is more than “Sessions attended, of 10” allows."
    assert off_scale(label, 10.5).startswith("10.5 is more than")
    assert off_scale(label, -1).startswith("-1 is less than")
    assert [off_scale(label, value) for value in (0, 10, 7.5, None, "14")] == [""] * 5
    assert off_scale("Reading age", 14) == ""


def test_check_finds_scores_off_the_scale_wherever_they_stand():
    sample = Sample()
    sam = sample.pupil("Sam [EAL]", "O'Neill")
    drums = sample.group("Drumming")
    sample.set(sample.get(drums)["intervention"], measure="Sessions attended, of 10")
    place = sample.add(
        "placements", pupil=sam, group=drums, start="2026-09-10", entry_score=14, exit_score=10
    )
    target = sample.target(sam, measure="Own mark", unit="out of 5", start_value=2, target_value=4)
    review = sample.add("target_reviews", target=target, date="2026-11-01", value=6)
    other = sample.target(sam, measure="Own mark, /10", target_value=40)
    sample.target(sam, measure="Own mark, /10", unit="times a week", target_value=40)
    found = [each for each in findings(sample, TODAY) if each.code == "score_off_scale"]
    assert [(each.table, each.record) for each in found] == [
        ("placements", place), ("targets", other), ("target_reviews", review),
    ]  # fmt: skip
    assert found[0].message == (
        "Sam [EAL] O'Neill (4B): 14 is more than “Sessions attended, of 10” allows."
    )


def test_a_figure_off_the_scale_is_named_unless_it_was_there_before():
    before = {"measure": "Confidence, of 10", "start_value": 12, "target_value": 9}
    assert list(figures_off_scale(before)) == ["start_value"]
    assert figures_off_scale(before, before) == {}
    assert list(figures_off_scale({**before, "target_value": 11}, before)) == ["target_value"]
    assert figures_off_scale({**before, "measure": "Words"}, before) == {}
