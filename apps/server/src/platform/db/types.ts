import pg from 'pg';

/**
 * How PostgreSQL values become JavaScript values, the same everywhere: int8 holds instants and counters, which are safe
 * integers (checked, never rounded); numeric(20,0) holds sizes in bytes, which are bigint.
 */
export const pgTypes: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
        if (format !== 'binary' && oid === pg.types.builtins.INT8) return parseInteger;
        if (format !== 'binary' && oid === pg.types.builtins.NUMERIC) return (text: string) => BigInt(text);
        if (format !== 'binary' && oid === INT8_ARRAY) return (text: string) => parseIntegerArray(text);
        return pg.types.getTypeParser(oid, format as 'text');
    }) as pg.CustomTypesConfig['getTypeParser'],
};

const INT8_ARRAY = 1016;

function parseInteger(text: string): number {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond 2^53: ${text}`);
    return value;
}

const parseIntegerArray = (text: string): number[] => (text === '{}' ? [] : text.slice(1, -1).split(',').map(parseInteger));
