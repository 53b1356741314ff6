/**
 * What the process needs that reads one table from outside. It is started anew for each table, and reading all of the domain took it
 * longer than the table did.
 */
export { addDays } from './kernel/day.ts';
export { DomainError } from './kernel/domain-error.ts';
export { columnPlaces } from './party/import-columns.ts';
