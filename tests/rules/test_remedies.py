"""What is found that no merge can keep in order, and the ways to put it right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.findings import findings
from senreg.rules.remedies import (
    DECIDING,
    REMEDIED,
    all_remedies,
    found_at,
    remedies,
    to_review,
)
from senreg.rules.same_child import kept_of, merge_pupils, merged_into

from .sample import TODAY, Commit, Sample

UPN = "B801200005001"


@pytest.fixture
def sample():
    return Sample()


def found(sample, code):
    (only,) = [each for each in to_review(sample, TODAY) if each.code == code]
    assert only in findings(sample, TODAY)
    return only


def ways(sample, code):
    return remedies(sample, found(sample, code), TODAY)


def twins(sample, **second):
    first = sample.pupil("Seán", "O'Neill", "K", id="a", upn=UPN, dob="2017-01-05")
    values = {"id": "b", "upn": UPN, "class_name": "4A", **second}
    sample.pupil("Sean", "O'Neill", **values)
    return first, "b"


def test_a_merge_loses_nothing(sample):
    first, second = twins(
        sample, what_helps="Quiet.\nSlow.", looked_after=True, joined="2023-09-01"
    )
    sample.set(first, what_helps="Quiet.\nPictures.", looked_after=False)
    sample.add("contacts", pupil=second, name="Mum", id="mum")
    sample.add("documents", pupil=second, title="Letter", archived=True, id="letter")
    sample.add("needs", pupil=first, code="ASD", id="need")
    merge_pupils(sample, sample.get(first), sample.get(second), TODAY).write(Commit(sample))
    kept, gone = sample.get(first), sample.get(second)
    assert (gone["archived"], gone["same_as"]) == (True, first)
    assert [sample.get(each)["pupil"] for each in ("mum", "letter", "need")] == [first] * 3
    assert (kept["looked_after"], kept["joined"]) == (True, "2023-09-01")
    assert kept["what_helps"] == "Quiet.\nPictures.\nSlow."
    assert (kept["forename"], kept["class_name"]) == ("Seán", "4B")
    (note,) = sample.all("notes")
    assert note["text"].endswith("It said:\nForename: Sean\nClass: 4A")
    assert (note["pupil"], note["happened_on"]) == (first, TODAY.isoformat())
    assert to_review(sample, TODAY) == []
    assert [row["id"] for row in merged_into(sample, first)] == [second]


TEXTS = st.text(alphabet="ab\n", max_size=8).map(lambda text: text.strip() or None)
FIELDS = st.fixed_dictionaries(
    {
        "surname": st.sampled_from(["O'Neill", "Neill"]),
        "class_name": st.sampled_from([None, "4A", "4B"]),
        "dob": st.sampled_from([None, "2017-01-05", "2018-01-05"]),
        "eal": st.booleans(),
        "what_helps": TEXTS,
        "interests": TEXTS,
        "key_teacher": st.sampled_from([None, "khan", "gone"]),
    }
)


@given(FIELDS, FIELDS)
def test_every_value_of_both_is_found_afterwards(one, other):
    sample = Sample()
    sample.add("staff", id="khan", name="Mrs Khan")
    for key, values in (("a", one), ("b", other)):
        sample.add("pupils", id=key, forename="Sam", **values)
    merge_pupils(sample, sample.get("a"), sample.get("b"), TODAY).write(Commit(sample))
    kept, notes = sample.get("a"), "\n".join(note["text"] for note in sample.all("notes"))
    said = {"khan": "Mrs Khan", "2017-01-05": "5 Jan 2017", "2018-01-05": "5 Jan 2018"}
    for name, value in other.items():
        lines = str(kept[name] or "").split("\n")
        if value and name in ("what_helps", "interests"):
            assert all(line in lines for line in value.split("\n"))
        elif value:
            assert kept[name] == value or f": {said.get(value, value)}" in notes
    for name, value in one.items():
        if value and name not in ("what_helps", "interests"):
            assert kept[name] == value


def test_a_merge_of_equals_writes_no_note(sample):
    first, second = twins(sample, class_name="4B")
    sample.set(second, forename="Seán")
    merge_pupils(sample, sample.get(first), sample.get(second), TODAY).write(Commit(sample))
    assert sample.all("notes") == []


@pytest.mark.parametrize("way", [0, 1])
def test_a_child_entered_twice_is_merged_either_way(sample, way):
    twins(sample)
    chosen = ways(sample, "same_upn")[way]
    assert "Merge into Seán O'Neill 4B" in ways(sample, "same_upn")[0].words, (
        "the one with more records"
    )
    chosen.proposal.write(Commit(sample))
    assert [row["id"] for row in sample.all("pupils")] == ["ab"[way]]
    assert sample.all("sen_statuses")[0]["pupil"] == "ab"[way]
    assert to_review(sample, TODAY) == []


def test_two_children_of_one_upn_are_not_merged_first(sample):
    sample.pupil("Ada", "Byron", upn=UPN, dob="2017-01-05", id="a")
    sample.pupil("Ada", "Kaya", upn=UPN, dob="2018-03-09", id="b")
    first, second, *rest = ways(sample, "same_upn")
    assert first.words == (
        f"They are two children: take the UPN away from Ada Kaya 4B {UPN} (0 records)"
    )
    assert (second.proposal.sets[0].record, len(rest)) == ("a", 2)
    first.proposal.write(Commit(sample))
    assert sample.get("b")["upn"] is None
    assert to_review(sample, TODAY) == []


def test_children_of_one_name_and_birthday_are_offered_too(sample):
    sample.pupil("Zofia", "Nowak", dob="2017-05-05", id="a")
    sample.pupil("zofia", "NOWAK", dob="2017-05-05", id="b", class_name="4B")
    ways(sample, "same_child")[0].proposal.write(Commit(sample))
    assert [row["id"] for row in sample.all("pupils")] == ["a"]


def test_records_of_a_child_entered_three_times_are_told_apart(sample):
    born = {"dob": "2017-05-05", "class_name": "3A"}
    sample.pupil("Łukasz", "[Nowak]", id="a", joined="2026-09-03", **born)
    sample.pupil("Łukasz", "[Nowak]", id="b", joined="2025-09-03", ethnicity="WBRI", **born)
    sample.pupil("Łukasz", "[Nowak]", id="c", ethnicity="WBRI", **born)
    sample.pupil("Łukasz", "[Nowak]", id="d", status="K", **born)
    name = "Łukasz [Nowak] 3A"
    a, b, c = (
        f"{name} (0 records, {each})"
        for each in ("Joined: 3 Sep 2026", "Joined: 3 Sep 2025", "id c")
    )
    d = f"{name} (1 record)"
    pairs = [(a, b), (b, a), (a, c), (c, a), (d, a), (a, d)]
    assert [each.words for each in ways(sample, "same_child")] == [
        f"Merge into {first}; put away {second}" for first, second in pairs
    ]


def test_what_another_copy_still_gives_to_the_second_goes_to_the_first(sample):
    first, second = twins(sample)
    merge_pupils(sample, sample.get(first), sample.get(second), TODAY).write(Commit(sample))
    sample.add("targets", pupil=second, statement="Reads", id="late")
    assert "still has 1 target" in found(sample, "child_of_merged").message
    (way,) = ways(sample, "child_of_merged")
    way.proposal.write(Commit(sample))
    assert sample.get("late")["pupil"] == first
    assert to_review(sample, TODAY) == []


@pytest.mark.parametrize("way", [0, 1])
def test_a_second_record_that_comes_back_is_merged_again_or_is_a_child_of_its_own(sample, way):
    first, second = twins(sample, upn="B801200005002")
    merge_pupils(sample, sample.get(first), sample.get(second), TODAY).write(Commit(sample))
    sample.set(second, archived=False, interests="Trains")
    ways(sample, "merged_and_back")[way].proposal.write(Commit(sample))
    if way == 0:
        assert sample.get(first)["interests"] == "Trains"
        assert sample.get(second)["archived"]
    else:
        assert sample.get(second)["same_as"] is None
    assert to_review(sample, TODAY) == []


def test_two_copies_that_merged_into_each_other_bring_one_back_the_same_on_both(sample):
    first, second = twins(sample)
    sample.set(first, archived=True, same_as=second)
    sample.set(second, archived=True, same_as=first, interests="Trains")
    sample.set(sample.all("sen_statuses")[0]["id"], pupil=second)
    assert kept_of(sample, sample.get(second))["id"] == first
    ways(sample, "merged_both_ways")[0].proposal.write(Commit(sample))
    assert [row["id"] for row in sample.all("pupils")] == [first]
    assert sample.get(first)["interests"] == "Trains"
    assert sample.all("sen_statuses")[0]["pupil"] == first
    assert to_review(sample, TODAY) == []


def test_the_kept_record_is_found_through_several_merges(sample):
    for key, after in (("a", "b"), ("b", "c")):
        sample.pupil(id=key, archived=True, same_as=after)
    sample.pupil(id="c")
    assert kept_of(sample, sample.get("a"))["id"] == "c"
    sample.set("c", same_as="gone")
    assert kept_of(sample, sample.get("a"))["id"] == "c"


@pytest.mark.parametrize(("way", "left", "ended"), [(0, ["E"], "2026-10-31"), (1, ["K"], None)])
def test_of_two_open_statuses_one_stays(sample, way, left, ended):
    sam = sample.pupil(status="K")
    sample.add("sen_statuses", pupil=sam, code="E", start="2026-11-01")
    chosen = ways(sample, "two_open_statuses")[way]
    assert ("end SEN support on 31 Oct 2026" in chosen.words) == (way == 0)
    chosen.proposal.write(Commit(sample))
    opened = [row["code"] for row in sample.all("sen_statuses") if not row.get("end")]
    assert opened == left
    assert sample.all("sen_statuses")[0].get("end") == ended
    assert to_review(sample, TODAY) == []


def test_the_same_status_from_the_same_day_is_put_away(sample):
    sam = sample.pupil(status="K")
    sample.add("sen_statuses", pupil=sam, code="K", start="2025-09-01")
    ways(sample, "two_open_statuses")[0].proposal.write(Commit(sample))
    assert len(sample.all("sen_statuses")) == 1


@pytest.mark.parametrize("start", ["2026-09-10", TODAY.isoformat()])
@pytest.mark.parametrize("way", [0, 1])
def test_a_place_in_an_archived_group_ends_or_the_group_comes_back(sample, start, way):
    group = sample.group()
    sample.place(sample.pupil(status="N"), group, start=start, id="place")
    sample.set(group, archived=True)
    ways(sample, "placement_in_archived_group")[way].proposal.write(Commit(sample))
    assert to_review(sample, TODAY) == []
    place = sample.get("place")
    if way == 0:
        assert place.get("end") == "2026-11-21" or place["archived"]
    else:
        assert "end" not in place


@pytest.mark.parametrize("way", [0, 1])
@pytest.mark.parametrize("parent", ["pupil", "target", "intervention"])
def test_what_is_left_of_an_archived_record_goes_too_or_it_comes_back(sample, way, parent):
    sam = sample.pupil(status="N")
    if parent == "pupil":
        archived = sam
        child = sample.all("sen_statuses")[0]["id"]
    elif parent == "target":
        archived = sample.target(sam, statement="Reads")
        child = sample.add("actions", about=archived, what="Ring")
    else:
        child = sample.group()
        archived = sample.get(child)["intervention"]
    sample.set(archived, archived=True)
    assert found(sample, "child_of_archived").record == archived
    assert found(sample, "child_of_archived").severity == "note"
    ways(sample, "child_of_archived")[way].proposal.write(Commit(sample))
    assert bool(sample.get(archived)["archived"]) == (way == 1)
    assert bool(sample.get(child).get("archived")) == (way == 1)
    assert to_review(sample, TODAY) == []


def test_what_has_ended_or_is_done_is_left_alone(sample):
    sam = sample.pupil(status="N")
    target = sample.target(sam, archived=True)
    sample.add("actions", about=target, what="Ring", done_on="2026-10-01")
    group = sample.group(end="2026-07-20")
    sample.set(sample.get(group)["intervention"], archived=True)
    assert to_review(sample, TODAY) == []


def test_every_way_of_one_record_is_listed_together(sample):
    twins(sample)
    listed = all_remedies(sample, "a", date(2026, 11, 22))
    assert [finding.code for finding, _ in listed] == ["same_upn"] * 4
    assert all_remedies(sample, "nobody", TODAY) == []


class Deciding:
    """A register of which only the fields are seen that are said to decide."""

    def __init__(self, sample):
        self.sample = sample

    def _seen(self, row):
        return row and {name: row[name] for name in row if name in DECIDING or name == "id"}

    def all(self, table, *, archived=False):
        return [self._seen(row) for row in self.sample.all(table, archived=archived)]

    def get(self, record):
        return self._seen(self.sample.get(record))

    def by(self, table, field):
        return {
            value: [self._seen(row) for row in rows]
            for value, rows in self.sample.by(table, field).items()
        }


def test_only_the_deciding_fields_decide_what_there_is_to_review(sample):
    twins(sample, preferred_name="Shaun", left="2026-01-01")
    for number in range(2):
        same = {"surname": "Zając", "forename": "小明", "dob": "2016-02-03"}
        sample.add("pupils", **same, interests=str(number))
    two = sample.pupil("Ada", status="K", left="2026-07-01")
    sample.add("sen_statuses", pupil=two, code="E", start="2026-01-01", reason="A plan")
    group = sample.group(name="Archived", archived=True)
    sample.place(two, group, start="2026-01-01", entry_score=3)
    away = sample.pupil("Away", archived=True)
    sample.add("needs", pupil=away, code="ASD", source="A letter")
    merged = sample.pupil("Merged", archived=True, same_as=two)
    sample.add("notes", pupil=merged, text="Still here")
    sample.pupil("Back", same_as=two)
    one, other = (sample.pupil(f"Both {each}", archived=True) for each in "ab")
    sample.set(one, same_as=other)
    sample.set(other, same_as=one)
    found_now = found_at(sample, TODAY)
    assert {code for code, _ in found_now} == REMEDIED
    assert found_at(Deciding(sample), TODAY) == found_now
