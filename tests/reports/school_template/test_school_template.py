"""A school's own Word template: filled in, refused, and never made to do anything else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError, Unreadable, WrongUsage
from senreg.models.text import clean
from senreg.reports.asked import Choices
from senreg.reports.definitions import PAPERS, Paper
from senreg.reports.papers import make, save
from senreg.reports.school_template.fields import TEMPLATED, TemplateField, in_lines
from senreg.reports.school_template.filling import check_template, fill
from senreg.reports.school_template.reading import MOST_BYTES
from senreg.reports.school_template.starting import starting_template
from tests.reports.conftest import TODAY, Book
from tests.reports.one_childs import written_about
from tests.reports.reading import one_line, resaved, said_in_docx

Template = Callable[..., Path]


@pytest.fixture
def template(tmp_path: Path) -> Template:
    """Makes a template of paragraphs."""

    def made(*paragraphs: str, header: str = "", footer: str = "{{ foot }}") -> Path:
        whole = docx.Document()
        for each in paragraphs:
            whole.add_paragraph(each)
        whole.sections[0].header.paragraphs[0].text = header
        whole.sections[0].footer.paragraphs[0].text = footer
        path = tmp_path / "ours.docx"
        whole.save(str(path))
        return path

    return made


def filled(path: Path, **values: object) -> str:
    """What a passport's template says; fields that are not given are empty."""
    empty = {each.name: [] if each.shape == "list" else "" for each in TEMPLATED["passport"]}
    return said_in_docx(fill(path, "passport", [{**empty, **values}], "Passport"))


def paper_of(book: Book, name: str, pupil: str, **choices: object) -> Paper:
    return make(book.register, name, pupil=pupil, choices=Choices(**choices), today=TODAY)  # type: ignore[arg-type]


def names_of(value: object) -> object:
    """The shape of values: the names, and those of the first item of each list."""
    if isinstance(value, dict):
        return {name: names_of(one) for name, one in value.items()}
    return names_of(value[0]) if isinstance(value, list) and value else type(value).__name__


def shape_of(field: TemplateField) -> object:
    if field.shape == "list":
        return {part.name: "str" for part in field.parts}
    return "Lines" if field.shape == "lines" else "str"


def everything(book: Book) -> str:
    """A child of whom every list of a template has something."""
    pupil = written_about(book, "Qq")
    book.add("contacts", pupil=pupil, name="Mum O'Neill", send_letters=True)
    book.add("conversations", pupil=pupil, planned_for="2026-12-07", at="15:30")
    group = book.add("groups", intervention=book.add("interventions", name="Read"))
    book.add("placements", pupil=pupil, group=group, start="2026-09-07")
    return pupil


@pytest.mark.parametrize("name", TEMPLATED)
def test_what_is_listed_is_what_a_template_is_given(book: Book, name: str) -> None:
    values = paper_of(book, name, everything(book)).values
    assert len(values) == 1
    assert names_of(dict(values[0])) == {each.name: shape_of(each) for each in TEMPLATED[name]}


@pytest.mark.parametrize("name", TEMPLATED)
def test_the_starting_template_names_every_field_and_says_what_the_paper_says(
    book: Book, name: str, tmp_path: Path
) -> None:
    begun = tmp_path / "begun.docx"
    begun.write_bytes(starting_template(name))
    check_template(begun, name)
    with zipfile.ZipFile(begun) as archive:
        source = b"".join(archive.read(part) for part in archive.namelist()).decode(
            "utf-8", "replace"
        )
    forms = {"made_on", "delete_after", "called", "full_name"}
    unnamed = {each.name for each in TEMPLATED[name]} - forms
    assert {each for each in unnamed if not re.search(rf"[{{ ]{each}[ }}]", source)} == set()
    paper = paper_of(book, name, everything(book))
    save(paper, tmp_path / "out.docx", begun)
    said = said_in_docx((tmp_path / "out.docx").read_bytes())
    own = re.compile(r"Qq [a-z_]+")
    save(paper, tmp_path / "usual.docx")
    usual = set(own.findall(said_in_docx((tmp_path / "usual.docx").read_bytes())))
    assert set(own.findall(said)) >= usual
    assert "{" not in said


