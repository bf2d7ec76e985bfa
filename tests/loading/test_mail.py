"""E-mail messages and mailboxes."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage

import pytest

from quotecli.records import Article, Skipped

STORY = "“We won’t pay £3 million,” said Ann Whitfield.\n\nTom O’Neill called it “a disgrace”.\n"
HTML = (
    "<html><head><style>p {}</style></head><body><p>“We won’t pay,” said Ann.</p><p>Then she<br>left.</p></body></html>"
)


def message(plain: str | None = STORY, html: str | None = None, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = headers.get("subject", "Die Brücke: “No” vote")
    mail["From"] = headers.get("sender", "José Núñez <jose@example.org>")
    mail["Date"] = headers.get("date", "Mon, 04 Mar 2024 23:30:00 -0500")
    if plain is not None:
        mail.set_content(plain)
    if html is not None:
        (mail.add_alternative if plain is not None else mail.set_content)(html, subtype="html")
    return mail


def test_a_message_with_its_subject_sender_and_date(article_of):
    article = article_of("a.eml", message().as_bytes())
    assert article.text == STORY
    assert (article.title, article.byline) == ("Die Brücke: “No” vote", "José Núñez")
    assert (article.published, article.url, article.outlet) == ("2024-03-04", None, None)


def test_the_plain_version_is_read_where_there_are_two(article_of):
    assert article_of("a.eml", message(html=HTML).as_bytes()).text == STORY


def test_html_alone(article_of):
    assert article_of("a.eml", message(None, HTML).as_bytes()).text == "“We won’t pay,” said Ann.\nThen she\nleft."


def test_attachments_are_not_the_body(article_of):
    mail = message()
    mail.add_attachment(b"\0\1\2", maintype="application", subtype="octet-stream", filename="x.bin")
    mail.add_attachment("Other words.", filename="notes.txt")
    assert article_of("a.eml", mail.as_bytes()).text == STORY


def test_an_address_alone_is_the_byline_and_missing_headers_are_unknown(article_of):
    assert article_of("a.eml", message(sender="desk@example.org").as_bytes()).byline == "desk@example.org"
    article = article_of("b.eml", b"MIME-Version: 1.0\n\nThe vote was close.\n")
    assert (article.title, article.byline, article.published) == (None, None, None)
    assert article.text == "The vote was close.\n"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
def test_charsets_right_and_wrong(article_of, charset):
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    encoding = "utf-8" if charset == "utf-8" else "cp1252"
    assert article_of("a.eml", head.encode() + "Café “No” £5".encode(encoding)).text == "Café “No” £5"


def test_lines_that_the_program_wrapped_are_joined_and_the_signature_goes(article_of):
    flowed = b"Content-Type: text/plain; format=flowed\n\nThe vote \nwas close.\nShe left.\n\n> quoted \n> words\n"
    flowed += b"-- \nJo\n+44 1234\n"
    assert article_of("a.eml", flowed).text == "The vote was close.\nShe left.\n\n> quoted words"


def test_a_mailbox_is_read_message_by_message(load_bytes, tmp_path):
    box = mailbox.mbox(tmp_path / "made.mbox")
    for mail in (
        message(subject="First"),
        message("From here on: the vote.\n", subject="Second"),
        message("\n", subject="Empty"),
    ):
        box.add(mail)
    box.flush()
    first, second, third = load_bytes("a.mbox", (tmp_path / "made.mbox").read_bytes())
    assert (first.title, first.text.strip()) == ("First", STORY.strip())
    assert second.title == "Second"
    assert "From here on: the vote." in second.text
    assert isinstance(third, Skipped)
    assert third.path.endswith("a.mbox:3")


def test_a_broken_message_in_a_mailbox_costs_only_itself(load_bytes):
    start = b"From a@example.org Mon Mar  4 23:30:00 2024\n"
    broken = b"not a header at all\n\n"
    whole = b"Subject: Whole\n\nThe vote was close.\n\n"
    loaded = load_bytes("a.mbox", start + broken + start + whole)
    assert [type(item) for item in loaded] == [Skipped, Article]
    assert loaded[1].text.strip() == "The vote was close."


@pytest.mark.parametrize("data", [b"The vote was close.", b"Subject: x\n\n", b"Content-Type: image/png\n\nabc"])
def test_what_is_no_message_with_words_is_skipped(reason_of, data):
    assert reason_of("a.eml", data)


FULL = (
    "<html><body><p>Nine hundred farmers vote today. “We are paid less for milk than for water,” said Tess Garrow.</p>"
    "<p>The chair called the vote “odd”.</p></body></html>"
)
SHOWN = [
    "Nine hundred farmers vote today. “We are paid less for milk than for water,” said Tess Garrow.",
    "The chair called the vote “odd”.",
]


@pytest.mark.parametrize(
    "plain",
    [
        "\n\n",
        "Your email client does not support HTML. Please use a client that does.\n",
        "View this email in your browser: https://pail.example/1\n",
        "Dairy farmers vote today. Read more at https://pail.example/1\n\nUnsubscribe: https://pail.example/u\n",
    ],
    ids=["empty", "a program that shows none", "a link to the web", "a teaser"],
)
def test_a_plain_version_that_is_none_gives_way_to_the_other(article_of, plain):
    assert article_of("a.eml", message(plain, FULL).as_bytes()).text.split("\n") == SHOWN


def test_a_plain_version_with_the_words_is_kept_whatever_the_other_adds(article_of):
    around = FULL.replace(
        "</body>", "<p><a href='u'>Unsubscribe</a> | You are receiving this because you said so.</p></body>"
    )
    plain = "\n\n".join(SHOWN) + "\n"
    assert article_of("a.eml", message(plain, around).as_bytes()).text == plain


def test_what_a_newsletter_hides_or_says_of_itself_is_no_text(article_of):
    hidden = "<div style='display:none;max-height:0'>Preheader: farmers vote &zwnj;&nbsp;</div>"
    html = FULL.replace("<body>", f"<body>{hidden}<p>View in browser</p>").replace(
        "</body>", "<p>Unsubscribe here</p></body>"
    )
    assert article_of("a.eml", message(None, html).as_bytes()).text.split("\n") == SHOWN


REPLY = """Yes. We were told in October.

