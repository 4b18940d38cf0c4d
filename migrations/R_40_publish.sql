-- SPDX-License-Identifier: EUPL-1.2
--
-- Publishing: from the listing to published.document, in the transaction that changes the listing.
--
-- One advisory lock makes the order of seq the order of the commits, and everything is rendered in
-- statements that begin after it is held. Under READ COMMITTED each statement of a VOLATILE
-- function sees what has been committed until then, so whoever comes second renders the first one's
-- change as well. Rendering before the lock would publish the past: a place that was concealed
-- meanwhile would come out with its address. No listing row is locked once the lock is held, so
-- there is nothing to deadlock with.

SET LOCAL ROLE socio_publish;

-- Takes the publishing lock. The caller's lock_timeout (2 s of publish()'s own) bounds the wait.
CREATE OR REPLACE FUNCTION published.lock() RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION USING ERRCODE = 'SP004', MESSAGE = 'publish-isolation';
    END IF;
    PERFORM pg_advisory_xact_lock(7303014, 1);
END
$$;

-- One document as it should be now.
CREATE OR REPLACE FUNCTION published.render(key published.key, stamp text) RETURNS published.rendering
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    CASE key.kind
    WHEN 'service' THEN RETURN published.render_service(key.id, stamp);
    WHEN 'service_at_location' THEN RETURN published.render_service_at_location(key.id, stamp);
    WHEN 'organization' THEN RETURN published.render_organization(key.id, stamp);
    WHEN 'taxonomy' THEN RETURN published.render_taxonomy(key.id);
    WHEN 'taxonomy_term' THEN RETURN published.render_taxonomy_term(key.id);
    WHEN 'event' THEN RETURN published.render_event(key.id, stamp);
    END CASE;
END
$$;

-- When the document must be looked at again: exactly then, or never.
CREATE OR REPLACE FUNCTION published.set_due(key published.key, moment timestamptz) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF moment IS NULL THEN
        DELETE FROM admin.due d WHERE d.kind = key.kind AND d.id = key.id;
    ELSE
        INSERT INTO admin.due (kind, id, due_at) VALUES (key.kind, key.id, moment)
        ON CONFLICT (kind, id) DO UPDATE SET due_at = excluded.due_at;
    END IF;
END
$$;

-- Brings one document up to date; `written` when that took a change. The time of the last change is
-- part of the document: it is rendered with the old one first, and with a new one only if something
-- else differs. `organizations` are those whose own documents may have changed with this service:
-- they know the terms and the municipality of their services.
DROP FUNCTION IF EXISTS published.write(published.key); -- its columns have changed once
CREATE FUNCTION published.write(key published.key, OUT written boolean, OUT organizations uuid[])
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    old published.document;
    fresh published.rendering;
    old_facts jsonb;
    new_facts jsonb;
    new_modified text := published.utc(now());
BEGIN
    SELECT * INTO old FROM published.document d WHERE d.kind = key.kind AND d.id = key.id;
    old_facts := old.facts;
    fresh := published.render(key, coalesce(old_facts ->> 'modified', new_modified));
    new_facts := fresh.facts;
    PERFORM published.set_due(key, fresh.due_at);
    IF fresh.body IS NULL THEN
        UPDATE published.document d
        SET seq = nextval('published.seq'), facts = NULL, body = NULL, short = NULL, deleted_at = now()
        WHERE d.kind = key.kind AND d.id = key.id AND d.deleted_at IS NULL;
        written := found;
    ELSIF old.deleted_at IS NULL
       AND (old.municipality, old.facts, old.body, old.short)
           IS NOT DISTINCT FROM (fresh.municipality, fresh.facts, fresh.body, fresh.short) THEN
        written := false;
    ELSE
        IF old_facts ->> 'modified' IS DISTINCT FROM new_modified THEN
            fresh := published.render(key, new_modified);
        END IF;
        INSERT INTO published.document AS d (seq, kind, id, municipality, version, facts, body, short)
        VALUES (nextval('published.seq'), key.kind, key.id, fresh.municipality, fresh.version,
                fresh.facts, fresh.body, fresh.short)
        ON CONFLICT (kind, id) DO UPDATE
        SET seq = excluded.seq, municipality = excluded.municipality, version = excluded.version,
            facts = excluded.facts, body = excluded.body, short = excluded.short, deleted_at = NULL;
        written := true;
    END IF;
    IF key.kind = 'service' AND (old.municipality, old_facts -> 'terms', old_facts -> 'organization')
       IS DISTINCT FROM (fresh.municipality, new_facts -> 'terms', new_facts -> 'organization') THEN
        organizations := ARRAY[old_facts ->> 'organization', new_facts ->> 'organization']::uuid[];
    END IF;
