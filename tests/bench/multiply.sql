-- SPDX-License-Identifier: EUPL-1.2
--
-- More documents than were imported: of each record a copy for each of some digits, with ids of their own. Ids are UUIDs
-- of version 5; a copy has another digit there, in its own id and in all that refer to it. What a service says of
-- its terms stays, so each situation is as selective as before.

INSERT INTO published.document (seq, kind, id, municipality, version, facts, body, short)
SELECT nextval('published.seq'), d.kind, overlay(d.id::text PLACING digit FROM 15 FOR 1)::uuid, d.municipality, d.version,
       jsonb_set(regexp_replace(d.facts, id.pattern, id.replacement, 'g')::jsonb, '{terms}',
                 coalesce(d.facts::jsonb -> 'terms', '[]'))::text,
       regexp_replace(d.body, id.pattern, id.replacement, 'g'),
       regexp_replace(d.short, id.pattern, id.replacement, 'g')
FROM published.document d
CROSS JOIN unnest(:'digits'::text[]) AS copy (digit)
CROSS JOIN LATERAL (SELECT '("[0-9a-f]{8}-[0-9a-f]{4}-)5([0-9a-f]{3}-)', '\1' || digit || '\2') AS id (pattern, replacement)
WHERE d.kind IN ('organization', 'service', 'service_at_location') AND d.deleted_at IS NULL
    AND substr(d.id::text, 15, 1) = '5';
