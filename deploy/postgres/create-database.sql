-- Once, on the primary: the service user and its database.
--   sudo -u postgres psql -v ON_ERROR_STOP=1 -f create-database.sql
CREATE ROLE confab LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD 'SECRET_DATABASE';
CREATE DATABASE confab_team OWNER confab TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE confab_team FROM PUBLIC;
ALTER DATABASE confab_team SET timezone = 'UTC';
