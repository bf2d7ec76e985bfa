"""Links that leave their paragraph although it has a source and a cue that nothing else points at.

“That’s no answer,” NAME said.     a dialogue: each line has its own speaker, whatever the lines around it say
The board apologised “unreservedly” and said it …     a few quoted words belong to their own sentence's source
“We are leaving. / “And soon.” / NAME agreed that …     a quotation of several paragraphs is nobody's who comes later
By NAME: The Americas cannot ignore it, warns NAME.      who wrote the article says nothing
“They should be tried.” NAME said that it was grave.     or who says something else in the next sentence
Claiming that it was safe, NAME told members …     who does what the sentence goes on with says what it opens with
"""

from __future__ import annotations

import re

import msgspec

from quotecli.model import Link, Part, Tagging
from quotecli.text import Document

NEAR = 3
"""Characters (a space, a comma, a mark) between a content and the words that introduce it."""

_OPENS = re.compile(r"[“\"]?(?:(?:After|Before|By|In|While|Without|Despite) )?\w+ing(?: \w+){0,3}")


def relink(document: Document, tagging: Tagging) -> Tagging:
    """Return `tagging` with links that no reader would make mended.

    These are contents that point out of their paragraph. Each gets the source and the cue beside it, where these
    belong to no other content. One inside a sentence gets that sentence's source, if there is any. One that goes on
    from the paragraph before, or whose source says something else further down, gets nobody who comes later.
    """
    return _Relinking(document, tagging).tagging()


