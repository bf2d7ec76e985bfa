"""The role of a named person, from the words around the name: title, apposition, relative clause.

"NAME, the chief executive of X," and "NAME, who is director of X" (behind), "the president of the club, NAME," (in
front, with a comma); "Interim foreign minister NAME": a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotecli.attribution.mentions.phrases import Role, head_of, is_person_word, make_role, names_person, role_heads
from quotecli.naming.lexicon import (
    ABBREVIATED_TITLES,
    ARTICLES,
    BEFORE_ROLE,
    DAYS_AND_MONTHS,
    HONORIFICS,
    NO_VERBS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIONS,
    ROLE_ENDS,
    ROLE_TITLES,
    ends_like_calling,
    fold,
    is_plural,
)

_REACH = 140  # how far to the left of a name a role may begin, in characters
_CALLED = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Aa]nother) (?P<role>(?:[\w’'-]+ ){0,4}[a-z-]+) (?:called|named) \Z")
_LEFT = re.compile(r"[\w&]+(?:['’‑./-]\w+)*['’]?\.?")
_PASSED_OVER = re.compile(r"[ \u00a0]?[()]{0,2}[ \u00a0]?")
_LINKS = frozenset(("of", "for", "and", "the", "&", "at", "in", "on"))
_DOTTED = frozenset(("inc", "ltd", "corp", "co", "st"))
_ADDRESS = HONORIFICS - ROLE_TITLES
"""What people are called and are not: "Mr", "Dr"."""
_BEFORE_TITLES = frozenset(
    "former interim acting retired deputy vice state county city town district shadow then new late top first".split()
)


def role_before(text: str, start: int, earliest: int = 0) -> Role | None:
    """Return the role that stands as a title before the name at `start` ("Interim foreign minister").

    earliest: where the name of the person named before ends.
    """
    words = words_before(text, start)
    head = _title_head(words)
    if head is None:
        return None
    first = _extend(words, head, earliest)
    end = next(m.end() for m in words if fold(m[0]) not in _ADDRESS)
    return make_role(text, words[first].start(), end)


def role_called(text: str, start: int) -> Role | None:
    """Return the role of "a retired crane operator named NAME": the name begins at `start`."""
    match = _CALLED.search(text, max(0, start - 90), start)
    return make_role(text, *match.span("role")) if match is not None and names_person(match["role"]) else None


def words_before(text: str, start: int) -> list[re.Match[str]]:
    """Return the words directly before `start`, nearest first, up to punctuation (brackets are passed over)."""
    found: list[re.Match[str]] = []
    at = start
    for match in reversed(list(_LEFT.finditer(text, max(0, start - _REACH), start))):
        word = match[0]
        abbreviated = word.count(".") > 1 or fold(word) in HONORIFICS | _DOTTED  # "U.S.", "Sen."
        timed = word.isdigit() and text.endswith(":", 0, match.start())  # "14:20 Rail operator NAME"
        if (word.endswith(".") and not abbreviated) or timed or not _PASSED_OVER.fullmatch(text, match.end(), at):
            break
        found.append(match)
        at = match.start()
    return found


def _title_head(words: Sequence[re.Match[str]]) -> int | None:
    """Return the index of the word for a person that heads the title: the nearest one, or one with "of" after it."""
    beside = True  # nothing but titles between the word and the name
    linked = False
    for i, word in enumerate(fold(match[0]) for match in words[:10]):
        if word in _ADDRESS:
            continue
        opening = len(words) == 1 and words[0][0][0].isupper() and ends_like_calling(word)  # "Grazier NAME"
        if (opening or is_person_word(word)) and (linked or beside):
            return i
        behind = words[i - 1][0] if i else ""
        sent = word == "to" and (behind == "the" or behind[:1].isupper())  # "ambassador to India NAME"
        if word in ROLE_ENDS and (beside or not (sent or word in _LINKS)):
            return None  # "of NAME": the name belongs to the phrase, not the phrase to the name
        beside = beside and word in HONORIFICS
        linked = sent or word in ("of", "for", "at")
    return None


def _extend(words: Sequence[re.Match[str]], head: int, earliest: int) -> int:
    """Return the index of the role's first word, going left from its head over what describes it.

    No "and" joins it to another person's name, which ends at `earliest`.
    """
    first = head
    for i in range(head + 1, min(len(words), head + 9)):
        link = fold(words[i][0]) in _LINKS
        if not (_joins(words, i, head, earliest) if link else _describes(words, i)):
            break
        first = first if link else i
    return first


def _joins(words: Sequence[re.Match[str]], i: int, head: int, earliest: int) -> bool:
    """Whether the "of" or "and" at `i` joins what is left of it to the role: "Director of Public Works NAME"."""
    if i + 1 == len(words):
        return False
    left, right, both = words[i + 1][0], words[i - 1][0], words[i][0] == "and"
    if words[i][0] == "the" and left in _LINKS and i + 2 < len(words):
        left = words[i + 2][0]  # "Party for the People leader NAME"
    right = words[i - 2][0] if right == "the" and i > 1 else right
    if both and right.endswith("."):
        return False  # "the caucus and Sen. NAME"
    if both and i - 1 == head and not (is_person_word(fold(left)) or "-" in left or left.isupper()):
        return False  # "Congress and President NAME"
    if left[:1].isupper() and (right[:1].isupper() or right == "former"):
        return words[i + 1].end() > earliest
    things = both and i - 1 > head and left.islower() and right.islower()  # "water and waste minister"
    return things and left not in PERSON_WORDS


def _describes(words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether the word at `i` is part of the role on its right: no small word, no verb."""
    raw, word, right = words[i][0], fold(words[i][0]), words[i - 1][0]
    if raw.isupper():
        return True  # "US", "IT": no pronouns
    if word in ROLE_ENDS or word in DAYS_AND_MONTHS:
        return False  # "on Tuesday | Foreign Secretary NAME"
    if not raw[:1].islower() or "-" in word:
        return True
    if right[:1].isupper():  # not "save | Rep. NAME", "poster launch | Tory co-chairman NAME"
        return word in ORGANISATION_WORDS or word in PERSON_WORDS or word in _BEFORE_TITLES
    verb = right == "former" or word.endswith(("ed", "ing", "ly"))  # "blames | former mayor NAME"
    return word in NO_VERBS or not verb


