"""The role of a named person, from the words around the name: title, apposition, relative clause.

"Interim foreign minister NAME" (before), "NAME, the chief executive of X," and "NAME, who is director of X" (behind),
"the president of the club, NAME," (in front, with a comma).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from quotecli.naming.lexicon import (
    ABBREVIATIONS,
    ARTICLES,
    BEFORE_ROLE,
    DOCUMENTS,
    HONORIFICS,
    NO_VERBS,
    OPENERS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIONS,
    ROLE_ENDS,
    ROLE_TITLES,
    fold,
    is_calling,
    is_plural,
    role_word,
    singular,
)

WORD = re.compile(r"[\w&$£€]+(?:['’‑./-]\w+)*['’]?\.?")
_LEFT = re.compile(r"[\w&]+(?:['’‑./-]\w+)*['’]?\.?")
_REACH = 140  # how far to the left of a name a role may begin, in characters
_MOST_WORDS = 14
_LINKS = frozenset(("of", "for", "and", "the", "&", "at", "in", "on"))
_PERSON_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "person",
    "eer",
    "ee",
    "ant",
    "ent",
    "ess",
    "ive",
    "ic",
    "mate",
)
_VERB_ENDINGS = ("ed", "ing", "ly")

_AGE = r"(?:,? (?:aged )?(?P<age>\d{1,3})(?=,))?"
_PARENTHESIS = r"(?: \([^()\n]{1,40}\))?"
_DEGREES = r"(?:, (?:M\.?D\.?|Ph\.?D\.?|MBA|R\.?N\.?|J\.?D\.?|Esq\.?|KC|QC|CBE|OBE|MBE)(?!\w))*"
_STOP_WORDS = r"who|which|that|said|says|told|tells|added|adds|has|had|is|was|were|are|will|would|whose|where|when"
_STOP_PHRASE = rf"(?=[,.;:!?)“”\"—–\n]| - | \(| (?:{_STOP_WORDS})\b|$)"
_PHRASE = rf"(?P<role>(?:[^,.;:!?(“”\"—–\n]|(?<=[A-Z])\.|(?<=\b[A-Z][a-z])\.|\.(?=\w)){{3,160}}?){_STOP_PHRASE}"
_WHO_IS = r",? who (?:is|was|serves as|served as|works as|worked as|has been|became) (?:also |now |currently )?"
_BEHIND = re.compile(
    rf"{_DEGREES}{_PARENTHESIS}{_AGE}{_PARENTHESIS}(?:{_WHO_IS}|, | [—–-] )"
    r"(?!(?:who|which|that|whose|where|when|and|or|but|as|while|then)\b)"
    rf"(?P<article>(?:the|a|an|his|her|its|their|one of the) )?{_PHRASE}"
)
_AGE_BEHIND = re.compile(r",? (?:aged )?(\d{1,3})(?=[,.)])")
_PASSED_OVER = re.compile(r"[ \u00a0]?[()]{0,2}[ \u00a0]?")
_LOOSE_END = re.compile(r"(?: (?:and|or|of|for|the|a|in|at|but|as|with|to|on))+$")
_WHEN = re.compile(r"(?:Last|This) (?:night|week|month|year|morning|evening|\w+day) ")
_VERB_PHRASE = re.compile(  # "lost her husband", no role
    r"(?!(?:now|then|once|currently|formerly|also) )[a-z]\w* (?:her|his|its|their|the|an?|no|\d[\d,.]*) "
)
_ADVERBS = frozenset("now then once later just only".split())
_YEAR_OLD = re.compile(r"(\d{1,3})-year-old[^,.\n]{0,30}$")


@dataclass(frozen=True)
class Role:
    """What someone is: the words at their place in the text, and what they can be recognised by."""

    text: str
    start: int
    end: int

    @cached_property
    def words(self) -> frozenset[str]:
        """All the role's words in comparable form, abbreviations spelt out too."""
        return role_words(self.text)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The nouns that say what the person is: "president", "co-chair"."""
        return role_heads(self.text)


def best_role(roles: Sequence[Role]) -> Role | None:
    """Return what someone is now rather than was, what they do rather than whose relative they are, and with the body
    that it belongs to, where the text says so somewhere ("chief executive", later "chief executive of Lunn Poly")."""
    if not roles:
        return None
    first = min(roles, key=lambda role: (bool(_FORMER.match(role.text)), role.heads <= RELATIONS))  # the first of them
    fuller = (role for role in roles if role.heads == first.heads and not _FORMER.match(role.text))
    return first if _BODY.search(first.text) else next(filter(lambda role: _BODY.search(role.text), fuller), first)


_FORMER = re.compile(r"(?:the |a |an )?(?:former|ex|one-time|onetime|late|then|retired)\b", re.IGNORECASE)
_BODY = re.compile(r" (?:of|at|for|with) |['’]s? |(?<=\w )[A-Z]")

_PERSONS = frozenset(role_word(word) for word in PERSON_WORDS)


def role_words(phrase: str) -> frozenset[str]:
    """Return the comparable words of a role or a description, small words left out."""
    found: set[str] = set()
    for word in WORD.findall(phrase):
        folded = fold(word).removesuffix("'s").removesuffix("'")
        for part in ABBREVIATIONS.get(folded, (folded, *folded.split("-")) if "-" in folded else (folded,)):
            found.add(role_word(part))
    return frozenset(found - ROLE_ENDS)


def role_heads(phrase: str) -> frozenset[str]:
    """Return the words for a person that head a role, in comparable form: not those behind "of" or before "'s"."""
    found: set[str] = set()
    skipping = False
    for word in WORD.findall(phrase):
        folded = fold(word)
        if folded in PREPOSITIONS or folded == "and":
            skipping = folded != "and"
        elif folded.endswith(("'s", "s'")):
            if not (skipping and found & _PERSONS):  # "the Republic of Congo's health minister"
                found.clear()
                skipping = False
        elif not skipping:
            found.update(part for part in map(role_word, ABBREVIATIONS.get(folded, (folded, *folded.split("-")))))
    heads = frozenset(found & _PERSONS) | _initials(phrase)
    return heads or frozenset([role_word(head_of(phrase))])


def _initials(phrase: str) -> frozenset[str]:
    """Return the short forms of the offices that a role spells out: "ceo" for "Chief Executive"."""
    folded = fold(phrase)
    return frozenset(short for short, office in _SPELT_OUT.items() if office in folded)


_SPELT_OUT = {
    short: " ".join(word for word in meaning if word not in (short, "officer"))
    for short, meaning in ABBREVIATIONS.items()
    if meaning[-1] == "officer"
}


def head_of(phrase: str) -> str:
    """Return the folded head noun of a noun phrase: the last word before a preposition, a clause or a comma."""
    head = ""
    matches = list(WORD.finditer(phrase, _owner_end(phrase)))
    for match, following in zip_longest(matches, matches[1:]):
        word = fold(match[0])
        if word == "and" and head and head not in PERSON_WORDS and following is not None:
            continue  # "audio and resources producer"
        if head and (word in PREPOSITIONS or word in ("who", "which", "that", "whose", "where", "and")):
            break
        if head and word.endswith("ing") and word not in NO_VERBS:
            break
        if (
            head
            and word.endswith(("ed", "itten", "awn", "sent"))
            and word not in NO_VERBS
            and _ends_noun(head, following)
        ):
            break  # "a lawsuit filed by"
        head = word
        if phrase[match.end() : match.end() + 1] in (",", ";", ":", "("):
            break
    return head.removesuffix("'s").removesuffix("'")


def _owner_end(phrase: str) -> int:
    """Return where the owner's name ends that holds a preposition: "the Republic of Congo's | health minister"."""
    owner = _OWNER.match(phrase)
    return owner.end() if owner and fold(owner["head"]) not in PERSON_WORDS else 0


