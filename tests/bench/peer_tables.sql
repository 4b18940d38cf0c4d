-- SPDX-License-Identifier: EUPL-1.2
--
-- The tables of the SQL peers: what somebody builds who wants PostgreSQL to answer the two questions fast. The detail
-- of a service is composed from five tables by their keys; a match reads one table in the order of its situations,
-- where everything it needs lies side by side. Values that live and die with one record are stored as JSON text.

SET client_min_messages = warning;
DROP SCHEMA IF EXISTS peer CASCADE;
CREATE SCHEMA peer;

-- Each document parsed once.
CREATE UNLOGGED TABLE peer.document AS
SELECT id, kind, facts::jsonb, body::jsonb, short::json FROM published.document
WHERE kind IN ('service', 'organization') AND deleted_at IS NULL;

CREATE TABLE peer.organization AS
SELECT id, facts ->> 'name' AS name, body ->> 'description' AS description, body ->> 'website' AS website
FROM peer.document WHERE kind = 'organization';
ALTER TABLE peer.organization ADD PRIMARY KEY (id);

CREATE TABLE peer.service AS
SELECT id, (facts ->> 'organization')::uuid AS organization_id, body ->> 'name' AS name,
       body ->> 'description' AS description, body ->> 'url' AS url, body ->> 'email' AS email,
       body ->> 'status' AS status, (body ->> 'minimum_age')::int AS minimum_age,
       (body ->> 'maximum_age')::int AS maximum_age, body ->> 'last_modified' AS last_modified,
       (body -> 'phones')::text::json AS phones, (body -> 'service_areas')::text::json AS service_areas,
       (body -> 'x_ostrava')::text::json AS x_ostrava,
       (body -> 'schedules')::text::json AS schedules, short
FROM peer.document WHERE kind = 'service';
ALTER TABLE peer.service ADD PRIMARY KEY (id);

CREATE TABLE peer.place AS
SELECT d.id AS service_id, place.ordinal, place.value::text::json AS value
FROM peer.document d
CROSS JOIN LATERAL jsonb_array_elements(d.body -> 'service_at_locations') WITH ORDINALITY AS place (value, ordinal)
WHERE d.kind = 'service';
CREATE INDEX ON peer.place (service_id) INCLUDE (ordinal);

CREATE TABLE peer.term AS
SELECT id, body::json AS value FROM published.document WHERE kind = 'taxonomy_term';
ALTER TABLE peer.term ADD PRIMARY KEY (id);

-- A term is found by its code: the copies of multiply.sql have ids of their own for all but terms.
CREATE TABLE peer.attribute AS
SELECT (a.value ->> 'id')::uuid AS id, d.id AS service_id, t.id AS term_id, a.value ->> 'link_type' AS link_type,
       a.value ->> 'value' AS value, a.ordinal
FROM peer.document d
CROSS JOIN LATERAL jsonb_array_elements(d.body -> 'attributes') WITH ORDINALITY AS a (value, ordinal)
JOIN peer.term t ON t.value ->> 'code' = a.value ->> 'value' AND t.value ->> 'taxonomy' = a.value #>> '{taxonomy_term,taxonomy}'
WHERE d.kind = 'service'
ORDER BY d.id;
CREATE INDEX ON peer.attribute (service_id);

CREATE TABLE peer.candidate AS
SELECT situation.value AS situation, d.id AS service_id,
       (d.facts ->> 'minimum_age')::smallint AS minimum_age, (d.facts ->> 'maximum_age')::smallint AS maximum_age,
       d.facts -> 'area' IS NULL
           OR EXISTS (SELECT FROM jsonb_array_elements_text(d.facts -> 'area') AS area (code)
                      WHERE code NOT LIKE 'district:%' AND code NOT LIKE '%brno%') AS everywhere,
       (SELECT array_agg(DISTINCT code) FROM (
            SELECT split_part(area.code, '/', 2) FROM jsonb_array_elements_text(d.facts -> 'area') AS area (code)
            WHERE code LIKE 'district:%'
            UNION SELECT place.value ->> 'district' FROM jsonb_array_elements(d.facts -> 'places') AS place) AS near (code)
       ) AS districts,
       (20 * least(1, (d.facts ->> 'phones')::int)
            + 10 * (d.facts ->> 'kind' IS NOT NULL)::int + coalesce(right(left(d.facts ->> 'as_of', 4), 1)::int, 0))::smallint AS points
FROM peer.document d
CROSS JOIN LATERAL jsonb_array_elements_text(d.facts -> 'situations') AS situation (value)
WHERE d.kind = 'service'
ORDER BY situation.value, points DESC;
CREATE INDEX ON peer.candidate (situation, points DESC);
CLUSTER peer.candidate USING candidate_situation_points_idx;
DROP TABLE peer.document;

GRANT USAGE ON SCHEMA peer TO socio_read;
GRANT SELECT ON ALL TABLES IN SCHEMA peer TO socio_read;
VACUUM (FREEZE, ANALYZE);
