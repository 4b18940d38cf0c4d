-- SPDX-License-Identifier: EUPL-1.2
--
-- The second wall: even with the application's own check removed, a transaction sees only the rows
-- of its scope. FORCE, because the owner would otherwise be exempt. listing.scope() raises without a
-- scope as soon as there is a row that could be hidden; what is empty is empty for everybody.

DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'listing' LOOP
        EXECUTE format('ALTER TABLE listing.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE listing.%I FORCE ROW LEVEL SECURITY', name);
        -- publish() renders services at other organisations' places whole.
        EXECUTE format('CREATE POLICY publishing ON listing.%I FOR SELECT TO socio_publish USING (true)',
                       name);
        EXECUTE format('GRANT SELECT ON listing.%I TO socio_publish', name);
    END LOOP;
END
$$;

-- Records of an organisation.
CREATE POLICY scope ON listing.organization TO socio_write, socio_import, CURRENT_USER USING (
    (SELECT listing.scope()) IN ('all', 'org:' || id, 'city:' || municipality));
CREATE POLICY scope ON listing.location TO socio_write, socio_import, CURRENT_USER USING (
    (SELECT listing.scope()) IN ('all', 'org:' || organization_id, 'city:' || municipality));
CREATE POLICY scope ON listing.service TO socio_write, socio_import, CURRENT_USER USING (
    (SELECT listing.scope()) IN ('all', 'org:' || organization_id, 'city:' || municipality));
CREATE POLICY scope ON listing.api_key TO socio_write, socio_import, CURRENT_USER USING (
    (SELECT listing.scope()) IN ('all', 'org:' || organization_id, 'city:' || municipality));

-- Rows of a service: whoever sees the service (under its own policy) sees them.
CREATE POLICY scope ON listing.service_at_location TO socio_write, socio_import, CURRENT_USER USING (
    EXISTS (SELECT FROM listing.service s WHERE s.id = service_id));
CREATE POLICY scope ON listing.service_term TO socio_write, socio_import, CURRENT_USER USING (
    EXISTS (SELECT FROM listing.service s WHERE s.id = service_id));
CREATE POLICY scope ON listing.capacity TO socio_write, socio_import, CURRENT_USER USING (
    EXISTS (SELECT FROM listing.service s WHERE s.id = service_id));
CREATE POLICY scope ON listing.confirmation TO socio_write, socio_import, CURRENT_USER USING (
    EXISTS (SELECT FROM listing.service s WHERE s.id = service_id));

-- Taxonomies and areas are everybody's to read; only the import, which carries the YAML, writes
-- them.
CREATE POLICY scope_read ON listing.area FOR SELECT TO socio_write, socio_import, CURRENT_USER
    USING ((SELECT listing.scope()) IS NOT NULL);
CREATE POLICY scope_write ON listing.area TO socio_import, CURRENT_USER
    USING ((SELECT listing.scope()) = 'all');
CREATE POLICY scope_read ON listing.taxonomy FOR SELECT TO socio_write, socio_import, CURRENT_USER
    USING ((SELECT listing.scope()) IS NOT NULL);
CREATE POLICY scope_write ON listing.taxonomy TO socio_import, CURRENT_USER
    USING ((SELECT listing.scope()) = 'all');
CREATE POLICY scope_read ON listing.taxonomy_term FOR SELECT TO socio_write, socio_import, CURRENT_USER
    USING ((SELECT listing.scope()) IS NOT NULL);
CREATE POLICY scope_write ON listing.taxonomy_term TO socio_import, CURRENT_USER
    USING ((SELECT listing.scope()) = 'all');

GRANT SELECT, INSERT, UPDATE, DELETE
    ON listing.organization, listing.location, listing.service, listing.service_at_location,
       listing.service_term, listing.capacity, listing.confirmation
    TO socio_write, socio_import;
GRANT SELECT ON listing.area, listing.taxonomy, listing.taxonomy_term TO socio_write;
GRANT SELECT, INSERT, UPDATE, DELETE ON listing.area, listing.taxonomy, listing.taxonomy_term
    TO socio_import;
-- listing.api_key: nobody; admin.key_lookup() is the only way to it.
