-- SPDX-License-Identifier: EUPL-1.2
-- What PostgreSQL searches: everything that understanding learns from, one row for each saying and situation.
-- Czech words are reduced by the hunspell dictionary, without marks on both sides (sociopoint_cs is that dictionary
-- with the marks taken off), English and Russian ones by their stemmers, all others are taken as they are.
-- The sayings come through the standard input of psql.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE SCHEMA peer;

CREATE TEXT SEARCH DICTIONARY peer.czech_hunspell (TEMPLATE = ispell, DictFile = sociopoint_cs, AffFile = sociopoint_cs);
CREATE TEXT SEARCH CONFIGURATION peer.czech_unaccent (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION peer.czech_unaccent
    ALTER MAPPING FOR asciiword, word, asciihword, hword, hword_asciipart, hword_part
    WITH unaccent, peer.czech_hunspell, simple;
CREATE TEXT SEARCH CONFIGURATION peer.simple_unaccent (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION peer.simple_unaccent
    ALTER MAPPING FOR asciiword, word, asciihword, hword, hword_asciipart, hword_part WITH unaccent, simple;

CREATE FUNCTION peer.words(language text, saying text) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT CASE language
        WHEN 'cs' THEN to_tsvector('peer.czech_unaccent', saying)
        WHEN 'en' THEN to_tsvector('english', saying)
        WHEN 'uk' THEN to_tsvector('russian', saying) || to_tsvector('peer.simple_unaccent', saying)
        ELSE to_tsvector('peer.czech_unaccent', saying) || to_tsvector('peer.simple_unaccent', saying)
    END
$$;

CREATE TABLE peer.saying (situation text NOT NULL, language text NOT NULL, saying text NOT NULL, plain text, words tsvector);
\copy peer.saying (situation, language, saying) FROM pstdin
UPDATE peer.saying SET words = peer.words(language, saying), plain = lower(unaccent(saying));

-- How many sayings have a word: what is common says little. ts_rank_cd knows four weights and no frequencies, so the
-- rare words of a saying get the heavy ones.
CREATE TABLE peer.lexeme AS
    SELECT word, ndoc AS sayings FROM ts_stat('SELECT words FROM peer.saying');
ALTER TABLE peer.lexeme ADD PRIMARY KEY (word);
WITH rarity AS (
    SELECT array_agg(word) FILTER (WHERE sayings < 20) AS a, array_agg(word) FILTER (WHERE sayings BETWEEN 20 AND 99) AS b,
           array_agg(word) FILTER (WHERE sayings BETWEEN 100 AND 399) AS c
    FROM peer.lexeme)
UPDATE peer.saying
SET words = setweight(setweight(setweight(setweight(words, 'D'), 'C', rarity.c), 'B', rarity.b), 'A', rarity.a)
FROM rarity;

CREATE INDEX saying_words ON peer.saying USING gin (words) WITH (fastupdate = off);
CREATE INDEX lexeme_near ON peer.lexeme USING gin (word gin_trgm_ops);
VACUUM FULL ANALYZE peer.saying;
VACUUM ANALYZE peer.lexeme;
