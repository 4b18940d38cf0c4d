-- renders
-- SPDX-License-Identifier: EUPL-1.2
--
-- The published documents of a service and of its places. `stamp` is the moment of the last
-- published change and comes from publish(): a change that nobody can see (what the city must
-- check) must not be visible by its time either.

SET LOCAL ROLE socio_publish;

-- Everything HSDS has no place for. In the short form and the body alike: a result card needs it.
CREATE OR REPLACE FUNCTION published.service_extra(s listing.service) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'situations', published.term_keys(s.id, 'situation'),
        'target_groups', published.term_keys(s.id, 'audience'),
        'kind', published.term_keys(s.id, 'kind') ->> 0,
        'forms', s.forms,
        'aliases', s.aliases,
        'address', (SELECT json_agg(place.given ORDER BY p.ordinal)
                    FROM listing.service_at_location p
                    JOIN listing.location l ON l.id = p.location_id
                    CROSS JOIN LATERAL (SELECT published.place_as_given(l) OFFSET 0) AS place (given)
                    WHERE p.service_id = s.id AND place.given IS NOT NULL),
        'area', s.area,
        'rules', s.rules,
        'exclusions', (SELECT json_agg(rule ->> 'text')
                       FROM jsonb_array_elements(s.rules) AS r (rule)
                       WHERE rule ->> 'kind' = 'exclusion'),
        'registered_maximum', s.registered_maximum,
        'free_places', published.free_places(s.id),
        'capacities', published.capacity_units(s.id),
        'hours_text', s.hours_text,
        'closures', s.closures,
        'time_zone', 'Europe/Prague',
        'cost', s.cost,
        'accessibility', s.accessibility,
        'source', CASE WHEN s.source ?| ARRAY['url', 'name'] THEN s.source - 'as_of' END,
        'as_of', s.source ->> 'as_of',
        'contact_source', s.contact_source,
        'confirmed_on', (SELECT c.confirmed_on FROM listing.confirmation c WHERE c.service_id = s.id));
END
$$;

CREATE OR REPLACE FUNCTION published.service_scalars(s listing.service, stamp text) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'id', s.id,
        'organization_id', s.organization_id,
        'name', s.name,
        'alternate_name', s.alternate_name,
        'description', s.description,
        'url', s.url,
        'email', s.email,
        'status', s.status,
        'alert', CASE WHEN s.alert_until IS NULL OR s.alert_until > now() THEN s.alert END,
        'eligibility_description', (SELECT string_agg(rule ->> 'text', ' ' ORDER BY n)
                                    FROM jsonb_array_elements(s.rules) WITH ORDINALITY AS r (rule, n)),
        'minimum_age', s.minimum_age,
        'maximum_age', s.maximum_age,
        'assured_date', (SELECT c.confirmed_on FROM listing.confirmation c WHERE c.service_id = s.id),
        'last_modified', stamp);
END
$$;

CREATE OR REPLACE FUNCTION published.service_short(s listing.service, o listing.organization, stamp text)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN published.object(
        published.service_scalars(s, stamp),
        json_build_object(
            'phones', published.phones(s.id, s.phones),
            'contacts', published.contacts(s.id, s.emails),
            'organization', json_build_object(
                'id', o.id, 'name', o.name, 'description', coalesce(o.description, o.name)),
            'x_ostrava', published.object(
                published.service_extra(s),
                json_build_object('organization_phones', CASE WHEN s.phones IS NULL THEN o.phones END))));
END
$$;

-- What a detail of the service, and of the service at a place, shows beyond the scalars.
CREATE OR REPLACE FUNCTION published.service_parts(s listing.service, o listing.organization) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'phones', published.phones(s.id, s.phones),
        'contacts', published.contacts(s.id, s.emails),
        'schedules', published.schedules(s.id, s.schedules),
        'service_areas', published.service_areas(s.id, s.area),
        'languages', published.languages(s.id, s.languages),
        'cost_options', published.cost_options(s.id, s.cost),
        'capacities', published.capacities(s.id),
        'organization', published.object(
            published.organization_brief(o),
            json_build_object('phones', published.phones(o.id, o.phones))),
        'attributes', published.attributes(s.id));
END
$$;

CREATE OR REPLACE FUNCTION published.service_body(s listing.service, o listing.organization, stamp text)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN published.object(
        published.service_scalars(s, stamp),
        published.service_parts(s, o),
        json_build_object(
            'service_at_locations', (
                SELECT json_agg(json_build_object(
                    'id', p.id,
                    'service_id', p.service_id,
                    'location_id', p.location_id,
                    'location', published.location(l)) ORDER BY p.ordinal)
                FROM listing.service_at_location p
                JOIN listing.location l ON l.id = p.location_id
                WHERE p.service_id = s.id),
            'x_ostrava', published.service_extra(s)));
END
$$;

-- The municipality a service belongs to, null for several: that of its area; without an area that
-- of its places; without either that of the file it came with.
CREATE OR REPLACE FUNCTION published.service_municipality(s listing.service) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    keys text[];
BEGIN
    IF s.area IS NOT NULL THEN
        SELECT array_agg(DISTINCT substring(code FROM '^(?:municipality|district|locality):([a-z0-9-]+)'))
        INTO keys
        FROM jsonb_array_elements_text(s.area) AS a (code);
    ELSE
        SELECT array_agg(DISTINCT published.place_municipality(l)) INTO keys
        FROM listing.service_at_location p
        JOIN listing.location l ON l.id = p.location_id
        WHERE p.service_id = s.id AND published.place_municipality(l) IS NOT NULL;
        keys := coalesce(keys, ARRAY[s.municipality]);
    END IF;
    -- A code of the country or a region gives a null among the keys.
    RETURN CASE WHEN cardinality(keys) = 1 THEN keys[1] END;
