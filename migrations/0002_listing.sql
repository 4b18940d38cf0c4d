-- SPDX-License-Identifier: EUPL-1.2
--
-- The listing: the full record of everything a partner edits.
--
-- What has an identity or is asked for is a table; what lives and dies with one record (phones,
-- schedules, rules ...) is JSONB in it, in the shape of the import file. `version` counts the
-- changes of a record, `modified` is the moment of the last one; writing what is there already
-- moves neither.

-- Whose rows the transaction may see: "all", "org:<uuid>" or "city:<key>". After COMMIT the setting
-- of a pooled connection is '' and not NULL; both raise, so that nothing is ever silently blind.
CREATE FUNCTION listing.scope() RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    scope text := current_setting('socio.scope', true);
BEGIN
    IF scope IS NULL OR scope !~ '^(all|org:[0-9a-f-]{36}|city:[a-z0-9-]+)$' THEN
        RAISE EXCEPTION USING ERRCODE = 'SP003', MESSAGE = 'scope-missing';
    END IF;
    RETURN scope;
END
$$;
GRANT EXECUTE ON FUNCTION listing.scope() TO socio_write, socio_import;

-- Names of the pieces of the country, by area code. A municipality is part of its region, a
-- district or locality of its municipality.
CREATE TABLE listing.area (
    code text PRIMARY KEY
        CHECK (code ~ '^(cz|(region|municipality):[a-z0-9-]+|(district|locality):[a-z0-9-]+/[a-z0-9-]+)$'),
    name text NOT NULL,
    part_of text REFERENCES listing.area
);

-- The regions of Act 129/2000 Sb.: they change less often than programs do.
INSERT INTO listing.area (code, name, part_of) VALUES
    ('cz', 'Česká republika', NULL),
    ('region:hlavni-mesto-praha', 'Hlavní město Praha', 'cz'),
    ('region:stredocesky', 'Středočeský kraj', 'cz'),
    ('region:jihocesky', 'Jihočeský kraj', 'cz'),
    ('region:plzensky', 'Plzeňský kraj', 'cz'),
    ('region:karlovarsky', 'Karlovarský kraj', 'cz'),
    ('region:ustecky', 'Ústecký kraj', 'cz'),
    ('region:liberecky', 'Liberecký kraj', 'cz'),
    ('region:kralovehradecky', 'Královéhradecký kraj', 'cz'),
    ('region:pardubicky', 'Pardubický kraj', 'cz'),
    ('region:vysocina', 'Kraj Vysočina', 'cz'),
    ('region:jihomoravsky', 'Jihomoravský kraj', 'cz'),
    ('region:olomoucky', 'Olomoucký kraj', 'cz'),
    ('region:zlinsky', 'Zlínský kraj', 'cz'),
    ('region:moravskoslezsky', 'Moravskoslezský kraj', 'cz');

