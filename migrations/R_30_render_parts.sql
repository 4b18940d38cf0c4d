-- renders
-- SPDX-License-Identifier: EUPL-1.2
--
-- Pieces of HSDS 3.1 documents. Each returns JSON or null, and what is null is stripped from the
-- whole document at its end: HSDS has no nulls, and an absent fact has no form of its own. `json`
-- and not `jsonb`, so that members come in the order in which people read them.
--
-- Objects inside a document need ids of their own: a hash of parent, kind and place in the list.
--
-- All in plpgsql, which keeps its plans for the session: as SQL functions, planned anew at each
-- call, the same took seven times as long, and all of it under the publishing lock. No search_path
-- of their own either; they run only inside publish() and its like, which fix it, and every name is
-- qualified.

SET LOCAL ROLE socio_publish;

CREATE OR REPLACE FUNCTION published.part_id(parent uuid, kind text, n bigint) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
    RETURN md5(parent::text || kind || n)::uuid;
END
$$;

-- The members of several objects in one, in order.
CREATE OR REPLACE FUNCTION published.object(VARIADIC parts json[]) RETURNS json
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
    RETURN (
        SELECT json_object_agg(m.key, m.value ORDER BY p.n, m.ordinality)
        FROM unnest(parts) WITH ORDINALITY AS p (part, n), json_each(p.part) WITH ORDINALITY AS m);
END
$$;

CREATE OR REPLACE FUNCTION published.utc(moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
END
$$;

CREATE OR REPLACE FUNCTION published.phones(parent uuid, phones jsonb) RETURNS json
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN (
        SELECT json_agg(json_build_object(
            'id', published.part_id(parent, 'phone', n),
            'number', phone ->> 'number',
            'description', phone ->> 'description') ORDER BY n)
        FROM jsonb_array_elements(phones) WITH ORDINALITY AS p (phone, n));
END
$$;

-- HSDS has room for one e-mail; further ones are contacts.
CREATE OR REPLACE FUNCTION published.contacts(parent uuid, emails jsonb) RETURNS json
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN (
        SELECT json_agg(json_build_object(
            'id', published.part_id(parent, 'contact', n),
            'email', email) ORDER BY n)
        FROM jsonb_array_elements_text(emails) WITH ORDINALITY AS e (email, n));
END
$$;

-- No `timezone`: HSDS means a fixed offset. Times are local, x_ostrava.time_zone says where. What
-- HSDS cannot say of a schedule is ours: what the hours are for, by appointment, holidays, and hours
-- that replace the others on their dates.
CREATE OR REPLACE FUNCTION published.schedules(parent uuid, schedules jsonb) RETURNS json
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN (
        SELECT json_agg(json_build_object(
            'id', published.part_id(parent, 'schedule', n),
            'valid_from', schedule ->> 'valid_from',
            'valid_to', schedule ->> 'valid_to',
            'dtstart', schedule ->> 'dtstart',
            'freq', coalesce(schedule ->> 'freq', CASE WHEN schedule ? 'byday' THEN 'WEEKLY' END),
            'interval', schedule -> 'interval',
            'until', schedule ->> 'until',
            'byday', schedule ->> 'byday',
            'byweekno', schedule ->> 'byweekno',
            'bymonthday', schedule ->> 'bymonthday',
            'opens_at', schedule ->> 'opens_at',
            'closes_at', schedule ->> 'closes_at',
            'notes', schedule ->> 'notes',
            'x_ostrava', CASE
                WHEN schedule ?| ARRAY['purpose', 'by_appointment', 'holidays', 'replaces'] THEN
                    json_build_object(
                        'purpose', schedule ->> 'purpose',
                        'by_appointment', schedule -> 'by_appointment',
                        'holidays', schedule ->> 'holidays',
                        'replaces', schedule -> 'replaces')
            END) ORDER BY n)
        FROM jsonb_array_elements(schedules) WITH ORDINALITY AS s (schedule, n));
END
$$;

-- Schedules as nodes read them: without the words for people.
CREATE OR REPLACE FUNCTION published.bare_schedules(schedules jsonb) RETURNS json
LANGUAGE plpgsql IMMUTABLE STRICT
AS $$
BEGIN
    RETURN (
        SELECT json_agg(schedule - 'notes' ORDER BY n)
        FROM jsonb_array_elements(schedules) WITH ORDINALITY AS s (schedule, n));
END
$$;

CREATE OR REPLACE FUNCTION published.languages(parent uuid, languages jsonb) RETURNS json
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN (
        SELECT json_agg(json_build_object(
            'id', published.part_id(parent, 'language', n),
            'code', code) ORDER BY n)
        FROM jsonb_array_elements_text(languages) WITH ORDINALITY AS l (code, n));
END
$$;

CREATE OR REPLACE FUNCTION published.cost_options(parent uuid, cost text) RETURNS json
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN json_build_array(json_build_object(
        'id', published.part_id(parent, 'cost_option', 1),
        'option', cost,
        'currency', CASE WHEN cost = 'free' THEN 'CZK' END,
        'amount', CASE WHEN cost = 'free' THEN 0 END));
END
$$;

-- The name of an area code; the last part of the code where nobody has named it.
CREATE OR REPLACE FUNCTION published.area_name(area_code text) RETURNS text
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN coalesce((SELECT a.name FROM listing.area a WHERE a.code = area_code),
                    regexp_replace(area_code, '^.*[:/]', ''));
END
$$;

CREATE OR REPLACE FUNCTION published.service_areas(parent uuid, area jsonb) RETURNS json
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN (
        SELECT json_agg(json_build_object(
            'id', published.part_id(parent, 'service_area', n),
            'name', published.area_name(code)) ORDER BY n)
        FROM jsonb_array_elements_text(area) WITH ORDINALITY AS a (code, n));
END
$$;

-- Free places are HSDS capacities only where a number and its day are stated; those of units go
-- before those of the whole. x_ostrava has everything that is stated.
CREATE OR REPLACE FUNCTION published.capacities(service uuid) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        WITH stated AS (
            SELECT u.n, u.given ->> 'unit' AS unit, u.given -> 'available' AS available,
                   u.given -> 'maximum' AS maximum, NULL AS statement, u.given ->> 'as_of' AS as_of
            FROM listing.capacity c
            CROSS JOIN jsonb_array_elements(c.units) WITH ORDINALITY AS u (given, n)
            WHERE c.service_id = service
            UNION ALL
            SELECT 1, coalesce(c.unit, 'places'), to_jsonb(c.available), NULL, c.statement, c.as_of
            FROM listing.capacity c
            WHERE c.service_id = service AND NOT coalesce(c.units @? '$[*].available', false)
        )
        SELECT json_agg(json_build_object(
            'id', published.part_id(service, 'capacity', s.n),
            'unit', json_build_object('id', published.part_id(service, 'unit', s.n), 'name', s.unit),
            'available', s.available,
            'maximum', s.maximum,
            'description', s.statement,
            'updated', CASE WHEN s.as_of ~ 'T' THEN s.as_of ELSE s.as_of || 'T00:00:00Z' END)
            ORDER BY s.n)
        FROM stated s
        WHERE s.available IS NOT NULL
          AND s.as_of ~ '^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$');
