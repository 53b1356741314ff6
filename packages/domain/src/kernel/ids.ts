/** A UUID in lower-case text form. New ones are version 7 and come from the server's clock only. */
export type Id = string;

/** Owner of the log that takes what belongs to no organisation: set-up, failed sign-ins. Also the actor "the system itself". */
export const SYSTEM_ID: Id = '00000000-0000-0000-0000-000000000000';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isId = (value: unknown): value is Id => typeof value === 'string' && UUID.test(value);