CREATE TABLE listing.taxonomy (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    description text,
    version bigint NOT NULL DEFAULT 1,
    modified timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE listing.taxonomy_term (
    id uuid PRIMARY KEY,
    taxonomy_id uuid NOT NULL REFERENCES listing.taxonomy,
    key text NOT NULL,
    name text NOT NULL,
    description text,
    parent_id uuid REFERENCES listing.taxonomy_term,
    section text, -- of Act 108/2006 Sb., for kinds of service
    version bigint NOT NULL DEFAULT 1,
    modified timestamptz NOT NULL DEFAULT now(),
    UNIQUE (taxonomy_id, key)
);
CREATE INDEX ON listing.taxonomy_term (parent_id);

CREATE TABLE listing.organization (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    municipality text NOT NULL, -- of the file it came with
    name text NOT NULL,
    alternate_name text,
    aliases jsonb,
    description text,
    legal_status text,
    website text,
    email text,
    emails jsonb,
    phones jsonb,
    ico text, -- not unique: all districts carry the city's
    office boolean NOT NULL DEFAULT false,
    source jsonb,
    version bigint NOT NULL DEFAULT 1,
    modified timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON listing.organization (municipality);

CREATE TABLE listing.location (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    organization_id uuid NOT NULL REFERENCES listing.organization,
    municipality text NOT NULL,
    name text,
    alternate_name text,
    address jsonb, -- street, postal_code, city, district, municipality
    locality text,
    concealed boolean NOT NULL DEFAULT false,
    area jsonb, -- of a concealed place
    latitude numeric(9, 6),
    longitude numeric(9, 6),
    version bigint NOT NULL DEFAULT 1,
    modified timestamptz NOT NULL DEFAULT now(),
    -- What nobody may read is not kept; put_location says so politely, this says so in any case.
    CONSTRAINT location_concealed CHECK (
        NOT concealed OR (address IS NULL AND locality IS NULL
                          AND latitude IS NULL AND longitude IS NULL))
);
CREATE INDEX ON listing.location (organization_id);

CREATE TABLE listing.service (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    organization_id uuid NOT NULL REFERENCES listing.organization,
    municipality text NOT NULL,
    name text NOT NULL,
    alternate_name text,
    aliases jsonb,
    description text,
    status text NOT NULL DEFAULT 'active'
        CHECK (status IN ('active', 'inactive', 'defunct', 'temporarily closed')),
    forms jsonb,
    area jsonb,
    phones jsonb,
    email text,
    emails jsonb,
    url text,
    hours_text text,
    schedules jsonb,
    minimum_age integer,
    maximum_age integer,
    rules jsonb,
    registered_maximum jsonb,
    cost text CHECK (cost IN ('free', 'paid')),
    languages jsonb,
    accessibility jsonb,
    source jsonb NOT NULL,
    contact_source jsonb,
    to_check jsonb, -- what the city must verify; never published
    alert text,
    alert_until timestamptz,
    version bigint NOT NULL DEFAULT 1,
    modified timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON listing.service (organization_id);
CREATE INDEX ON listing.service (municipality);

CREATE TABLE listing.service_at_location (
    id uuid PRIMARY KEY,
    service_id uuid NOT NULL REFERENCES listing.service,
    location_id uuid NOT NULL REFERENCES listing.location,
    ordinal integer NOT NULL, -- the order in which the record names its places
    UNIQUE (service_id, location_id)
);
CREATE INDEX ON listing.service_at_location (location_id);

-- Which terms a service carries, and as what.
CREATE TABLE listing.service_term (
    service_id uuid NOT NULL REFERENCES listing.service,
    term_id uuid NOT NULL REFERENCES listing.taxonomy_term,
    link_type text NOT NULL CHECK (link_type IN ('situation', 'audience', 'kind')),
    ordinal integer NOT NULL,
    PRIMARY KEY (service_id, term_id)
);
CREATE INDEX ON listing.service_term (term_id);

-- Free places, as last stated. A row of its own: stating them does not move the listing's version.
CREATE TABLE listing.capacity (
    service_id uuid PRIMARY KEY REFERENCES listing.service,
    state text NOT NULL CHECK (state IN ('some', 'none')),
    available integer CHECK (available >= 0),
    unit text,
    statement text, -- in the words of the source
    as_of text -- YYYY, YYYY-MM, a date or a moment
);

-- When the owner last said that the listing is true.
CREATE TABLE listing.confirmation (
    service_id uuid PRIMARY KEY REFERENCES listing.service,
    confirmed_on date NOT NULL
);

-- A key is never here, only its MAC.
CREATE TABLE listing.api_key (
    kid text PRIMARY KEY,
    organization_id uuid REFERENCES listing.organization,
    municipality text,
    mac bytea NOT NULL CHECK (length(mac) = 32),
    pepper_id text NOT NULL,
    scopes text[] NOT NULL,
    label text,
    created_by text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    reason text,
    last_used date,
    CHECK (expires_at <= created_at + interval '400 days')
);
CREATE INDEX ON listing.api_key (organization_id);
