"""DOCX and ODT: the paragraphs of the document as it reads with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotecli.loading.blocks import blocks_of
from quotecli.loading.links import ADDRESS
from quotecli.loading.packages import Package, first_text
from quotecli.loading.source import Source
from quotecli.records import Article

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOCX_BLOCKS = frozenset(("p", "tr", "tc", "br", "cr", "txbxContent"))
_DOCX_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback"))  # deleted words; a second copy of text boxes
_DOCX_CHARACTERS = {"tab": " ", "noBreakHyphen": "-"}

_OWN_CHARACTERS = 0xF000  # where Word puts the characters of fonts that have their own
_SYMBOL = {0x20: " ", 0x2D: "−", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×"}
_SYMBOL |= {
    0xB7: "•",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xD2: "®",
    0xD3: "©",
    0xD4: "™",
    0xE2: "®",
    0xE3: "©",
    0xE4: "™",
}

_ODT_BLOCKS = frozenset(("p", "h", "table-row", "table-cell", "line-break", "list-item"))
_ODT_LEFT_OUT = frozenset(("tracked-changes", "annotation", "note", "sequence-decls", "forms", "desc", "title"))
_ODT_CHARACTERS = {"s": " ", "tab": " "}

# What programs write as the author when nobody told them.
_NOBODY = {"python-docx", "docx4j", "microsoft office user", "user", "admin", "administrator", "unknown", "author"}


def read_docx(source: Source) -> Iterator[Article]:
    """Yield the one article of a Word document; title and byline from its properties."""
    package = Package(source)
    root = package.xml("word/document.xml")
    title = _styled(root, "Title")
    notes = _addresses(package) if source.links is not None else {}
    for element in root.iter("*"):
        element.tail = None
        if element.tag != "t":
            element.text = _symbol(element) if element.tag == "sym" else _DOCX_CHARACTERS.get(element.tag)
    _as_it_reads(root)
    for element in root.iter("hyperlink", "footnoteReference", "endnoteReference"):
        for address in notes.get(_key(element), ()):
            element.append(element.makeelement("t", {}))
            element[-1].text = source.mark(address)
    blocks = blocks_of(root, _DOCX_BLOCKS, _DOCX_LEFT_OUT, "")
    properties = package.xml("docProps/core.xml") if "docProps/core.xml" in package else None
    yield source.article(
        "\n".join(block.text for block in blocks),
        title=(first_text(properties, "title") if properties is not None else None) or title,
        byline=_person(first_text(properties, "creator")) if properties is not None else None,
    )


def _as_it_reads(root: _Element) -> None:
    """Put together what Word keeps apart, and apart what stands inside: drop capitals, and paragraphs whose end is
    deleted, with the words behind; text boxes out of the sentence where they are anchored; hidden words away."""
    for hidden in list(root.iter("vanish")):
        run = hidden.getparent()
        run = None if run is None else run.getparent()
        if run is not None and run.tag == "r" and _is_on(hidden):
            run.clear()
    for box in list(root.iter("txbxContent")):
        around = list(box.iterancestors("p"))
        copied = next(box.iterancestors("Fallback"), None) is not None
        if around and not copied and (parent := box.getparent()) is not None:
            parent.remove(box)
            around[-1].addnext(box)
    for paragraph in list(root.iter("p")):
        frame, mark = paragraph.find("./pPr/framePr"), paragraph.find("./pPr/rPr/del")
        capital = frame is not None and _value(frame, "dropCap") in ("drop", "margin")
        if (capital or mark is not None) and (following := paragraph.getnext()) is not None and following.tag == "p":
            for place, element in enumerate([child for child in paragraph if child.tag != "pPr"]):
                following.insert(place, element)


def _symbol(element: _Element) -> str | None:
    """Return the character of a `sym` element: of the font Symbol, which has its own, or as Unicode has it."""
    try:
        code = int(_value(element, "char") or "", 16)
    except ValueError:
        return None
    if code < _OWN_CHARACTERS:
        return chr(code) if chr(code).isprintable() else None
    return _SYMBOL.get(code - _OWN_CHARACTERS) if _value(element, "font") == "Symbol" else None


def _value(element: _Element, name: str) -> str | None:
    """Return an attribute, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _is_on(element: _Element) -> bool:
    """Whether a property is set: it is when it is there, unless it says no."""
    return _value(element, "val") not in ("0", "false", "off")


def _addresses(package: Package) -> dict[tuple[str, str], list[str]]:
    """Return the addresses that the links and the notes of a Word document have, by what refers to them."""
    found: dict[tuple[str, str], list[str]] = {}
    if (links := "word/_rels/document.xml.rels") in package:
        for each in package.xml(links).iter("Relationship"):
            if each.get("TargetMode") == "External":
                found["hyperlink", each.get("Id", "")] = [each.get("Target", "")]
    for kind in ("footnote", "endnote"):
        if (notes := f"word/{kind}s.xml") in package:
            for note in package.xml(notes).iter(kind):
                words = "".join(text.text or "" for text in note.iter("t"))
                found[f"{kind}Reference", _key(note)[1]] = ADDRESS.findall(words)
    return found


def _key(element: _Element) -> tuple[str, str]:
    """Return what an element is and the id that it refers to."""
    ids = [value for name, value in element.attrib.items() if str(name).endswith("}id")]
    return str(element.tag), str(ids[0]) if ids else ""


def read_odt(source: Source) -> Iterator[Article]:
    """Yield the one article of an OpenDocument text; title and byline from its metadata.

    The byline is who made the document: its `creator` is only who saved it last.
    """
    package = Package(source)
    root = package.xml("content.xml")
    for element in root.iter(*_ODT_CHARACTERS):
        element.text = _ODT_CHARACTERS[element.tag]
    body = root.find(".//body")
    blocks = blocks_of(root if body is None else body, _ODT_BLOCKS, _ODT_LEFT_OUT, "")
    metadata = package.xml("meta.xml") if "meta.xml" in package else None
    yield source.article(
        "\n".join(block.text for block in blocks),
        title=first_text(metadata, "title") if metadata is not None else None,
        byline=_person(first_text(metadata, "initial-creator")) if metadata is not None else None,
    )


def _styled(root: _Element, style: str) -> str | None:
    """Return the words of the first paragraph in a style."""
    for paragraph in root.iter("p"):
        named = paragraph.find("./pPr/pStyle")
        if named is not None and style in named.attrib.values():
            return " ".join("".join(text.text or "" for text in paragraph.iter("t")).split()) or None
    return None


def _person(name: str | None) -> str | None:
    return None if name is None or name.casefold() in _NOBODY else name
