"""Zip files of XML, the way DOCX, ODT and EPUB are made: their members and elements, within the limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from quotecli.errors import InputError
from quotecli.loading.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


def too_large_within(source: Source) -> InputError:
    """Return what is wrong with a document that unpacks to more than a document may have."""
    reason = f"unpacks to more than {source.limits.size}, the limit for one document"
    return InputError(reason, setting="document_bytes")


class Package:
    """The members of one zipped document; all of them together may unpack to no more than a document may have."""

    def __init__(self, source: Source) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.read()))
        except BROKEN_ZIP as error:
            raise InputError("damaged: not a complete zip file") from error
        self._source = source
        self._left = source.limits.document_bytes

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """Return the bytes of a member; raise InputError when it is missing, damaged or too large."""
        try:
            with self._zip.open(name) as member:
                data = member.read(self._left + 1)
        except KeyError as error:
            raise InputError(f"damaged: {name} is missing") from error
        except BROKEN_ZIP as error:
            protected = "password" in str(error)
            raise InputError("protected by a password" if protected else f"damaged: {name} is unreadable") from error
        self._left -= len(data)
        if self._left < 0:
            raise too_large_within(self._source)
        return data

    def xml(self, name: str) -> _Element:
        """Return the root element of a member, its tags without namespaces."""
        data = self.read(name)
        self._source.check_markup(len(data))
        return parse_xml(data)


def parse_xml(data: bytes, *, recover: bool = False) -> _Element:
    """Return the root element of an XML document, its tags without namespaces ("p", not "{…}p").

    Entities are left out, and nothing is fetched. `recover`: read on behind mistakes, as with feeds.
    Raises InputError when it is no XML.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"invalid XML: {error}") from error
    if root is None:
        raise InputError("invalid XML")
    etree.strip_elements(root, etree.Entity, with_tail=False)
    for element in root.iter(etree.Element):
        with suppress(ValueError):  # a name of digits stays as it is
            element.tag = str(element.tag).rpartition("}")[2].rpartition(":")[2]  # also of prefixes nobody declared
    return root


def first_text(root: _Element, tag: str) -> str | None:
    """Return the words of the first element with this tag, or None."""
    found = root.find(f".//{tag}")
    return None if found is None else " ".join("".join(map(str, found.itertext())).split()) or None


def all_texts(root: _Element, tag: str) -> str | None:
    """Return the words of all elements with this tag, separated by commas, or None."""
    texts = (" ".join("".join(map(str, found.itertext())).split()) for found in root.iter(tag))
    return ", ".join(dict.fromkeys(filter(None, texts))) or None