END
$$;

-- Writes what differs, organisations last, and wakes the nodes once. An empty notification: it is
-- taken under a lock of the whole cluster, and what has changed is read from the table anyway.
CREATE OR REPLACE FUNCTION published.write_all(keys published.key[]) RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    key published.key;
    outcome record;
    organizations uuid[] := ARRAY(SELECT k.id FROM unnest(keys) k WHERE k.kind = 'organization');
    total integer := 0;
BEGIN
    FOR key IN SELECT DISTINCT k.kind, k.id FROM unnest(keys) k
               WHERE k.kind NOT IN ('location', 'organization')
               ORDER BY k.kind, k.id
    LOOP
        outcome := published.write(key);
        total := total + outcome.written::integer;
        organizations := organizations || outcome.organizations;
    END LOOP;
    FOR key IN SELECT DISTINCT 'organization', o FROM unnest(organizations) o
               WHERE o IS NOT NULL
               ORDER BY o
    LOOP
        outcome := published.write(key);
        total := total + outcome.written::integer;
    END LOOP;
    IF total > 0 THEN
        PERFORM pg_notify('published', '');
    END IF;
    RETURN total;
END
$$;

-- Documents that embed what has changed and are few: of a service its places, also those that it
-- had as far as was published, and its events; of a location the services and events there.
CREATE OR REPLACE FUNCTION published.close_embedders(keys published.key[]) RETURNS SETOF published.key
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
    WITH changed AS MATERIALIZED (SELECT k.kind, k.id FROM unnest(keys) k)
    SELECT 'service_at_location', p.id
    FROM changed c JOIN listing.service_at_location p ON p.service_id = c.id WHERE c.kind = 'service'
    UNION
    SELECT 'service_at_location', d.id
    FROM changed c
    JOIN published.document d ON d.kind = 'service_at_location' AND d.facts::jsonb ->> 'service' = c.id::text
    WHERE c.kind = 'service'
    UNION
    SELECT used.kind, used.id
    FROM changed c
    JOIN listing.service_at_location p ON p.location_id = c.id
    CROSS JOIN LATERAL (VALUES ('service', p.service_id), ('service_at_location', p.id)) AS used (kind, id)
    WHERE c.kind = 'location'
    UNION
    SELECT 'event', e.id
    FROM changed c JOIN listing.event e ON c.id IN (e.service_id, e.location_id)
    WHERE c.kind IN ('service', 'location');
END
$$;

-- Documents that embed what has changed and may be many: the services of an organisation or with a
-- term, with their places; the events of an organisation; the terms of a taxonomy.
CREATE OR REPLACE FUNCTION published.far_embedders(keys published.key[]) RETURNS SETOF published.key
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
    WITH changed AS MATERIALIZED (SELECT k.kind, k.id FROM unnest(keys) k),
    term AS (
        SELECT id FROM changed WHERE kind = 'taxonomy_term'
        UNION
        SELECT t.id FROM changed c JOIN listing.taxonomy_term t ON t.taxonomy_id = c.id
        WHERE c.kind = 'taxonomy'
    ),
    service AS (
        SELECT s.id FROM changed c JOIN listing.service s ON s.organization_id = c.id
        WHERE c.kind = 'organization'
        UNION
        SELECT st.service_id FROM term JOIN listing.service_term st ON st.term_id = term.id
    )
    SELECT 'service', id FROM service
    UNION ALL
    SELECT 'service_at_location', p.id
    FROM service s JOIN listing.service_at_location p ON p.service_id = s.id
    UNION ALL
    SELECT 'event', e.id
    FROM changed c JOIN listing.event e ON e.organization_id = c.id WHERE c.kind = 'organization'
    UNION ALL
    SELECT 'taxonomy_term', t.id
    FROM changed c JOIN listing.taxonomy_term t ON t.taxonomy_id = c.id WHERE c.kind = 'taxonomy';
END
$$;

