-- The tables, indexes and views of a library. Each may be run again: a new library and an older one alike get what is missing.

-- articles: see article_rows.py
CREATE TABLE IF NOT EXISTS article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,            -- the article's id: given with it, or the beginning of its digest
    digest TEXT NOT NULL UNIQUE,  -- of the text: it decides which article is meant
    path, url, title, outlet, published, byline, language,
    words INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    model TEXT NOT NULL,          -- the version of the model that extracted the statements
    checksum INTEGER NOT NULL,    -- of all that: see packing.checksum
    text BLOB NOT NULL            -- compressed: see packing.py
);
CREATE INDEX IF NOT EXISTS article_key ON article (key);
CREATE INDEX IF NOT EXISTS article_path ON article (path) WHERE path IS NOT NULL;
CREATE INDEX IF NOT EXISTS article_url ON article (url) WHERE url IS NOT NULL;
CREATE INDEX IF NOT EXISTS article_outlet ON article (outlet) WHERE outlet IS NOT NULL;

-- statements and who says them: see statement_rows.py
CREATE TABLE IF NOT EXISTS voice (  -- one way in which articles name one speaker, kept once for all of them
    id INTEGER PRIMARY KEY,
    name NOT NULL,
    role,
    type TEXT NOT NULL,
    mention,
    resolved_by TEXT,
    evidence
);
CREATE INDEX IF NOT EXISTS voice_name ON voice (name, mention);

CREATE TABLE IF NOT EXISTS statement (
    id INTEGER PRIMARY KEY,       -- article << 20 | its number in the article
    voice INTEGER,                -- whose words they are; the other columns: see StatementRow
    kind TEXT NOT NULL,
    form TEXT,
    manner TEXT,
    reported TEXT,
    channel TEXT,
    checkable REAL NOT NULL,
    confidence REAL NOT NULL,
    own_id,                       -- its id, only where that is not made from the article's digest and the first offset
    begins INTEGER NOT NULL,      -- where its content begins and ends in the article's text
    ends INTEGER NOT NULL,
    text NOT NULL,
    figures TEXT,                 -- as JSON, a list of [text, value, unit, start, end]; null for none
    detail BLOB NOT NULL,
    checksum INTEGER NOT NULL     -- of all that, with what stands in the voice: see checksum_of
);
CREATE INDEX IF NOT EXISTS statement_voice ON statement (voice, kind) WHERE voice IS NOT NULL;

-- the index of words: see schema.py and vocabulary.py
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (
    text, speaker, outlet,
    content = '', columnsize = 0, tokenize = 'ascii'
);

INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);  -- what one write may index before it is on disk

CREATE TABLE IF NOT EXISTS word (  -- every word of the index, and how often it stands there
    text TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) WITHOUT ROWID;

-- see clashes.py
CREATE TABLE IF NOT EXISTS clash (  -- short ids that several articles have
    id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- the index of the articles' texts: see text_index.py
CREATE VIRTUAL TABLE IF NOT EXISTS passage USING fts5 (  -- rowid: the article's
    terms, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);
INSERT INTO passage (passage, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE IF NOT EXISTS passage_term USING fts5vocab (passage, row);

-- where articles were met: see places.py
CREATE TABLE IF NOT EXISTS file (  -- a file whose articles are all stored
    path PRIMARY KEY,             -- absolute
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,    -- in nanoseconds
    reading TEXT NOT NULL,        -- how it was read
    entries BLOB NOT NULL         -- its articles, packed
);
CREATE TABLE IF NOT EXISTS place (  -- where an article was met again
    identity PRIMARY KEY,         -- what tells this place from others
    article INTEGER NOT NULL,
    digest TEXT NOT NULL,         -- of the text that stands there
    key, path, url, title, outlet, published,
    checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS place_article ON place (article);
CREATE INDEX IF NOT EXISTS place_digest ON place (digest);

-- the same article once more: see likeness.py
CREATE TABLE IF NOT EXISTS likeness (
    key INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (key, article)
) WITHOUT ROWID;

-- names of speakers: see identities.py
CREATE TABLE IF NOT EXISTS name (  -- every name of a speaker
    id INTEGER PRIMARY KEY,
    text NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS name_word (  -- names by their words, and with a "=" in front by their initials
    word TEXT NOT NULL,
    name INTEGER NOT NULL,
    PRIMARY KEY (word, name)
) WITHOUT ROWID;

-- what the user has decided on names: see decisions.py
CREATE TABLE IF NOT EXISTS decision (  -- what the user says of a name: at most one thing
    name PRIMARY KEY,             -- folded: see people.folded
    shown NOT NULL,               -- as it is written
    person,                       -- the name that it is joined to; null where it is taken off its person
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

-- the same quotation in several articles: see repeats.py
CREATE TABLE IF NOT EXISTS sketch (  -- quotations by some of their words: see repeats.keys
    key INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (key, statement)
) WITHOUT ROWID;

-- what other programs read (sqlite-utils, Datasette, DuckDB, any SQLite), in words that they understand
-- The views show what is plain, and use only what every SQLite has, also where it trusts no schema (it would run no
-- json_extract). Articles' texts are not in them: they are compressed. An offset counts characters of the article's text.
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
