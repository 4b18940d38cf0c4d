-- SPDX-License-Identifier: EUPL-1.2
--
-- What happens when: once, or again and again. Times are local to Europe/Prague and stand as they
-- were written ("2023-10-24", "2023-10-24T10:00"), because a rule such as "every Tuesday at 9" is
-- about the clock on the wall.

CREATE TABLE listing.event (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    organization_id uuid NOT NULL REFERENCES listing.organization,
    service_id uuid REFERENCES listing.service, -- that it belongs to
    location_id uuid REFERENCES listing.location,
    municipality text NOT NULL, -- of the file it came with
    name text NOT NULL,
    description text,
    area jsonb,
    starts_at text NOT NULL CHECK (starts_at ~ '^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$'),
    ends_at text CHECK (ends_at ~ '^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$'),
    all_day boolean NOT NULL DEFAULT false, -- a date alone does not say how long
    rrule jsonb, -- freq, byday, interval, until, except
    situations jsonb, -- keys
    target_groups jsonb, -- keys
    cost text CHECK (cost IN ('free', 'paid')),
    source jsonb NOT NULL,
    to_check jsonb, -- what the city must verify; never published
    version bigint NOT NULL DEFAULT 1,
    modified timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON listing.event (organization_id);
CREATE INDEX ON listing.event (service_id);
CREATE INDEX ON listing.event (location_id);

ALTER TABLE listing.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE listing.event FORCE ROW LEVEL SECURITY;
CREATE POLICY publishing ON listing.event FOR SELECT TO socio_publish USING (true);
CREATE POLICY scope ON listing.event TO socio_write, socio_import, CURRENT_USER USING (
    (SELECT listing.scope()) IN ('all', 'org:' || organization_id, 'city:' || municipality));
GRANT SELECT ON listing.event TO socio_publish;
GRANT SELECT, INSERT, UPDATE, DELETE ON listing.event TO socio_write, socio_import;

ALTER TABLE published.document DROP CONSTRAINT document_kind_check;
ALTER TABLE published.document ADD CONSTRAINT document_kind_check
    CHECK (kind IN ('organization', 'service', 'service_at_location', 'taxonomy', 'taxonomy_term',
                    'event'));