END
$$;

CREATE OR REPLACE FUNCTION published.place_facts(service uuid) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        SELECT json_agg(json_build_object(
            'id', p.id,
            'municipality', published.place_municipality(l),
            'district', coalesce(l.address ->> 'district', (
                SELECT min(substring(code FROM '^district:[a-z0-9-]+/([a-z0-9-]+)$'))
                FROM jsonb_array_elements_text(l.area) AS a (code)
                HAVING count(*) = 1)),
            'locality', l.locality,
            'address', l.address ? 'street',
            'concealed', l.concealed,
            'latitude', l.latitude,
            'longitude', l.longitude,
            'schedules', published.bare_schedules(l.schedules),
            'closures', l.closures) ORDER BY p.ordinal)
        FROM listing.service_at_location p
        JOIN listing.location l ON l.id = p.location_id
        WHERE p.service_id = service);
END
$$;

-- What nodes index and match on; nothing here is shown as it stands.
CREATE OR REPLACE FUNCTION published.service_facts(s listing.service, o listing.organization, stamp text)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'name', s.name,
        'alternate_name', s.alternate_name,
        'aliases', s.aliases,
        'organization', o.id,
        'organization_name', o.name,
        'office', CASE WHEN o.office THEN true END,
        'kind', published.term_keys(s.id, 'kind') ->> 0,
        'situations', published.term_keys(s.id, 'situation'),
        'target_groups', published.term_keys(s.id, 'audience'),
        'forms', s.forms,
        'minimum_age', s.minimum_age,
        'maximum_age', s.maximum_age,
        'rules', (SELECT json_agg(DISTINCT rule ->> 'code') FROM jsonb_array_elements(s.rules) AS r (rule)),
        'area', s.area,
        'file_municipality', s.municipality,
        'places', published.place_facts(s.id),
        'phones', coalesce(jsonb_array_length(s.phones), 0),
        'organization_phones', coalesce(jsonb_array_length(o.phones), 0),
        'emails', (s.email IS NOT NULL)::integer + coalesce(jsonb_array_length(s.emails), 0),
        'web', s.url IS NOT NULL,
        'languages', s.languages,
        'accessibility', s.accessibility,
        'cost', s.cost,
        'registered_maximum', s.registered_maximum -> 'value',
        'free_places', (SELECT json_build_object('state', c.state, 'available', c.available,
                                                 'as_of', c.as_of)
                        FROM listing.capacity c WHERE c.service_id = s.id AND c.state IS NOT NULL),
        'capacities', published.capacity_units(s.id),
        'schedules', published.bare_schedules(s.schedules),
        'closures', s.closures,
        'as_of', s.source ->> 'as_of',
        'confirmed_on', (SELECT c.confirmed_on FROM listing.confirmation c WHERE c.service_id = s.id),
        'modified', stamp,
        'terms', published.term_ids(s.id),
        'status', s.status);
END
$$;

CREATE OR REPLACE FUNCTION published.render_service(wanted uuid, stamp text) RETURNS published.rendering
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    result published.rendering;
BEGIN
    SELECT published.service_municipality(s), s.version,
           json_strip_nulls(published.service_facts(s, o, stamp))::text,
           json_strip_nulls(published.service_body(s, o, stamp))::text,
           json_strip_nulls(published.service_short(s, o, stamp))::text,
           CASE WHEN s.alert IS NOT NULL AND s.alert_until > now() THEN s.alert_until END
    INTO result
    FROM listing.service s
    JOIN listing.organization o ON o.id = s.organization_id
    WHERE s.id = wanted;
    RETURN result;
END
$$;

-- `name` and `status` are the service's: a validator that follows HSDS's OpenAPI file to the letter
-- holds this document against the schema of a service.
CREATE OR REPLACE FUNCTION published.place_body(p listing.service_at_location, s listing.service,
                                                o listing.organization, l listing.location, stamp text)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'id', p.id,
        'name', s.name,
        'status', s.status,
        'service_id', s.id,
        'location_id', l.id,
        'location', published.location(l),
        'service', published.object(published.service_scalars(s, stamp), published.service_parts(s, o),
                                    json_build_object('x_ostrava', published.service_extra(s))));
END
$$;

CREATE OR REPLACE FUNCTION published.place_short(p listing.service_at_location, s listing.service,
                                                 o listing.organization, l listing.location, stamp text)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'id', p.id,
        'service_id', s.id,
        'location_id', l.id,
        'location', published.location(l),
        'service', published.object(
            published.service_scalars(s, stamp),
            json_build_object('organization', published.organization_brief(o))));
END
$$;

CREATE OR REPLACE FUNCTION published.render_service_at_location(wanted uuid, stamp text)
RETURNS published.rendering
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    result published.rendering;
BEGIN
    SELECT published.service_municipality(s), s.version,
           json_strip_nulls(json_build_object(
               'name', s.name,
               'service', s.id,
               'location', l.id,
               'organization', o.id,
               'postal_code', l.address ->> 'postal_code',
               'terms', published.term_ids(s.id),
               'modified', stamp))::text,
           json_strip_nulls(published.place_body(p, s, o, l, stamp))::text,
           json_strip_nulls(published.place_short(p, s, o, l, stamp))::text,
           CASE WHEN s.alert IS NOT NULL AND s.alert_until > now() THEN s.alert_until END
    INTO result
    FROM listing.service_at_location p
    JOIN listing.service s ON s.id = p.service_id
    JOIN listing.organization o ON o.id = s.organization_id
    JOIN listing.location l ON l.id = p.location_id
    WHERE p.id = wanted;
    RETURN result;
END
$$;

RESET ROLE;
