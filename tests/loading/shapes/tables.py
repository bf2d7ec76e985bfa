"""Tables as spreadsheets, databases, research corpora and news interfaces write them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import Any

import openpyxl
import pyarrow
import pyarrow.parquet

from shapes.story import BYLINE, DAY, LINES, OUTLET, SECOND_LINES, SECOND_TITLE, TITLE, URL, Shape, Told, zipped

_TEXT, _SECOND = "\n".join(LINES), "\n".join(SECOND_LINES)
_WHOLE = Told(LINES, TITLE, BYLINE, OUTLET, DAY, URL)
_NEXT = Told(SECOND_LINES, SECOND_TITLE, None, OUTLET, DAY)


def _csv(rows: list[list[str]], **options: Any) -> str:
    file = io.StringIO()
    csv.writer(file, **options).writerows(rows)
    return file.getvalue()


def agency_csv() -> bytes:
    """A European spreadsheet: semicolons, a byte order mark, every cell in quotes, names in capitals."""
    rows = [["ID", "HEADLINE", "BODY", "AUTHOR", "SOURCE", "PUB_DATE", "URL"]]
    rows += [
        ["a1", TITLE, _TEXT, BYLINE, OUTLET, f"{DAY}T18:30:00", URL],
        ["a2", SECOND_TITLE, _SECOND, "", OUTLET, f"{DAY} 10:00:00", ""],
    ]
    return _csv(rows, delimiter=";", quoting=csv.QUOTE_ALL).encode("utf-8-sig")


def excel_csv() -> bytes:
    """Windows' encoding, a line of the separator before the header, empty rows at the end."""
    rows = [["Title", "Text", "Date"], [TITLE, _TEXT, "4 March 2024"], ["", "", ""], ["", "", ""]]
    return ("sep=,\r\n" + _csv(rows)).encode("cp1252")


def database_csv() -> bytes:
    """Line ends inside cells, doubled quotation marks, an index column without a name."""
    rows = [
        ["", "article_text", "published_at", "publication"],
        ["0", f'"Straight" marks.\n\n{_TEXT}', f"{DAY}T00:00:00Z", OUTLET],
    ]
    return _csv(rows, lineterminator="\n").encode()


def excel_tsv() -> bytes:
    """Excel's "Unicode text": UTF-16 with tabs."""
    return _csv([["headline", "body", "date"], [TITLE, _TEXT, DAY]], delimiter="\t").encode("utf-16")


def corpus_tsv() -> bytes:
    return _csv(
        [["doc_id", "fulltext", "newspaper"], ["d1", LINES[0], OUTLET], ["d2", SECOND_LINES[0], OUTLET]],
        delimiter="\t",
        lineterminator="\n",
    ).encode()


def postgres_tsv() -> bytes:
    """Quotation marks that are only characters at the begin of a cell."""
    return f"title\ttext\turl\n{TITLE}\t{LINES[1]}\t{URL}\n".encode()


def guardian_json() -> bytes:
    """A news interface: the list deep inside, the words in a field of fields."""
    fields = {"headline": TITLE, "bodyText": _TEXT, "byline": BYLINE, "publication": OUTLET}
    item = {"id": "piers", "type": "article", "webPublicationDate": f"{DAY}T18:30:00Z", "webUrl": URL, "fields": fields}
    return json.dumps({"response": {"status": "ok", "total": 1, "results": [item]}}).encode()


def news_json() -> bytes:
    """Another: an object for the source, content beside a description, null for what is unknown."""
    item = {
        "source": {"id": None, "name": OUTLET},
        "author": BYLINE,
        "title": TITLE,
        "description": LINES[0],
        "url": URL,
    }
    second = item | {
        "author": None,
        "title": SECOND_TITLE,
        "url": None,
        "content": _SECOND,
        "publishedAt": f"{DAY}T10:00:00Z",
    }
    item |= {"content": _TEXT, "publishedAt": f"{DAY}T18:30:00Z", "urlToImage": "https://x.example/a.jpg"}
    return json.dumps(
        {"status": "ok", "totalResults": 2, "articles": [item, second]}, ensure_ascii=False, indent=2
    ).encode()


def schema_json() -> bytes:
    """schema.org's words, as pages carry them."""
    return json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": TITLE,
            "articleBody": _TEXT,
            "author": [{"@type": "Person", "name": BYLINE}],
            "publisher": {"@type": "Organization", "name": OUTLET},
            "datePublished": f"{DAY}T18:30:00+00:00",
            "url": URL,
        }
    ).encode("utf-16")


def _line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def corpus_lines() -> bytes:
    return (
        _line(id="1", text=_TEXT, title=TITLE, author=BYLINE, outlet=OUTLET, date=DAY, url=URL)
        + "\n"
        + _line(id="2", text=_SECOND, title=SECOND_TITLE, outlet=OUTLET, published=DAY)
        + "\n"
    ).encode()


def crawler_lines() -> bytes:
    """news-please: many columns of no use, dates with a blank, one article that failed."""
    good = _line(
        maintext=_TEXT,
        title=TITLE,
        authors=[BYLINE],
        source_domain="harwick.example",
        date_publish=f"{DAY} 18:30:00",
        url=URL,
        language="en",
        image_url=None,
    )
    return f"\ufeff{good}\r\n{_line(maintext=None, title='Failed')}\r\n\r\n".encode()


