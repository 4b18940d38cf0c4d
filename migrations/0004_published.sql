-- SPDX-License-Identifier: EUPL-1.2
--
-- What the public sees: one row for each record, its newest state, ready to send. The same table is
-- the snapshot, the change feed (seq > cursor), the export and the source of the offline package.

CREATE SEQUENCE published.seq;

CREATE TABLE published.document (
    seq bigint NOT NULL UNIQUE,
    kind text NOT NULL
        CHECK (kind IN ('organization', 'service', 'service_at_location', 'taxonomy', 'taxonomy_term')),
    id uuid NOT NULL,
    municipality text, -- null: more than one, a region, the country
    version bigint NOT NULL, -- of the listing it was rendered from
    facts text, -- JSON; what nodes index
    body text, -- the bytes of the detail answer
    short text, -- the bytes of a list item
    deleted_at timestamptz, -- a tombstone: facts, body and short are null
    PRIMARY KEY (kind, id),
    CHECK (deleted_at IS NOT NULL OR (facts IS NOT NULL AND body IS NOT NULL AND short IS NOT NULL))
);
-- A service that gives up a place, or is gone itself, must still find what was published of it.
CREATE INDEX document_service ON published.document (((facts::jsonb ->> 'service')))
    WHERE kind = 'service_at_location';
CREATE INDEX document_deleted ON published.document (deleted_at) WHERE deleted_at IS NOT NULL;
-- Bodies are read whole and in one go: kept in line while they fit, compressed.
ALTER TABLE published.document ALTER body SET COMPRESSION lz4, ALTER short SET COMPRESSION lz4,
    ALTER facts SET COMPRESSION lz4;

-- One row. `restored` is renewed after a restore from a backup, so that every cursor of the lost
-- history is recognised; cursors below `pruned_seq` may have missed a tombstone.
CREATE TABLE published.state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    restored uuid NOT NULL DEFAULT gen_random_uuid(),
    pruned_seq bigint NOT NULL DEFAULT 0
);
INSERT INTO published.state DEFAULT VALUES;

-- When a document must be rendered the next time: an alert ends, or something it embeds has
-- changed.
CREATE TABLE admin.due (
    kind text NOT NULL,
    id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX ON admin.due (due_at);

-- A record, as the argument of publish().
CREATE TYPE published.key AS (kind text, id uuid);
-- One rendered document; all null when there is no such record.
CREATE TYPE published.rendering AS (
    municipality text,
    version bigint,
    facts text,
    body text,
    short text,
    due_at timestamptz -- when it changes by itself
);

GRANT SELECT ON published.document, published.state TO socio_read;
GRANT SELECT, INSERT, UPDATE, DELETE ON published.document TO socio_publish;
GRANT SELECT, UPDATE ON published.state TO socio_publish;
GRANT USAGE ON SEQUENCE published.seq TO socio_publish;
GRANT SELECT, INSERT, UPDATE, DELETE ON admin.due TO socio_publish;
