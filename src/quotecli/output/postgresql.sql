-- The tables that `quotecli export --format postgresql` fills; they may be made again where they are there.
-- Offsets count characters from 0, the end exclusive: substring(a.text FROM c[1] + 1 FOR c[2] - c[1]).

CREATE SCHEMA IF NOT EXISTS quotecli;

CREATE TABLE IF NOT EXISTS quotecli.article (
    digest text PRIMARY KEY, -- the SHA-256 of the text, in hex digits
    id text NOT NULL,
    path text,
    url text,
    title text,
    outlet text,
    published text, -- 2023, 2023-10 or 2023-10-05
    day date, -- the same, where it tells the day
    byline text,
    language text,
    text text NOT NULL,
    model text NOT NULL -- the version that found the statements
);

CREATE TABLE IF NOT EXISTS quotecli.statement (
    id text PRIMARY KEY,
    article text NOT NULL REFERENCES quotecli.article ON DELETE CASCADE,
    kind text NOT NULL,
    form text,
    manner text,
    reported text,
    text text NOT NULL,
    content integer[] NOT NULL, -- {{start,end},...}
    cue jsonb, -- {"text", "start", "end"}
    speaker text,
    role text,
    speaker_type text,
    mention jsonb,
    resolved_by text,
    anonymous jsonb, -- {"who", "reason"}
    channel text,
    checkable real NOT NULL,
    confidence real NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED
);

CREATE TABLE IF NOT EXISTS quotecli.figure (
    statement text NOT NULL REFERENCES quotecli.statement ON DELETE CASCADE,
    text text NOT NULL,
    value text, -- 1400000, 10..15, 3-1, 2023-11-01
    number numeric, -- the same, where it is a number
    unit text,
    starts integer NOT NULL,
    ends integer NOT NULL
);

CREATE INDEX IF NOT EXISTS article_day ON quotecli.article (day);
CREATE INDEX IF NOT EXISTS article_outlet ON quotecli.article (outlet);
CREATE INDEX IF NOT EXISTS statement_article ON quotecli.statement (article);
CREATE INDEX IF NOT EXISTS statement_speaker ON quotecli.statement (speaker);
CREATE INDEX IF NOT EXISTS statement_words ON quotecli.statement USING gin (words);
CREATE INDEX IF NOT EXISTS figure_statement ON quotecli.figure (statement);
