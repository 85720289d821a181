from __future__ import annotations

from .conftest import School, Senreg


def test_show_names_what_the_law_sets_a_day_for(senreg: Senreg, school: School) -> None:
    pupil = senreg("list", "pupils", school, "--json").document[0]["id"]
    of = f"pupil={pupil}"
    key = senreg("add", "ehc_processes", school, of, "requested_on=2026-09-07").out.strip()
    senreg("add", "ehc_outcomes", school, of, "section=E", "wording=Reads [alone] of an evening")
    said = " ".join(senreg("show", pupil, school).out.split())
    assert "Mon 25 Jan 2027: Final plan, by the authority (SEND Regs 2014, reg 13(2)" in said
    assert f"Assessment for a plan, 7 Sep 2026 [{key}]" in said
    assert "E: Reads [alone] of an evening" in said
    wrong = senreg("set", key, school, "decided_on=2026-08-01")
    assert "before “Request received on”" in " ".join((wrong.out + wrong.err).split())
    senreg("set", key, school, "final_exception=away", "decided_on=2026-10-01")
    said = " ".join(senreg("show", pupil, school).out.split())
    assert "Excepted Mon 25 Jan 2027: Final plan" in said
