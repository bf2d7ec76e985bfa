"""Whether two names may be one: people across articles, forms within one, organisations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.naming.names import name_words
from quotecli.naming.organisations import acronym, initials, organisation_fit, organisation_key
from quotecli.naming.person_names import kinship, person_fit, person_name
from quotecli.naming.words import flat_words


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("Jalil Jilani", "Jalil Abbas Jilani", "middle names"),
        ("J. Jilani", "Jalil Jilani", "initials"),
        ("Jilani", "Jalil Jilani", "surname"),
        ("Joe Biden", "Joseph Biden", "short first name"),
        ("Bob Hale", "Robert “Bob” Hale", "short first name"),
        ("Ortega y Paz", "Diego Ortega y Paz", "part"),
        ("Bert van der Meulen", "Bert Meulen", None),
        ("Ann Lee", "Tom Lee", None),
        ("Walter Pruitt", "Walter Pruitt Jr.", None),
    ],
)
def test_how_a_name_may_be_short_for_another(short: str, full: str, kind: str | None) -> None:
    first, second = person_name(short), person_name(full)
    assert first is not None and second is not None
    assert kinship(first, second) == kind


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("Van 't Hoff", "Joost van 't Hoff", True),
        ("Molina", "Ray “The Hat” Molina", True),
        ("Brandt", "“Weird Otto” Brandt", True),
        ("King", "Nora King", True),
        ("Hale", "Oliver Hart", False),
    ],
)
def test_a_form_fits_a_name_of_its_article(short: str, full: str, fits: bool) -> None:
    assert bool(person_fit(name_words(short), name_words(full))) is fits


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("NSC", "National Seismic Centre", True),
        ("FDA", "US Food and Drug Administration", True),
        ("DOJ", "Department of Justice", True),
        ("CDC", "U.S. Centers for Disease Control and Prevention", True),
        ("CDC", "Clark County District Court", False),
        ("HB 77", "House Bill 77", True),
        ("U.N.", "U.N. Charter", False),
    ],
)
def test_a_form_fits_an_organisation_or_a_bill(short: str, full: str, fits: bool) -> None:
    assert bool(organisation_fit(name_words(short), name_words(full))) is fits


def test_spellings_of_an_organisation_have_one_key() -> None:
    assert organisation_key("the Department of Justice") == organisation_key("Justice Department")
    assert organisation_key("Cobrex Inc.") == organisation_key("COBREX")
    assert initials("World Health Organization") == acronym("W.H.O.") == "who"


@given(st.text())
def test_the_words_of_a_name_hold_letters_and_digits_only(text: str) -> None:
    assert all(word and word.isalnum() for word in flat_words(text))
