-- SPDX-License-Identifier: EUPL-1.2
-- Questions with situation, district and age: every situation that any service serves is as frequent as the others.
WITH situation AS (
    SELECT DISTINCT value AS key FROM published.document,
        jsonb_array_elements_text(facts::jsonb -> 'situations') AS value WHERE kind = 'service' AND deleted_at IS NULL
), district AS (
    SELECT unnest(ARRAY['moravska-ostrava-a-privoz', 'ostrava-jih', 'poruba', 'slezska-ostrava', 'vitkovice',
                        'marianske-hory-a-hulvaky', 'svinov', 'radvanice-a-bartovice', 'hrabova', 'polanka-nad-odrou']) AS key
), question AS (
    SELECT s.key AS situation, d.key AS district,
           1 + abs(('x' || left(md5(s.key || d.key), 7))::bit(28)::int) % 90 AS age
    FROM situation s, district d
)
SELECT 'POST', '/v1/match',
       format('{"situations":["%s"],"district":"%s","age":%s}', situation, district, age), '"results"'
FROM question ORDER BY md5(situation || district);
