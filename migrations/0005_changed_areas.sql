-- SPDX-License-Identifier: EUPL-1.2
--
-- Names of areas stand in documents, but areas are not documents and have no keys to publish. A row
-- here says that every document must be looked at again; publish_due() takes it from there. Without a
-- key, so that writing one never waits for whoever is taking them.

CREATE TABLE admin.changed_area (code text NOT NULL);

GRANT INSERT ON admin.changed_area TO socio_import;
GRANT SELECT, DELETE ON admin.changed_area TO socio_publish;