_OWNER = re.compile(
    r"(?:[Tt]he )?(?:[A-Z]\w+ )*(?P<head>[A-Z]\w+) (?:of|and|for) (?:the )?(?:[A-Z]\w+ )*[A-Z]\w+['’]s (?=\w)"
)


def _ends_noun(head: str, following: re.Match[str] | None) -> bool:
    """Whether a participle behind these words describes them: they end in a noun, or a preposition follows it."""
    return head in DOCUMENTS or head in PERSON_WORDS or (following is not None and fold(following[0]) in PREPOSITIONS)


def names_person(phrase: str, by_ending: bool = False) -> bool:
    """Whether a noun phrase is headed by a word for a person; `by_ending`: a noun that ends like one counts, too."""
    head = head_of(phrase).partition("-of-")[0]  # "father-of-four"
    head = head if head in PERSON_WORDS else head.rpartition("-")[2]
    if head in PERSON_WORDS or (head.endswith("s") and singular(head) in PERSON_WORDS):
        return True
    return by_ending and head.endswith(_PERSON_ENDINGS) and not is_plural(head)


def role_before(text: str, start: int, earliest: int = 0) -> Role | None:
    """Return the role that stands as a title before the name at `start` ("Interim foreign minister").

    earliest: where the name of the person named before ends.
    """
    words = _words_before(text, start)
    head = _title_head(words)
    if head is None:
        return None
    first = _extend(text, words, head, earliest)
    begin = words[first].start()
    titled = _TITLE_IN_MARKS.search(text, max(0, begin - _REACH), begin) if first == len(words) - 1 else None
    role_end = next(m.end() for m in words if fold(m[0]) not in HONORIFICS or fold(m[0]) in ROLE_TITLES)
    return _role(text, titled.start() if titled else begin, role_end)