_AGE = r"(?:,? (?:aged )?\d{1,3}(?=,))?"
_PARENTHESIS = r"(?: \([^()\n]{1,40}\))?"
DEGREES = r"(?:, (?:M\.?D\.?|Ph\.?D\.?|MBA|R\.?N\.?|J\.?D\.?|Esq\.?|KC|QC|CBE|OBE|MBE)(?!\w))*"
_STOP_WORDS = (
    r"who|which|that|said|says|told|tells|added|adds|has|had|is|was|were|are|will|would|whose|where|when|while|because"
    r"|although|by the time|waiting|standing|sitting|walking|watching|queu(?:e?ing)"
)
_SHORT = "Gen|Gov|Mrs|Rep|Rev|Sen"
_FULL_STOP = rf"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b(?:{_SHORT}))\.(?!\w)"  # not "U.S.", "Mr.", "Sen."
_OF_WORK = "|".join(f"(?<= {word} )" for word in ("of", "book", "film", "novel", "play", "series", "show"))
_TITLE = rf"(?:{_OF_WORK})(?:“[^“”\n]{{1,60}}”|\"[^\"\n]{{1,60}}\")"  # the author of "NAME"
_STOP_PHRASE = (
    rf"(?!{_TITLE})(?=[,;:!?)“”\"—–\n]|{_FULL_STOP}| - | \(| (?:{_STOP_WORDS})\b"
    r"| (?:from \d{4} )?until\b| in \d{4}\b|$)"
)
_NO_STOP = rf"[^,.;:!?(“”\"—–\n]|(?<=[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b(?:{_SHORT}))\.|\.(?=\w)|{_TITLE}"
_PHRASE = rf"(?P<role>(?:{_NO_STOP}){{3,160}}?){_STOP_PHRASE}"
_WHO_IS = r",? who (?:is|serves as|works as|has been|became) (?:also |now |currently )?"
_BEHIND = re.compile(
    rf"{DEGREES}{_PARENTHESIS}{_AGE}{_PARENTHESIS}(?:{_WHO_IS}|, | [—–-] | \()"
    r"(?!(?:who|which|that|whose|where|when|and|or|but|as|while|then)\b)"
    rf"(?P<article>(?:the|a|an|his|her|its|their|one of the) )?{_PHRASE}"
)
_DOES = {"chairs": "chair", "heads": "head", "leads": "leader", "directs": "director", "owns": "owner"}
_WHO_DOES = re.compile(
    rf"{_AGE}{_PARENTHESIS},? who (?:also |now )?(?P<does>{'|'.join(_DOES)}) (?=(?:the|its|an?) |[A-Z]){_PHRASE}"
)
_IS = re.compile(rf" (?:is|serves as|works as) (?:also |now |currently )?(?:the |an? |)(?!\w+ing )(?=[\w’'-]){_PHRASE}")
_SECOND = re.compile(  # "president of X | and once a fisherman", "Duchess of Sussex | 's talk with"
    r" and (?:once|formerly|previously|later|now|an?|the|one of|has|is|was|[a-z]+ed|gave|works|runs)\b"
    r"|(?<=[a-z])['’]s [a-z]+ (?:with|about)\b"
)
_AND = re.compile(" and ")
_OPENS_CLAUSE = re.compile(r" (?:is|are|was|were|will|would)\b")  # "if it is NAME, the answer | is no"
_AGE_BEHIND = re.compile(r",? (?:aged )?(\d{1,3})(?=[,.)])")
_VERB_PHRASE = re.compile(  # "lost her husband", no role
    r"(?!(?:now|then|once|currently|formerly|also) )[a-z]\w* (?:her|his|its|their|the|an?|no|\d[\d,.]*) "
)
_VERBS = ROLE_ENDS - frozenset("now then once later just only".split())
_AFTER_HEAD = PREPOSITIONS | {"and"}
_DEFINITE = ARTICLES | POSSESSIVES | {"this"}
_CLAUSE_WORDS = ROLE_ENDS - PREPOSITIONS - _DEFINITE - {"and", "only", "one"}
_FORMER = re.compile(r"(?:the |a |an )?(?:former|ex|one-time|onetime|late|then|retired)\b", re.IGNORECASE)
_RANKS = ABBREVIATED_TITLES - {"Ald", "Amb", "Del", "Gov", "Rep", "Sec", "Sen"}  # "Maj. Gen."
_RANKS |= frozenset("Cllr Coun Councillor Prof Professor Rt Very Rev Revd".split())
_NOT_FIRST = RELATIONS | {"man", "woman", "rival", "opponent", "predecessor", "successor", "colleague"}
_BODY = re.compile(r" (?:of|at|for|with) |['’]s? |\b[a-z]+ [A-Z]")


