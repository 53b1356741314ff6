import { isPlainObject } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { isHex } from '../kernel/hex.ts';
import { isId } from '../kernel/ids.ts';
import { isInstant } from '../kernel/instant.ts';
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

/** Throws unless `value` (found at `path`) has the shape. */
type Shape = (value: unknown, path: string) => void;

const refuse = (code: EntryErrorCode, path: string): never => {
    throw new DomainError(code, { path });
};

const such =
    (holds: (value: unknown) => boolean): Shape =>
    (value, path) => {
        if (!holds(value)) refuse('entry.wrongValue', path);
    };
const text = (pattern: RegExp): Shape => such((value) => typeof value === 'string' && pattern.test(value));
const integer = (least: number): Shape => such((value) => Number.isSafeInteger(value) && (value as number) >= least);
const hex = (byteLength: number): Shape => such((value) => isHex(value, byteLength));
const id = such(isId);

const list =
    (each: Shape): Shape =>
    (value, path) => {
        if (!Array.isArray(value)) return refuse('entry.wrongValue', path);
        value.forEach((element, at) => {
            each(element, `${path}[${at}]`);
        });
    };

/** Exactly these members, `optional` ones or not. */
const record = (members: Readonly<Record<string, Shape>>, optional: readonly string[] = []): Shape => {
    const shapes = Object.entries(members);
    return (value, path) => {
        if (!isPlainObject(value)) return refuse('entry.wrongValue', path);
        for (const [member, shape] of shapes) {
            if (Object.hasOwn(value, member)) shape(value[member], `${path}.${member}`);
            else if (!optional.includes(member)) refuse('entry.missingMember', `${path}.${member}`);
        }
        const surplus = Object.keys(value).find((member) => !Object.hasOwn(members, member));
        if (surplus !== undefined) refuse('entry.surplusMember', `${path}.${surplus.slice(0, 60)}`);
    };
};

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
    if (isPlainObject(value) && Number.isSafeInteger(value.v) && value.v !== 1) refuse('entry.version', '$.v');
}
