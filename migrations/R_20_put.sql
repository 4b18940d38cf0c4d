-- SPDX-License-Identifier: EUPL-1.2
--
-- How a record gets into the listing. Each function takes the import record with the ids added,
-- replaces what is stored by it, and says whether anything has changed; a record that is there
-- already is not touched, so that version and modified stay. They run with the rights of the
-- caller, under row level security. Nothing is published here: that is publish(), the last
-- statement of the transaction.

CREATE OR REPLACE FUNCTION listing.put_area(record jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO listing.area AS a (code, name, part_of)
    VALUES (record ->> 'code', record ->> 'name', record ->> 'part_of')
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, part_of = excluded.part_of
    WHERE (a.name, a.part_of) IS DISTINCT FROM (excluded.name, excluded.part_of);
    IF NOT found THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM listing.service) THEN -- the first import has nothing to look at again
        INSERT INTO admin.changed_area (code) VALUES (record ->> 'code');
    END IF;
    RETURN true;
END
$$;

-- The id of a term by its key (kinds of service also by section: "57").
CREATE OR REPLACE FUNCTION listing.term_id(taxonomy text, term text, pointer text) RETURNS uuid
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result uuid;
BEGIN
    SELECT t.id INTO result
    FROM listing.taxonomy_term t
    JOIN listing.taxonomy x ON x.id = t.taxonomy_id
    WHERE x.key = term_id.taxonomy AND term_id.term IN (t.key, t.section)
    ORDER BY t.key <> term_id.term, t.key
    LIMIT 1;
    IF result IS NULL THEN
        PERFORM listing.refuse('term-unknown', pointer, term);
    END IF;
    RETURN result;
END
$$;