_TITLE_IN_MARKS = re.compile(r"(?:“[^“”\n]{1,40}\w”|‘[^‘’\n]{1,40}\w’|\"[^\"\n]{1,40}\w\") \Z")  # “Parasite” director


def _words_before(text: str, start: int) -> list[re.Match[str]]:
    """Return the words directly before `start`, nearest first, up to punctuation (brackets are passed over)."""
    begin = max(0, start - _REACH)
    found: list[re.Match[str]] = []
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
        or len(word) == 2
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


def is_person_word(word: str) -> bool:
    """Whether a folded word says what a person is ("minister", "vice-president", "Sen.")."""
    first, of, _ = word.partition("-of-")
    last = word.rpartition("-")[2]
    if "-" in word and word in ORGANISATION_WORDS:
        return False  # "co-operative"
    return word in ROLE_TITLES or (bool(of) and first in PERSON_WORDS) or last in PERSON_WORDS or is_calling(word)


def _extend(text: str, words: Sequence[re.Match[str]], head: int, earliest: int) -> int:
    """Return the index of the role's first word, going left from its head over what describes it.

    No "and" joins it to another person's name, which ends at `earliest`.
    """
    first = head
    for i in range(head + 1, min(len(words), head + 9)):
        raw, word = words[i][0], fold(words[i][0])
        if word in _LINKS and word not in ("on", "in"):
            if not _joins(words, i, head, earliest):
                break
            continue
        if raw.isupper() and len(word) > 1:  # "US", "IT": no pronouns
            first = i
            continue
        if _ends_role(text, words, i):
            break
        first = i
        if word.endswith(("'s", "s'")):
            break
    return first


def _joins(words: Sequence[re.Match[str]], i: int, head: int, earliest: int) -> bool:
    """Whether the "of" or "and" at `i` joins what is left of it to the role: "Director of Public Works NAME"."""
    word, left = fold(words[i][0]), words[i + 1][0] if i + 1 < len(words) else ""
    capitals = left[:1].isupper() and words[i - 1][0][:1].isupper() and fold(left) not in OPENERS
    if capitals and word not in ARTICLES and not (word in ("and", "&") and words[i + 1].end() <= earliest):
        return True
    if word != "and":
        return False
    owned = fold(left) in PERSON_WORDS and _is_owned(words, i + 2)  # "her son and manager NAME"
    return owned or (i - 1 > head and _is_plain_noun(left))  # "the water and sanitation minister NAME"


