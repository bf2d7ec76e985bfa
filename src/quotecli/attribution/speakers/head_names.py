"""Which names a noun phrase is about: "Tom Lee, a spokesman for Mr Fox" is about Tom Lee, "Fox supporters" not Fox."""

from __future__ import annotations

import re

from quotecli.attribution.mentions.phrases import head_of
from quotecli.attribution.mentions.roles import role_before
from quotecli.attribution.mentions.spotting import Named
from quotecli.attribution.speakers.cast import Cast
from quotecli.naming.lexicon import (
    AFTER_NAMES,
    ARTICLES,
    BEFORE_COMPANIES,
    NO_VERBS,
    PERSON_WORDS,
    POSSESSIVES,
    POSTNOMINALS,
    PREPOSITIONS,
    RELATIONS,
    RELATIVES,
    fold,
    singular,
)

_AFTER_NAME = PREPOSITIONS | POSTNOMINALS | RELATIVES | AFTER_NAMES
_BEFORE_NOUNS = ARTICLES | POSSESSIVES
_FOLLOWING = re.compile(r"\.?[”\"’']?(?: \([A-Z][\w-]+\))?[ \u00a0](\w[\w-]*)")
_BREAK = re.compile(r", | [-–—] ")
_RELATIVE = re.compile(r"\b(?:who|whose|whom|which)\b")
_FOR = re.compile(r"(\w+) for (?:the|his|her|its) (?:[\w’'-]+ ){0,3}?([\w’'-]+), \Z")
_OF = re.compile(r"(\w+) of ")  # "the brother of the murdered journalist NAME"
_JOB = re.compile(r"(?P<what>[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,4}?) (?:at|for|of|with|in|from) \w")
_JOINED = re.compile(
    r"(?: \([^()]*\)|\)|, [A-Z]-[\w.]+|, \d+)?,?\s*(?:\band\b|&|,|\bas well as\b|\bor\b)\s*(?:the |a |an )?"
)


def head_names(text: str, cast: Cast, start: int, end: int) -> tuple[Named, ...]:
    """Return the names that a noun phrase is about: one, or several joined by "and"."""
    heads: list[Named] = []
    named = cast.within(start, end)
    for one in named:
        if one.titles > start and text[one.titles - 1] == "(":
            continue  # the acronym of the name before
        if heads:
            begin = max(heads[-1].end, _begin(text, one, heads[-1].end))
            if not PREPOSITIONS.isdisjoint(map(fold, text[begin : one.titles].split())):
                break  # "NAME, the editor of the site NAME"
            joined = _JOINED.fullmatch(text, heads[-1].end, begin)
            modifies = has_modified(text, one, end)
            if joined and modifies and not one.possessive and all(head.kind != "person" for head in heads):
                heads.clear()  # "the Polish and Czech ministries", "the British and Irish Lions coach NAME"
                continue
            if not joined or modifies:
                break
            heads.append(one)
        elif _is_head(text, cast, one, start, end):
            heads.append(one)
    return tuple(heads)


def _is_head(text: str, cast: Cast, one: Named, start: int, end: int) -> bool:
    """Whether the phrase from `start` to `end` is about this name: nothing governs it, it describes nothing else."""
    if cast.owner[one.start].type != "person" and _is_people(one):
        return False
    if has_modified(text, one, end):
        return False
    begin = _begin(text, one)
    if (whose := _FOR.search(text, start, begin)) and {whose[1], whose[2]} <= PERSON_WORDS.listed:
        return False  # "a spokeswoman for the agriculture minister, NAME"
    clause = _BREAK.split(text[start:begin])[-1]
    if _RELATIVE.search(clause) or ((of := _OF.search(clause)) and fold(of[1]) in RELATIONS):
        return False  # "a correspondent who joined NAME", but "a player who has won it – NAME"
    lead = text[start:begin].split()
    while lead and fold(lead[-1]) in _BEFORE_NOUNS:
        lead.pop()
    return not lead or _leads_to(one, lead)


def _leads_to(one: Named, lead: list[str]) -> bool:
    """Whether the words before a name in its phrase leave it the phrase's head: "actor NAME", "the NAME"."""
    last = fold(lead[-1].strip("“”\"'("))
    if last.endswith("ing") and last not in NO_VERBS and lead[-2:-1] and lead[-2][0].islower():
        return False  # "the lawyer representing NAME", but not "House ranking member NAME"
    if one.kind != "person":
        kind = lead[-1][0].islower() or last.endswith("'s") or last in BEFORE_COMPANIES  # "Rival NAME"
        return kind and PREPOSITIONS.isdisjoint(map(fold, lead))
    return len(lead) <= 3 if last == "and" else last not in PREPOSITIONS  # "actor and activist NAME"


def _begin(text: str, one: Named, earliest: int = 0) -> int:
    """Return where the name begins with its titles and the role before it."""
    role = role_before(text, one.start, earliest) if one.kind == "person" else None
    return min(one.titles, role.start) if role is not None else one.titles


def has_modified(text: str, one: Named, end: int) -> bool:
    """Whether the name only describes what follows: "Fox's aides", "Fox supporters"."""
    if one.possessive:
        return one.end + 3 < end
    following = _FOLLOWING.match(text, one.end, end)
    return following is not None and fold(following[1]) not in _AFTER_NAME and not _has_job(text, one, following, end)


def _has_job(text: str, one: Named, following: re.Match[str], end: int) -> bool:
    """Whether what someone does follows the full name without a comma: "NAME mobile specialist for analysts IDC"."""
    job = _JOB.match(text, following.start(1), end) if one.kind == "person" and len(one.words) > 1 else None
    return job is not None and head_of(job["what"]) in PERSON_WORDS


def _is_people(one: Named) -> bool:
    """Whether a capitalised plural means people of a kind ("Democrats", "Americans") and no one by name."""
    last = one.words[-1]
    people = singular(last) in PERSON_WORDS or (one.kind == "unknown" and len(one.words) == 1)
    return people and last.endswith("s") and one.kind in ("unknown", "organisation")
