import { isPlainObject } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { isId } from '../kernel/ids.ts';
import { isInstant } from '../kernel/instant.ts';
import { createShapes, type Shape } from '../kernel/shape.ts';
import { HASH_LENGTH } from './digest.ts';

/** Every code the shape of an entry is refused with. All carry `path`, except `entry.saltLength`. */
export type EntryErrorCode =
    | 'entry.version'
    | 'entry.missingMember'
    | 'entry.surplusMember'
    | 'entry.wrongValue'
    | 'entry.rowOrder'
    | 'entry.duplicateObject'
    | 'entry.prevPresence'
    | 'entry.saltLength';

const { such, text, integer, hex, list, record } = createShapes((breach, path) => {
    throw new DomainError(`entry.${breach}` satisfies EntryErrorCode, { path });
});
const id = such(isId);

const KIND = /^(?=.{1,100}$)[a-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*$/;
const TABLE = /^(?=.{1,127}$)[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?$/;
const VISIBLE = /^[!-~]{1,200}$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,19})$/;
/** Of Ed25519, in bytes. */
export const SIGNATURE_LENGTH = 64;

const UNSIGNED: Readonly<Record<string, Shape>> = {
    v: such((value) => value === 1),
    kind: text(KIND),
    bodySchema: integer(1),
    at: such(isInstant),
    org: id,
    actor: id,
    commandId: id,
    objects: list(record({ id, seq: integer(0), prev: hex(HASH_LENGTH) }, ['prev'])),
    rows: list(record({ table: text(TABLE), id: text(VISIBLE), version: integer(1), sha256: hex(HASH_LENGTH) })),
    content: list(record({ sha256: hex(HASH_LENGTH), sm3: hex(HASH_LENGTH), size: text(DECIMAL), chunkRoot: hex(HASH_LENGTH) })),
    bodyHash: hex(HASH_LENGTH),
    app: text(VISIBLE),
};

/** Shape of an entry before it is signed. */
export const unsignedShape: Shape = record(UNSIGNED);

/** Shape of a whole entry. */
export const signedShape: Shape = record({ ...UNSIGNED, sig: hex(SIGNATURE_LENGTH) });

/** Throws `entry.version` for a format this code does not know, so that a newer log is not called broken. */
export function checkVersion(value: unknown): void {
    if (isPlainObject(value) && Number.isSafeInteger(value.v) && value.v !== 1)
        throw new DomainError('entry.version' satisfies EntryErrorCode, { path: '$.v' });
}
