"""The file as an editor shows it."""

from __future__ import annotations

from pathlib import Path

from quotecli.loading.original import original_text


def test_text_markdown_and_html_keep_their_lines(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"<p>\r\n&ldquo;A&#10;b&rdquo;</p>\r\n")
    assert original_text(str(page)) == "<p>\n“A\nb”</p>\n"
    notes = tmp_path / "a.md"
    notes.write_bytes("# “Überschrift”\n".encode("cp1252"))
    assert original_text(str(notes)) == "# “Überschrift”\n"


def test_what_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 10)
    for name in ("a.txt", "a.docx", "none.txt", "-", "https://example.com/a.html", "a.zip/b.txt"):
        assert original_text(str(tmp_path / name) if name != "-" else name) is None
