"""HTML: what a page shows beyond its words, and what of it is no article: marks, posts, boxes, live blogs."""

from __future__ import annotations

import json

import pytest

LEAD = (
    "The harbour board voted on Monday to close the two oldest piers of the town, ending a year of argument over them."
)
LAST = (
    "The board said that the piers would be taken down before the winter, and that their stones would be sold to "
    "builders in the county."
)


def page(middle: str, head: str = "", end: str = "") -> str:
    return (
        f"<html lang='en'><head><title>Harwick closes its piers</title>{head}</head><body><article>"
        f"<h1>Harwick closes its piers</h1><p>{LEAD}</p>{middle}<p>{LAST}</p>{end}</article></body></html>"
    )


def middle_of(article) -> list[str]:
    first, *middle, last = article.text.split("\n")
    assert (first, last) == (LEAD, LAST)
    return middle


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<p><q>We go</q>, said Ann Lee, <q>and soon</q>.</p>", "“We go”, said Ann Lee, “and soon”."),
        ("<p><q>She said <q>no</q> to me</q>, said Ann Lee.</p>", "“She said ‘no’ to me”, said Ann Lee."),
        ("<p>“She said <q>no</q> to me,” Ann Lee said.</p>", "“She said ‘no’ to me,” Ann Lee said."),
        ("<p>“She said <q>no</q>,” Ann said. “So?” <q>No</q>.</p>", "“She said ‘no’,” Ann said. “So?” “No”."),
        ("<p>Ann Lee: <q cite='x'>We <b>go</b> <i>now</i></q></p>", "Ann Lee: “We go now”"),
        ("<p>Ann Lee: <q>“We go”</q> and <q> </q>so on.</p>", "Ann Lee: “We go” and so on."),
        (
            "<p><q>He told me <q>they said <q>no</q></q>, twice</q>, said Ann.</p>",
            "“He told me ‘they said “no”’, twice”, said Ann.",
        ),
        ('<p>"He told me <q>no</q> twice," said Ann.</p>', '"He told me ‘no’ twice," said Ann.'),
        ("<P><Q CLASS='s'>We go</Q>, said Ann Lee.</P>", "“We go”, said Ann Lee."),
        ("<p>Ann Lee: <q><em>We go</em> or <a href='x'>we stay</a>.</q></p>", "Ann Lee: “We go or we stay.”"),
    ],
    ids=[
        *("split", "nested", "in typed marks", "behind typed marks", "with markup", "typed already, and empty"),
        *("three deep", "in straight marks", "in capitals", "around a link"),
    ],
)
def test_quotation_elements_have_the_marks_that_browsers_show(article_of, html, line):
    assert middle_of(article_of("a.html", page(html))) == [line]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote class='twitter-tweet'><p lang='en'>Piers do not vote. <a href='t'>pic.twitter.com/aBc1</a></p>"
        "&mdash; Jo Marsh (@jomarsh) <a href='u'>March 4, 2025</a></blockquote><script src='w.js'></script>",
        "<blockquote class='twitter-tweet'><p>Piers do not vote. https://t.co/aBc1</p><p>&mdash; Jo Marsh (@jomarsh)"
        " <a href='u'>March 4, 2025</a></p></blockquote>",
        "<figure class='embed'><noscript><blockquote class='twitter-tweet'><p>Piers do not vote.</p>&mdash; Jo Marsh"
        " (@jomarsh) March 4, 2025</blockquote></noscript></figure>",
        "<blockquote class='bluesky-embed'><p>Piers do not vote.<br><br><a href='i'>[image or embed]</a></p>&mdash;"
        " Jo Marsh (<a href='p'>@jomarsh</a>) <a href='u'>March 4, 2025 at 12:58 AM</a></blockquote>",
    ],
    ids=["as handed out", "owner in a paragraph", "for readers without scripts", "Bluesky"],
)
def test_an_embedded_post_is_a_paragraph_with_its_owner(article_of, html):
    assert middle_of(article_of("a.html", page(html))) == ["Piers do not vote. — Jo Marsh (@jomarsh) March 4, 2025"]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='tweet'><a href='u'><div class='tweet-header'><span>Jo Marsh</span> <span>@jomarsh</span></div>"
        "<div class='tweet-text'>Piers do not vote.</div><div class='tweet-date'>9:12 AM · Mar 4, 2025</div></a></div>",
        "<div class='embed embed--twitter'><div class='author'>Jo Marsh <span>@jomarsh</span></div>"
        "<p>Piers do not vote.</p></div>",
        "<section class='x-post card'><header><b>Jo Marsh</b> · @jomarsh</header>"
        "<div class='post-body'>Piers do not vote.</div><footer>12 replies</footer></section>",
        "<blockquote class='instagram-media'><div><p><a href='u'>Piers do not vote.</a></p><p>A post shared by"
        " <a href='p'>Jo Marsh</a> (@jomarsh) on Mar 4, 2025</p></div></blockquote>",
        "<div class='embed-card'><div class='embed-card__author'><span>Jo Marsh</span><span>@jomarsh</span></div>"
        "<div class='embed-card__text'>Piers do not vote.</div></div>",
        "<figure class='story embed'><b>Jo Marsh</b> <i>@jomarsh</i><p>Piers do not vote.</p></figure>",
    ],
    ids=["card in a link", "card with an author", "card with a header", "Instagram", "no network's name", "a figure"],
)
def test_a_card_that_a_page_draws_is_a_paragraph_with_its_owner(article_of, html):
    assert middle_of(article_of("a.html", page(html))) == ["Piers do not vote. — Jo Marsh (@jomarsh)"]


