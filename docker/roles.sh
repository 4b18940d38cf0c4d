#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Run once by the image of PostgreSQL, when the database is made: the roles that log in over the network, with the
# password of .env. `sociopoint migrate` finds them and sets the rest.
set -euo pipefail
for role in socio_read socio_write socio_import; do
    psql -v ON_ERROR_STOP=1 -v role="$role" -v password="$PGPASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
SET log_statement = 'none';
CREATE ROLE :"role" LOGIN PASSWORD :'password' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
SQL
done
