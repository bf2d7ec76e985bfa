"""Roles that stand as titles before a name: "Interim foreign minister NAME"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.attribution.speakers.phrases import Role, is_person_word, make_role
from quotecli.naming.lexicon import (
    ARTICLES,
    DAYS_AND_MONTHS,
    HONORIFICS,
    NO_VERBS,
    OPENERS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    ROLE_ENDS,
    ROLE_TITLES,
    fold,
)
from quotecli.text.spaces import end_before

_LEFT = re.compile(r"[\w&]+(?:['’‑./-]\w+)*['’]?\.?")
REACH = 140  # how far to the left of a name a role may begin, in characters
_LINKS = frozenset(("of", "for", "and", "the", "&", "at", "in", "on"))
_VERB_ENDINGS = ("ed", "ing", "ly")
_PASSED_OVER = re.compile(r"[ \u00a0]?[()]{0,2}[ \u00a0]?")


def role_before(text: str, start: int, earliest: int = 0) -> Role | None:
    """Return the role that stands as a title before the name at `start` ("Interim foreign minister").

    earliest: where the name of the person named before ends.
    """
    words = words_before(text, start)
    head = _title_head(words)
    if head is None:
        return None
    first = _extend(text, words, head, earliest)
    begin = words[first].start()
    titled = _TITLE_IN_MARKS.search(text, max(0, begin - REACH), begin) if first == len(words) - 1 else None
    role_end = next(m.end() for m in words if fold(m[0]) not in HONORIFICS or fold(m[0]) in ROLE_TITLES)
    return make_role(text, titled.start() if titled else begin, role_end)


_TITLE_IN_MARKS = re.compile(r"(?:“[^“”\n]{1,40}\w”|‘[^‘’\n]{1,40}\w’|\"[^\"\n]{1,40}\w\") \Z")  # “Parasite” director


def words_before(text: str, start: int) -> list[re.Match[str]]:
    """Return the words directly before `start`, nearest first, up to punctuation (brackets are passed over)."""
    found: list[re.Match[str]] = []
    if text[start - 1 : start] in ("", "\n"):
        return found
    begin = max(0, start - REACH)
    at = start
    for match in reversed(list(_LEFT.finditer(text, begin, start))):
        gap = text[match.end() : at]
        if gap not in (" ", "") and not _PASSED_OVER.fullmatch(gap):
            break
        if "\n" in gap or (match[0].endswith(".") and not _abbreviates(match[0])):
            break
        if match.start() == begin and begin and text[begin - 1].isalnum():
            break
        found.append(match)
        at = match.start()
    return found


def _abbreviates(word: str) -> bool:
    """Whether the dot at the word's end is no end of a sentence: "U.S.", "Sen.", "St."."""
    return (
        word.count(".") > 1
        or (len(word) == 2 and word[0].isalpha())
        or fold(word) in HONORIFICS
        or fold(word) in ("inc", "ltd", "corp", "co", "st")
    )


def _title_head(words: Sequence[re.Match[str]]) -> int | None:
    """Return the index of the word for a person that heads the title: the nearest one, or one with "of" after it."""
    linked = False
    for i, match in enumerate(words[:10]):
        word = fold(match[0])
        if word in HONORIFICS and word not in ROLE_TITLES and not i:
            continue
        if is_person_word(word) and (linked or all(fold(m[0]) in HONORIFICS for m in words[:i])):
            return i
        if word in ROLE_ENDS and word not in _LINKS:
            return None
        if word in _LINKS and all(_leads_in(fold(m[0])) for m in words[:i]):
            return None  # "of NAME": the name belongs to the phrase, not the phrase to the name
        linked = word in ("of", "for", "at") or (linked and word in ARTICLES)
    return None


def _leads_in(word: str) -> bool:
    """Whether a word before a name says nothing of what its bearer is: "Mr NAME", "London-based NAME"."""
    return word in HONORIFICS or word.endswith(("-based", "-listed"))