@pytest.mark.parametrize(
    ("html", "owner"),
    [
        (
            "<blockquote class='mastodon-embed'><a href='u'><div>Piers do not vote.</div><div>Post by"
            " @jo@social.example</div><div>View on Mastodon</div></a></blockquote>",
            "@jo@social.example",
        ),
        (
            "<blockquote class='text-post-media'><a href='u'><div><div>Post by @jo</div><div>Piers do not vote.</div>"
            "<div>View on Threads</div></div></a></blockquote>",
            "@jo",
        ),
        (
            "<div class='fb-post'><blockquote class='fb-xfbml-parse-ignore'><p>Piers do not vote.</p>Posted by"
            " <a href='u'>Jo Marsh</a> on <a href='v'>Tuesday, March 4, 2025</a></blockquote></div>",
            "Jo Marsh",
        ),
        (
            "<blockquote><p>Piers do not vote.</p><p>— Jo Marsh (@jo)</p></blockquote>",
            "Jo Marsh (@jo)",
        ),
        (
            "<amp-twitter data-tweetid='1'><blockquote placeholder><p>Piers do not vote.</p>&mdash; Jo Marsh (@jo)"
            "</blockquote></amp-twitter>",
            "Jo Marsh (@jo)",
        ),
        (
            "<div class='embed-twitter'><noscript><blockquote class='twitter-tweet'><p>Piers do not vote.</p>&mdash;"
            " Jo Marsh (@jo)</blockquote></noscript><div class='placeholder'>Loading tweet</div></div>",
            "Jo Marsh (@jo)",
        ),
        (
            "<div class='react-tweet-theme tweet-container_root__0rJ'><article class='tweet-container_article__0E'><div"
            " class='tweet-header_author__h'><span>Jo Marsh</span> <span>@jo</span></div><p class='tweet-body_root__C'>"
            "<span>Piers do not vote.</span></p></article></div>",
            "Jo Marsh (@jo)",
        ),
    ],
    ids=["Mastodon", "Threads", "Facebook", "signed block quote", "AMP", "below a placeholder", "react-tweet"],
)
def test_a_post_of_any_network_is_a_paragraph_with_its_owner(article_of, html, owner):
    assert middle_of(article_of("a.html", page(html))) == [f"Piers do not vote. — {owner}"]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<blockquote>Posted by <a href='u'>Jo Marsh</a> on Monday</blockquote>", "Posted by Jo Marsh on Monday"),
        (
            "<ul><li>The pier of <a href='u'>Harwick</a> (built in 1898) fell</li></ul>",
            "The pier of Harwick (built in 1898) fell",
        ),
        (
            "<blockquote>The <a href='u'>pier</a>s of the un<a href='v'>happy</a> town</blockquote>",
            "The piers of the unhappy town",
        ),
    ],
    ids=["block quote", "list", "links within words"],
)
def test_words_around_links_are_neither_glued_nor_torn(article_of, html, line):
    assert middle_of(article_of("a.html", page(html))) == [line]


