/**
 * For stores: a unique constraint hit although the command had looked before means that somebody was faster by a moment.
 * The command is tried again; then its own look finds the other row, and the refusal can name it.
 */
export async function retryWhenTaken<T>(constraint: string, write: Promise<T>): Promise<T> {
    try {
        return await write;
    } catch (error) {
        const { code, constraint: hit } = error as { code?: string; constraint?: string };
        if (code !== '23505' || hit !== constraint) throw error;
        throw Object.assign(new Error(`${constraint}: taken meanwhile`, { cause: error }), { code: SERIALIZATION_FAILURE });
    }
}

/** `runCommand` takes it for what it is: a transaction that must run again. */
const SERIALIZATION_FAILURE = '40001';
