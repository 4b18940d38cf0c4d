-- SPDX-License-Identifier: EUPL-1.2
SELECT json_strip_nulls(json_build_object(
           'id', s.id, 'organization_id', s.organization_id, 'name', s.name, 'description', s.description, 'url', s.url,
           'email', s.email, 'status', s.status, 'minimum_age', s.minimum_age, 'maximum_age', s.maximum_age,
           'last_modified', s.last_modified, 'phones', s.phones, 'schedules', s.schedules,
           'service_areas', s.service_areas,
           'service_at_locations', (SELECT json_agg(p.value ORDER BY p.ordinal) FROM peer.place p WHERE p.service_id = s.id),
           'organization', (SELECT json_build_object('id', o.id, 'name', o.name, 'description', o.description, 'website', o.website)
                            FROM peer.organization o WHERE o.id = s.organization_id),
           'attributes', (SELECT json_agg(json_build_object(
                                  'id', a.id, 'link_id', s.id, 'taxonomy_term_id', a.term_id, 'link_type', a.link_type,
                                  'link_entity', 'service', 'value', a.value, 'taxonomy_term', t.value) ORDER BY a.ordinal)
                          FROM peer.attribute a JOIN peer.term t ON t.id = a.term_id WHERE a.service_id = s.id),
           'x_ostrava', s.x_ostrava))::text
FROM peer.service s
WHERE s.id = $1::uuid