def test_text_of_any_kind_stays_text(template: Template) -> None:
    path = template("{{ name }}", "{{ helps }}", header="{{ name }}")
    hostile = 'O\'Neill & <b>小明</b> [x] {{ school }} {% for a in b %} {_{ y }_} "q" =1+1'
    said = filled(path, name=hostile, helps="one\ntwo\tthree")
    assert hostile in said
    assert "one two three" in said


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.text(
        min_size=1,
        max_size=60,
        alphabet=st.characters(codec="utf-8") | st.sampled_from("{}%#<>&_'\""),
    ).map(clean)
)
def test_any_text_is_filled_in_as_it_is(template: Template, text: str) -> None:
    said = filled(template("[{{ name }}]"), name=text)
    assert one_line(f"[{text}]".translate({0xFFFE: None, 0xFFFF: None})) in said


def test_lists_and_conditions(template: Template) -> None:
    path = template(
        "{%p if hard %}", "Hard: {{ hard|join(', ') }}", "{%p else %}", "Nothing", "{%p endif %}",
        "{%p for each in helps %}", "{{ loop.index }}. {{ each|upper }}", "{%p endfor %}",
    )  # fmt: skip
    assert one_line(filled(path, helps=("clock", "map"))) == "Nothing 1. CLOCK 2. MAP"
    assert "Hard: noise, crowds" in filled(path, hard=("noise", "crowds"))


