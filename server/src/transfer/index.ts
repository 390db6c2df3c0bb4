/**
 * Takes an installation from one database to another, all of it or nothing, compared row by row before it counts; and what
 * it keeps in files from one store to another, object by object.
 * Promises that the source is not changed. Refuses to know what the tables mean, but for what a database numbers itself.
 */
export { moveDatabase, type MovedTable } from './move-database.ts';
export { moveFiles } from './move-files.ts';