def escaped_lines() -> bytes:
    """Only ASCII: every other character escaped, those beyond 16 bits in two; white space before the object."""
    return ("  " + json.dumps({"body": f"{_TEXT}\nA pier \U0001f3d6 by night."}) + "\n").encode("ascii")


def _parquet(columns: dict[str, list[object]], schema: pyarrow.Schema | None = None, **options: object) -> bytes:
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns, schema=schema), file, **options)
    return file.getvalue()


def pandas_parquet() -> bytes:
    """Time stamps, a nullable column, the index as a column."""
    import datetime

    day = datetime.datetime(2024, 3, 4, 18, 30)
    return _parquet(
        {
            "title": [TITLE, SECOND_TITLE],
            "text": [_TEXT, _SECOND],
            "date": [day, day],
            "author": [BYLINE, None],
            "source": [OUTLET, OUTLET],
            "url": [URL, None],
            "__index_level_0__": [0, 1],
        }
    )


def spark_parquet() -> bytes:
    """Words in a dictionary, rows in small groups, the author as a list, compressed by zstd."""
    columns = {
        "headline": [TITLE, SECOND_TITLE],
        "body": [_TEXT, _SECOND],
        "authors": [[BYLINE], []],
        "publication": [OUTLET] * 2,
        "published_at": [DAY] * 2,
        "link": [URL, ""],
    }
    return _parquet(columns, compression="zstd", row_group_size=1)


def dates_parquet() -> bytes:
    """Large strings and days, gzip."""
    import datetime

    schema = pyarrow.schema([("content", pyarrow.large_string()), ("published", pyarrow.date32())])
    return _parquet(
        {"content": [_TEXT], "published": [datetime.date(2024, 3, 4)]}, schema, compression="gzip", use_dictionary=False
    )


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with these sheets, each its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def excel_xlsx() -> bytes:
    """A sheet of notes beside that of the articles, empty rows in between, a date that is one."""
    rows: list[list[Any]] = [["Title", "Text", "Author", "Date", "Source", "URL"]]
    rows += [
        [TITLE, _TEXT, BYLINE, date.fromisoformat(DAY), OUTLET, URL],
        [],
        [SECOND_TITLE, _SECOND, None, DAY, OUTLET],
    ]
    return workbook(Notes=[["Who", "When"], ["Jo", 3]], Articles=rows)


def pandas_xlsx() -> bytes:
    """A first column of numbers without a name, times at midnight."""
    rows = [[None, "headline", "body", "published"], [0, TITLE, _TEXT, datetime.fromisoformat(DAY)]]
    return workbook(Sheet1=rows)


_INLINE = '<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def reporting_xlsx() -> bytes:
    """Words in the cells themselves, no table of strings, no styles, no places of cells."""
    rows = (["Headline", "Full text", "Publisher"], [TITLE, _TEXT, OUTLET])
    cells = "".join(f"<row>{''.join(_INLINE.format(escape(cell)) for cell in row)}</row>" for row in rows)
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Report" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


SHAPES = (
    Shape("agency.csv", "a European spreadsheet", agency_csv, (_WHOLE, _NEXT)),
    Shape("excel.csv", "Excel", excel_csv, (Told(LINES, TITLE, published=DAY),)),
    Shape("database.csv", "a database", database_csv, (Told(('"Straight" marks.', *LINES), None, None, OUTLET, DAY),)),
    Shape("excel.tsv", "Excel", excel_tsv, (Told(LINES, TITLE, published=DAY),)),
    Shape(
        "corpus.tsv",
        "a research corpus",
        corpus_tsv,
        (Told(LINES[:1], outlet=OUTLET), Told(SECOND_LINES[:1], outlet=OUTLET)),
    ),
    Shape("postgres.tsv", "a database", postgres_tsv, (Told(LINES[1:2], TITLE, url=URL),)),
    Shape("guardian.json", "a news interface", guardian_json, (_WHOLE,)),
    Shape("news.json", "a news interface", news_json, (_WHOLE, _NEXT)),
    Shape("schema.json", "schema.org", schema_json, (_WHOLE,)),
    Shape("corpus.jsonl", "a research corpus", corpus_lines, (_WHOLE, _NEXT)),
    Shape(
        "crawler.jsonl", "a crawler", crawler_lines, (Told(LINES, TITLE, BYLINE, None, DAY, URL),), ("holds no text",)
    ),
    Shape("escaped.ndjson", "an interface", escaped_lines, (Told((*LINES, "A pier \U0001f3d6 by night.")),)),
    Shape("excel.xlsx", "Excel", excel_xlsx, (_WHOLE, _NEXT)),
    Shape("pandas.xlsx", "pandas", pandas_xlsx, (Told(LINES, TITLE, published=DAY),)),
    Shape("reporting.xlsx", "a reporting tool", reporting_xlsx, (Told(LINES, TITLE, outlet=OUTLET),)),
    Shape("pandas.parquet", "pandas", pandas_parquet, (_WHOLE, _NEXT)),
    Shape("spark.parquet", "Spark", spark_parquet, (_WHOLE, _NEXT)),
    Shape("dates.parquet", "a data lake", dates_parquet, (Told(published=DAY),)),
)