def test_a_field_that_word_broke_up_is_still_one(tmp_path: Path) -> None:
    whole = docx.Document()
    paragraph = whole.add_paragraph()
    for part in ("Dear {", "{ na", "me }}", ","):
        paragraph.add_run(part)
    whole.save(str(tmp_path / "a.docx"))
    assert "Dear Łukasz," in filled(tmp_path / "a.docx", name="Łukasz")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Dear {{ name2 }},", "names “name2”, which this paper does not have: “Dear {{ name2 }}"),
        ("Dear {{ name2 }},", "Near it: name"),
        ("{{ primary_need }}", "names “primary_need”"),
        ("{% if status %}x{% endif %}", "names “status”"),
        ("{{ helps.first }}", "names “helps.first”"),
        ("{{ name.__class__ }}", "names “name.__class__”"),
        ("{{ name", "cannot be read"),
        ("{% for a in helps %}{{ a }}", "cannot be read"),
        ("{{ name.upper() }}", "calculates or calls something"),
        ("{{ cycler('a') }}", "calculates or calls something"),
        ("{{ 'x' * 9999999999 }}", "calculates or calls something"),
        ("{% for a in range(9999999) %}x{% endfor %}", "calculates or calls something"),
        ("{% for a in name %}x{% endfor %}", "which is no list"),
        (3 * "{% for a in helps %}" + 3 * "{% endfor %}", "lists in lists in lists"),
        ("{% set x = name %}", "a command other than if and for"),
        ("{% include 'x' %}", "a command other than if and for"),
        ("{% macro x() %}{% endmacro %}", "a command other than if and for"),
        ("{{ name|attr('x') }}", "uses “attr”"),
        ("{{ name|center(999999999) }}", "uses “center”"),
        ("{% if name > 3 %}x{% endif %}", "compares"),
        ("{{r name }}", "where no text stands"),
        ("{{p name }}", "where no text stands"),
    ],
)  # fmt: skip
def test_what_a_template_cannot_do_is_told_with_the_place(
    template: Template, written: str, told: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        check_template(template(written), "passport")
    assert told in refusal.value.happened
    assert "senreg report passport --fields" in refusal.value.do
    with pytest.raises(Unreadable, match="The header of the template"):
        check_template(template("", header=written), "passport")


def test_a_field_in_a_colour_or_a_columns_width_is_refused(tmp_path: Path) -> None:
    whole = docx.Document()
    whole.add_table(1, 1).rows[0].cells[0].text = "{% cellbg name %}x"
    whole.save(str(tmp_path / "a.docx"))
    with pytest.raises(Unreadable, match="none of its own"):
        check_template(tmp_path / "a.docx", "passport")


def test_parts_that_do_not_fit_together_are_one_sentence(tmp_path: Path) -> None:
    whole = docx.Document()
    whole.add_paragraph("{% if hard %}")
    whole.add_table(1, 1).rows[0].cells[0].text = "{% endif %}"
    whole.save(str(tmp_path / "a.docx"))
    check_template(tmp_path / "a.docx", "passport")
    with pytest.raises(Unreadable, match="begins in one place"):
        filled(tmp_path / "a.docx")


def test_letters_of_a_class_are_each_a_section_with_nothing_of_another(
    book: Book, template: Template, tmp_path: Path
) -> None:
    for number, forename in enumerate(("Łukasz", "小明", "[Ann]")):
        pupil = book.child(forename)
        book.add("conversations", pupil=pupil, planned_for="2026-12-07")
        book.add("contacts", pupil=pupil, name=f"Parent {number}", send_letters=True)
    path = template("Dear {{ to }},", "about {{ child }}", header="{{ school }}")
    letters = make(book.register, "letter", class_name="4B", today=TODAY)
    save(letters, tmp_path / "out.docx", path)
    out = docx.Document(str(tmp_path / "out.docx"))
    assert len(out.sections) == len(letters.values) == 3
    texts = [[one.text for one in each.iter_inner_content()] for each in out.sections]
    assert sorted(tuple(each) for each in texts) == [
        ("Dear Parent 0,", "about Łukasz"),
        ("Dear Parent 1,", "about 小明"),
        ("Dear Parent 2,", "about [Ann]"),
    ]
    for each in out.sections:
        assert each.header.paragraphs[0].text == "Oakfield & Sons <Junior> School"
        assert each.footer.paragraphs[0].text.startswith("Made on 22 Nov 2026.")


def test_a_letter_names_nobody_where_every_letter_shows_the_same(template: Template) -> None:
    with pytest.raises(Unreadable, match="header of the template names “child”"):
        check_template(template("{{ child }}", header="{{ child }}"), "letter")


def test_a_template_without_the_foot_gets_it_at_its_end(template: Template) -> None:
    path = template("{{ name }}", footer="")
    assert one_line(filled(path, name="Ann", foot="Made on 1 May.")) == "Ann Made on 1 May."
    once = template("{{ name }}", "{{ foot }}", footer="")
    assert filled(once, name="Ann", foot="Made on 1 May.").count("Made on") == 1


def test_nothing_is_left_of_who_made_the_template(tmp_path: Path) -> None:
    whole = docx.Document()
    whole.core_properties.author = "Mx Clerk"
    whole.core_properties.keywords = "{{ name }}"
    whole.save(str(tmp_path / "a.docx"))
    values = [{"school": "Oak", "foot": "f", "name": "O'Neill"}]
    out = docx.Document(io.BytesIO(fill(tmp_path / "a.docx", "passport", values, "Ann's")))
    properties = out.core_properties
    assert (properties.author, properties.title, properties.keywords) == ("Oak", "Ann's", "")


def with_part(path: Path, name: str, change: Callable[[str], str]) -> Path:
    """The template with one of its parts changed, or a new one."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = change(parts.get(name, b"").decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for each, data in parts.items():
            archive.writestr(each, data, zipfile.ZIP_DEFLATED)
    return path


RELATIONS = "word/_rels/document.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str, mode: str = "External") -> Callable[[str], str]:
    relation = (
        f'<Relationship Id="rX" Type="{KINDS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )
    return lambda text: text.replace("</Relationships>", relation + "</Relationships>")


def in_text(xml: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"<w:body>", lambda found: found[0] + xml, text)


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        (RELATIONS, related("image", "http://x.example/a.png"), "lies elsewhere"),
        (RELATIONS, related("hyperlink", "file://server/share"), "lies elsewhere"),
        (RELATIONS, related("oleObject", "embeddings/a.bin", "Internal"), "object of another"),
        (RELATIONS, related("vbaProject", "vbaProject.bin", "Internal"), "macro"),
        (RELATIONS, related("aFChunk", "chunk.html", "Internal"), "object of another"),
        (RELATIONS, lambda _: "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", "entities"),
        (RELATIONS, lambda _: "<Relationships><one></Relationships>", "damaged"),
        ("word/document.xml", lambda text: "<!DOCTYPE x>" + text, "entities"),
        ("word/document.xml", lambda text: text[: len(text) // 2], "damaged"),
        ("word/document.xml", lambda text: text + " " * 3_000_001, "more text"),
        ("word/document.xml", in_text("<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r>"
                                      "<w:instrText>PICTURE x</w:instrText></w:r></w:p>"),
         "fetches something"),
        ("word/document.xml", in_text('<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>'),
         "fetches something"),
        ("word/media/a.png", lambda _: "0" * 60_000_001, "unpacks"),
    ],
)  # fmt: skip
def test_a_template_that_acts_or_fetches_is_refused(
    template: Template, part: str, change: Callable[[str], str], told: str
) -> None:
    path = with_part(template("{{ name }}"), part, change)
    before = path.read_bytes()
    with pytest.raises(Unreadable, match=told) as refusal:
        check_template(path, "passport")
    assert len(refusal.value.lines) == 3
    assert path.read_bytes() == before


def test_where_a_letterhead_was_made_from_is_taken_out_and_a_link_stays(template: Template) -> None:
    path = template("{{ name }}")
    with_part(path, RELATIONS, related("hyperlink", "https://oak.example"))
    with_part(
        path,
        "word/_rels/settings.xml.rels",
        lambda _: (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{KINDS}/attachedTemplate" '
            'Target="file://server/Letter.dotx" TargetMode="External"/></Relationships>'
        ),
    )
    attached = f'<w:attachedTemplate xmlns:r="{KINDS}" r:id="r1"/></w:settings>'
    with_part(path, "word/settings.xml", lambda text: text.replace("</w:settings>", attached))
    values = [{"school": "Oak", "foot": "f", "name": "Ann"}]
    with zipfile.ZipFile(io.BytesIO(fill(path, "passport", values, "t"))) as archive:
        whole = b"".join(archive.read(each) for each in archive.namelist())
    assert b"server" not in whole
    assert b"attachedTemplate" not in whole
    assert b"oak.example" in whole


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"\xd0\xcf\x11\xe0 an old or a locked document", b"<html>"]
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="not a Word document"):
        check_template(path, "passport")
    for other in (tmp_path / "a.doc", tmp_path / "none.docx", tmp_path):
        with pytest.raises(Unreadable):
            check_template(other, "passport")
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(Unreadable, match="larger than 10 MB"):
        check_template(path, "passport")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_template_with_any_byte_turned_is_used_or_refused(
    template: Template, tmp_path: Path, data: st.DataObject
) -> None:
    whole = bytearray(template("{{ name }}").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "turned.docx"
    path.write_bytes(whole)
    with suppress(SenregError):
        assert isinstance(filled(path, name="Ann"), str)


def test_papers_without_a_template_and_other_endings(
    book: Book, template: Template, tmp_path: Path
) -> None:
    path, pupil = template("{{ name }}"), everything(book)
    passport = paper_of(book, "passport", pupil)
    for paper, to in (
        (paper_of(book, "pupil", pupil), "a.docx"),
        (paper_of(book, "plan", pupil, for_child=True), "a.docx"),
        (passport, "a.pdf"),
        (passport, "a.html"),
        (passport, path.name),
    ):
        with pytest.raises(SenregError):
            save(paper, tmp_path / to, path)
    with pytest.raises(WrongUsage):
        check_template(path, "summary")
    assert not (tmp_path / "a.docx").exists()
    assert set(TEMPLATED) <= set(PAPERS)


def test_the_fields_are_told_as_they_are_written() -> None:
    told = dict(in_lines("plan"))
    assert told["{{ name }}"].startswith("The child")
    assert "{%p for each in targets %}" in told
    assert "    {{ each.success }}" in told


def test_libreoffice_opens_a_filled_in_template(book: Book, tmp_path: Path) -> None:
    begun = tmp_path / "begun.docx"
    begun.write_bytes(starting_template("plan"))
    save(paper_of(book, "plan", everything(book)), tmp_path / "out.docx", begun)
    said = said_in_docx((tmp_path / "out.docx").read_bytes())
    assert said_in_docx(resaved(tmp_path / "out.docx")) == said