-- publish(keys): the last statement before COMMIT of whoever has changed these records. Returns how
-- many documents changed. What more than 200 documents embed becomes due at once and follows in
-- batches, so that the lock is not held for them.
CREATE OR REPLACE FUNCTION published.publish(keys published.key[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    many CONSTANT integer := 200;
    own published.key[];
    far published.key[];
BEGIN
    PERFORM published.lock();
    own := keys || ARRAY(SELECT (e.kind, e.id)::published.key FROM published.close_embedders(keys) e);
    far := ARRAY(SELECT (e.kind, e.id)::published.key FROM published.far_embedders(keys) e);
    IF cardinality(far) <= many THEN
        RETURN published.write_all(own || far);
    END IF;
    INSERT INTO admin.due AS d (kind, id, due_at)
    SELECT DISTINCT f.kind, f.id, now() FROM unnest(far) f
    ON CONFLICT (kind, id) DO UPDATE SET due_at = least(d.due_at, excluded.due_at);
    RETURN published.write_all(own);
END
$$;

-- Everything becomes due. The caller holds the lock.
CREATE OR REPLACE FUNCTION published.make_all_due() RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    enqueued bigint;
BEGIN
    INSERT INTO admin.due AS d (kind, id, due_at)
    SELECT r.kind, r.id, now()
    FROM (
        SELECT 'taxonomy', id FROM listing.taxonomy
        UNION ALL SELECT 'taxonomy_term', id FROM listing.taxonomy_term
        UNION ALL SELECT 'organization', id FROM listing.organization
        UNION ALL SELECT 'service', id FROM listing.service
        UNION ALL SELECT 'service_at_location', id FROM listing.service_at_location
        UNION ALL SELECT 'event', id FROM listing.event
        UNION SELECT kind, id FROM published.document WHERE deleted_at IS NULL
    ) AS r (kind, id)
    ON CONFLICT (kind, id) DO UPDATE SET due_at = least(d.due_at, excluded.due_at);
    GET DIAGNOSTICS enqueued = ROW_COUNT;
    RETURN enqueued;
END
$$;

-- The same for `sociopoint migrate`, when a function that renders has changed.
CREATE OR REPLACE FUNCTION published.enqueue_all() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM published.lock();
    RETURN published.make_all_due();
END
$$;

-- Publishes documents whose moment has come and returns how many it looked at. The lock comes
-- first: every writer of admin.due holds it, so a row cannot be waited for by somebody who is
-- waited for.
CREATE OR REPLACE FUNCTION published.publish_due("limit" integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    keys published.key[];
BEGIN
    IF published.count_due() = 0 THEN
        RETURN 0;
    END IF;
    PERFORM published.lock();
    DELETE FROM admin.changed_area;
    IF found THEN
        PERFORM published.make_all_due();
    END IF;
    keys := ARRAY(
        SELECT (d.kind, d.id)::published.key FROM admin.due d
        WHERE d.due_at <= now()
        ORDER BY d.due_at, d.kind, d.id
        LIMIT least(publish_due."limit", 200)
        FOR UPDATE SKIP LOCKED);
    PERFORM published.write_all(keys);
    RETURN cardinality(keys);
END
$$;

-- How many documents wait for their republication.
CREATE OR REPLACE FUNCTION published.count_due() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (SELECT count(*) FROM admin.due WHERE due_at <= now())
           + (SELECT count(*) FROM admin.changed_area)
$$;

-- Tombstones go after 90 days; pruned_seq says up to where, and older cursors must read anew.
CREATE OR REPLACE FUNCTION published.prune() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    removed integer;
    highest bigint;
BEGIN
    PERFORM published.lock();
    WITH gone AS (
        DELETE FROM published.document WHERE deleted_at < now() - interval '90 days' RETURNING seq)
    SELECT count(*), max(seq) INTO removed, highest FROM gone;
    IF removed > 0 THEN
        UPDATE published.state SET pruned_seq = greatest(pruned_seq, highest);
    END IF;
    RETURN removed;
END
$$;

-- Which history this is: another cluster, another database, a promotion or a restore is another
-- one.
CREATE OR REPLACE FUNCTION published.epoch() RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT left(md5(concat_ws(' ',
        (SELECT system_identifier FROM pg_control_system()),
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id::text FROM pg_control_checkpoint())
             ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
        (SELECT restored FROM published.state))), 16)
$$;

CREATE OR REPLACE FUNCTION published.renew_epoch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE published.state SET restored = gen_random_uuid();
    PERFORM pg_notify('published', '');
END
$$;

GRANT EXECUTE ON FUNCTION published.publish(published.key[]), published.publish_due(integer)
    TO socio_write, socio_import;
GRANT EXECUTE ON FUNCTION published.prune() TO socio_write;
GRANT EXECUTE ON FUNCTION published.epoch() TO socio_read;

RESET ROLE;
