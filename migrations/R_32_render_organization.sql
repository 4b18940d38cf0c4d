-- renders
-- SPDX-License-Identifier: EUPL-1.2
--
-- The published document of an organisation.

SET LOCAL ROLE socio_publish;

-- The one municipality that all its services belong to, or null; without services that of its file.
-- Read from the services' documents, which are always written before their organisation's.
CREATE OR REPLACE FUNCTION published.organization_municipality(o listing.organization) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        SELECT CASE
            WHEN count(*) = 0 THEN o.municipality
            WHEN count(*) = count(d.municipality) AND min(d.municipality) = max(d.municipality)
                THEN min(d.municipality)
        END
        FROM listing.service s
        LEFT JOIN published.document d ON d.kind = 'service' AND d.id = s.id
        WHERE s.organization_id = o.id);
END
$$;

CREATE OR REPLACE FUNCTION published.organization_body(o listing.organization) RETURNS json
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN published.object(
        published.organization_brief(o),
        json_build_object(
            'phones', published.phones(o.id, o.phones),
            'contacts', published.contacts(o.id, o.emails),
            'organization_identifiers', CASE WHEN o.ico IS NOT NULL THEN json_build_array(
                json_build_object(
                    'id', published.part_id(o.id, 'organization_identifier', 1),
                    'identifier_scheme', 'CZ-ICO',
                    'identifier_type', 'IČO',
                    'identifier', o.ico)) END,
            'x_ostrava', json_build_object(
                'aliases', o.aliases,
                'office', CASE WHEN o.office THEN true END,
                'source', CASE WHEN o.source ?| ARRAY['url', 'name'] THEN o.source - 'as_of' END,
                'as_of', o.source ->> 'as_of',
                'time_zone', 'Europe/Prague')));
END
$$;

CREATE OR REPLACE FUNCTION published.render_organization(wanted uuid, stamp text)
RETURNS published.rendering
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    result published.rendering;
BEGIN
    SELECT published.organization_municipality(o), o.version,
           json_strip_nulls(json_build_object(
               'name', o.name,
               'alternate_name', o.alternate_name,
               'aliases', o.aliases,
               'modified', stamp,
               'terms', (SELECT json_agg(DISTINCT st.term_id)
                         FROM listing.service s
                         JOIN listing.service_term st ON st.service_id = s.id
                         WHERE s.organization_id = o.id)))::text,
           json_strip_nulls(published.organization_body(o))::text,
           json_strip_nulls(published.organization_brief(o))::text,
           NULL::timestamptz
    INTO result
    FROM listing.organization o
    WHERE o.id = wanted;
    RETURN result;
END
$$;

RESET ROLE;