@pytest.mark.parametrize(
    "html",
    ["<article>{}</article>", "<div><div class='share'><img src='x'></div>{}</div>", "<div>{}</div>"],
    ids=["article", "beside another block", "alone"],
)
def test_a_link_in_words_that_only_breaks_part_begins_no_paragraph(article_of, html):
    lines = [
        "It is proper to ask whether landings along the lines of {} are feasible, the secretary told an audience.",
        "In a {} he spoke of how the town had waited for the pier, and of how long it might wait for the next one.",
        "The {} stands here, and nothing that is said in it has anything to do with what the others say of a pier.",
    ]
    linked = [line.format(f"<a href='https://harwick.example/{n}'>Harwick {n}</a>") for n, line in enumerate(lines)]
    body = html.format("<br>\n<br>\n".join(linked))
    text = article_of("a.html", f"<html><body>{body}</body></html>").text
    assert text.splitlines() == [line.format(f"Harwick {n}") for n, line in enumerate(lines)]


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li class='tweet'><a href='u'>Tweet</a></li><li class='twitter'><a href='u'>Follow @harwick</a></li></ul>",
        "<div class='twitter-share'><a href='u'>Share</a></div>",
        "<div class='embed video'><p>Play the video of the pier</p></div>",
        "<blockquote class='instagram-media'><p><a href='u'>View this post on Instagram</a></p></blockquote>",
    ],
    ids=["buttons", "a share link", "a film", "an embed without words"],
)
def test_buttons_of_networks_are_no_posts(article_of, html):
    assert "@" not in article_of("a.html", page(html)).text
    assert "—" not in article_of("a.html", page(html)).text


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>I will sell it.</p><footer>— <cite>Ann Lee</cite>, owner</footer></blockquote>",
        "<blockquote><p>I will sell it.</p><cite>Ann Lee, owner</cite></blockquote>",
        "<figure><blockquote><p>I will sell it.</p></blockquote><figcaption>Ann Lee, owner</figcaption></figure>",
    ],
    ids=["footer", "cite", "figure"],
)
def test_a_block_quote_keeps_who_said_it(article_of, html):
    assert middle_of(article_of("a.html", page(html))) == ["I will sell it. — Ann Lee, owner"]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='paywall-box'><p>{}</p></div>",
        "<section amp-access='NOT subscriber' amp-access-hide><p>{}</p></section>",
        "<aside id='subscribe-banner'><p>{}</p></aside>",
        "<amp-sidebar id='s'><ul><li>{}</li></ul></amp-sidebar>",
        "<section subscriptions-section='content-not-granted'><p>{}</p></section>",
        "<div subscriptions-actions subscriptions-display='NOT granted'><p>{}</p></div>",
        "<div class='subscribe-module'><p>{}</p></div>",
        "<div class='newsletter-signup'><p>{}</p></div>",
        "<div class='tp-container-inner tp-modal'><p>{}</p></div>",
        "<div id='gateway-content'><p>{}</p></div>",
        "<div class='gate premium-gate'><p>{}</p></div>",
    ],
    ids=[
        *("paywall", "AMP access", "subscription", "AMP menu", "AMP section", "AMP actions", "module", "newsletter"),
        *("Piano", "gateway", "gate"),
    ],
)
def test_a_box_that_asks_to_pay_is_no_article(article_of, html):
    said = "Read on for two euros a week. “Best local paper I ever had,” says our reader Jan de Wit of Harwick."
    assert middle_of(article_of("a.html", page(html.format(said)))) == []


@pytest.mark.parametrize("joint", ["\n\n", " "], ids=["with line ends", "without"])
@pytest.mark.parametrize("paid", ["false", '"False"'])
def test_the_data_of_a_paid_page_goes_on_where_the_page_ends(article_of, joint, paid):
    rest = "“We cannot patch them,” said Ann Whitfield, who chairs the board, after a vote that took four hours. " * 3
    body = joint.join([LEAD, LAST, rest.strip()])
    data = f'{{"@type": "NewsArticle", "isAccessibleForFree": {paid}, "articleBody": {json.dumps(body)}}}'
    head = f"<script type='application/ld+json'>{data}</script>"
    text = article_of("a.html", page("", head)).text
    assert text.split("\n") == [LEAD, LAST, rest.strip()]


