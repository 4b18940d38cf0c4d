-- SPDX-License-Identifier: EUPL-1.2
SELECT body FROM published.document WHERE kind = 'service' AND id = $1::uuid
