"""Whether a name is a person's: the evidence around it, with the model's word as one piece of it."""

from __future__ import annotations

import re
from typing import Literal

from quotecli.attribution.speakers.roles import head_of, is_person_word, names_person, role_behind
from quotecli.attribution.speakers.runs import (
    INITIAL,
    Token,
)
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    ARTICLES,
    BEFORE_COMPANIES,
    HONORIFICS,
    KEPT_TITLES,
    OFFICES,
    ORGANISATION_HEADS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLAIN_COMPANIES,
    PREPOSITIONS,
    fold,
    is_first_name,
    singular,
)

NameKind = Literal["person", "organisation", "place", "document", "unknown"]
_HIS_OR_HER = re.compile(r"[^.!?\n“\"A-Z]{1,60}?\b(?:his|her|he|she)\b")
_APPOSITION = re.compile(r", (?:the|an?|which is an?) ([^,;:\n]{3,80})")
_AGENCY_IN_FRONT = re.compile(r"(?:(?:^|[.!?”\"] |\n)(?:The|An?|[A-Z][\w-]*['’]s)|\ban?)(?: [\w-]+){0,4} ([\w-]+), \Z")
_AGE = re.compile(r",? (?:aged )?(\d{1,3})(?:,|\.| |\))|, (\d{1,3})$")
_CALLED = re.compile(
    r"\b(?:goes|went|go) by(?: the)?(?: \w+){0,2} [“\"‘']?\Z|\bto be called [“\"‘']?\Z"
    r"|\b(?:identified|known|named|introduced|referred)\b"
    r"(?: (?:only|just|simply|\w+sel(?:f|ves)|to(?: all| many| friends)?|locally|online))* (?:as|by) [“\"‘']?\Z"
)
_MADE_BY = re.compile(
    r"\b(?:provided|supplied|powered|hosted|operated|owned|run|produced|developed|compiled|manufactured|sold) by \Z"
)
PERSON_EVIDENCE = {
    "called": 3.0,  # "who goes by the name NAME", "identified only as NAME"
    "surname": 3.0,  # of a full name of the article, though it is a title, too
    "model says person": 3.0,
    "model says organisation or place": -3.0,  # as strong as its word for a person
    "honorific before": 5.0,  # "Mr", "Dr": only people have them
    "office before": 3.0,  # "minister", "spokesman": may also stand before an organisation's name ("director Shell")
    "first name": 2.0,  # a known first name, then another word
    "age after": 3.0,
    "is a source": 1.5,  # who speaks is a person more often than not
    "two to four words": 0.5,
    "organisation word": -4.0,
    "article before": -2.5,  # "the Pentagon"
    "label of a turn": 5.0,  # "WALLACE:", in an interview; the model knows few names in capitals
    "who after": 2.5,
    "role after": 1.5,  # "NAME, a nurse at the clinic": organisations have appositions, too
    "his or her after": 1.5,
    "organisation after": -4.0,
    "company before": -3.0,  # "the airline NAME", "miner NAME"
    "residence": -4.0,  # "NAME, 59, of Ashton, Md."
    "acronym": -4.0,  # "California ISO"
    "one word in capitals": -2.5,
    "initials": 2.0,  # "J.K. Rowling", "George W. Bush"
}
PERSON_FROM = 2.0


