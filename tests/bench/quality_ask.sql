-- SPDX-License-Identifier: EUPL-1.2
-- $1: what somebody says, in any of the languages. Gives at most five situations, the likeliest first, each with how
-- much of what speaks speaks for it and not for something else (from 0 to 1).
WITH place AS (
    SELECT word, at
    FROM (SELECT to_tsvector('peer.czech_unaccent', $1) UNION ALL SELECT to_tsvector('peer.simple_unaccent', $1)
          UNION ALL SELECT to_tsvector('english', $1) UNION ALL SELECT to_tsvector('russian', $1)) AS reading (words),
        unnest(words) AS read (word, places), unnest(places) AS at
), misspelt AS (
    SELECT max(place.word) AS word
    FROM place LEFT JOIN peer.lexeme USING (word)
    GROUP BY at
    HAVING count(lexeme.word) = 0 AND max(length(place.word)) > 3
), known AS (
    SELECT word FROM place JOIN peer.lexeme USING (word) WHERE sayings < 800
    UNION
    SELECT near.word
    FROM misspelt, LATERAL (SELECT lexeme.word FROM peer.lexeme WHERE lexeme.word % misspelt.word
                            ORDER BY similarity(lexeme.word, misspelt.word) DESC, sayings DESC LIMIT 1) AS near
), asked AS (
    SELECT string_agg(quote_literal(word), ' | ')::tsquery AS query FROM known
), ranked AS (
    SELECT situation, plain, ts_rank_cd('{0.1, 0.3, 0.6, 1}', words, query, 1) AS rank
    FROM asked, peer.saying WHERE words @@ query
    ORDER BY rank DESC LIMIT 300
), found AS (
    SELECT situation, rank * (1 + word_similarity(plain, lower(unaccent($1)))) AS rank FROM ranked
), best AS (
    SELECT situation, rank, row_number() OVER (PARTITION BY situation ORDER BY rank DESC) AS place FROM found
), likely AS (
    SELECT situation, sum(rank) AS score FROM best WHERE place <= 8 GROUP BY situation
)
SELECT situation,
       score / (score + coalesce((SELECT score FROM likely WHERE situation = 'none'), 0) + 2) AS share
FROM likely
WHERE situation <> 'none'
ORDER BY score DESC
LIMIT 5