END
$$;

CREATE OR REPLACE FUNCTION published.capacity_units(service uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (SELECT c.units FROM listing.capacity c WHERE c.service_id = service);
END
$$;

CREATE OR REPLACE FUNCTION published.free_places(service uuid) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        SELECT json_build_object('state', c.state, 'available', c.available, 'unit', c.unit,
                                 'text', c.statement, 'as_of', c.as_of)
        FROM listing.capacity c WHERE c.service_id = service AND c.state IS NOT NULL);
END
$$;

CREATE OR REPLACE FUNCTION published.term(term listing.taxonomy_term, taxonomy listing.taxonomy)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'id', term.id,
        'code', term.key,
        'name', term.name,
        'description', coalesce(term.description, term.name),
        'parent_id', term.parent_id,
        'taxonomy', taxonomy.name,
        'language', 'cs',
        'taxonomy_id', taxonomy.id);
END
$$;

-- Situations, target groups and the kind: HSDS clients filter by taxonomy_term_id, ours by key.
CREATE OR REPLACE FUNCTION published.attributes(service uuid) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        SELECT json_agg(json_build_object(
            'id', published.part_id(service, 'attribute ' || t.id, 1),
            'link_id', service,
            'taxonomy_term_id', t.id,
            'link_type', st.link_type,
            'link_entity', 'service',
            'value', t.key,
            'taxonomy_term', published.term(t, x)) ORDER BY st.link_type DESC, st.ordinal)
        FROM listing.service_term st
        JOIN listing.taxonomy_term t ON t.id = st.term_id
        JOIN listing.taxonomy x ON x.id = t.taxonomy_id
        WHERE st.service_id = service);
END
$$;

-- Keys of the terms of one kind of link, in the record's order.
CREATE OR REPLACE FUNCTION published.term_keys(service uuid, link text) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        SELECT json_agg(t.key ORDER BY st.ordinal)
        FROM listing.service_term st
        JOIN listing.taxonomy_term t ON t.id = st.term_id
        WHERE st.service_id = service AND st.link_type = link);
END
$$;