On Tue, 4 Mar 2025 at 10:12, Sam Oduya <sam@courier.example>
wrote:

> Did the company know that the weir of the old mill was
> cracked before the boat went over?
>> An older line.

Best
--{space}
Dana
+44 1234
""".replace("{space}", " ")


@pytest.mark.parametrize("flowed", [True, False])
def test_quoted_lines_are_joined_and_keep_their_marks(article_of, flowed):
    body = REPLY.replace("mill was\n", "mill was \n") if flowed else REPLY
    head = f"Content-Type: text/plain; charset=utf-8{'; format=flowed' * flowed}\n\n"
    lines = article_of("a.eml", (head + body).encode()).text.split("\n")
    assert [line for line in lines if line] == [
        "Yes. We were told in October.",
        "On Tue, 4 Mar 2025 at 10:12, Sam Oduya <sam@courier.example> wrote:",
        "> Did the company know that the weir of the old mill was cracked before the boat went over?",
        "> > An older line.",
        "Best",
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "<div class='gmail_quote'><div>On Tue, Sam wrote:</div>"
        "<blockquote class='gmail_quote'><div>Did you know?</div></blockquote></div>",
        "<blockquote type='cite'><div>On Tue, Sam wrote:</div></blockquote>"
        "<blockquote type='cite'><p>Did you know?</p></blockquote>",
        "<div class='yahoo_quoted'><div>On Tue, Sam wrote:</div><blockquote><p>Did you know?</p></blockquote></div>",
    ],
    ids=["Gmail", "Apple", "Yahoo"],
)
def test_what_html_cites_is_marked_as_plain_mail_does(article_of, quote):
    text = article_of("a.eml", message(None, f"<p>Yes, I did.</p>{quote}").as_bytes()).text
    assert text.split("\n")[0] == "Yes, I did."
    assert text.split("\n")[-1] == "> Did you know?"


def test_a_quote_of_the_writers_own_choice_is_no_reply(article_of):
    text = article_of("a.eml", message(None, "<p>She said:</p><blockquote><p>I will.</p></blockquote>").as_bytes()).text
    assert text.split("\n") == ["She said:", "I will."]
