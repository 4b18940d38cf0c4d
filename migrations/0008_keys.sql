-- SPDX-License-Identifier: EUPL-1.2
--
-- Keys as they are handed out: for an organisation, for professionals, or for the editors of a
-- municipality. What is kept is a plain hash of 256 random bits: nobody can guess them, so there is
-- no pepper whose loss would make every key worthless. Until now no key could be made, so there is
-- none to be carried over.

ALTER TABLE listing.api_key RENAME COLUMN mac TO hash;
ALTER TABLE listing.api_key
    DROP COLUMN pepper_id,
    DROP COLUMN scopes,
    ADD COLUMN role text NOT NULL CHECK (role IN ('organization', 'professional', 'editor')),
    ADD CHECK (kid ~ '^[0-9A-Za-z]{10}$'),
    ADD CHECK (length(label) BETWEEN 1 AND 100),
    ADD CHECK ((role = 'organization') = (organization_id IS NOT NULL)),
    ADD CHECK ((role = 'professional') = (municipality IS NULL));

-- The functions of R_50_keys.sql are the only way to the table; nobody logs in as their owner.
CREATE POLICY keys_add ON listing.api_key FOR INSERT TO socio_publish WITH CHECK (true);
CREATE POLICY keys_revoke ON listing.api_key FOR UPDATE TO socio_publish
    USING (true) WITH CHECK (true);
GRANT INSERT, UPDATE (revoked_at, revoked_by) ON listing.api_key TO socio_publish;