CREATE OR REPLACE FUNCTION published.term_ids(service uuid) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        SELECT json_agg(st.term_id ORDER BY st.term_id)
        FROM listing.service_term st WHERE st.service_id = service);
END
$$;

-- Which municipality a place lies in, as far as the record says: its address does, or the address
-- or locality is one of the file's city. Concealed places: that of their area.
CREATE OR REPLACE FUNCTION published.place_municipality(place listing.location) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN CASE
        WHEN place.concealed THEN
            (SELECT min(substring(code FROM '^(?:municipality|district):([a-z0-9-]+)'))
             FROM jsonb_array_elements_text(place.area) AS a (code))
        WHEN place.address ? 'municipality' THEN place.address ->> 'municipality'
        WHEN place.address ? 'district' OR place.locality IS NOT NULL
             OR place.address ->> 'city' = published.area_name('municipality:' || place.municipality)
            THEN place.municipality
    END;
END
$$;

-- An HSDS address needs every part; one that lacks any is x_ostrava.address alone.
CREATE OR REPLACE FUNCTION published.addresses(place listing.location) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    city text := published.place_municipality(place);
BEGIN
    IF (place.address ?& ARRAY['street', 'city', 'postal_code']) IS NOT TRUE THEN -- or no address
        RETURN NULL;
    END IF;
    RETURN (
        SELECT json_build_array(json_build_object(
            'id', published.part_id(place.id, 'address', 1),
            'address_1', place.address ->> 'street',
            'city', place.address ->> 'city',
            'region', (SELECT d.name FROM listing.area d
                       WHERE d.code = 'district:' || city || '/' || (place.address ->> 'district')),
            'state_province', region.name,
            'postal_code', place.address ->> 'postal_code',
            'country', upper(region.part_of),
            'address_type', 'physical'))
        FROM listing.area municipality
        JOIN listing.area region ON region.code = municipality.part_of
        WHERE municipality.code = 'municipality:' || city AND region.part_of IS NOT NULL);
END
$$;

-- The place as given, for everybody who does not insist on HSDS: match, console, print.
CREATE OR REPLACE FUNCTION published.place_as_given(place listing.location) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    city text := published.place_municipality(place);
BEGIN
    IF num_nonnulls(place.name, place.address, place.locality, place.area) = 0 THEN
        RETURN NULL;
    END IF;
    RETURN json_build_object(
        'name', place.name,
        'street', place.address ->> 'street',
        'postal_code', place.address ->> 'postal_code',
        'city', place.address ->> 'city',
        'municipality', city,
        'district', place.address ->> 'district',
        'district_name', (SELECT d.name FROM listing.area d
                          WHERE d.code = 'district:' || city || '/' || (place.address ->> 'district')),
        'locality', place.locality,
        'locality_name', (SELECT l.name FROM listing.area l
                          WHERE l.code = 'locality:' || city || '/' || place.locality),
        'concealed', CASE WHEN place.concealed THEN true END,
        'area', place.area);
END
$$;

-- What a list shows of a place.
CREATE OR REPLACE FUNCTION published.location_scalars(place listing.location) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'id', place.id,
        'location_type', 'physical',
        'organization_id', place.organization_id,
        'name', place.name,
        'alternate_name', place.alternate_name,
        'latitude', place.latitude,
        'longitude', place.longitude);
END
$$;

-- What HSDS cannot say of a place; null when there is nothing.
CREATE OR REPLACE FUNCTION published.location_extra(place listing.location) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    IF NOT place.concealed AND num_nonnulls(place.address, place.locality, place.closures) = 0 THEN
        RETURN NULL;
    END IF;
    RETURN json_build_object(
        'concealed', CASE WHEN place.concealed THEN true END,
        'area', place.area, -- concealed places alone have one
        'address', CASE WHEN num_nonnulls(place.address, place.locality) > 0
                        THEN published.place_as_given(place) END,
        'closures', place.closures);
END
$$;

-- The whole place: its address unless it is concealed (then there is none), and its own hours.
CREATE OR REPLACE FUNCTION published.location(place listing.location) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN published.object(
        published.location_scalars(place),
        json_build_object(
            'addresses', published.addresses(place),
            'schedules', published.schedules(place.id, place.schedules),
            'x_ostrava', published.location_extra(place)));
END
$$;

-- The part of an organisation that stands in every document of its services.
CREATE OR REPLACE FUNCTION published.organization_brief(organization listing.organization) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'id', organization.id,
        'name', organization.name,
        'alternate_name', organization.alternate_name,
        'description', coalesce(organization.description, organization.name),
        'email', organization.email,
        'website', organization.website,
        'legal_status', organization.legal_status);
END
$$;

RESET ROLE;
