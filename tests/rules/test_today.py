from senreg.rules.today import review_words, today_lines

from .sample import TODAY, Sample


def described(lines):
    return [(line.kind, line.name, line.day, line.words) for line in lines]


def test_what_is_due_comes_by_day_and_opens_its_record():
    sample = Sample()
    sam = sample.pupil(status="K", preferred_name="Sam [EAL]")
    late = sample.target(sam, statement="Reads 50 words a minute", due="2026-11-13")
    sample.target(sam, statement="Far off", due="2027-03-01")
    review = sample.add("reviews", pupil=sam, kind="termly", planned_for="2026-11-27")
    action = sample.add("actions", about=late, what="Ring Mum", who="Mrs Fox", due="2026-11-20")
    sample.add("actions", about=late, what="Done", due="2026-11-20", done_on="2026-11-19")
    sample.add("actions", about=late, what="No date")
    found = today_lines(sample, TODAY)
    assert described(found.overdue) == [
        ("target", "O'Neill, Sam [EAL]", "2026-11-13", "Review target: Reads 50 words a minute"),
        ("action", "O'Neill, Sam [EAL]", "2026-11-20", "Ring Mum (Mrs Fox)"),
    ]
    assert described(found.due) == [("review", "O'Neill, Sam [EAL]", "2026-11-27", "Termly review")]
    assert [line.record for line in (*found.overdue, *found.due)] == [late, action, review]
    assert {line.pupil for line in (*found.overdue, *found.due)} == {sam}


def test_nothing_is_asked_about_children_who_have_left_or_were_put_away():
    sample = Sample()
    for gone in (
        sample.pupil(status="K", left="2026-07-21"),
        sample.pupil(status="K", archived=True),
    ):
        target = sample.target(gone, due="2026-11-13")
        sample.add("reviews", pupil=gone, kind="annual", planned_for="2026-11-13")
        sample.add("actions", about=target, what="Ring", due="2026-11-13")
    here = sample.pupil(status="N")
    put_away = sample.target(here, due="2026-11-13", archived=True)
    sample.add("actions", about=put_away, what="Ring", due="2026-11-13")
    found = today_lines(sample, TODAY)
    assert found.overdue == found.due == found.no_target == found.no_need == ()


def test_an_action_about_nothing_known_is_still_to_do():
    sample = Sample()
    sample.add("actions", about="a-later-table", what="Book the hall", due="2026-11-20")
    (line,) = today_lines(sample, TODAY).overdue
    assert (line.pupil, line.name, line.words) == ("", "", "Book the hall")


def test_an_action_of_a_review_finds_its_child_through_the_target():
    sample = Sample()
    sam = sample.pupil(status="K")
    review = sample.add("target_reviews", target=sample.target(sam), date="2026-11-01")
    sample.add("actions", about=review, what="Send book home", due="2026-11-20")
    assert [line.pupil for line in today_lines(sample, TODAY).overdue] == [sam]


def test_gaps_are_of_children_on_the_register_only():
    sample = Sample()
    lacking = sample.pupil("Łukasz", "Nowak", "E", class_name="10A")
    whole = sample.pupil("Ada", "Byron", "K")
    sample.target(whole, status="working")
    sample.add("needs", pupil=whole, code="MLD", rank=1)
    ended = sample.pupil("小明", "王", "A", class_name="3C")
    sample.target(ended, status="met")
    sample.add("needs", pupil=ended, code="MLD", rank=1, end="2026-01-01")
    for code in "NM":
        sample.pupil("No", "Need", code)
    found = today_lines(sample, TODAY)
    assert [(line.record, line.words) for line in found.no_target] == [
        (lacking, "EHC plan, no open target"),
        (ended, "School Action, no open target"),
    ]
    assert [line.record for line in found.no_need] == [lacking, ended]
    assert found.no_need[0].words == "EHC plan, no primary need"


def test_reviews_in_words():
    from senreg.models.reviews import REVIEW_KINDS

    assert [review_words({"kind": code}) for code, _ in REVIEW_KINDS] == [
        "Termly review",
        "Annual review of the plan",
        "Transition review",
        "Initial review",
    ]
    assert review_words({}) == "Review"
    assert review_words({"kind": "phase"}) == "Phase review"