def best_role(roles: Sequence[Role]) -> Role | None:
    """Return what someone is now rather than was, what they do rather than whose relative they are, and with the body
    that it belongs to, where the text says so somewhere ("chief executive", later "chief executive of Lunn Poly")."""
    if not roles:
        return None

    def order(role: Role) -> tuple[bool, ...]:
        rank = _RANKS.issuperset(role.text.replace(".", " ").split())
        return is_plural(head_of(role.text)), is_former(role), role_heads(role.text) <= _NOT_FIRST, rank

    first = min(roles, key=order)  # the first of them
    fuller = (role for role in roles if _BODY.search(role.text) and is_former(role) == is_former(first))
    alike = (role for role in fuller if role_heads(role.text) == role_heads(first.text))
    return next(alike, first)


def is_former(role: Role) -> bool:
    """Whether it is what someone was."""
    return _FORMER.match(role.text) is not None


def names_body(role: Role) -> bool:
    """Whether the role says to which body it belongs: "chief of X", "Kent police chief"."""
    first, *rest = role.text.split()
    party = first.isupper() and len(first) > 1 and not is_person_word(fold(first))  # "GOP nominee", but "MP"
    return party or any(word[:1].isupper() for word in rest)


def role_behind(text: str, end: int) -> Role | None:
    """Return the role from the apposition, or "who is …", behind the name that ends at `end`."""
    if does := _WHO_DOES.match(text, end, end + 200):  # "NAME, who chairs the board"
        body = _first_role(text, does)
        return body and replace(body, text=f"{_DOES[does['does']]} of {body.text}")
    match = _BEHIND.match(text, end, end + 260)
    if match is None:
        return None
    phrase, article = match["role"], match["article"]
    verb = fold(phrase.strip().partition(" ")[0]) in _VERBS or _VERB_PHRASE.match(phrase)
    ending = bool(article) and _OPENS_CLAUSE.match(text, match.end()) is None
    if (verb and not article) or not names_person(phrase, by_ending=ending):
        return None
    return _first_role(text, match, "article" if article and article.startswith("one") else "role")


