"""A quotation with a link, a note or an address beside it is checked against that source first."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecli.loading import load
from quotecli.records import Article, Draft, Link
from quotecli.results import Verdict
from quotecli.text import parse
from quotecli.verification import verify
from quotecli.verification.references import References, places

POST = "https://post.example/ferries"
WIRE = "https://www.wire.example/2024/ferries/?id=7"
SOURCES = [
    Article(
        id="post", url=POST, text="“The boats are forty years old,” the chair said.\n“We must have new ones soon.”\n"
    ),
    Article(
        id="wire",
        url=WIRE,
        text="“The boats are fourteen years old,” the chair said.\n“Nobody is to blame for that.”\n",
    ),
    Article(id="notes", path="interviews/chair.txt", text="“I have said all that I can say,” the chair said.\n"),
]


def checked(draft: Article | str) -> list[Verdict]:
    return verify(draft, SOURCES, statements_of=lambda _: ())


def read(path: Path, text: str) -> Draft:
    path.write_text(text, encoding="utf-8")
    (draft,) = load(str(path), links=True)
    assert isinstance(draft, Draft)
    return draft


def test_the_linked_source_decides(tmp_path: Path) -> None:
    text = "“The boats are fourteen years old,” she [told]({}) us.\n"
    for address in (WIRE, "http://wire.example/2024/ferries?utm_source=x&id=7#top"):
        [verdict] = checked(read(tmp_path / "draft.md", text.format(address)))
        assert (verdict.verdict, verdict.missing_from) == ("exact", ())
        assert (verdict.evidence[0].article.id, verdict.evidence[0].linked) == ("wire", True)
    [verdict] = checked(read(tmp_path / "draft.md", f"“The boats are fifteen years old,” she [told]({WIRE}) us.\n"))
    assert (verdict.verdict, verdict.evidence[0].article.id) == ("altered", "wire")


def test_what_the_linked_source_does_not_have_is_said(tmp_path: Path) -> None:
    [verdict] = checked(read(tmp_path / "draft.md", f"“The boats are forty years old,” she [told]({WIRE}) us.\n"))
    assert (verdict.verdict, [ref.id for ref in verdict.missing_from]) == ("exact", ["wire"])
    assert (verdict.evidence[0].article.id, verdict.evidence[0].linked) == ("post", False)
    [verdict] = checked(read(tmp_path / "draft.md", f"“The gulls will vote on it,” she [told]({WIRE}) us.\n"))
    assert (verdict.verdict, [ref.id for ref in verdict.missing_from]) == ("not found", ["wire"])
    [verdict] = checked("“The boats are forty years old,” she told us (https://elsewhere.example/page).\n")
    assert (verdict.verdict, verdict.missing_from) == ("exact", ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("draft.md", "“Nobody is to blame for that,” she said.[^1]\n\nMore.\n\n[^1]: The Wire, {}, read today.\n"),
        ("draft.md", "“Nobody is to blame for that,” she said.[^a]\n\n[^a]: {}\n"),
        ("draft.md", "“Nobody is to blame for that,” she said. <{}>\n"),
        ("draft.txt", "“Nobody is to blame for that,” she said ({}).\n"),
        ("draft.txt", "“Nobody is to blame for that,” she said.²\n\n² {}.\n"),
        ("draft.html", "<p>“Nobody is to blame for that,” she said (<a class=x href='{}'>The Wire</a>).</p>"),
        (
            "draft.html",
            "<p>“Nobody is to blame for that,” she said.<sup><a href='#n1' id=r1>1</a></sup></p><p>More.</p>"
            "<ol><li id='n1'><p>The Wire, <a href='{}'>today</a> <a href='#r1'>back</a></p></li></ol>",
        ),
        (
            "draft.html",
            "<p>“Nobody is to blame for that,” she said.<a href='#n1'>[1]</a></p><p>More.</p><p id=n1>See {}.</p>",
        ),
    ],
)
def test_every_way_to_refer_to_a_source(tmp_path: Path, name: str, text: str) -> None:
    [verdict] = checked(read(tmp_path / name, text.format(WIRE)))
    assert [(each.article.id, each.linked) for each in verdict.evidence] == [("wire", True)]


def test_word_documents_keep_their_links(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    paragraph = document.add_paragraph("“Nobody is to blame for that,” she said in ")
    relation = paragraph.part.relate_to(WIRE, docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = docx.oxml.OxmlElement("w:hyperlink")
    link.set(docx.oxml.ns.qn("r:id"), relation)
    link.append(paragraph.add_run("The Wire")._r)
    paragraph._p.append(link)
    paragraph.add_run(".")
    document.save(str(tmp_path / "draft.docx"))
    (draft,) = load(str(tmp_path / "draft.docx"), links=True)
    assert isinstance(draft, Draft)
    assert draft.text == "“Nobody is to blame for that,” she said in The Wire."
    assert draft.links == (Link(WIRE, draft.text.index(".", 30)),)


def test_a_file_beside_the_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("drafts").mkdir()
    draft = read(Path("drafts/draft.md"), "“I have said all that I can say,” she [said](../interviews/chair.txt).\n")
    [verdict] = checked(draft)
    assert [(each.article.id, each.linked) for each in verdict.evidence] == [("notes", True)]


def test_links_are_those_of_the_sentence_or_else_of_the_paragraph() -> None:
    text = "“One,” he said (https://a.example/1). “Two,” he said. See https://a.example/2. “Three.”\n“Four,” he said.\n"
    draft = Article(id="draft", text=text)
    document = parse(text)
    one, two = "https://a.example/1", "https://a.example/2"
    own = [References(draft, document).of(quotation) for quotation in document.quotations]
    assert own == [([one], []), ([two], []), ([], [one, two]), ([], [])]


@pytest.mark.parametrize("name", ["draft.md", "draft.html"])
def test_a_text_is_the_same_with_and_without_its_links(tmp_path: Path, name: str) -> None:
    paragraphs = [
        "# [The boats](x.html)",
        *("Some [words](a.html), *then* <a href=b>others</a>, and [more](c)." for _ in "abcd"),
    ]
    draft = read(tmp_path / name, "\n\n".join(paragraphs) if name == "draft.md" else f"<p>{'<p>'.join(paragraphs)}")
    (article,) = load(str(tmp_path / name))
    assert isinstance(article, Article)
    assert (article.text, article.title, article.id) == (draft.text, draft.title, draft.id)
    assert draft.links
    assert all(draft.text[link.at - 1].isalnum() for link in draft.links)


@pytest.mark.parametrize("target", ["", "#top", "mailto:a@b.example", "javascript:x", "http://[", "a\0b", "data:,"])
def test_what_leads_to_no_source(target: str) -> None:
    assert places(target, Article(id="draft", text="")) == set()
