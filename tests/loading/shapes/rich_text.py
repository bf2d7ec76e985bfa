"""RTF as Word, LibreOffice, TextEdit, WordPad and pandoc write it."""

from __future__ import annotations

from shapes.story import BYLINE, LINES, TITLE, Shape, Told


def _marks(line: str) -> str:
    """Write quotation marks as Word does."""
    for character, control in {"“": r"\ldblquote ", "”": r"\rdblquote ", "’": r"\rquote ", "£": r"\'a3"}.items():
        line = line.replace(character, control)
    return line


def _unicode(line: str, replacement: str = "?") -> str:
    return "".join(c if c.isascii() else f"\\u{ord(c)}{replacement}" for c in line)


def _bytes(line: str) -> str:
    return "".join(c if c.isascii() else f"\\'{c.encode('cp1252').hex()}" for c in line)


def microsoft_word() -> bytes:
    head = (
        r"{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil Symbol;}}"
        r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql \fs24 \snext0 Normal;}{\s1 heading 1;}}"
        r"{\*\rsidtbl \rsid123}{\mmathPr\mmathFont34}{\info{\title "
        + TITLE
        + r"}{\author "
        + BYLINE
        + r"}{\operator x}"
        r"{\creatim\yr2024\mo3\dy4}}{\*\xmlnstbl {\xmlns1 http://schemas.microsoft.com/}}\paperw11906\margl1800"
        r"{\header \pard\plain Words of the edge.\par }{\footer \pard\plain {\field{\*\fldinst PAGE}{\fldrslt 1}}\par }"
    )
    body = "".join(
        r"\pard\plain \ltrpar\ql {\rtlch\fcs1 \af0 \ltrch\fcs0 " + _marks(line) + r"\par }" for line in LINES
    )
    link = r'{\field{\*\fldinst{HYPERLINK "https://harwick.example/court"}}{\fldrslt {\ul court}}}'
    return (head + body.replace(" a court ", f" a {link} ") + "}").encode("ascii")


def libre_office() -> bytes:
    head = (
        r"{\rtf1\ansi\deff3\adeflang1025"
        "\n"
        r"{\fonttbl{\f0\froman\fprq2\fcharset0 Times New Roman;}}"
        r"{\stylesheet{\s0\snext0\widctlpar Default Paragraph Style;}}{\*\generator LibreOffice/7.6;}"
        r"{\info{\title " + TITLE + r"}{\creatim\yr2024\mo3\dy4}}\viewkind1\sectd\pgwsxn11906"
    )
    body = "".join(
        "\n" r"\pard\plain \s0{\hich\af5\loch\rtlch \ltrch\loch" "\n" + _unicode(line, "\\'3f") + r"}\par"
        for line in LINES
    )
    return (head + body + "}").encode("ascii")


def text_edit() -> bytes:
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2761\n\\cocoatextscaling0{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}\n"
        "{\\colortbl;\\red255\\green255\\blue255;}\n{\\*\\expandedcolortbl;;}\n\\paperw11900\\pard\\tx566\\pardirnatural\n\n"
        "\\f0\\fs24 \\cf0 "
    )
    return (head + "\\\n\\\n".join(map(_bytes, LINES)) + "}").encode("ascii")


def word_pad() -> bytes:
    head = r"{\rtf1\ansi\ansicpg1252\deff0\nouicompat{\fonttbl{\f0\fnil\fcharset0 Calibri;}}{\*\generator Riched20;}\viewkind4\uc1 "
    return (
        head
        + "\r\n"
        + "".join(r"\pard\sa200\f0\fs22\lang9 " + _bytes(line) + "\\par\r\n" for line in LINES)
        + "}\r\n\0"
    ).encode()


def pandoc() -> bytes:
    head = r"{\rtf1\ansi\deff0{\fonttbl{\f0 \fswiss Helvetica;}}" "\n" r"\widowctrl\hyphauto" "\n"
    body = "".join(r"{\pard \ql \f0 \sa180 \li0 \fi0 " + _unicode(line) + "\\par}\n" for line in LINES)
    return (head + body + "}").encode()


SHAPES = (
    Shape("word.rtf", "Word", microsoft_word, (Told(title=TITLE, byline=BYLINE),)),
    Shape("libre.rtf", "LibreOffice", libre_office, (Told(title=TITLE),)),
    Shape("textedit.rtf", "TextEdit", text_edit),
    Shape("wordpad.rtf", "WordPad", word_pad),
    Shape("pandoc.rtf", "pandoc", pandoc),
)