class _Relinking:
    def __init__(self, document: Document, tagging: Tagging) -> None:
        self._tagging = tagging
        self._document = document
        self._used = {index for link in tagging.links for index in (link.source, link.cue)}
        self._busy = {link.source for link in tagging.links if self._is_at_home(link)}

    def tagging(self) -> Tagging:
        parts, links = self._tagging.parts, self._tagging.links
        links = tuple(
            self._sourced(link) if link.source is None else self._mended(link, parts[link.source]) for link in links
        )
        return msgspec.structs.replace(self._tagging, links=links)

    def _sourced(self, link: Link) -> Link:
        """Return a link without a source with the one right before its cue, "NAME told", if it points at nothing else;
        or with the one that "Claiming that …, NAME told members" goes on with."""
        parts, behind = self._tagging.parts, link.content + 1
        if link.cue is None:
            return link
        before = link.cue - 1
        free = self._is_free(before, "source", self._paragraph(parts[link.content]))
        if free and 0 <= parts[link.cue].start - parts[before].end <= 1:
            return msgspec.structs.replace(link, source=before)
        if behind >= len(parts) or parts[behind].role != "source":
            return link
        cue, content, source = parts[link.cue], parts[link.content], parts[behind]
        text, start = self._document.text, self._document.sentence_at(cue.start).start
        opens = _OPENS.fullmatch(text, start, cue.end) is not None and cue.end <= content.start
        near = self._sentence(source) == self._sentence(content) and _gap(content, source) <= NEAR
        return msgspec.structs.replace(link, source=behind) if opens and near else link

    def _mended(self, link: Link, source: Part) -> Link:
        content = self._tagging.parts[link.content]
        if self._is_within(source, content):
            return _unlinked(link)
        if self._is_byline(source):
            beside, cue = self._beside(link, (1,))
            return msgspec.structs.replace(link, source=beside, cue=cue)
        at_home = self._is_at_home(link)
        if at_home and not self._ends_quoted(content):
            return link
        if at_home and self._ends_before(content, source, link):
            return _unlinked(link)
        beside, cue = self._beside(link, (1,) if at_home else (1, -1))
        parts = self._tagging.parts
        if beside is not None and cue is not None and not (at_home and self._opens(parts[min(beside, cue)])):
            return msgspec.structs.replace(link, source=beside, cue=cue)
        return link if at_home else self._unless_later(link)

    def _is_byline(self, source: Part) -> bool:
        """Whether a source is who wrote the article: "By NAME: …", at the head of a paragraph."""
        text, start = self._document.text, self._document.paragraph_at(source.start).start
        by = text[start : start + len("by ")].lower() == "by " and source.start - start <= len("by ")
        return by and text[source.end : source.end + 1] in (":", "\n", "")

    def _ends_before(self, content: Part, source: Part, link: Link) -> bool:
        """Whether a quotation ends its sentence, and the source that it points at says something else later on, by the
        same cue: not "“It leaks.” NAME said, adding that …"."""
        parts, begins = self._tagging.parts, self._sentence(source)
        later = (one for one in self._tagging.links if one is not link and one.source == link.source)
        return begins > self._document.sentence(content.end - 1) and any(
            link.cue in (None, other.cue) and self._sentence(parts[other.content]) == begins for other in later
        )

    def _opens(self, part: Part) -> bool:
        """Whether another sentence begins with a part: "“… a shame.” NAME lets users choose"."""
        return part.start - self._document.sentence_at(part.start).start <= 1

    def _sentence(self, part: Part) -> int:
        return self._document.sentence(part.start)

    def _unless_later(self, link: Link) -> Link:
        """Return a link that points out of its paragraph, without that if nobody who comes later says it."""
        assert link.source is not None
        parts = self._tagging.parts
        later = parts[link.source].start > parts[link.content].end
        busy = link.source in self._busy and self._is_alone(parts[link.content])
        if later and (busy or self._goes_on(parts[link.content])):
            return _unlinked(link)
        start = self._document.sentence_at(parts[link.content].start).start
        if parts[link.content].start - start <= NEAR:
            return link
        own = [i for i in range(link.content) if parts[i].role == "source" and parts[i].start >= start]
        return msgspec.structs.replace(link, source=own[-1], cue=None) if own else link

    def _is_at_home(self, link: Link) -> bool:
        parts = self._tagging.parts
        return link.source is not None and self._paragraph(parts[link.source]) == self._paragraph(parts[link.content])

    def _ends_quoted(self, content: Part) -> bool:
        """Whether a content ends with a quotation, which who stands behind says: "No one knows, but “…”, he says"."""
        return any(q.end >= content.end for q in self._document.quotations_touching(content.end - 1, content.end))

    def _is_within(self, source: Part, content: Part) -> bool:
        """Whether a source stands inside the quotation, of several sentences, that its content opens: who speaks there
        is not quoted ("“It is bang, bang, and then somebody shouts.”")."""
        for quotation in self._document.quotations_touching(content.start, content.end):
            opens = content.start <= quotation.start + NEAR
            first = self._document.sentence(quotation.start + NEAR)
            if opens and source.end < quotation.end and self._sentence(source) > first:
                return source.start > quotation.start
        return False

    def _is_alone(self, content: Part) -> bool:
        """Whether a paragraph holds nothing but a content in quotation marks."""
        paragraph = self._document.paragraph_at(content.start)
        around = self._document.quotations_touching(content.start, content.end)
        return any(q.start <= paragraph.start + NEAR and paragraph.end <= q.end + NEAR for q in around)

    def _goes_on(self, content: Part) -> bool:
        """Whether a content is what a quotation goes on with from the paragraph before."""
        around = self._document.quotations_touching(content.start, content.end)
        return any(quotation.continues and quotation.start <= content.start + NEAR for quotation in around)

    def _beside(self, link: Link, sides: tuple[int, ...]) -> tuple[int | None, int | None]:
        """Return the source and the cue next to a content that belong to no other; sides: 1 behind it, -1 before."""
        parts = self._tagging.parts
        home = self._paragraph(parts[link.content])
        at = link.content
        for first, second in ((at + side, at + 2 * side) for side in sides):
            pair = sorted((first, second), key=lambda i: 0 <= i < len(parts) and parts[i].role == "cue")
            if self._is_free(pair[0], "source", home) and self._is_free(pair[1], "cue", home, link.cue):
                near, far = parts[first], parts[second]
                if _gap(parts[at], near) <= NEAR and _gap(near, far) <= NEAR:
                    return pair[0], pair[1]
        return None, None

    def _is_free(self, index: int, role: str, home: int, own: int | None = None) -> bool:
        parts = self._tagging.parts
        if not (0 <= index < len(parts)) or parts[index].role != role or self._paragraph(parts[index]) != home:
            return False
        return index == own or index not in self._used

    def _paragraph(self, part: Part) -> int:
        return self._document.paragraph(part.start)


def _unlinked(link: Link) -> Link:
    return msgspec.structs.replace(link, source=None, cue=None)


def _gap(a: Part, b: Part) -> int:
    return max(a.start, b.start) - min(a.end, b.end)
