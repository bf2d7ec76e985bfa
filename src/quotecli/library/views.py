"""What the library holds, in words that other programs read: sqlite-utils, Datasette, DuckDB, any SQLite.

The views show what is plain, and use only what every SQLite has, also where it trusts no schema (it would run no
json_extract). Articles' texts are not in them: they are compressed. An offset counts characters of the article's text.
"""

TABLES = """
CREATE VIEW IF NOT EXISTS articles AS
SELECT key AS id, title, outlet, published, byline, language, path, url, words, statements, digest FROM article;

CREATE VIEW IF NOT EXISTS statements AS
SELECT
    coalesce(s.own_id, substr(a.digest, 1, 16) || '-' || s.begins) AS id,
    s.kind, s.form, s.manner, s.reported, s.channel,
    v.name AS speaker, v.role, v.type, v.mention, v.resolved_by,
    s.text, s.checkable, s.confidence, s.begins AS "start", s.ends AS "end",
    a.key AS article, a.title, a.outlet, a.published, a.path, a.url
FROM statement s JOIN article a ON a.id = s.id >> 20 LEFT JOIN voice v ON v.id = s.voice;

CREATE VIEW IF NOT EXISTS speakers AS
SELECT
    v.name AS speaker,
    (SELECT w.role FROM voice w JOIN statement t ON t.voice = w.id WHERE w.name = v.name AND w.role IS NOT NULL
        GROUP BY w.role ORDER BY count(*) DESC LIMIT 1) AS role,
    (SELECT w.type FROM voice w JOIN statement t ON t.voice = w.id WHERE w.name = v.name
        GROUP BY w.type ORDER BY count(*) DESC LIMIT 1) AS type,
    sum(s.kind = 'quote') AS quotes, sum(s.kind = 'claim') AS claims, count(DISTINCT s.id >> 20) AS articles
FROM voice v JOIN statement s ON s.voice = v.id GROUP BY v.name;

CREATE VIEW IF NOT EXISTS figures AS
SELECT
    coalesce(s.own_id, substr(a.digest, 1, 16) || '-' || s.begins) AS statement,
    (SELECT value FROM json_each(f.value) WHERE key = 0) AS text,
    (SELECT value FROM json_each(f.value) WHERE key = 1) AS value,
    (SELECT value FROM json_each(f.value) WHERE key = 2) AS unit,
    (SELECT value FROM json_each(f.value) WHERE key = 3) AS "start",
    (SELECT value FROM json_each(f.value) WHERE key = 4) AS "end",
    a.key AS article, a.title, a.outlet, a.published
FROM statement s JOIN article a ON a.id = s.id >> 20, json_each(s.figures) f WHERE s.figures IS NOT NULL;
"""
