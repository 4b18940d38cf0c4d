-- renders
-- SPDX-License-Identifier: EUPL-1.2
--
-- The published document of an event. HSDS has no events, so its shape is ours. One that is over is
-- not rendered: its document becomes a tombstone when the tick looks at it, and the record stays in
-- the listing. On which days a rule falls is for the nodes to say.

SET LOCAL ROLE socio_publish;

-- When nothing of it is left to come; null for a rule without end.
CREATE OR REPLACE FUNCTION published.event_over_at(e listing.event) RETURNS timestamptz
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    first date := left(e.starts_at, 10)::date;
    last date := CASE WHEN e.rrule IS NULL THEN first ELSE (e.rrule ->> 'until')::date END;
    span integer := coalesce(left(e.ends_at, 10)::date - first, 0);
BEGIN
    RETURN CASE
        WHEN e.ends_at ~ 'T' THEN (last + span + substr(e.ends_at, 12)::time)
        ELSE (last + span + 1)::timestamp
    END AT TIME ZONE 'Europe/Prague';
END
$$;

-- What people call the place, in one line; nothing of a concealed one.
CREATE OR REPLACE FUNCTION published.place_line(place listing.location) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    IF place.id IS NULL OR place.concealed THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT nullif(string_agg(part, ', ' ORDER BY n), '')
        FROM (
            SELECT part, min(n) AS n
            FROM unnest(ARRAY[
                place.name,
                (SELECT l.name FROM listing.area l
                 WHERE l.code = 'locality:' || published.place_municipality(place)
                                || '/' || place.locality),
                place.address ->> 'street',
                place.address ->> 'city']) WITH ORDINALITY AS p (part, n)
            WHERE part IS NOT NULL
            GROUP BY part) AS parts);
END
$$;

-- Whom it is for, by place: as it says; without a place of its own, as its service says.
CREATE OR REPLACE FUNCTION published.event_area(e listing.event, s listing.service) RETURNS jsonb
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN coalesce(e.area, CASE WHEN e.location_id IS NULL THEN s.area END);
END
$$;

-- The municipality it belongs to, null for several: as for services.
CREATE OR REPLACE FUNCTION published.event_municipality(e listing.event, s listing.service,
                                                        place listing.location) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    area jsonb := published.event_area(e, s);
    keys text[];
BEGIN
    IF area IS NULL THEN
        RETURN coalesce(CASE WHEN place.id IS NOT NULL THEN published.place_municipality(place) END,
                        e.municipality);
    END IF;
    SELECT array_agg(DISTINCT substring(code FROM '^(?:municipality|district|locality):([a-z0-9-]+)'))
    INTO keys
    FROM jsonb_array_elements_text(area) AS a (code);
    RETURN CASE WHEN cardinality(keys) = 1 THEN keys[1] END;
END
$$;

-- Its own situations, else those of its service.
CREATE OR REPLACE FUNCTION published.event_situations(e listing.event) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN coalesce(e.situations::json, published.term_keys(e.service_id, 'situation'));
END
$$;

-- What a list shows of it.
CREATE OR REPLACE FUNCTION published.event_short(e listing.event, o listing.organization,
                                                 s listing.service, l listing.location, stamp text)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'id', e.id,
        'name', e.name,
        'description', e.description,
        'organization', json_build_object('id', o.id, 'name', o.name),
        'service', CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END,
        'starts_at', e.starts_at,
        'ends_at', e.ends_at,
        'all_day', CASE WHEN e.all_day THEN true END,
        'recurrence', e.rrule,
        'time_zone', 'Europe/Prague',
        'place', CASE WHEN l.id IS NOT NULL THEN published.place_as_given(l) END,
        'area', published.event_area(e, s),
        'situations', published.event_situations(e),
        'cost', e.cost,
        'source', CASE WHEN e.source ?| ARRAY['url', 'name'] THEN e.source - 'as_of' END,
        'as_of', e.source ->> 'as_of',
        'last_modified', stamp);
END
$$;

CREATE OR REPLACE FUNCTION published.event_facts(e listing.event, o listing.organization,
                                                 s listing.service, l listing.location, stamp text)
RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN json_build_object(
        'name', e.name,
        'description', e.description,
        'organization', o.id,
        'organization_name', o.name,
        'service', s.id,
        'starts_at', e.starts_at,
        'ends_at', e.ends_at,
        'all_day', CASE WHEN e.all_day THEN true END,
        'rrule', e.rrule,
        'place', published.place_line(l),
        'municipality', CASE WHEN l.id IS NOT NULL THEN published.place_municipality(l) END,
        'district', l.address ->> 'district',
        'area', published.event_area(e, s),
        'situations', published.event_situations(e),
        'source', e.source ->> 'url',
        'as_of', e.source ->> 'as_of',
        'modified', stamp);
END
$$;

CREATE OR REPLACE FUNCTION published.render_event(wanted uuid, stamp text) RETURNS published.rendering
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    result published.rendering;
BEGIN
    SELECT published.event_municipality(e, s, l), e.version,
           json_strip_nulls(published.event_facts(e, o, s, l, stamp))::text,
           json_strip_nulls(published.object(
               published.event_short(e, o, s, l, stamp),
               json_build_object(
                   'target_groups', e.target_groups,
                   'location', CASE WHEN l.id IS NOT NULL THEN published.location(l) END)))::text,
           json_strip_nulls(published.event_short(e, o, s, l, stamp))::text,
           published.event_over_at(e)
    INTO result
    FROM listing.event e
    JOIN listing.organization o ON o.id = e.organization_id
    LEFT JOIN listing.service s ON s.id = e.service_id
    LEFT JOIN listing.location l ON l.id = e.location_id
    WHERE e.id = wanted
      AND coalesce(published.event_over_at(e) > now(), true)
      AND coalesce(s.status NOT IN ('inactive', 'defunct'), true);
    RETURN result;
END
$$;

RESET ROLE;
