"""Messages as Outlook, Apple Mail, Gmail, a list's digest and a press office's mailer write them; mailboxes of three kinds."""

from __future__ import annotations

import mailbox
import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from shapes.story import BYLINE, DAY, LINES, SECOND_LINES, SECOND_TITLE, TITLE, Shape, Told

_DATE = "Mon, 04 Mar 2024 18:30:00 -0500"
_TEXT = "\n\n".join(LINES) + "\n"


def _message(subject: str = TITLE, sender: str = f"{BYLINE} <jo@harwick.example>") -> EmailMessage:
    mail = EmailMessage()
    mail["Return-Path"] = "<jo@harwick.example>"
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, "desk@harwick.example", subject, _DATE
    mail["Message-ID"] = "<1@harwick.example>"
    return mail


def outlook() -> bytes:
    """Two versions in Windows' encoding, the marks of Word's HTML, a picture in the signature."""
    mail = _message()
    mail["X-Mailer"] = "Microsoft Outlook 16.0"
    mail.set_content(_TEXT, charset="windows-1252", cte="quoted-printable")
    body = "".join(f"<p class=MsoNormal>{line}<o:p></o:p></p>" for line in LINES)
    mail.add_alternative(
        f"<html xmlns:o='x'><head><style>p.MsoNormal {{}}</style></head><body>{body}</body></html>", subtype="html"
    )
    list(mail.iter_parts())[1].add_related(b"\x89PNG", maintype="image", subtype="png", cid="<image001.png>")
    return mail.as_bytes(policy=SMTP)


def outlook_html_only() -> bytes:
    mail = _message()
    body = "".join(
        f'<p class="MsoNormal"><span lang="EN-GB">{line.replace("£", "&pound;")}<o:p></o:p></span></p>'
        for line in LINES
    )
    page = f'<html><head><!--[if !mso]><style>v\\:* {{}}</style><![endif]--></head><body lang="EN-GB"><div class="WordSection1">{body}</div></body></html>'
    mail.set_content(page, subtype="html", charset="windows-1252")
    return mail.as_bytes(policy=SMTP)


def apple_mail() -> bytes:
    """Flowed text with soft breaks, a subject in two encoded words, a signature."""
    flowed = "\n\n".join(_wrapped(line) for line in LINES) + "\n\n-- \nJo\nThe Harwick Example\n"
    head = (
        f"From: {BYLINE} <jo@harwick.example>\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=no\n"
        "Content-Transfer-Encoding: 8bit\nMime-Version: 1.0 (Mac OS X Mail 16.0)\n"
        "Subject: =?utf-8?Q?Harwick_closes_its?=\n =?utf-8?Q?_two_oldest_piers?=\n"
        f"Date: {_DATE}\nX-Mailer: Apple Mail (2.3774)\n\n"
    )
    return (head + flowed).encode()


def _wrapped(line: str) -> str:
    rows, row = [], ""
    for word in line.split():
        if len(row) + len(word) > 70:
            rows.append(row + " ")
            row = ""
        row = f"{row} {word}".strip()
    return "\n".join([*rows, row])


def gmail() -> bytes:
    """HTML in divs, base64, the message that it answers below."""
    body = "<br><br>".join(LINES)
    quoted = '<div class="gmail_quote"><div class="gmail_attr">On Sun, 3 Mar 2024, Bo wrote:<br></div><blockquote class="gmail_quote">Old words.</blockquote></div>'
    mail = _message()
    mail.set_content(f'<div dir="ltr">{body}</div><br>{quoted}', subtype="html", charset="utf-8", cte="base64")
    return mail.as_bytes()


def press_office() -> bytes:
    """A newsletter's tables, hidden preview text, a tracking picture; the sender an organisation."""
    cells = "".join(f'<tr><td style="padding:0 20px"><p>{line}</p></td></tr>' for line in LINES)
    page = f'<!doctype html><html><head><title>x</title></head><body><table role="presentation">{cells}</table><img src="t.gif" width="1"></body></html>'
    mail = _message(sender='"Harwick Harbour Board" <press@board.example>')
    mail.set_content("Read this message in your browser: https://board.example/1\n")
    mail.clear_content()
    mail.set_content(page, subtype="html", charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def _boxed(box: type[mailbox.mbox] | type[mailbox.MMDF], messages: list[EmailMessage]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "box")
        with_messages = box(path)
        for message in messages:
            with_messages.add(message)
        with_messages.flush()
        with_messages.close()
        return path.read_bytes()


def _two() -> list[EmailMessage]:
    first, second = _message(), _message(SECOND_TITLE, "Rosa Lindt <rosa@ferries.example>")
    first.set_content(_TEXT)
    second.set_content("From the quay:\n\n" + "\n\n".join(SECOND_LINES) + "\n")
    return [first, second]


def thunderbird() -> bytes:
    return _boxed(mailbox.mbox, _two())


def mailing_list() -> bytes:
    """Pipermail: addresses with "at", no quoting of "From " but at the line's begin."""
    return "".join(
        f"From jo at harwick.example  Mon Mar  4 18:30:00 2024\nFrom: jo at harwick.example ({name})\nDate: {_DATE}\nSubject: {title}\nMessage-ID: <{n}@x>\n\n{text}\n\n"
        for n, (name, title, text) in enumerate(
            [(BYLINE, TITLE, _TEXT), ("Rosa Lindt", SECOND_TITLE, "\n\n".join(SECOND_LINES))]
        )
    ).encode()


def takeout() -> bytes:
    """Gmail's export: numbers for senders in "From " lines, labels, Windows line ends."""
    parts = []
    for n, mail in enumerate(_two()):
        mail["X-GM-THRID"] = str(n)
        parts.append(
            f"From {1790000000000000 + n}@xxx Mon Mar 04 23:30:00 +0000 2024\r\n".encode()
            + mail.as_bytes(policy=SMTP)
            + b"\r\n"
        )
    return b"".join(parts)


_FIRST = Told(title=TITLE, byline=BYLINE, published=DAY)
_SECOND = Told(("From the quay:", *SECOND_LINES), title=SECOND_TITLE, byline="Rosa Lindt", published=DAY)

SHAPES = (
    Shape("outlook.eml", "Outlook", outlook, (_FIRST,)),
    Shape("outlook-html.eml", "Outlook, HTML alone", outlook_html_only, (_FIRST,)),
    Shape("apple.eml", "Apple Mail", apple_mail, (_FIRST,)),
    Shape(
        "gmail.eml",
        "Gmail",
        gmail,
        (Told((*LINES, "On Sun, 3 Mar 2024, Bo wrote:", "> Old words."), title=TITLE, byline=BYLINE, published=DAY),),
    ),
    Shape(
        "press.eml",
        "a press office's mailer",
        press_office,
        (Told(title=TITLE, byline="Harwick Harbour Board", published=DAY),),
    ),
    Shape("thunderbird.mbox", "Thunderbird", thunderbird, (_FIRST, _SECOND)),
    Shape(
        "list.mbox",
        "a mailing list",
        mailing_list,
        (_FIRST, Told(SECOND_LINES, title=SECOND_TITLE, byline="Rosa Lindt", published=DAY)),
    ),
    Shape("takeout.mbox", "Gmail's export", takeout, (_FIRST, _SECOND)),
)
