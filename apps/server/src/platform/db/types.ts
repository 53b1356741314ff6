import pg from 'pg';

type Read = (text: string) => unknown;

const typesWith = (integer: Read, size: Read): pg.CustomTypesConfig => ({
    getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
        if (format !== 'binary' && oid === pg.types.builtins.INT8) return integer;
        if (format !== 'binary' && oid === pg.types.builtins.NUMERIC) return size;
        if (format !== 'binary' && oid === INT8_ARRAY)
            return (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(integer));
        return pg.types.getTypeParser(oid, format as 'text');
    }) as pg.CustomTypesConfig['getTypeParser'],
});

const INT8_ARRAY = 1016;

/**
 * How PostgreSQL values become JavaScript values, the same everywhere: int8 holds instants and counters, which are safe
 * integers (checked, never rounded); numeric(20,0) holds sizes in bytes, which are bigint.
 */
export const pgTypes = typesWith((text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond 2^53: ${text}`);
    return value;
}, BigInt);

/**
 * The same for a reader that looks for what the server cannot have written: such a value must not end the reading, or it
 * would hide everything after it. An int8 beyond 2^53 comes as bigint, a numeric that is no number as its text; neither
 * has the digest of any row that a command wrote.
 */
export const unguardedTypes = typesWith(
    (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
    (text) => (/^-?\d+$/.test(text) ? BigInt(text) : text),
);