def role_said(text: str, end: int) -> Role | None:
    """Return the office of "NAME is the director of X", "NAME serves as treasurer of X": the name ends at `end`."""
    match = _IS.match(text, end, end + 200)
    return _first_role(text, match) if match is not None and names_person(match["role"]) else None


def _first_role(text: str, match: re.Match[str], begins: str = "role") -> Role | None:
    """Return the role of a phrase as far as its second one, or as an "and" in the middle of a long one."""
    start, end = match.span("role")
    second = _SECOND.search(text, start, end) or _AND.search(text, start + 25, end - 50)
    return make_role(text, match.start(begins), second.start() if second is not None else end)


def role_in_front(text: str, start: int, end: int) -> Role | None:
    """Return the role of "the president of the club, NAME,": a noun phrase and a comma before the name at
    [`start`, `end`)."""
    if not text.endswith(", ", max(0, start - _REACH), start):
        return None
    words = words_before(text, start - 2)
    closed = text[end : end + 1] in (",", ".")
    for i, match in enumerate(words):
        word, left = fold(match[0]), fold(words[i + 1][0]) if i + 1 < len(words) else ""
        if word in _CLAUSE_WORDS:
            return None
        phrase, definite = text[match.start() : start - 2], word in _DEFINITE
        if phrase.lower().startswith("one of ") and names_person(phrase[len("one of ") :]):
            return make_role(text, match.start(), start - 2)  # "one of the family's lawyers, NAME"
        before, _, behind = (part.split() for part in phrase.lower().partition(head_of(phrase) or phrase))
        owner = _owner(words, i)
        if definite:
            begins = not left or left in BEFORE_ROLE or (closed and left != "of")
        else:
            begins = (not left or owner is not None) and word not in ROLE_ENDS
            begins = begins and _DEFINITE.isdisjoint(before)  # not "It's a reminder"
        whole = not behind or behind[0] in _AFTER_HEAD or behind[0].endswith("ing")  # not "the president went"
        if begins and whole and names_person(phrase):
            first = i - 1 if definite else i if owner is None else owner
            return make_role(text, words[first].start(), start - 2)
    return None


def _owner(words: Sequence[re.Match[str]], i: int) -> int | None:
    """Return where the name begins that owns a role and ends with the word at `i`: "which | Bank of Montreal's …"."""
    if not (words[i][0][:1].isupper() and fold(words[i][0]).endswith("'s")):
        return None
    first = i
    for j in range(i + 1, len(words)):
        if words[j][0][:1].isupper() and fold(words[j][0]) not in ROLE_ENDS:
            first = j
        elif fold(words[j][0]) not in _LINKS:
            break
    return None if first + 1 < len(words) and fold(words[first + 1][0]) in _LINKS else first


def age_near(text: str, end: int) -> str | None:
    """Return the age that is given behind the name which ends at `end`: "NAME, 34,"."""
    behind = _AGE_BEHIND.match(text, end, end + 12)
    return behind[1] if behind else None
