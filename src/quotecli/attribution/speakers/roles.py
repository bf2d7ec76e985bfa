"""The role of a named person, from the words around the name: title, apposition, relative clause.

"Interim foreign minister NAME" (before), "NAME, the chief executive of X," and "NAME, who is director of X" (behind),
"the president of the club, NAME," (in front, with a comma).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotecli.attribution.speakers.phrases import (
    WORD,
    Role,
    head_of,
    is_person_word,
    make_role,
    names_person,
    role_heads,
    role_words,
)
from quotecli.attribution.speakers.titles import REACH, role_before, words_before
from quotecli.naming.lexicon import (
    ARTICLES,
    BEFORE_ROLE,
    GENERIC_PERSONS,
    PERSON_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIONS,
    ROLE_ENDS,
    fold,
    is_plural,
    singular,
)
from quotecli.text.spaces import end_before

__all__ = [
    "WORD",
    "Role",
    "age_near",
    "best_role",
    "head_of",
    "is_former",
    "is_person_word",
    "make_role",
    "names_body",
    "names_person",
    "role_before",
    "role_behind",
    "role_heads",
    "role_in_front",
    "role_said",
    "role_words",
    "tells_little",
]

_MOST_WORDS = 14

_AGE = r"(?:,? (?:aged )?(?P<age>\d{1,3})(?=,))?"
_PARENTHESIS = r"(?: \([^()\n]{1,40}\))?"
DEGREES = r"(?:, (?:M\.?D\.?|Ph\.?D\.?|MBA|R\.?N\.?|J\.?D\.?|Esq\.?|KC|QC|CBE|OBE|MBE)(?!\w))*"
_STOP_WORDS = r"who|which|that|said|says|told|tells|added|adds|has|had|is|was|were|are|will|would|whose|where|when"
_FULL_STOP = r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)\.(?!\w)"  # not "U.S.", "Mr."
_STOP_PHRASE = rf"(?=[,;:!?)“”\"—–\n]|{_FULL_STOP}| - | \(| (?:{_STOP_WORDS})\b| (?:from \d{{4}} )?until\b|$)"
_PHRASE = rf"(?P<role>(?:[^,.;:!?(“”\"—–\n]|(?<=[A-Z])\.|(?<=\b[A-Z][a-z])\.|\.(?=\w)){{3,160}}?){_STOP_PHRASE}"
_WHO_IS = r",? who (?:is|was|serves as|served as|works as|worked as|has been|became) (?:also |now |currently )?"
_BEHIND = re.compile(
    rf"{DEGREES}{_PARENTHESIS}{_AGE}{_PARENTHESIS}(?:{_WHO_IS}|, | [—–-] | \((?!(?:left|right|above|below)\b))"
    r"(?!(?:who|which|that|whose|where|when|and|or|but|as|while|then)\b)"
    rf"(?P<article>(?:the|a|an|his|her|its|their|one of the) )?{_PHRASE}"
)
_AGE_BEHIND = re.compile(r",? (?:aged )?(\d{1,3})(?=[,.)])")
_VERB_PHRASE = re.compile(  # "lost her husband", no role
    r"(?!(?:now|then|once|currently|formerly|also) )[a-z]\w* (?:her|his|its|their|the|an?|no|\d[\d,.]*) "
)
_ADVERBS = frozenset("now then once later just only".split())
_VERBS = ROLE_ENDS - _ADVERBS
_NO_VERBS = PREPOSITIONS | ARTICLES | POSSESSIVES | {"and", "only", "one"}
_CALLINGS = PERSON_WORDS - GENERIC_PERSONS
_YEAR_OLD = re.compile(r"(\d{1,3})-year-old[^,.\n]{0,30}$")


def best_role(roles: Sequence[Role]) -> Role | None:
    """Return what someone is now rather than was, what they do rather than whose relative they are, and with the body
    that it belongs to, where the text says so somewhere ("chief executive", later "chief executive of Lunn Poly")."""
    if not roles:
        return None

    def order(role: Role) -> tuple[bool, ...]:
        return (
            is_plural(head_of(role.text)),
            is_former(role),
            role.heads <= _NOT_FIRST,
            _RANK.fullmatch(role.text) is not None,
        )

    first = min(roles, key=order)  # the first of them
    fuller = (role for role in roles if role.heads == first.heads and not is_former(role))
    return first if _BODY.search(first.text) else next(filter(lambda role: _BODY.search(role.text), fuller), first)


def is_former(role: Role) -> bool:
    """Whether it is what someone was."""
    return _FORMER.match(role.text) is not None


def names_body(role: Role) -> bool:
    """Whether the role says to which body it belongs: "chief of X", "Kent police chief"."""
    return _BODY.search(role.text) is not None or any(word[:1].isupper() for word in role.text.split()[1:])


def tells_little(role: Role) -> bool:
    """Whether it is what someone was, or only whose opposite they are: "former mayor", "rival"."""
    return is_former(role) or role.heads <= _OPPOSITES


_OPPOSITES = frozenset(("rival", "opponent", "predecessor", "successor", "colleague"))
_NOT_FIRST = RELATIONS | _OPPOSITES

_FORMER = re.compile(r"(?:the |a |an )?(?:former|ex|one-time|onetime|late|then|retired)\b", re.IGNORECASE)
_RANK = re.compile(
    r"(?:(?:Adm|Capt|Cllr|Cmdr|Coun|Col|Cpl|Det|Gen|Insp|Lt|Maj|Pc|PC|Rev|Sgt|Supt)\b[. ]*)+(?:[A-Z][a-z]+\.)?"
)
_BODY = re.compile(r" (?:of|at|for|with) |['’]s? |\b[a-z]+ [A-Z]")


def role_behind(text: str, end: int) -> Role | None:
    """Return the role from the apposition, or "who is …", behind the name that ends at `end`."""
    match = _BEHIND.match(text, end, end + 260)
    if match is None:
        return _office_done(text, end)
    phrase, article = match["role"], match["article"]
    verb = fold(phrase.strip().partition(" ")[0]) in _VERBS or _VERB_PHRASE.match(phrase)
    clause = not article and verb
    if clause or len(phrase.split()) > _MOST_WORDS + 6 or not names_person(phrase, by_ending=bool(article)):
        return None
    start = match.start("article" if article and article.startswith("one") else "role")
    return make_role(text, start, _shortened(text, match.start("role"), match.end("role")))


def _office_done(text: str, end: int) -> Role | None:
    """Return the office of "NAME, who chairs the board": "chair of the board"."""
    match = _WHO_DOES.match(text, end, end + 200)
    if match is None:
        return None
    body = make_role(text, match.start("role"), _shortened(text, match.start("role"), match.end("role")))
    return replace(body, text=f"{_DOES[match['does']]} of {body.text}") if body is not None else None


_DOES = {
    "chairs": "chair",
    "heads": "head",
    "leads": "leader",
    "directs": "director",
    "coaches": "coach",
    "edits": "editor",
    "owns": "owner",
    "founded": "founder",
    "co-founded": "co-founder",
}
_WHO_DOES = re.compile(
    rf"{_AGE}{_PARENTHESIS},? who (?:also |now |currently )?(?P<does>{'|'.join(_DOES)}) "
    rf"(?=(?:the|its|an?) |[A-Z]){_PHRASE}"
)


def role_said(text: str, end: int) -> Role | None:
    """Return the office of "NAME is the director of X", "NAME serves as treasurer of X": the name ends at `end`."""
    match = _IS.match(text, end, end + 200)
    if match is None or is_plural(head_of(match["role"])) or not _BODY.search(match["role"]):
        return None
    if not names_person(match["role"]) or match["role"].partition(" ")[0].endswith("ing"):
        return None
    return make_role(text, match.start("role"), _shortened(text, match.start("role"), match.end("role")))


_IS = re.compile(rf" (?:is|serves as|works as) (?:also |now |currently )?(?:the |an? |)(?=[\w’'-]){_PHRASE}")
_OWNS = re.compile(r"(?<=[a-z])['’]s [a-z]+ (?:with|about)\b")  # "Duchess of Sussex | 's talk with"
_SECOND = re.compile(  # "president of X | and once a fisherman", "owner of X | and gave money"
    r" and (?:once|formerly|previously|later|now|an?|the|one of|has|is|was|[a-z]+ed|gave|works|runs)\b"
)


def _shortened(text: str, start: int, end: int) -> int:
    """Cut a long apposition at its first "and" behind a few words."""
    second = _OWNS.search(text, start, end) or _SECOND.search(text, start, end)
    if second is not None:
        return second.start()
    words = list(WORD.finditer(text, start, end))
    if len(words) <= _MOST_WORDS:
        return end
    cut = next((m.start() for m in words[4:] if m[0] == "and"), end)
    return end_before(text, cut)


def role_in_front(text: str, start: int, end: int) -> Role | None:
    """Return the role of "the president of the club, NAME,": a noun phrase and a comma before the name at
    [`start`, `end`)."""
    if not text.endswith(", ", max(0, start - REACH), start):
        return None
    words = words_before(text, start - 2)
    closed = text[end : end + 1] in (",", ".")
    for i, match in enumerate(words):
        word, following = fold(match[0]), words[i + 1] if i + 1 < len(words) else None
        definite = word in ARTICLES or word in POSSESSIVES
        begins = word == "one" or definite or following is None or following[0] == "As"
        left = fold(following[0]) if following is not None else ""
        led = word in POSSESSIVES or not left or left in BEFORE_ROLE or (definite and closed and left != "of")
        if not (begins and led and _is_title(text[match.start() : start - 2], definite=definite)):
            continue
        if left == "to" and not _is_according(words, i + 2) and not closed:
            return None  # "as agent to the applicant, NAME said"
        behind_aside = _BEHIND_ASIDE.search(text, max(0, match.start() - 20), match.start()) is not None
        starts_clause = following is not None or match[0][:1].isupper() or behind_aside
        if starts_clause and not _holds_verb(words[: i + 1]):
            skip = words[i - 1].start() if i and definite else match.start()
            return make_role(text, skip, start - 2)
    return None


def _is_title(phrase: str, definite: bool) -> bool:
    """Whether a noun phrase is headed by a word for a person, behind which stands no verb: not "the president went"."""
    words = [fold(word) for word in phrase.split()]
    if words[:2] == ["one", "of"]:
        return singular(head_of(" ".join(phrase.split()[2:]))) in _CALLINGS
    head = head_of(phrase)
    at = words.index(head) if head in words else len(words) - 1
    behind = words[at + 1 :]
    whole = definite or not ARTICLES.intersection(words[:at])  # not "It's a reminder"
    return names_person(phrase) and whole and (not behind or behind[0] in PREPOSITIONS or behind[-1] in PERSON_WORDS)


_BEHIND_ASIDE = re.compile(  # "earlier this month, | a lawyer in attendance, NAME", "“…,” | its founder, NAME, said"
    r"(?:^|[ \n])[a-z]+, \Z|[,.?!][”\"’'] \Z"
)


def _is_according(words: Sequence[re.Match[str]], i: int) -> bool:
    return i < len(words) and fold(words[i][0]) == "according"


def _holds_verb(words: Sequence[re.Match[str]]) -> bool:
    return any(fold(m[0]) in ROLE_ENDS and fold(m[0]) not in _NO_VERBS for m in words)


def age_near(text: str, start: int, end: int) -> str | None:
    """Return the age that is given with the name: "NAME, 34," or "34-year-old NAME"."""
    behind = _AGE_BEHIND.match(text, end, end + 12)
    if behind:
        return behind[1]
    before = _YEAR_OLD.search(text[max(0, start - 60) : start])
    return before[1] if before else None