-- A taxonomy, or with "taxonomy" a term of one.
CREATE OR REPLACE FUNCTION listing.put_term(record jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given jsonb := listing.given(record);
    term listing.taxonomy_term;
BEGIN
    IF NOT given ? 'taxonomy' THEN
        INSERT INTO listing.taxonomy AS t (id, key, name, description)
        VALUES ((given ->> 'id')::uuid, given ->> 'key', given ->> 'name', given ->> 'description')
        ON CONFLICT (id) DO UPDATE
        SET key = excluded.key, name = excluded.name, description = excluded.description,
            version = t.version + 1, modified = now()
        WHERE (t.key, t.name, t.description)
              IS DISTINCT FROM (excluded.key, excluded.name, excluded.description);
        RETURN found;
    END IF;
    term := jsonb_populate_record(NULL::listing.taxonomy_term, given);
    SELECT id INTO term.taxonomy_id FROM listing.taxonomy WHERE key = given ->> 'taxonomy';
    IF term.taxonomy_id IS NULL THEN
        PERFORM listing.refuse('taxonomy-unknown', '/taxonomy', given ->> 'taxonomy');
    END IF;
    IF given ? 'parent' THEN
        term.parent_id := listing.term_id(given ->> 'taxonomy', given ->> 'parent', '/parent');
    END IF;
    INSERT INTO listing.taxonomy_term AS t (id, taxonomy_id, key, name, description, parent_id, section)
    VALUES (term.id, term.taxonomy_id, term.key, term.name, term.description, term.parent_id,
            term.section)
    ON CONFLICT (id) DO UPDATE
    SET taxonomy_id = excluded.taxonomy_id, key = excluded.key, name = excluded.name,
        description = excluded.description, parent_id = excluded.parent_id, section = excluded.section,
        version = t.version + 1, modified = now()
    WHERE (t.taxonomy_id, t.key, t.name, t.description, t.parent_id, t.section)
          IS DISTINCT FROM (excluded.taxonomy_id, excluded.key, excluded.name, excluded.description,
                            excluded.parent_id, excluded.section);
    RETURN found;
END
$$;

CREATE OR REPLACE FUNCTION listing.put_organization(record jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given jsonb := listing.given(record);
    stored listing.organization;
    fresh listing.organization;
BEGIN
    PERFORM listing.check_contacts(given);
    fresh := jsonb_populate_record(NULL::listing.organization, given);
    fresh.office := coalesce(fresh.office, false);
    SELECT * INTO stored FROM listing.organization WHERE id = fresh.id FOR NO KEY UPDATE;
    fresh.version := stored.version;
    fresh.modified := stored.modified;
    IF stored IS NOT DISTINCT FROM fresh THEN
        RETURN false;
    END IF;
    INSERT INTO listing.organization AS o (
        id, key, municipality, name, alternate_name, aliases, description, legal_status, website, email,
        emails, phones, ico, office, source)
    VALUES (
        fresh.id, fresh.key, fresh.municipality, fresh.name, fresh.alternate_name, fresh.aliases,
        fresh.description, fresh.legal_status, fresh.website, fresh.email, fresh.emails, fresh.phones,
        fresh.ico, fresh.office, fresh.source)
    ON CONFLICT (id) DO UPDATE
    SET key = excluded.key, municipality = excluded.municipality, name = excluded.name,
        alternate_name = excluded.alternate_name, aliases = excluded.aliases,
        description = excluded.description, legal_status = excluded.legal_status,
        website = excluded.website, email = excluded.email, emails = excluded.emails,
        phones = excluded.phones, ico = excluded.ico, office = excluded.office,
        source = excluded.source, version = o.version + 1, modified = now();
    RETURN true;
END
$$;

-- A concealed place comes with nothing that leads to its door, or not at all. A locality counts:
-- many are single houses.
CREATE OR REPLACE FUNCTION listing.check_concealed(given jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    member text;
    code text;
BEGIN
    FOREACH member IN ARRAY ARRAY ['address', 'street', 'postal_code', 'locality', 'latitude',
                                   'longitude'] LOOP
        IF given ? member THEN
            PERFORM listing.refuse('location-concealed-address', '/' || member);
        END IF;
    END LOOP;
    FOR code IN SELECT * FROM jsonb_array_elements_text(coalesce(given -> 'area', '[]')) LOOP
        IF code LIKE 'locality:%' THEN
            PERFORM listing.refuse('location-concealed-address', '/area');
        END IF;
    END LOOP;
END
$$;

-- Making a public place concealed needs nothing more: the record holds no address, so none is
-- stored from here on; publish() in the same transaction takes it out of what is published.
CREATE OR REPLACE FUNCTION listing.put_location(record jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given jsonb := listing.given(record);
    stored listing.location;
    fresh listing.location;
BEGIN
    fresh := jsonb_populate_record(NULL::listing.location, given);
    fresh.concealed := coalesce(fresh.concealed, false);
    IF fresh.concealed THEN
        PERFORM listing.check_concealed(given);
    ELSIF given ? 'area' THEN
        PERFORM listing.refuse('location-area-not-concealed', '/area');
    END IF;
    SELECT * INTO stored FROM listing.location WHERE id = fresh.id FOR NO KEY UPDATE;
    fresh.version := stored.version;
    fresh.modified := stored.modified;
    IF stored IS NOT DISTINCT FROM fresh THEN
        RETURN false;
    END IF;
    IF NOT EXISTS (SELECT FROM listing.organization WHERE id = fresh.organization_id) THEN
        PERFORM listing.refuse('organization-unknown', '/organization', given ->> 'organization');
    END IF;
    INSERT INTO listing.location AS l (
        id, key, organization_id, municipality, name, alternate_name, address, locality, concealed,
        area, latitude, longitude, schedules, closures)
    VALUES (
        fresh.id, fresh.key, fresh.organization_id, fresh.municipality, fresh.name,
        fresh.alternate_name, fresh.address, fresh.locality, fresh.concealed, fresh.area,
        fresh.latitude, fresh.longitude, fresh.schedules, fresh.closures)
    ON CONFLICT (id) DO UPDATE
    SET key = excluded.key, organization_id = excluded.organization_id,
        municipality = excluded.municipality, name = excluded.name,
        alternate_name = excluded.alternate_name, address = excluded.address,
        locality = excluded.locality, concealed = excluded.concealed, area = excluded.area,
        latitude = excluded.latitude, longitude = excluded.longitude,
        schedules = excluded.schedules, closures = excluded.closures,
        version = l.version + 1, modified = now();
    RETURN true;
END
$$;

-- The terms a service record names, in its order. Each of the three writes only what differs and
-- says whether anything did.
CREATE OR REPLACE FUNCTION listing.put_service_terms(service uuid, given jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    wanted listing.service_term[];
    removed integer;
    written integer;
BEGIN
    SELECT array_agg((service, term_id, link_type, ordinal)::listing.service_term) INTO wanted
    FROM (
        SELECT DISTINCT ON (term_id) term_id, link_type, ordinal
        FROM (
            SELECT listing.term_id('situations', key, '/situations/' || n - 1) AS term_id,
                   'situation' AS link_type, n::integer AS ordinal
            FROM jsonb_array_elements_text(coalesce(given -> 'situations', '[]'))
                 WITH ORDINALITY AS s (key, n)
            UNION ALL
            SELECT listing.term_id('target-groups', key, '/target_groups/' || n - 1), 'audience', n
            FROM jsonb_array_elements_text(coalesce(given -> 'target_groups', '[]'))
                 WITH ORDINALITY AS g (key, n)
            UNION ALL
            SELECT listing.term_id('service-kinds', given ->> 'kind', '/kind'), 'kind', 1
            WHERE given ? 'kind'
        ) AS named
        ORDER BY term_id, ordinal
    ) AS w;
    DELETE FROM listing.service_term t
    WHERE t.service_id = service
      AND NOT EXISTS (SELECT FROM unnest(wanted) w WHERE w.term_id = t.term_id);
    GET DIAGNOSTICS removed = ROW_COUNT;
    INSERT INTO listing.service_term AS t SELECT * FROM unnest(wanted)
    ON CONFLICT (service_id, term_id) DO UPDATE
    SET link_type = excluded.link_type, ordinal = excluded.ordinal
    WHERE (t.link_type, t.ordinal) IS DISTINCT FROM (excluded.link_type, excluded.ordinal);
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN removed + written > 0;
END
$$;

CREATE OR REPLACE FUNCTION listing.put_service_places(service uuid, given jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    wanted listing.service_at_location[];
    unknown bigint;
    removed integer;
    written integer;
BEGIN
    SELECT array_agg(((given -> 'service_at_location_ids' ->> (n::integer - 1))::uuid, service,
                      id::uuid, n)::listing.service_at_location)
    INTO wanted
    FROM jsonb_array_elements_text(coalesce(given -> 'location_ids', '[]'))
         WITH ORDINALITY AS l (id, n);
    SELECT min(w.ordinal) INTO unknown
    FROM unnest(wanted) w
    WHERE NOT EXISTS (SELECT FROM listing.location l WHERE l.id = w.location_id);
    IF unknown IS NOT NULL THEN
        PERFORM listing.refuse('location-unknown', '/locations/' || unknown - 1,
                               given -> 'locations' ->> (unknown::integer - 1));
    END IF;
    DELETE FROM listing.service_at_location p
    WHERE p.service_id = service
      AND NOT EXISTS (SELECT FROM unnest(wanted) w WHERE w.id = p.id);
    GET DIAGNOSTICS removed = ROW_COUNT;
    INSERT INTO listing.service_at_location AS p SELECT * FROM unnest(wanted)
    ON CONFLICT (id) DO UPDATE
    SET service_id = excluded.service_id, location_id = excluded.location_id, ordinal = excluded.ordinal
    WHERE (p.service_id, p.location_id, p.ordinal)
          IS DISTINCT FROM (excluded.service_id, excluded.location_id, excluded.ordinal);
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN removed + written > 0;
END
$$;

-- Free places as a whole (`places`) and by unit.
DROP FUNCTION IF EXISTS listing.put_service_capacity(uuid, jsonb); -- it had no units once
CREATE OR REPLACE FUNCTION listing.put_service_capacity(service uuid, places jsonb, units jsonb)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF places IS NULL AND units IS NULL THEN
        DELETE FROM listing.capacity WHERE service_id = service;
        RETURN found;
    END IF;
    INSERT INTO listing.capacity AS c (service_id, state, available, unit, statement, as_of, units)
    VALUES (service, places ->> 'state', (places ->> 'available')::integer, places ->> 'unit',
            places ->> 'text', places ->> 'as_of', units)
    ON CONFLICT (service_id) DO UPDATE
    SET state = excluded.state, available = excluded.available, unit = excluded.unit,
        statement = excluded.statement, as_of = excluded.as_of, units = excluded.units
    WHERE (c.state, c.available, c.unit, c.statement, c.as_of, c.units)
          IS DISTINCT FROM (excluded.state, excluded.available, excluded.unit, excluded.statement,
                            excluded.as_of, excluded.units);
    RETURN found;
END
$$;

CREATE OR REPLACE FUNCTION listing.write_service(fresh listing.service) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO listing.service AS s (
        id, key, organization_id, municipality, name, alternate_name, aliases, description, status,
        forms, area, phones, email, emails, url, hours_text, schedules, minimum_age, maximum_age,
        rules, registered_maximum, cost, languages, accessibility, source, contact_source, to_check,
        alert, alert_until, closures)
    VALUES (
        fresh.id, fresh.key, fresh.organization_id, fresh.municipality, fresh.name,
        fresh.alternate_name, fresh.aliases, fresh.description, fresh.status, fresh.forms, fresh.area,
        fresh.phones, fresh.email, fresh.emails, fresh.url, fresh.hours_text, fresh.schedules,
        fresh.minimum_age, fresh.maximum_age, fresh.rules, fresh.registered_maximum, fresh.cost,
        fresh.languages, fresh.accessibility, fresh.source, fresh.contact_source, fresh.to_check,
        fresh.alert, fresh.alert_until, fresh.closures)
    ON CONFLICT (id) DO UPDATE
    SET key = excluded.key, organization_id = excluded.organization_id,
        municipality = excluded.municipality, name = excluded.name,
        alternate_name = excluded.alternate_name, aliases = excluded.aliases,
        description = excluded.description, status = excluded.status, forms = excluded.forms,
        area = excluded.area, phones = excluded.phones, email = excluded.email,
        emails = excluded.emails, url = excluded.url, hours_text = excluded.hours_text,
        schedules = excluded.schedules, minimum_age = excluded.minimum_age,
        maximum_age = excluded.maximum_age, rules = excluded.rules,
        registered_maximum = excluded.registered_maximum, cost = excluded.cost,
        languages = excluded.languages, accessibility = excluded.accessibility,
        source = excluded.source, contact_source = excluded.contact_source,
        to_check = excluded.to_check, alert = excluded.alert, alert_until = excluded.alert_until,
        closures = excluded.closures, version = s.version + 1, modified = now()
$$;

CREATE OR REPLACE FUNCTION listing.put_service(record jsonb) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given jsonb := listing.given(record);
    stored listing.service;
    fresh listing.service;
    row_changed boolean;
    parts_changed boolean;
    capacity_changed boolean;
BEGIN
    PERFORM listing.check_contacts(given);
    fresh := jsonb_populate_record(NULL::listing.service, given);
    fresh.status := coalesce(fresh.status, 'active');
    fresh.source := coalesce(fresh.source, '{}');
    fresh.to_check := given -> 'check';
    SELECT * INTO stored FROM listing.service WHERE id = fresh.id FOR NO KEY UPDATE;
    fresh.version := stored.version;
    fresh.modified := stored.modified;
    row_changed := stored IS DISTINCT FROM fresh;
    IF row_changed THEN
        IF NOT EXISTS (SELECT FROM listing.organization WHERE id = fresh.organization_id) THEN
            PERFORM listing.refuse('organization-unknown', '/organization', given ->> 'organization');
        END IF;
        PERFORM listing.write_service(fresh);
    END IF;
    parts_changed := listing.put_service_terms(fresh.id, given);
    parts_changed := listing.put_service_places(fresh.id, given) OR parts_changed;
    capacity_changed := listing.put_service_capacity(fresh.id, given -> 'free_places',
                                                     given -> 'capacities');
    IF parts_changed AND NOT row_changed THEN
        UPDATE listing.service SET version = version + 1, modified = now() WHERE id = fresh.id;
    END IF;
    RETURN row_changed OR parts_changed OR capacity_changed;
END
$$;

-- Takes a record out; what others still need stays, with a refusal.
CREATE OR REPLACE FUNCTION listing.remove(kind text, id uuid) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    CASE remove.kind
    WHEN 'service' THEN
        DELETE FROM listing.service_at_location p WHERE p.service_id = remove.id;
        DELETE FROM listing.service_term t WHERE t.service_id = remove.id;
        DELETE FROM listing.capacity c WHERE c.service_id = remove.id;
        DELETE FROM listing.confirmation c WHERE c.service_id = remove.id;
        DELETE FROM listing.service s WHERE s.id = remove.id;
    WHEN 'location' THEN
        DELETE FROM listing.location l WHERE l.id = remove.id;
    WHEN 'event' THEN
        DELETE FROM listing.event e WHERE e.id = remove.id;
    WHEN 'organization' THEN
        DELETE FROM listing.organization o WHERE o.id = remove.id;
    WHEN 'taxonomy_term' THEN
        DELETE FROM listing.taxonomy_term t WHERE t.id = remove.id;
    WHEN 'taxonomy' THEN
        DELETE FROM listing.taxonomy t WHERE t.id = remove.id;
    ELSE
        PERFORM listing.refuse('kind-unknown', '', remove.kind);
    END CASE;
    RETURN found;
EXCEPTION WHEN foreign_key_violation THEN
    PERFORM listing.refuse('listing-in-use', '', remove.kind, 'SP002');
END
$$;

GRANT EXECUTE ON FUNCTION listing.put_area(jsonb), listing.put_term(jsonb) TO socio_import;
GRANT EXECUTE ON FUNCTION listing.term_id(text, text, text), listing.put_organization(jsonb),
    listing.check_concealed(jsonb), listing.put_location(jsonb),
    listing.put_service_terms(uuid, jsonb), listing.put_service_places(uuid, jsonb),
    listing.put_service_capacity(uuid, jsonb, jsonb), listing.write_service(listing.service),
    listing.put_service(jsonb), listing.remove(text, uuid)
    TO socio_write, socio_import;
