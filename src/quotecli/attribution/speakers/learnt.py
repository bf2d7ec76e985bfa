"""What stands around a person's name, and tells of its bearer: titles, roles, where they belong, age, gender, death."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.attribution.mentions.phrases import Role, head_of
from quotecli.attribution.mentions.roles import (
    DEGREES,
    age_near,
    is_former,
    role_before,
    role_behind,
    role_called,
    role_in_front,
    role_said,
)
from quotecli.attribution.mentions.spotting import Named
from quotecli.attribution.speakers.entities import Entity
from quotecli.naming.lexicon import KEPT_TITLES, first_name_gender, fold, role_word, title_gender
from quotecli.text.document import Document

_ASKED = re.compile(r"(?:When )?[Aa]sked (?:(?:on|in|at) \w+ )?(?:whether|if|about|by|how|why|what|when)\b[^,“”\"\n]*")
_THEY = re.compile(r"(?:, \d{1,3})?,? (?:\(|who (?:uses?|goes by) )(?:the (?:pronoun )?)?[“\"']?[Tt]hey")
_DIED = re.compile(
    r"(?:, [^.;\n“”\"]{1,300},| \([^()\n]*\)|,)? (?:both |all )?(?:has |had |have )?"
    r"(?:died|passed away|was killed|was murdered|was shot dead)\b"
)
_KIND = (
    r"(?:[A-Z]{2,4}|(?!\w+ing\b|of\b|in\b|an?\b|his\b|her\b|its\b|their\b)[a-z-]+)"  # "IT", "brokers", "the charity"
)
_BELONGS = re.compile(rf"{DEGREES},? (?:of|from|for|with|at) (?P<what>(?:the )?(?:{_KIND} ){{0,3}})")
_PARTY = re.compile(r"(?: \(|, )((?:[DRI][-–]|(?:Lab|Con|LD|SNP|Green), )[A-Z][\w.]+(?: [A-Z][\w.]+)*)(?=[),])")
_NAMES_BACK = 10  # names before another of which the last person's ends where a role may begin


def learn(entity: Entity, named: Sequence[Named], at: int, document: Document) -> None:
    """Take in what stands around a person's name, the one of the `named` at index `at`."""
    one, text = named[at], document.text
    entity.feel(one.gender, "title")
    kept = fold(text[one.start : one.end].partition(" ")[0])
    if kept in KEPT_TITLES:  # "Queen Ingeborg" is also "the queen"
        entity.extra |= {role_word(kept)}
        entity.extra_heads |= {role_word(kept)}
    if len(one.words) > 1:
        entity.feel(first_name_gender(entity.words[0]), "first name")
    elif not entity.femininity and first_name_gender(entity.words[0]) == "female":  # "Clinton", "Scott" are surnames
        entity.feel("female", "only name")
    for role in _roles_of(named, at, document):
        if role is not None:
            entity.roles.append(role)
            entity.feel(title_gender(head_of(role.text)), "role")
    entity.affiliation = entity.affiliation or _affiliation(text, named, at)
    entity.age = entity.age or age_near(text, one.end)
    entity.speaks = entity.speaks or (one.speaking and len(one.words) > 1)
    entity.died = entity.died or bool(_DIED.match(text, one.end, one.end + 350))
    entity.they = entity.they or bool(_THEY.match(text, one.end, one.end + 60))


def is_asked_of(document: Document, one: Named) -> bool:
    """Whether a question that someone else answers names them: "Asked whether NAME would play, he smiled"."""
    return _ASKED.fullmatch(document.text, document.sentence_at(one.start).start, one.titles) is not None


def _roles_of(named: Sequence[Named], at: int, document: Document) -> tuple[Role | None, ...]:
    one, text = named[at], document.text
    opens = one.titles <= document.sentence_at(one.start).start
    before = role_before(text, one.start, _name_before(named, at)) or role_called(text, one.titles)
    begins = before.start if before is not None and is_former(before) else one.titles  # "its head, former premier X"
    return (
        before,
        None if is_asked_of(document, one) else role_behind(text, one.end),
        role_in_front(text, begins, one.end),
        None if document.is_quoted(one.start) or not opens else role_said(text, one.end),
    )


def _name_before(named: Sequence[Named], at: int) -> int:
    """Return where the person named before this one ends: no role reaches over that."""
    before = (one for one in reversed(named[max(0, at - _NAMES_BACK) : at]) if one.kind == "person")
    return next((one.end for one in before), 0)


def _affiliation(text: str, named: Sequence[Named], at: int) -> str | None:
    """Return where a person belongs: with the organisation behind ("NAME, of brokers ING"), or before ("Arsenal's
    NAME"), or with a party and a state ("NAME (D-Nev.)")."""
    person = named[at]
    behind = named[at + 1] if at + 1 < len(named) else person
    link = _BELONGS.fullmatch(text, person.end, behind.titles) if behind.kind == "organisation" else None
    if link is not None:
        return f"of {link['what']}{text[behind.titles : behind.end]}"
    before = named[max(0, at - 1)]
    if before.kind == "organisation" and text[before.end : person.titles] in ("'s ", "’s ", "' ", "’ "):
        return f"of {text[before.titles : before.end]}"
    party = _PARTY.match(text, person.end)
    return party[1] if party else None