def _ends_role(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether the word at `i` is no part of the role on its right: a small word, a verb, a title of its own."""
    raw, word = words[i][0], fold(words[i][0])
    if word in ROLE_ENDS or (word in OPENERS and _opens(text, words[i])):
        return True
    if word in HONORIFICS and word not in ROLE_TITLES and is_person_word(fold(words[i - 1][0])):
        return True  # "Mr President", but "Sri Lanka captain"
    if not raw[:1].islower() or "-" in word:
        return False
    if words[i - 1][0][:1].isupper() and not _describes_office(word):
        return True  # "save | Rep. NAME", "poster launch | Tory co-chairman NAME"
    if not word.endswith(_VERB_ENDINGS):
        return False
    left = fold(words[i + 1][0]) if i + 1 < len(words) else ""
    return word not in NO_VERBS or left in PERSON_WORDS  # "the woman accused Inspector NAME"


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
    return match[0][:1].isupper() and text[: match.start()].rstrip()[-1:] in ("", ".", "!", "?", "\n", "”", '"', ":")


_TITLE_FIRST = re.compile(r"“[^”]+” \w|\"[^\"]+\" \w|‘[^’]+’ \w")


def _role(text: str, start: int, end: int) -> Role | None:
    shown = " ".join(text[start:end].split()).strip(" ,;:'’-–—")
    shown = shown if _TITLE_FIRST.match(shown) else shown.strip(' “”"‘')
    shown = _WHEN.sub("", _LOOSE_END.sub("", shown))
    is_phrase = fold(shown.partition(" ")[0]) in PREPOSITIONS  # "At a dinner with the singer, NAME"
    cut = shown.count("(") != shown.count(")")  # "Cllr Mo Salt (Green, | Ashwell)"
    return Role(shown, start, end) if len(shown) > 1 and not (is_phrase or cut) else None


def role_behind(text: str, end: int) -> Role | None:
    """Return the role from the apposition, or "who is …", behind the name that ends at `end`."""
    match = _BEHIND.match(text, end, end + 260)
    if match is not None:
        phrase = match["role"]
        verb = fold(phrase.split(maxsplit=1)[0]) in ROLE_ENDS - _ADVERBS or _VERB_PHRASE.match(phrase)
        clause = not match["article"] and verb
        if (
            not clause
            and names_person(phrase, by_ending=bool(match["article"]))
            and len(phrase.split()) <= _MOST_WORDS + 6
        ):
            return _role(text, match.start("role"), _shortened(text, match.start("role"), match.end("role")))
    return None


_OWNS = re.compile(r"(?<=[a-z])['’]s [a-z]+ (?:with|about)\b")  # "Duchess of Sussex | 's talk with"
_SECOND = re.compile(r" and (?:once|formerly|previously|later|now|an?|the|one of)\b")  # "and once a fisherman"


def _shortened(text: str, start: int, end: int) -> int:
    """Cut a long apposition at its first "and" behind a few words."""
    second = _OWNS.search(text, start, end) or _SECOND.search(text, start, end)
    if second is not None:
        return second.start()
    words = list(WORD.finditer(text, start, end))
    if len(words) <= _MOST_WORDS:
        return end
    cut = next((m.start() for m in words[4:] if m[0] == "and"), end)
    return len(text[:cut].rstrip())


def role_in_front(text: str, start: int) -> Role | None:
    """Return the role of "the president of the club, NAME": a noun phrase and a comma before the name at `start`."""
    line = text[max(0, start - _REACH) : start]
    if not line.endswith(", "):
        return None
    words = _words_before(text, start - 2)
    for i, match in enumerate(words):
        word, following = fold(match[0]), words[i + 1] if i + 1 < len(words) else None
        phrase = text[match.start() : start - 2]
        begins = word == "one" or word in ARTICLES or word in POSSESSIVES or following is None
        if begins and (following is None or word in POSSESSIVES or fold(following[0]) in BEFORE_ROLE):
            if following is not None and fold(following[0]) == "to" and not _is_according(words, i + 2):
                return None  # "in addition to his wife, NAME is survived by", "as agent to the applicant, NAME said"
            behind_aside = _BEHIND_ASIDE.search(text, max(0, match.start() - 20), match.start()) is not None
            starts_clause = following is not None or match[0][:1].isupper() or behind_aside
            if names_person(phrase, by_ending=True) and starts_clause and not _holds_verb(words[: i + 1]):
                skip = words[i - 1].start() if i and (word in ARTICLES or word in POSSESSIVES) else match.start()
                return _role(text, skip, start - 2)
    return None


def affiliation(text: str, person: int, body: int, end: int) -> str | None:
    """Return "of the Institute for Fiscal Studies", where no more than that stands between a name that ends at `person`
    and the organisation at [`body`, `end`)."""
    link = _AFFILIATION.fullmatch(text, person, body)
    return f"of {link['the'] or ''}{text[body:end]}" if link else None


_AFFILIATION = re.compile(rf"{_DEGREES},? (?:of|from|for|with|at) (?P<the>the )?")


_BEHIND_ASIDE = re.compile(r"(?:^|[ \n])[a-z]+, \Z")  # "earlier this month, | a lawyer in attendance, NAME"


def _is_according(words: Sequence[re.Match[str]], i: int) -> bool:
    return i < len(words) and fold(words[i][0]) == "according"


def _holds_verb(words: Sequence[re.Match[str]]) -> bool:
    return any(
        fold(m[0]) in ROLE_ENDS and fold(m[0]) not in PREPOSITIONS | ARTICLES | POSSESSIVES | {"and", "only"}
        for m in words
    )


def age_near(text: str, start: int, end: int) -> str | None:
    """Return the age that is given with the name: "NAME, 34," or "34-year-old NAME"."""
    behind = _AGE_BEHIND.match(text, end, end + 12)
    if behind:
        return behind[1]
    before = _YEAR_OLD.search(text[max(0, start - 60) : start])
    return before[1] if before else None