def person_evidence(
    text: str, titles: list[Token], core: list[Token], inside: list[Name], source: bool, surname: bool
) -> float:
    """Return the sum of the evidence that the words of `core` name a person."""
    start, end, institution = core[0].start, core[-1].end, _says_institution(text, core, inside)
    before = fold(text[max(0, start - 24) : start].rpartition("\n")[2].strip().rpartition(" ")[2])
    residence = before == "of" and text.endswith((", of ", ") of "), 0, start)
    apposition = text.startswith(", ", end) and (is_organisation_after(text, end) or _is_agency(text, start))
    agreed = inside and len({name.type == "person" for name in inside}) == 1
    made = before == "by" and len(core) == 1 and _MADE_BY.search(text, max(0, start - 24), start) is not None
    company = made or before in BEFORE_COMPANIES | PLAIN_COMPANIES
    against = apposition or residence or company or institution or titles
    if agreed and not against and not is_person_word(before):
        kind = "model says person" if inside[0].type == "person" else "model says organisation or place"
        return PERSON_EVIDENCE[kind]  # nothing speaks against it: no need to look further
    last_title = titles[-1].word if titles else before
    evidence = {
        "surname": surname,
        "called": bool(_CALLED.search(text, max(0, start - 60), start)),
        "model says person": any(name.type == "person" for name in inside),
        "model says organisation or place": bool(inside) and all(name.type != "person" for name in inside),
        "honorific before": (last_title in HONORIFICS and (bool(titles) or before[:1].isupper()))
        or core[0].word in KEPT_TITLES,
        "office before": (last_title in PERSON_WORDS or last_title.rpartition("-")[2] in OFFICES)
        and last_title not in BEFORE_COMPANIES,
        "company before": (company or last_title in BEFORE_COMPANIES) and not is_first_name(core[0].word),
        "first name": len(core) > 1 and is_first_name(core[0].word),
        "age after": bool((age := _AGE.match(text, end)) and 5 <= int(age[1] or age[2]) <= 110 and text[end] == ","),
        "is a source": source,
        **_signs_after(text, end, core, inside),
        "organisation after": apposition,
        "residence": residence,
        "initials": len(core) > 1 and any(INITIAL.fullmatch(text, t.start, t.end) for t in core),
        "two to four words": 2 <= len(core) <= 4,
        "organisation word": institution,
        "article before": not titles and before in ARTICLES,
        "acronym": not text[start:end].isupper() and any(t.capitals and len(t.word) > 2 for t in core),
        "one word in capitals": len(core) == 1 and core[0].capitals and len(core[0].word) <= 5,
    }
    return sum(PERSON_EVIDENCE[kind] for kind, holds in evidence.items() if holds)


def _says_institution(text: str, core: list[Token], inside: list[Name]) -> bool:
    """Whether a word of a name is an organisation's: but "Charlotte Church" is a person, where the model sees one."""
    start, end = core[0].start, core[-1].end
    if len(core) == 2 and is_first_name(core[0].word) and any(n.type == "person" and n.end >= end for n in inside):
        return False
    return "&" in text[start:end] or any(token.word in ORGANISATION_WORDS for token in core)


def _signs_after(text: str, end: int, core: list[Token], inside: list[Name]) -> dict[str, bool]:
    """Return what follows a name that nothing else is known of: "who", a role, "her"."""
    if inside or text[end : end + 1] not in (" ", ",") or singular(core[-1].word) in PERSON_WORDS:
        return {}
    apposition = text.startswith(", ", end) and role_behind(text, end) is not None
    return {
        "who after": text.startswith((" who ", ", who "), end),
        "role after": apposition,
        "his or her after": len(core) > 1 and not apposition and bool(_HIS_OR_HER.match(text, end)),
    }


def is_organisation_after(text: str, end: int) -> bool:
    """Whether the apposition behind a name says that it is an organisation: "NAME, a grid-storage company"."""
    match = _APPOSITION.match(text, end)
    return match is not None and head_of(match[1]) in ORGANISATION_HEADS - PERSON_WORDS and not names_person(match[1])


def _is_agency(text: str, start: int) -> bool:
    """Whether the noun before the name and a comma says that it is an organisation: "Spain's weather agency, NAME,"."""
    match = _AGENCY_IN_FRONT.search(text, max(0, start - 80), start)
    if match is None or fold(match[1]) not in ORGANISATION_HEADS - PERSON_WORDS:
        return False
    return not any(word in PREPOSITIONS for word in match[0].split())


def other_kind(text: str, core: list[Token], inside: list[Name]) -> NameKind:
    """Return what a name that is no person is: the model's word, if it saw the last word; else what the words say."""
    named_so = is_organisation_after(text, core[-1].end) or _is_agency(text, core[0].start)
    if named_so or "&" in text[core[0].start : core[-1].end]:
        return "organisation"
    for name in inside:
        if name.type != "person" and name.end >= core[-1].end - 1:
            body = len(core) > 1 and core[-1].word in ORGANISATION_HEADS  # "North Quay Cafe"
            return "organisation" if body else name.type
    institution = any(token.word in ORGANISATION_WORDS or (token.capitals and len(token.word) > 2) for token in core)
    if (institution and len(core) > 1) or any(token.word in ORGANISATION_WORDS for token in core):
        return "organisation"
    return "place" if inside and inside[0].type == "place" else "unknown"
