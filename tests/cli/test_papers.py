from __future__ import annotations

from pathlib import Path

from tests.reports.reading import said_in_docx

from .conftest import School, Senreg


def test_a_class_sheet_and_a_pupil_page(senreg: Senreg, school: School, tmp_path: Path) -> None:
    sheet, page = tmp_path / "4 B.html", tmp_path / "page.htm"
    said = senreg("report", "class", school, "--class", "5B", "--to", sheet)
    assert (said.code, said.err) == (0, "")
    assert "not encrypted" in said.line
    assert "Sean O&#39;Neill" in sheet.read_text(encoding="utf-8")
    assert "SEN support" not in sheet.read_text(encoding="utf-8")
    assert senreg("report", "pupil", school, "--pupil", school.sean, "--to", page).code == 0
    assert "SEN support since 3 Sep 2025" in page.read_text(encoding="utf-8")
    assert senreg("report", "pupil", school, "--pupil", "小明 李", "--to", page).code == 0
    assert "小明 李" in page.read_text(encoding="utf-8")


def test_the_register_last_opened_is_meant_when_none_is_named(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    assert senreg("list", "pupils", school).code == 0
    assert senreg("report", "class", "--class", "5B", "--to", tmp_path / "x.html").code == 0


def test_what_is_refused(senreg: Senreg, school: School, tmp_path: Path) -> None:
    out = tmp_path / "x.html"
    for words, code in [
        (("class", school, "--class", "9Z", "--to", out), 3),
        (("class", school, "--to", out), 2),
        (("class", school, "--pupil", school.sean, "--to", out), 2),
        (("pupil", school, "--class", "5B", "--to", out), 2),
        (("pupil", school, "--pupil", "nobody", "--to", out), 3),
        (("pupil", school, "--pupil", school.sean, "--class", "5B", "--to", out), 2),
        (("poster", school, "--pupil", school.sean, "--to", out), 2),
        (("plan", school, "--class", "5B", "--to", out), 2),
        (("pupil", school, "--pupil", school.sean, "--given-to", "Mum", "--to", out), 2),
        (("pupil", school, "--pupil", school.sean, "--kind", "isp", "--to", out), 2),
        (("passport", school, "--pupil", school.sean, "--for-child", "--to", out), 2),
        (("plan", school, "--pupil", school.sean, "--to", tmp_path / "x.odt"), 2),
        (("lost-laptop", school, "--to", tmp_path / "x.pdf"), 3),
        (("class", school, "--class", "5B", "--to", tmp_path / "x.doc"), 2),
        (("class", school, "--class", "5B", "--to", school.path / "register.json"), 2),
        (("class", school, "--class", "5B", "--to", school.path / "x.html"), 3),
        (("class", school, "--class", "5B", "--to", tmp_path / "no" / "x.html"), 3),
        (("class", school, "--class", "5B"), 2),
        (("class", tmp_path / "none.senreg", "--class", "5B", "--to", out), 3),
    ]:
        said = senreg("report", *words)
        assert said.code == code, words
        assert said.out == ""
        assert 1 <= len(said.complaints) <= 3
    assert not out.exists()


def test_the_summary_of_a_conversation_and_its_record(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    summary, record = tmp_path / "summary.html", tmp_path / "record.html"
    words = ("summary", school, "--pupil", school.sean, "--to", summary)
    assert senreg("report", *words).code == 3, "none was held yet"
    held = senreg(
        "add",
        "conversations",
        school,
        f"pupil={school.sean}",
        "held_on=2026-11-12",
        "parent_words=He sings [loudly] & well",
    ).line
    said = senreg("report", *words)
    assert (said.code, said.err) == (0, "")
    assert "He sings [loudly] &amp; well" in summary.read_text(encoding="utf-8")
    chosen = ("--pupil", school.sean, "--conversation", held, "--to", record)
    assert senreg("report", "conversation", school, *chosen).code == 0
    assert "structured conversation" in record.read_text(encoding="utf-8")
    assert senreg("report", "pupil", school, *chosen).code == 2
    no_such = ("--pupil", school.sean, "--conversation", "nothing", "--to", record)
    assert senreg("report", "conversation", school, *no_such).code == 3


def test_a_plan_in_every_form_given_out_under_the_schools_name_for_it(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    words = ("report", "plan", school, "--pupil", school.sean, "--kind", "isp")
    for ending in ("html", "docx", "pdf"):
        said = senreg(*words, "--to", tmp_path / f"plan.{ending}")
        assert said.code == 0
        assert (tmp_path / f"plan.{ending}").stat().st_size > 1000
    said = senreg(*words, "--to", tmp_path / "p.html", "--given-to", "Mum [Sinéad]")
    assert "Individual Support Plan, version 1 is kept as given to Mum [Sinéad]." in said.out
    assert "Mum [Sinéad]" in senreg("list", "plans", school, "--json").out
    child = senreg(*words, "--for-child", "--to", tmp_path / "child.html")
    assert child.code == 0
    assert "Sean: my plan" in (tmp_path / "child.html").read_text(encoding="utf-8")
    assert (
        senreg("report", "passport", school, "--pupil", "小明 李", "--to", tmp_path / "p.docx").code
        == 0
    )


def test_the_provision_map_of_the_school_a_class_and_a_child(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    for number, about in enumerate(((), ("--class", "5B"), ("--pupil", school.sean))):
        for ending in ("html", "docx", "pdf"):
            file = tmp_path / f"{number}.{ending}"
            assert senreg("report", "provision", school, *about, "--costs", "--to", file).code == 0
            assert file.stat().st_size > 1000
    plain = ("report", "pupil", school, "--pupil", school.sean, "--costs")
    assert senreg(*plain, "--to", tmp_path / "x.html").code == 2
    whole = ("report", "provision", school, "--given-to", "Mum", "--to", tmp_path / "x.html")
    assert senreg(*whole).code == 3


def test_letters_to_the_families_of_a_class(senreg: Senreg, school: School, tmp_path: Path) -> None:
    words = ("report", "letter", school, "--class", "5B")
    assert senreg(*words, "--to", tmp_path / "x.html").code == 3, "no conversation is planned"
    about = f"pupil={school.sean}"
    senreg("add", "conversations", school, about, "planned_for=2099-12-03")
    senreg("add", "contacts", school, about, "name=Mum [/b]", "send_letters=yes")
    for ending in ("html", "docx", "pdf"):
        assert senreg(*words, "--to", tmp_path / f"a.{ending}").code == 0
    assert "Dear Mum [/b]," in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert senreg(*words, "--kind", "isp", "--to", tmp_path / "x.html").code == 2
    assert senreg(*words, "--given-to", "Mum", "--to", tmp_path / "x.html").code == 2


def test_the_impact_of_a_term(senreg: Senreg, school: School, tmp_path: Path) -> None:
    for ending in ("html", "docx", "pdf"):
        file = tmp_path / f"a.{ending}"
        assert senreg("report", "impact", school, "--costs", "--to", file).code == 0
        assert file.stat().st_size > 1000
    file = tmp_path / "x.html"
    assert senreg("report", "impact", school, "--term", "Lent", "--to", file).code == 2
    assert senreg("report", "impact", school, "--class", "5B", "--to", file).code == 2
    assert senreg("report", "provision", school, "--term", "Autumn", "--to", file).code == 2
    assert not file.exists()


def test_the_chronology_of_a_child(senreg: Senreg, school: School, tmp_path: Path) -> None:
    words = ("report", "chronology", school, "--pupil", school.sean)
    for ending in ("html", "docx", "pdf"):
        said = senreg(*words, "--to", tmp_path / f"a.{ending}")
        assert said.code == 0
        assert "Read it for what it says of other people" in said.err
    assert "SEN status: SEN support" in (tmp_path / "a.html").read_text(encoding="utf-8")
    for about in ((), ("--class", "5B")):
        wrong = ("report", "chronology", school, *about, "--to", tmp_path / "x.html")
        assert senreg(*wrong).code == 2


def test_the_inspection_names_nobody(senreg: Senreg, school: School, tmp_path: Path) -> None:
    for ending in ("html", "docx", "pdf"):
        file = tmp_path / f"a.{ending}"
        assert senreg("report", "inspection", school, "--to", file).code == 0
        assert file.stat().st_size > 1000
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "SO: SEN support" in page
    assert "Sean" not in page


def test_the_evidence_of_the_graduated_approach(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    words = ("report", "evidence", school, "--pupil", school.sean)
    for ending in ("html", "docx", "pdf"):
        said = senreg(
            *words, "--from", "1 Sep 2025", "--until", "today", "--to", tmp_path / f"a.{ending}"
        )
        assert said.code == 0
        assert "Read it for what it says of other people" in said.err
    assert "1 Sep 2025 to" in (tmp_path / "a.html").read_text(encoding="utf-8")
    for wrong, about in (
        ("evidence", ("--from", "soon")),
        ("evidence", ("--from", "1 Sep 2050")),
        ("plan", ("--from", "1 Sep 2025")),
    ):
        said = senreg(
            "report", wrong, school, "--pupil", school.sean, *about, "--to", tmp_path / "x.html"
        )
        assert said.code == 2
    assert not (tmp_path / "x.html").exists()


def test_papers_for_an_annual_review_are_of_a_child_with_a_plan(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    words = ("report", "annual-review", school, "--pupil", school.sean)
    said = senreg(*words, "--to", tmp_path / "x.html")
    assert said.code == 3
    assert "no EHC plan" in said.err
    assert not (tmp_path / "x.html").exists()
    plan = (f"pupil={school.sean}", "code=E", "start=2025-10-01")
    assert senreg("add", "sen_statuses", school, *plan).code == 1  # beside SEN support
    for ending in ("html", "docx", "pdf"):
        said = senreg(*words, "--to", tmp_path / f"a.{ending}")
        assert said.code == 0
        assert "No annual review is planned." in said.err


def test_figures_for_governors_and_for_leadership(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    for ending in ("html", "docx", "pdf"):
        for name in ("governors", "leadership"):
            file = tmp_path / f"{name}.{ending}"
            assert senreg("report", name, school, "--to", file).code == 0
            assert file.stat().st_size > 1000
    page = (tmp_path / "governors.html").read_text(encoding="utf-8")
    assert "fewer than 5 children are not told" in page
    assert "Sean" not in page
    for name, more in (("governors", ("--least", "2")), ("leadership", ("--least", "5"))):
        wrong = ("report", name, school, *more, "--to", tmp_path / "x.html")
        assert senreg(*wrong).code == 2


def test_a_paper_in_the_schools_own_template(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    ours, out = tmp_path / "ours.docx", tmp_path / "passport.docx"
    fields = senreg("report", "passport", "--fields")
    assert (fields.code, fields.err) == (0, "")
    assert "{{ name }} " in fields.out
    assert "{%p for each in targets %}" in senreg("report", "plan", "--fields").out
    assert senreg("report", "passport", "--starting-template", "--to", ours).code == 0
    assert senreg("report", "passport", "--starting-template", "--to", ours).code == 2
    asked = ("report", "passport", school, "--pupil", school.sean, "--to", out)
    said = senreg(*asked, "--template", ours)
    assert (said.code, said.err) == (0, "")
    assert "Sean O'Neill" in said_in_docx(out.read_bytes())


def test_a_template_that_names_what_there_is_not(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    import docx

    ours, out = tmp_path / "ours.docx", tmp_path / "passport.docx"
    whole = docx.Document()
    whole.add_paragraph("This is {{ name2 }}")
    whole.save(str(ours))
    said = senreg(
        "report", "passport", school, "--pupil", school.sean, "--to", out, "--template", ours
    )
    assert said.code == 3
    assert "“This is {{ name2 }}”. Near it: name." in said.complaints[0]
    assert not out.exists()
    for words in (
        ("class", school, "--class", "5B", "--to", out, "--template", ours),
        ("plan", school, "--pupil", school.sean, "--for-child", "--to", out, "--template", ours),
        ("plan", school, "--pupil", school.sean, "--to", tmp_path / "x.pdf", "--template", ours),
        ("summary", "--fields"),
        ("plan", "--starting-template"),
        ("plan", "--starting-template", "--to", tmp_path / "x.html"),
    ):
        assert senreg("report", *words).code == 2, words
    assert not out.exists()
