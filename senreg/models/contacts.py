"""The adults who stand for a child."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Line, Record, RecordId, Text, Whole, YesNo


class Contact(Record):
    """A parent, carer or other adult who stands for a child."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    name: Annotated[
        Line, About("Name", headings=("Contact name", "Parent", "Parent name", "Carer"))
    ]
    relationship: Annotated[
        Code | None,
        About(
            "Relationship",
            choices=(
                ("mother", "Mother"),
                ("father", "Father"),
                ("step_parent", "Step-parent"),
                ("grandparent", "Grandparent"),
                ("foster_carer", "Foster carer"),
                ("social_worker", "Social worker"),
                ("sibling", "Brother or sister"),
                ("other_family", "Other family"),
                ("other", "Other"),
            ),
            open=True,
            headings=("Relationship to pupil", "Relation"),
        ),
    ] = None
    phone: Annotated[
        Line | None,
        About("Phone", confidential=True, headings=("Telephone", "Mobile", "Phone number")),
    ] = None
    email: Annotated[
        Line | None, About("Email", confidential=True, headings=("Email address", "E-mail"))
    ] = None
    language: Annotated[
        Code | None,
        About(
            "Speaks",
            "The language to write and talk in.",
            code_set="language",
            open=True,
            headings=("Language", "Home language"),
        ),
    ] = None
    interpreter: Annotated[YesNo, About("Interpreter needed", headings=("Interpreter",))] = False
    parental_responsibility: Annotated[
        YesNo, About("Parental responsibility", headings=("PR", "Has parental responsibility"))
    ] = False
    lives_with: Annotated[
        YesNo, About("The child lives with them", headings=("Lives with", "Lives with them"))
    ] = False
    priority: Annotated[
        Whole | None,
        About("Priority", "1 is called first.", headings=("Contact priority", "Contact order")),
    ] = None
    send_letters: Annotated[YesNo, About("Gets letters")] = False
    restriction: Annotated[
        Text | None,
        About(
            "Restriction",
            "Anything that limits what this person may be told or sent; every letter honours it.",
            long=True,
            confidential=True,
        ),
    ] = None
