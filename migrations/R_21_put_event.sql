-- SPDX-License-Identifier: EUPL-1.2
--
-- How an event gets into the listing; see R_20_put.sql. Whether the times can be, and fit their
-- rule, has been looked at before (`sociopoint import`); here only what would be read wrongly later
-- is refused.

-- Everything the record refers to exists.
CREATE OR REPLACE FUNCTION listing.check_event(fresh listing.event, given jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM listing.check_uri(given #>> '{source,url}', '/source/url')
    WHERE given #>> '{source,url}' IS NOT NULL;
    PERFORM listing.term_id('situations', key, '/situations/' || n - 1)
    FROM jsonb_array_elements_text(coalesce(fresh.situations, '[]')) WITH ORDINALITY AS s (key, n);
    PERFORM listing.term_id('target-groups', key, '/target_groups/' || n - 1)
    FROM jsonb_array_elements_text(coalesce(fresh.target_groups, '[]')) WITH ORDINALITY AS g (key, n);
    IF NOT EXISTS (SELECT FROM listing.organization WHERE id = fresh.organization_id) THEN
        PERFORM listing.refuse('organization-unknown', '/organization', given ->> 'organization');
    END IF;
    IF fresh.service_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM listing.service WHERE id = fresh.service_id) THEN
        PERFORM listing.refuse('service-unknown', '/service', given ->> 'service');
    END IF;
    IF fresh.location_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM listing.location WHERE id = fresh.location_id) THEN
        PERFORM listing.refuse('location-unknown', '/location', given ->> 'location');
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION listing.put_event(record jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given jsonb := listing.given(record);
    stored listing.event;
    fresh listing.event;
BEGIN
    fresh := jsonb_populate_record(NULL::listing.event, given);
    fresh.all_day := coalesce(fresh.all_day, false);
    fresh.source := coalesce(fresh.source, '{}');
    fresh.to_check := given -> 'check';
    SELECT * INTO stored FROM listing.event WHERE id = fresh.id FOR NO KEY UPDATE;
    fresh.version := stored.version;
    fresh.modified := stored.modified;
    IF stored IS NOT DISTINCT FROM fresh THEN
        RETURN false;
    END IF;
    PERFORM listing.check_event(fresh, given);
    INSERT INTO listing.event AS e (
        id, key, organization_id, service_id, location_id, municipality, name, description, area,
        starts_at, ends_at, all_day, rrule, situations, target_groups, cost, source, to_check)
    VALUES (
        fresh.id, fresh.key, fresh.organization_id, fresh.service_id, fresh.location_id,
        fresh.municipality, fresh.name, fresh.description, fresh.area, fresh.starts_at, fresh.ends_at,
        fresh.all_day, fresh.rrule, fresh.situations, fresh.target_groups, fresh.cost, fresh.source,
        fresh.to_check)
    ON CONFLICT (id) DO UPDATE
    SET key = excluded.key, organization_id = excluded.organization_id,
        service_id = excluded.service_id, location_id = excluded.location_id,
        municipality = excluded.municipality, name = excluded.name,
        description = excluded.description, area = excluded.area, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, all_day = excluded.all_day, rrule = excluded.rrule,
        situations = excluded.situations, target_groups = excluded.target_groups,
        cost = excluded.cost, source = excluded.source, to_check = excluded.to_check,
        version = e.version + 1, modified = now();
    RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION listing.check_event(listing.event, jsonb), listing.put_event(jsonb)
    TO socio_write, socio_import;
