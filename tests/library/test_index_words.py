from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from quotecli.library.index_words import forms, one_typo, placed_words, stem, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“Pakistan’s decision”", ["pakistan", "decision"]),
        ("don't, DON’T", ["dont", "dont"]),
        ("the U.S. and the US", ["the", "us", "and", "the", "us"]),
        ("1.4 million, 1,400,000 and £3bn", ["1400000", "million"] * 2 + ["and", "3000000000", "billion"]),
        ("Trans-Himalayan — O'Brien", ["trans", "himalayan", "obrien"]),
        ("Erdoğan, Łódź, Ærø, Straße", ["erdogan", "lodz", "aero", "strasse"]),
        ("cafe\u0301s CAFÉS", ["cafes", "cafes"]),
        ("He left.The end", ["he", "left", "the", "end"]),
        ("… -- !? “”", []),
        ("left.The _1.4_ .5, 'tis the '90s’", ["left", "the", "1", "4", "5", "tis", "the", "90s"]),
        ("½ m², naïve Þór, 5µm", ["12", "m2", "naive", "thor", "5μm"]),
        ("the 🌍 said ’no’ ‘yes’ — “Où?”", ["the", "said", "no", "yes", "ou"]),
    ],
)
def test_words_are_folded(text: str, folded: list[str]) -> None:
    assert words(text) == folded


@example("²´0")
@given(st.text() | st.text("aB1é'’.,_`ß½ -“"))
def test_words_with_places_are_the_same_words_and_stand_there(text: str) -> None:
    placed = placed_words(text)
    assert [word for word, _, _ in placed] == words(text)
    assert all(word in words(text[start:end]) for word, start, end in placed)  # a number is two words at one place


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        (
            "3.5 million|$3.5m|3,500,000|£3.5mn|3.5-million|3.5 mn|three and a half million",
            "3500000 million",
        ),
        ("2bn|2,000 million|two billion|$2B", "2000000000 billion"),
        ("500,000|half a million|500k|five hundred thousand|5 lakh", "500000"),
        ("12%|12 per cent|12 percent|12pc|12 pct|12.0 %", "12 percent"),
        ("9%|nine per cent", "9 percent"),
        ("24|two dozen|2 dozen|24.0", "24"),
        ("1.5|1.50", "1·5"),
        ("250|two hundred and fifty", "250"),
    ],
)
def test_a_number_is_what_it_is_worth(written: str, folded: str) -> None:
    assert {" ".join(words(each)) for each in written.split("|")} == {folded}


@pytest.mark.parametrize("text", ["007", "one of three", "hundreds of thousands", "millions", "1990s", "5th"])
def test_no_other_words_are_taken_for_numbers(text: str) -> None:
    assert words(text) == text.split()


@given(st.text())
def test_words_hold_only_what_the_index_takes_for_one_word(text: str) -> None:
    assert all(character.isalnum() or character == "·" for word in words(text) for character in word)


@pytest.mark.parametrize(
    "forms",
    [
        "refugee refugees",
        "evict evicts evicted evicting",
        "family families",
        "stop stops stopped stopping",
        "criticise criticises criticised criticising",
        "boss bosses",
        "tax taxes taxed",
        "say says saying",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["wing wed", "his hi", "news new", "police policy", "bus bu", "united unite unity"])
def test_other_words_do_not(pair: str) -> None:
    first, *_, last = pair.split()
    assert stem(first) != stem(last)


ENDINGS = st.sampled_from(["", *"e s es ed ied ies ing sses ss y ee eed eeing xes".split()])


@given(st.text("aesty", min_size=1, max_size=6), ENDINGS)
def test_a_word_is_among_the_forms_of_its_stem(beginning: str, ending: str) -> None:
    word = beginning + ending
    assert word in forms(stem(word))


WORD = st.text("abcdefgh", min_size=3, max_size=12)


@given(WORD, st.data())
def test_one_slip_of_the_finger_is_one_typo(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    slips = {
        word[:place] + letter + word[place:],
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }
    assert slips <= one_typo(word)
    assert all(OSA.distance(word, slip) <= 1 for slip in one_typo(word))
