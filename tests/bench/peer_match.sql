-- SPDX-License-Identifier: EUPL-1.2
SELECT json_build_object(
           'situation', $1::text,
           'results', coalesce(json_agg(json_build_object(
               'service', s.short, 'score', best.score,
               'reasons', json_build_array(
                   json_build_object('code', 'situation', 'state', 'met'),
                   json_build_object('code', 'area', 'state', 'met', 'nearby', best.nearby),
                   json_build_object('code', 'age', 'state', CASE WHEN best.age_known THEN 'met' ELSE 'unknown' END)))
               ORDER BY best.score DESC, best.service_id), '[]'))::text
FROM (SELECT c.service_id, $2::text = ANY (c.districts) IS TRUE AS nearby,
             c.minimum_age IS NOT NULL OR c.maximum_age IS NOT NULL AS age_known,
             c.points + 30 * ($2::text = ANY (c.districts) IS TRUE)::int
                 + 10 * (c.minimum_age IS NOT NULL OR c.maximum_age IS NOT NULL)::int AS score
      FROM peer.candidate c
      WHERE c.situation = $1::text
        AND (c.everywhere OR $2::text = ANY (c.districts))
        AND (c.minimum_age IS NULL OR c.minimum_age <= $3::smallint)
        AND (c.maximum_age IS NULL OR c.maximum_age >= $3::smallint)
      ORDER BY score DESC, c.service_id
      LIMIT 10) AS best
JOIN peer.service s ON s.id = best.service_id
