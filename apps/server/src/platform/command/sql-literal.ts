import { type Id, isId } from '@liuhen/domain';
import pg from 'pg';

/**
 * Literals for the one message that carries append and COMMIT: several statements in a message cannot have parameters.
 * Every value is checked or escaped here; nothing else of the project builds SQL from values.
 */
export function uuidLiteral(id: Id): string {
    if (!isId(id)) throw new TypeError('not an id');
    return `'${id}'::uuid`;
}

export const textLiteral = (text: string): string => `${pg.escapeLiteral(text)}::text`;

export const byteaLiteral = (bytes: Uint8Array): string =>
    `'\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}'::bytea`;

export function integerLiteral(value: number, type: 'int' | 'bigint'): string {
    if (!Number.isSafeInteger(value)) throw new TypeError('not an integer');
    return `${value}::${type}`;
}

export const byteaArray = (values: readonly Uint8Array[]): string => `array[${values.map(byteaLiteral).join(',')}]::bytea[]`;
export const textArray = (values: readonly string[]): string => `array[${values.map(textLiteral).join(',')}]::text[]`;
export const uuidArray = (values: readonly Id[]): string => `array[${values.map(uuidLiteral).join(',')}]::uuid[]`;
export const integerArray = (values: readonly number[], type: 'int' | 'bigint'): string =>
    `array[${values.map((value) => integerLiteral(value, type)).join(',')}]::${type}[]`;