def _extend(text: str, words: Sequence[re.Match[str]], head: int, earliest: int) -> int:
    """Return the index of the role's first word, going left from its head over what describes it.

    No "and" joins it to another person's name, which ends at `earliest`.
    """
    first, owned = head, False
    for i in range(head + 1, min(len(words), head + 9)):
        raw, word = words[i][0], fold(words[i][0])
        if owned and not (raw[:1].isupper() and word not in OPENERS):
            break
        if word in _LINKS and word not in ("on", "in"):
            if not _joins(words, i, head, earliest):
                break
            continue
        if raw.isupper() and len(word) > 1:  # "US", "IT": no pronouns
            first = i
            continue
        if _ends_role(text, words, i):
            break
        first, owned = i, owned or word.endswith(("'s", "s'"))  # "Kern County Sheriff's"
    return first


def _joins(words: Sequence[re.Match[str]], i: int, head: int, earliest: int) -> bool:
    """Whether the "of" or "and" at `i` joins what is left of it to the role: "Director of Public Works NAME"."""
    word, left = fold(words[i][0]), words[i + 1][0] if i + 1 < len(words) else ""
    capitals = left[:1].isupper() and words[i - 1][0][:1].isupper() and fold(left) not in OPENERS
    if capitals and word not in ARTICLES and not (word in ("and", "&") and words[i + 1].end() <= earliest):
        return True
    if word != "and":
        return False
    if fold(words[i - 1][0]) == "former" and fold(left) in PERSON_WORDS and words[i + 1].end() > earliest:
        return True  # "Tory MP and former minister NAME"
    owned = fold(left) in PERSON_WORDS and _is_owned(words, i + 2)  # "her son and manager NAME"
    return owned or (i - 1 > head and _is_plain_noun(left))  # "the water and sanitation minister NAME"


def _ends_role(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether the word at `i` is no part of the role on its right: a small word, a verb, a title of its own."""
    raw, word, right = words[i][0], fold(words[i][0]), words[i - 1][0]
    left = fold(words[i + 1][0]) if i + 1 < len(words) else ""
    if word in ROLE_ENDS or (word in OPENERS and _opens(text, words[i])):
        return True
    if _starts_anew(word, left, fold(right)):
        return True
    if not raw[:1].islower() or "-" in word:
        return False
    if right[:1].isupper() and not _describes_office(word):
        return True  # "save | Rep. NAME", "poster launch | Tory co-chairman NAME"
    if not word.endswith(_VERB_ENDINGS):
        return False
    return word not in NO_VERBS or left in PERSON_WORDS  # "the woman accused Inspector NAME"


def _starts_anew(word: str, left: str, right: str) -> bool:
    """Whether a role begins behind a word, whatever that is."""
    if word in DAYS_AND_MONTHS and left in PREPOSITIONS | _WHICH_DAY:
        return True  # "on Tuesday | Foreign Secretary NAME", but "Sunday Times editor NAME"
    if right in ("former", "then") and not word.endswith(("'s", "s'")):
        return True  # "Count | former President NAME"
    return word in HONORIFICS and word not in ROLE_TITLES and is_person_word(right)  # "Mr President"


_WHICH_DAY = frozenset(("last", "next", "this"))


def _describes_office(word: str) -> bool:
    """Whether a word in small letters may stand before a title in capital ones: "acting", "state", "regional"."""
    nouns = word in ORGANISATION_WORDS or word in PERSON_WORDS or word in NO_VERBS
    return nouns or word in _BEFORE_TITLES or word.endswith(_ADJECTIVES) or word.endswith(("'s", "s'"))


_ADJECTIVES = ("al", "ic", "ive", "ous", "an", "ary", "ior", "ern", "ed")
_BEFORE_TITLES = frozenset(
    "former interim deputy vice state county city town district shadow then new late top prominent first".split()
)


def _is_plain_noun(raw: str) -> bool:
    """Whether a word may be one of two things that an office is for."""
    word = fold(raw)
    return raw.islower() and word not in ROLE_ENDS | PERSON_WORDS and not word.endswith(_VERB_ENDINGS)


def _is_owned(words: Sequence[re.Match[str]], i: int) -> bool:
    return i < len(words) and fold(words[i][0]) in POSSESSIVES


def _opens(text: str, match: re.Match[str]) -> bool:
    end = end_before(text, match.start())
    return match[0][:1].isupper() and text[max(0, end - 1) : end] in ("", ".", "!", "?", "\n", "”", '"', ":")
