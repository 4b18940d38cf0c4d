-- SPDX-License-Identifier: EUPL-1.2
--
-- How a put function says no: SQLSTATE SP001 (invalid) or SP002 (conflict), the problem code as
-- message, a JSON pointer into the record as column, one argument as constraint. The store passes
-- on nothing else.

CREATE OR REPLACE FUNCTION listing.refuse(code text, pointer text, argument text DEFAULT NULL,
                                          state text DEFAULT 'SP001')
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = code, COLUMN = pointer,
                          CONSTRAINT = coalesce(left(argument, 60), '');
END
$$;

-- HSDS wants ASCII addresses; what passes here passes the validator's `email` format.
CREATE OR REPLACE FUNCTION listing.check_email(value text, pointer text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF value !~ '^[A-Za-z0-9_%+-]+([.][A-Za-z0-9_%+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?[.])+[A-Za-z]{2,}$'
       OR length(value) > 254 THEN
        PERFORM listing.refuse('email-malformed', pointer, value);
    END IF;
END
$$;

-- Absolute, http or https, ASCII: whoever writes percent-encodes.
CREATE OR REPLACE FUNCTION listing.check_uri(value text, pointer text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF value !~ ('^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?'
                 || '(/([A-Za-z0-9._~!$&''()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?'
                 || '([?]([A-Za-z0-9._~!$&''()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?'
                 || '(#([A-Za-z0-9._~!$&''()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$')
       OR length(value) > 2000 THEN
        PERFORM listing.refuse('uri-malformed', pointer, value);
    END IF;
END
$$;

-- E-mails and links of an organisation or service, wherever they stand in the record.
CREATE OR REPLACE FUNCTION listing.check_contacts(record jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    item record;
BEGIN
    IF record ? 'email' THEN
        PERFORM listing.check_email(record ->> 'email', '/email');
    END IF;
    FOR item IN SELECT e.value, e.ordinality - 1 AS n
                FROM jsonb_array_elements_text(coalesce(record -> 'emails', '[]')) WITH ORDINALITY e
    LOOP
        PERFORM listing.check_email(item.value, '/emails/' || item.n);
    END LOOP;
    FOR item IN SELECT * FROM (VALUES ('/website', record ->> 'website'), ('/url', record ->> 'url'),
                                      ('/source/url', record #>> '{source,url}'),
                                      ('/contact_source/url', record #>> '{contact_source,url}')
                              ) AS l (pointer, value)
                WHERE l.value IS NOT NULL
    LOOP
        PERFORM listing.check_uri(item.value, item.pointer);
    END LOOP;
END
$$;

-- A record without its empty members, so that "not given" has one form.
CREATE OR REPLACE FUNCTION listing.given(record jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(jsonb_object_agg(m.key, m.value), '{}')
    FROM jsonb_each(record) m
    WHERE m.value NOT IN ('null', '""', '[]', '{}')
$$;

GRANT EXECUTE ON FUNCTION listing.refuse(text, text, text, text), listing.check_email(text, text),
    listing.check_uri(text, text), listing.check_contacts(jsonb), listing.given(jsonb)
    TO socio_write, socio_import;
