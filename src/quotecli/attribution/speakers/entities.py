"""The people and organisations of an article: which names mean the same one, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotecli.attribution.mentions.phrases import Role, role_heads, role_words
from quotecli.naming.lexicon import RELATIONS, Gender
from quotecli.naming.names import NameWords
from quotecli.records import SpeakerType
from quotecli.text.document import Document

GENDER_EVIDENCE = {
    "title": 10.0,  # "Mrs", "Sir": certain
    "role": 6.0,  # "spokeswoman", "actress"
    "pronoun": 1.5,  # each "she" near the name of the only one it can mean
    "first name": 2.0,
    "only name": 1.0,  # "Melanie", who may also be a Mr Melanie
}
"""How much each sign says about a person's gender; signs for the other gender count against it."""


@dataclass(slots=True)
class Reference:
    """A place where an entity is named or meant.

    quoted: inside quotation marks. subject: the first person in its sentence. weak, governed: see below.
    """

    start: int
    end: int
    sentence: int
    paragraph: int
    quoted: bool = False
    subject: bool = False
    weak: bool = False  # an owner, or whom a question is about: seldom what the next pronoun means
    governed: bool = False  # behind a preposition: "a letter to NAME"

    @classmethod
    def at(cls, document: Document, start: int, end: int, *, subject: bool = False) -> Reference:
        """Return a mention at [start, end), with the place where it stands."""
        return cls(start, end, document.sentence(start), document.paragraph(start), subject=subject)


@dataclass(slots=True, eq=False)
class Entity:
    """A person, organisation or group of the article, with everything that the text says of it."""

    type: SpeakerType
    name: str
    words: NameWords
    named: bool = True  # False: unnamed people, known by their description only
    roles: list[Role] = field(default_factory=list)
    forms: set[NameWords] = field(default_factory=set)
    nicknamed: set[NameWords] = field(default_factory=set)  # "Billie Hart", of Wilhelmina "Billie" Hart
    references: list[Reference] = field(default_factory=list)
    femininity: float = 0.0  # > 0 female, < 0 male: the sum of the evidence
    number: int = -1  # its place among the article's entities
    affiliation: str | None = None  # "of the Institute for Fiscal Studies"
    age: str | None = None
    author: bool = False
    speaks: bool = False  # somewhere in the article, under the full name
    died: bool = False  # in this article: what a surname says now, a relative says
    subject: bool = False  # whom the article, an obituary, is about
    place: bool = False
    they: bool = False  # "who uses they/them pronouns"
    extra: frozenset[str] = frozenset()  # an unnamed source's own words and heads; the title that a name keeps
    extra_heads: frozenset[str] = frozenset()

    @property
    def only_writes(self) -> bool:
        """Whether that is who wrote the article: nobody whom "he" or "the minister" means, unless they speak in it."""
        return self.author and not self.speaks

    @property
    def gender(self) -> Gender | None:
        return None if abs(self.femininity) < 1 else "female" if self.femininity > 0 else "male"

    @property
    def role_words(self) -> frozenset[str]:
        return frozenset().union(self.extra, *(role_words(role.text) for role in self.roles))

    @property
    def role_heads(self) -> frozenset[str]:
        """The nouns that say what it is, in comparable form."""
        return frozenset().union(self.extra_heads, *(role_heads(role.text) for role in self.roles))

    @property
    def is_relative(self) -> bool:
        """Whether all that it is known to be is somebody's relative: "her daughter, NAME"."""
        heads = self.role_heads
        return bool(heads) and heads <= RELATIONS

    def feel(self, gender: Gender | None, sign: str) -> None:
        """Take in a sign of gender."""
        if gender is not None:
            self.femininity += GENDER_EVIDENCE[sign] * (1 if gender == "female" else -1)

    def is_other_than(self, gender: Gender | None) -> bool:
        """Whether somebody of a gender is somebody else."""
        return None not in (gender, self.gender) and gender != self.gender
