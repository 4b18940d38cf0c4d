-- SPDX-License-Identifier: EUPL-1.2
--
-- Keys: the only way to listing.api_key. Nodes look keys up (socio_write); the command line makes,
-- lists and revokes them (socio_import), so that whoever takes over a node cannot make keys. None
-- needs a scope.

GRANT EXECUTE ON FUNCTION listing.refuse(text, text, text, text) TO socio_publish;

SET LOCAL ROLE socio_publish;

-- What a node needs to check a key.
DROP FUNCTION IF EXISTS admin.key_lookup(text); -- its columns have changed once
CREATE FUNCTION admin.key_lookup(kid text)
RETURNS TABLE (hash bytea, expires_at timestamptz, revoked boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.hash, k.expires_at, k.revoked_at IS NOT NULL
    FROM listing.api_key k WHERE k.kid = key_lookup.kid
$$;

-- Keeps a new key and returns when it expires. `owner`: id or key of the organisation, or the key of
-- the editors' municipality. The key of an organisation belongs to the municipality of its record.
CREATE OR REPLACE FUNCTION admin.key_add(kid text, hash bytea, role text, owner text, label text,
                                         days integer)
RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    organization uuid;
    municipality text;
    expires timestamptz := now() + make_interval(days => days);
BEGIN
    IF role = 'organization' THEN
        SELECT o.id, o.municipality INTO organization, municipality
        FROM listing.organization o WHERE o.key = owner OR o.id::text = lower(owner);
        IF NOT found THEN
            PERFORM listing.refuse('organization-unknown', '', owner);
        END IF;
    ELSIF role = 'editor' THEN
        IF NOT EXISTS (SELECT FROM listing.area a WHERE a.code = 'municipality:' || owner) THEN
            PERFORM listing.refuse('municipality-unknown', '', owner);
        END IF;
        municipality := owner;
    END IF;
    INSERT INTO listing.api_key (kid, hash, role, organization_id, municipality, label, created_by,
                                 expires_at)
    VALUES (key_add.kid, key_add.hash, key_add.role, organization, municipality, key_add.label,
            session_user, expires);
    RETURN expires;
END
$$;

-- All of them, newest first.
CREATE OR REPLACE FUNCTION admin.key_list()
RETURNS TABLE (kid text, role text, owner text, label text, created_at timestamptz,
               expires_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.kid, k.role, coalesce(o.key, k.municipality), k.label, k.created_at, k.expires_at,
           k.revoked_at
    FROM listing.api_key k LEFT JOIN listing.organization o ON o.id = k.organization_id
    ORDER BY k.created_at DESC, k.kid
$$;

-- False when it has been revoked before.
CREATE OR REPLACE FUNCTION admin.key_revoke(kid text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM listing.api_key k WHERE k.kid = key_revoke.kid) THEN
        PERFORM listing.refuse('key-unknown', '', kid);
    END IF;
    UPDATE listing.api_key k SET revoked_at = now(), revoked_by = session_user
    WHERE k.kid = key_revoke.kid AND k.revoked_at IS NULL;
    RETURN found;
END
$$;

GRANT EXECUTE ON FUNCTION admin.key_lookup(text) TO socio_write;
GRANT EXECUTE ON FUNCTION admin.key_add(text, bytea, text, text, text, integer), admin.key_list(),
    admin.key_revoke(text) TO socio_import;

RESET ROLE;
