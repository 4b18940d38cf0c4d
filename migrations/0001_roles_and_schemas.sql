-- SPDX-License-Identifier: EUPL-1.2
--
-- The four roles and three schemas.
--
--   socio_read     the nodes' reading connection: published.* and nothing else
--   socio_write    partners, editors, the tick: listing tables under row level security
--   socio_import   the same rights for `sociopoint import`, as a role of its own
--   socio_publish  owns publish() and its helpers; nobody logs in as it
--
-- Roles belong to the whole cluster and other databases may be migrated at this very moment, so
-- each step here may be done by somebody else between looking and doing.

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES ('socio_read', true), ('socio_write', true),
                              ('socio_import', true), ('socio_publish', false)) AS r (name, login)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted.name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I %s NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE',
                               wanted.name, CASE WHEN wanted.login THEN 'LOGIN' ELSE 'NOLOGIN' END);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- another database was faster
            END;
        END IF;
    END LOOP;
END
$$;

-- Limits stand at the role and not in the connection string, because a pooler drops start-up
-- options. The reading role streams everything at start and therefore gets longer; so does the
-- import.
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('socio_read', 'statement_timeout', '60s'),
            ('socio_read', 'lock_timeout', '500ms'),
            ('socio_read', 'idle_in_transaction_session_timeout', '5s'),
            ('socio_read', 'client_connection_check_interval', '2s'),
            ('socio_write', 'statement_timeout', '2500ms'),
            ('socio_write', 'lock_timeout', '500ms'),
            ('socio_write', 'idle_in_transaction_session_timeout', '5s'),
            ('socio_write', 'client_connection_check_interval', '2s'),
            ('socio_import', 'statement_timeout', '60s'),
            ('socio_import', 'lock_timeout', '2s'),
            ('socio_import', 'idle_in_transaction_session_timeout', '30s'),
            ('socio_import', 'client_connection_check_interval', '2s')) AS s (role, name, value)
    LOOP
        FOR attempt IN 1 .. 20 LOOP
            EXIT WHEN EXISTS (
                SELECT FROM pg_catalog.pg_db_role_setting s
                JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
                WHERE s.setdatabase = 0 AND r.rolname = wanted.role
                  AND wanted.name || '=' || wanted.value = ANY (s.setconfig));
            BEGIN
                EXECUTE format('ALTER ROLE %I SET %I = %L', wanted.role, wanted.name, wanted.value);
            EXCEPTION WHEN internal_error OR unique_violation THEN
                -- "tuple concurrently updated": look again whether it is done.
                PERFORM pg_catalog.pg_sleep(0.02 * attempt);
            END;
        END LOOP;
    END LOOP;
END
$$;

-- Whoever migrates without being superuser must be able to hand functions to socio_publish.
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'socio_publish', 'MEMBER') THEN
        EXECUTE format('GRANT socio_publish TO %I', current_user);
    END IF;
EXCEPTION WHEN internal_error OR unique_violation THEN
    NULL; -- granted meanwhile
END
$$;

-- PUBLIC gets nothing, neither here nor from what is created later.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO socio_read, socio_write, socio_import',
                   current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE socio_publish REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE SCHEMA listing;   -- what partners edit; private
CREATE SCHEMA published; -- what everybody may read
CREATE SCHEMA IF NOT EXISTS admin; -- there already: `sociopoint migrate` keeps its history in it

GRANT USAGE ON SCHEMA listing TO socio_write, socio_import, socio_publish;
GRANT USAGE ON SCHEMA published TO socio_read, socio_write, socio_import, socio_publish;
GRANT USAGE ON SCHEMA admin TO socio_write, socio_import, socio_publish;
GRANT CREATE ON SCHEMA published, admin TO socio_publish; -- for the functions it owns
