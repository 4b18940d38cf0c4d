-- renders
-- SPDX-License-Identifier: EUPL-1.2
--
-- The published documents of taxonomies and their terms. Other languages stay in the YAML of the
-- nodes.

SET LOCAL ROLE socio_publish;

CREATE OR REPLACE FUNCTION published.render_taxonomy(id uuid) RETURNS published.rendering
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    result published.rendering;
BEGIN
    SELECT NULL, x.version,
           json_strip_nulls(json_build_object('key', x.key, 'name', x.name))::text,
           document.json, document.json, NULL::timestamptz
    INTO result
    FROM listing.taxonomy x
    CROSS JOIN LATERAL (
        SELECT json_strip_nulls(json_build_object(
            'id', x.id,
            'name', x.name,
            'description', coalesce(x.description, x.name),
            'x_ostrava', json_build_object('key', x.key)))::text) AS document (json)
    WHERE x.id = render_taxonomy.id;
    RETURN result;
END
$$;

CREATE OR REPLACE FUNCTION published.render_taxonomy_term(id uuid) RETURNS published.rendering
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    result published.rendering;
BEGIN
    SELECT NULL, t.version,
           json_strip_nulls(json_build_object(
               'key', t.key,
               'name', t.name,
               'taxonomy', x.key,
               'parent', t.parent_id))::text,
           document.json, document.json, NULL::timestamptz
    INTO result
    FROM listing.taxonomy_term t
    JOIN listing.taxonomy x ON x.id = t.taxonomy_id
    CROSS JOIN LATERAL (
        SELECT json_strip_nulls(published.object(
            published.term(t, x),
            json_build_object('x_ostrava', CASE WHEN t.section IS NOT NULL THEN
                json_build_object('section', t.section) END)))::text) AS document (json)
    WHERE t.id = render_taxonomy_term.id;
    RETURN result;
END
$$;

RESET ROLE;