def test_the_data_of_a_free_page_adds_nothing(article_of):
    data = json.dumps(
        {"@type": "NewsArticle", "isAccessibleForFree": True, "articleBody": f"{LEAD} {LAST} " + "More. " * 99}
    )
    head = f"<script type='application/ld+json'>{data}</script>"
    middle = [f"Pier {number} has stood since 1898, and was last repaired after the war." for number in range(9)]
    shown = "".join(f"<p>{line}</p>" for line in middle)
    assert middle_of(article_of("a.html", page(shown, head))) == middle


POSTS = {
    "09:41": ["Trains stop", "All lines north of Perrin are shut until the evening, the railway says."],
    "08:15": ["Roofs damaged", "Two schools have lost their roofs, and will stay closed on Tuesday."],
    "06:02": ["Good morning", "Welcome to our page about the storm, which came ashore before dawn."],
}


def live(*updates: dict[str, str], body: str) -> str:
    posts = [{"@type": "BlogPosting", **update} for update in updates]
    data = json.dumps({"@type": "LiveBlogPosting", "headline": "Storm live", "liveBlogUpdate": posts})
    return f"<html><head><script type='application/ld+json'>{data}</script></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "post",
    [
        "<section class='block'><time>{0}</time><h2>{1}</h2><p>{2}</p></section>",
        "<div class='entry'><div class='meta'><time datetime='2025-01-11T{0}Z'>{0}</time></div>"
        "<div><h3>{1}</h3><p>{2}</p></div></div>",
        "<article itemprop='liveBlogUpdate'><header><time>{0}</time><h2>{1}</h2></header>"
        "<div><p>{2}</p></div></article>",
        "<li class='post'><article><header><div><time><span>{0}</span></time></div><h3>{1}</h3></header>"
        "<div><p>{2}</p></div><div><button>Share</button></div></article></li>",
        "<div class='post'><span class='post-time'>{0}</span><h3>{1}</h3><p>{2}</p></div>",
        "<div class='post'><div><span>Jo Marsh</span> <time>{0}</time></div><div><b>{1}</b><br>{2}<br></div></div>",
    ],
    ids=["sections", "entries", "microdata", "articles in a list", "a time in words", "without paragraphs"],
)
def test_a_live_blog_keeps_each_post_with_its_time_and_the_pages_title(article_of, post):
    posts = "".join(post.format(time, *lines) for time, lines in POSTS.items())
    body = f"<main><h1>Storm live</h1><div class='posts'>{posts}</div></main>"
    article = article_of("a.html", live({"headline": "Trains stop"}, body=body))
    assert article.title == "Storm live"
    assert [line for line in article.text.split("\n") if line in POSTS] == list(POSTS)
    assert [lines[1] in article.text for lines in POSTS.values()] == [True] * 3


def test_the_posts_of_a_live_blog_count_more_than_headlines_in_its_data(article_of):
    updates = [{"datePublished": f"2025-01-11T{time}:00Z", "articleBody": lines[0]} for time, lines in POSTS.items()]
    body = "".join(f"<p>{lines[1]}</p>" for lines in POSTS.values())
    text = article_of("a.html", live(*updates, body=f"<main><h1>Storm live</h1>{body}</main>")).text
    assert text.split("\n") == [lines[1] for lines in POSTS.values()]


def test_a_question_in_bold_at_the_head_of_its_answer_has_a_line_of_its_own(article_of):
    middle = "<p><b>Were you warned?</b> I was told that the wall was old.</p><p><b>And now?</b> Ask me in April.</p>"
    lines = ["Were you warned?", "I was told that the wall was old.", "And now?", "Ask me in April."]
    assert middle_of(article_of("a.html", page(middle))) == lines


def test_a_single_question_in_bold_stays_where_it_is(article_of):
    middle = "<p><b>Who pays?</b> Nobody does, as far as the board knows.</p>"
    assert middle_of(article_of("a.html", page(middle))) == ["Who pays? Nobody does, as far as the board knows."]


def test_a_live_blog_that_shows_nothing_is_read_from_its_data(article_of):
    updates = [{"datePublished": f"2025-01-11T{time}:00Z", "articleBody": lines[1]} for time, lines in POSTS.items()]
    text = article_of("a.html", live(*updates, body="<div id='app'></div>")).text
    assert text.split("\n") == [line for time, lines in POSTS.items() for line in (time, lines[1])]
