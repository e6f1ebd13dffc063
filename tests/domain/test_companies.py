"""Applications at the same company, however its name is written."""

from __future__ import annotations

from builders import application
from followup.domain.companies import Companies


def test_upper_case_and_white_space_make_no_other_company() -> None:
    first = application(id=1, company="Globex Corp")
    second = application(id=2, company="  GLOBEX  corp ")
    third = application(id=3, company="Globex")
    companies = Companies([first, second, third])
    assert companies.beside(first) == (second,)
    assert companies.beside(second) == (first,)
    assert companies.beside(third) == ()
    assert companies.beside(application(id=4, company="Hooli")) == ()
