"""Invented transfer files, as systems of different years write them."""

from __future__ import annotations

HEADER = """<Header>
  <DocumentName>Common Transfer File</DocumentName><CTFversion>{version}</CTFversion>
  <DateTime>{made}T09:30:00</DateTime><DocumentQualifier>partial</DocumentQualifier>
  <SupplierID>Invented</SupplierID>
  <SourceSchool><LEA>801</LEA><Estab>2005</Estab><SchoolName>Alder Infants</SchoolName>
    <AcademicYear>{year}</AcademicYear></SourceSchool>
  <DestSchool><LEA>801</LEA><Estab>2010</Estab></DestSchool>
</Header>"""

MAJA = """<Pupil>
  <UPN>B801200005001</UPN><Surname>Łukaszewicz</Surname><Forename>Maja [Mai]</Forename>
  <DOB>2018-03-04</DOB><Sex>F</Sex>
  <BasicDetails>
    <PreferredForename>Maja</PreferredForename><FormerSurname>Nowak</FormerSurname>
    <MiddleNames>Zofia</MiddleNames><NCyearActual>3</NCyearActual><Ethnicity>WOTH</Ethnicity>
    <Languages><Type><LanguageType>F</LanguageType><Language>POL</Language></Type>
      <Type><LanguageType>H</LanguageType><Language>ENG</Language></Type></Languages>
    <ServiceChild>N</ServiceChild><MedicalFlag>true</MedicalFlag><EnrolStatus>C</EnrolStatus>
  </BasicDetails>
  <FSMhistory><FSMreviewDate>2025-09-01</FSMreviewDate>
    <FSMinstance><FSMstartDate>2022-09-05</FSMstartDate><FSMendDate>2023-07-20</FSMendDate>
      <UKcountry>ENG</UKcountry></FSMinstance>
    <FSMinstance><FSMstartDate>2025-01-06</FSMstartDate></FSMinstance></FSMhistory>
  <LookedAfter><InCare>false</InCare></LookedAfter>
  <SENhistory>
    <SEN><StartDate>2023-01-09</StartDate><SENprovision>K</SENprovision></SEN>
    <SEN><StartDate>2025-02-03</StartDate><SENprovision>E</SENprovision></SEN>
    <SENneeds>
      <SENneed><NeedStartDate>2023-01-09</NeedStartDate><SENtypeRank>1</SENtypeRank>
        <SENtype>SLCN</SENtype></SENneed>
      <SENneed><SENtypeRank>2</SENtypeRank><SENtype>ASD</SENtype></SENneed>
      <SENneed><NeedStartDate>2022-09-05</NeedStartDate><NeedEndDate>2023-07-20</NeedEndDate>
        <SENtypeRank>3</SENtypeRank><SENtype>SEMH</SENtype></SENneed>
    </SENneeds>
  </SENhistory>
  <Address><AddressLines><AddressLine1>1 Low Road</AddressLine1></AddressLines></Address>
  <Contacts>
    <Contact><Order>1</Order><Title>Mrs</Title><Surname>O'Neill</Surname><Forename>Ana</Forename>
      <Relationship>PAM</Relationship><Responsibility>true</Responsibility>
      <Address><AddressAsPupil>true</AddressAsPupil></Address>
      <Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960001</PhoneNo></Phone>
      </Phones><Email>ana@example.org</Email></Contact>
    <Contact><Order>2</Order><Surname>小明</Surname><Relationship>ZZZ</Relationship></Contact>
  </Contacts>
  <Attendance>
    <YearData><Year>{before}</Year><SchoolName>Alder Infants</SchoolName>
      <SessionsPossible>380</SessionsPossible><SessionsAuthorised>12</SessionsAuthorised>
      <SessionsAttended>360</SessionsAttended></YearData>
    <YearData><Year>{year}</Year><AttendanceStartDate>2025-09-03</AttendanceStartDate>
      <SessionsPossible>140</SessionsPossible><SessionsAuthorised>4</SessionsAuthorised>
      <SessionsUnauthorised>2</SessionsUnauthorised></YearData>
  </Attendance>
  <StageAssessments><KeyStage><Stage>KS1</Stage></KeyStage></StageAssessments>
  <SchoolHistory>
    <School><LEA>801</LEA><Estab>2001</Estab><SchoolName>Elm Nursery</SchoolName>
      <EntryDate>2021-09-06</EntryDate><LeavingDate>2022-07-20</LeavingDate></School>
    <School><SchoolName>Alder Infants</SchoolName><EntryDate>2022-09-05</EntryDate>
      <LeavingDate>2026-01-09</LeavingDate></School>
  </SchoolHistory>
  <Invented><Part>whatever</Part></Invented>
</Pupil>"""

PLAIN = "<Pupil><Surname>Shah</Surname><Forename>Sam</Forename><DOB>2017-05-06</DOB></Pupil>"


def ctf(*pupils: str, version: str = "25.0", made: str = "2026-01-12", year: int = 2025) -> str:
    """A whole file. `year` is the header's academic year and counts as the children's do."""
    inside = "".join(pupils).replace("{year}", str(year)).replace("{before}", str(year - 1))
    header = HEADER.format(version=version, made=made, year=year)
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{declared}<CTfile>{header}<CTFpupilData>{inside}</CTFpupilData></CTfile>"


def old_ctf(provision: str = "A", need: str = "BESD") -> str:
    """One of version 12: Gender, a stage of the old code, a need of the old name."""
    pupil = f"""<Pupil><UPN>R674123101121</UPN><Surname>Ó Briain</Surname><Forename>Seán</Forename>
      <DOB>2003-01-02</DOB><Gender>M</Gender><SENhistory>
      <SEN><StartDate>2010-09-06</StartDate><SENprovision>{provision}</SENprovision></SEN>
      <SENneeds><SENneed><SENtypeRank>1</SENtypeRank><SENtype>{need}</SENtype></SENneed></SENneeds>
      </SENhistory></Pupil>"""
    return ctf(pupil, version="12.0", made="2013-07-01", year=2013)
