"""Children: who they are."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId, Text, YesNo
from senreg.models.upn import normalised_upn, upn_warnings

Upn = Annotated[Line, BeforeValidator(normalised_upn)]


class Pupil(Record):
    """A child of the school, past or present.

    Year group, class and key teacher are today's; those of earlier years are enrolments.
    """

    surname: Annotated[
        Line,
        About(
            "Surname",
            headings=(
                "Last name",
                "Legal surname",
                "Legal last name",
                "Family name",
                "Pupil surname",
            ),
        ),
    ]
    forename: Annotated[
        Line,
        About(
            "Forename",
            headings=(
                "First name",
                "Legal forename",
                "Legal first name",
                "Given name",
                "Forenames",
                "Pupil forename",
                "Christian name",
            ),
        ),
    ]
    preferred_name: Annotated[
        Line | None,
        About(
            "Known as",
            "The first name the child is called by, if it is another.",
            headings=(
                "Preferred name",
                "Preferred forename",
                "Preferred first name",
                "Chosen name",
                "Chosen first name",
            ),
        ),
    ] = None
    upn: Annotated[
        Upn | None,
        About(
            "UPN",
            "Unique Pupil Number: a letter and twelve characters. A child may have none yet.",
            headings=(
                "Unique pupil number",
                "UPN number",
                "Pupil UPN",
                "Unique Pupil Number (UPN)",
            ),
        ),
    ] = None
    dob: Annotated[
        Day | None,
        About("Date of birth", headings=("DOB", "D.O.B.", "Birth date", "Birthday", "Birthdate")),
    ] = None
    sex: Annotated[
        Code | None,
        About("Sex", code_set="sex", headings=("Gender", "Legal sex", "M/F", "Sex/Gender")),
    ] = None
    year_group: Annotated[
        Code | None,
        About(
            "Year group",
            code_set="year_group",
            headings=(
                "Year",
                "Yr",
                "Year grp",
                "Year group(s) this academic year",
                "Year taught in",
                "NC Year",
                "NC year actual",
                "National curriculum year",
                "NCY",
                "Year groups",
                "Curriculum year",
                "Current year group",
            ),
        ),
    ] = None
    class_name: Annotated[
        Line | None,
        About(
            "Class",
            headings=(
                "Class name",
                "Reg Group",
                "Reg",
                "Registration group",
                "Registration form",
                "Registration form(s) this academic year",
                "Reg form",
                "Form",
                "Form group",
                "Tutor group",
                "Tutor",
                "Current class",
                "Class group",
                "Registration",
            ),
        ),
    ] = None
    key_teacher: Annotated[
        RecordId | None,
        About(
            "Key teacher",
            "The adult who leads the conversations with the family.",
            of="staff",
            headings=(
                "Class teacher",
                "Form tutor",
                "Tutor name",
                "Key worker",
                "Key adult",
                "Registration tutor",
                "Teacher name",
            ),
        ),
    ] = None
    enrolment_status: Annotated[
        Code | None,
        About(
            "Enrolment status",
            code_set="enrolment_status",
            headings=("Enrolment", "Enrolment type", "Enrol status", "Registration status"),
        ),
    ] = None
    ethnicity: Annotated[
        Code | None,
        About(
            "Ethnicity",
            code_set="ethnicity",
            open=True,
            confidential=True,
            headings=("Ethnic group", "Ethnicity code", "Ethnic origin", "Ethnicity description"),
        ),
    ] = None
    first_language: Annotated[
        Code | None,
        About(
            "First language",
            code_set="language",
            open=True,
            headings=("Home language", "Language", "Mother tongue", "First language (home)"),
        ),
    ] = None
    eal: Annotated[
        YesNo,
        About(
            "EAL",
            "English is an additional language.",
            headings=(
                "English as an additional language",
                "EAL status",
                "English additional language",
                "Is EAL",
            ),
        ),
    ] = False
    fsm: Annotated[
        YesNo,
        About(
            "Free school meals",
            "Eligible now, on income grounds.",
            yes_words="fsm_category",
            confidential=True,
            headings=(
                "FSM",
                "FSM eligible",
                "Free school meals eligible",
                "Eligible for free meals",
                "FSM eligibility",
                "Eligible for free school meals",
                "Free meals",
                "Free school meal",
            ),
        ),
    ] = False
    pupil_premium: Annotated[
        YesNo,
        About(
            "Pupil premium",
            "Attracts the pupil premium today on any ground, free meals in the last six years "
            "among them.",
            yes_words="pupil_premium",
            headings=(
                "PP",
                "Pupil premium eligible",
                "Pupil premium indicator",
                "Pupil premium recipient",
                "Ever 6",
                "Ever6",
                "Ever 6 FSM",
                "FSM Ever 6",
                "Pupil premium eligibility",
                "Disadvantaged",
            ),
        ),
    ] = False
    looked_after: Annotated[
        YesNo,
        About(
            "Looked after",
            "In the care of an authority today.",
            confidential=True,
            headings=(
                "In care",
                "LAC",
                "CLA",
                "Looked after child",
                "Child looked after",
                "In LEA care",
                "In local authority care",
                "In care status",
                "Looked after (in care)",
            ),
        ),
    ] = False
    service_child: Annotated[
        YesNo,
        About(
            "Service child",
            "A parent serves in the regular armed forces.",
            headings=(
                "Service children",
                "Parent in armed forces",
                "Service child indicator",
                "Service",
            ),
        ),
    ] = False
    social_care: Annotated[
        YesNo,
        About(
            "Social care involved",
            "Yes or no only; what it is about stays with the designated safeguarding lead.",
            confidential=True,
            headings=("Social care", "Social worker", "Child in need", "Has a social worker"),
        ),
    ] = False
    sen_unit: Annotated[
        YesNo,
        About(
            "In an SEN unit",
            "Only provision that the authority recognises formally.",
            headings=("SEN unit", "SEN unit indicator", "Member of SEN unit"),
        ),
    ] = False
    resourced_provision: Annotated[
        YesNo,
        About(
            "In resourced provision",
            "Only provision that the authority recognises formally.",
            headings=("Resourced provision", "Resourced provision indicator"),
        ),
    ] = False
    joined: Annotated[
        Day | None,
        About(
            "Joined",
            "The day of admission.",
            headings=(
                "Admission date",
                "Date of admission",
                "Entry date",
                "Start date",
                "DOA",
                "Date joined",
                "Enrolment date",
                "Date of entry",
            ),
        ),
    ] = None
    left: Annotated[
        Day | None,
        About(
            "Left",
            "The last day on roll.",
            headings=(
                "Date of leaving",
                "Leaving date",
                "DOL",
                "Leave date",
                "Date left",
                "End date",
                "Unenrolment date",
            ),
        ),
    ] = None
    destination: Annotated[
        Line | None,
        About(
            "Went to",
            "The next school.",
            headings=("Destination", "Next school", "Destination school"),
        ),
    ] = None
    previous_school: Annotated[
        Line | None,
        About("Came from", headings=("Previous school", "Last school", "Previous school name")),
    ] = None
    records_requested: Annotated[
        Day | None, About("Records asked for", "When the last school was asked for the SEN file.")
    ] = None
    records_received: Annotated[Day | None, About("Records received")] = None
    records_sent: Annotated[
        Day | None, About("Records sent", "When the SEN file went to the next school.")
    ] = None
    records_receipt: Annotated[
        Day | None,
        About(
            "Receipt confirmed",
            "When the next school said that it has the SEN file; it is then erased here.",
        ),
    ] = None
    keep_until: Annotated[
        Day | None,
        About("Keep until", "Instead of the date worked out from the school's settings."),
    ] = None
    interests: Annotated[
        Text | None,
        About("Interests", "What the child likes doing.", long=True, headings=("Likes", "Hobbies")),
    ] = None
    strengths: Annotated[Text | None, About("Strengths", long=True)] = None
    aspirations: Annotated[
        Text | None,
        About("Hopes", "The child's own, and the family's.", long=True, headings=("Aspirations",)),
    ] = None
    what_helps: Annotated[
        Text | None,
        About(
            "What helps",
            "What every adult should do; it stands on the class sheet.",
            long=True,
            headings=("How to help", "Helpful strategies"),
        ),
    ] = None
    access_arrangements: Annotated[
        Text | None,
        About(
            "Access arrangements",
            "For tests and examinations, such as extra time.",
            long=True,
            headings=("Exam access arrangements", "Exam arrangements"),
        ),
    ] = None
    same_as: Annotated[
        RecordId | None,
        About(
            "Same child as",
            "The record of this child into which this one was merged.",
            of="pupils",
            unasked=True,
        ),
    ] = None

    @classmethod
    def warnings(cls, values: dict[str, Any]) -> list[str]:
        """What is odd about the UPN; a pupil is never refused for it."""
        return upn_warnings(values.get("upn"))
