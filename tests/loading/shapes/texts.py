"""Plain text of several encodings and habits; Markdown as site generators, editors and pandoc write it."""

from __future__ import annotations

import codecs

from shapes.story import BYLINE, DAY, LINES, OUTLET, TITLE, URL, Shape, Told

_TEXT = TITLE + "\n\n" + "\n\n".join(LINES) + "\n"
_READ = Told((TITLE, *LINES), title=TITLE)
_BODY = "\n\n".join(LINES) + "\n"


def hugo() -> bytes:
    return f'+++\ntitle = "{TITLE}"\nauthor = "{BYLINE}"\ndate = {DAY}T18:30:00Z\npublication = "{OUTLET}"\nurl = "{URL}"\ntags = ["piers"]\n+++\n\n{_BODY}'.encode()


def jekyll() -> bytes:
    text = (
        LINES[1].replace("Ann Whitfield", "**Ann Whitfield**").replace("vote", '[vote](https://x.example "the vote")')
    )
    body = [LINES[0].replace("piers", "*piers*"), text, LINES[2], LINES[3]]
    head = f'layout: post\ntitle: "{TITLE}"\nauthors:\n  - {BYLINE}\n  - Bo Lind\ndate: {DAY} 18:30:00 +0000'
    return "\n\n".join([f"---\n{head}\n---", "![A pier](a.jpg)", *body, ""]).encode()


def obsidian() -> bytes:
    """A heading, wrapped lines, a quotation block, a list, a comment, Windows line ends."""
    wrapped = LINES[0].replace(", ending", ",\nending")
    return (
        f"# {TITLE}\n\n{wrapped}\n\n> {LINES[1]}\n\n- {LINES[2]}\n\n<!-- check this -->\n\n***\n{LINES[3]}\n".replace(
            "\n", "\r\n"
        ).encode()
    )


def pandoc() -> bytes:
    """A heading with lines below it, escaped characters, entities, hard breaks."""
    pounds, escaped = LINES[1].replace("£", "&pound;"), LINES[2].replace("1998,", "1998\\,")
    return f"{TITLE}\n{'=' * len(TITLE)}\n\n{LINES[0]}\\\n{pounds}\n\n{escaped}\n\n{LINES[3]}\n".encode()


SHAPES = (
    Shape("utf8.txt", "an editor", _TEXT.encode, (_READ,)),
    Shape("notepad.txt", "Notepad", lambda: _TEXT.replace("\n", "\r\n").encode("utf-8-sig"), (_READ,)),
    Shape("ansi.txt", "old Notepad", lambda: _TEXT.replace("\n", "\r\n").encode("cp1252"), (_READ,)),
    Shape("unicode.txt", "Notepad, Unicode", lambda: codecs.BOM_UTF16_LE + _TEXT.encode("utf-16-le"), (_READ,)),
    Shape("big.txt", "a mainframe", lambda: codecs.BOM_UTF16_BE + _TEXT.encode("utf-16-be"), (_READ,)),
    Shape("mac.text", "an old Macintosh", lambda: _TEXT.replace("\n", "\r").encode("mac-roman"), (_READ,)),
    Shape("wire.txt", "a wire, one line a paragraph", ("\n".join(LINES) + "\n").encode, (Told(),)),
    Shape("hugo.md", "Hugo", hugo, (Told(LINES, TITLE, BYLINE, OUTLET, DAY, URL),)),
    Shape("jekyll.md", "Jekyll", jekyll, (Told(LINES, TITLE, f"{BYLINE}, Bo Lind", None, DAY),)),
    Shape("obsidian.md", "Obsidian", obsidian, (_READ,)),
    Shape("pandoc.markdown", "pandoc", pandoc, (_READ,)),
)
