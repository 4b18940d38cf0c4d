-- SPDX-License-Identifier: EUPL-1.2
-- Details of services drawn from all of them; the same ones every time.
SELECT 'GET', '/v1/services/' || id, '-', '"id":"' || id || '"'
FROM published.document WHERE kind = 'service' AND deleted_at IS NULL
ORDER BY md5(id::text) LIMIT 1024;
