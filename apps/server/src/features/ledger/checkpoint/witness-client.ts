import {
    type AddCheckpointAnswer,
    formatAddCheckpoint,
    type HashFunction,
    NOTE_MAX_BYTES,
    originHash,
    type PolicyWitness,
    readAddCheckpointAnswer,
} from '@liuhen/domain';

/** How long an answer is waited for. */
export const PATIENCE_MS = 10_000;

/** An address below that of a witness. */
export const urlOf = ({ url = '' }: PolicyWitness, path: string): string => `${url.replace(/\/+$/, '')}/${path}`;

/**
 * Asks a witness for its cosignature (C2SP tlog-witness, add-checkpoint); undefined where it does not answer. What it answers is not
 * verified here.
 */
export async function askWitness(
    witness: PolicyWitness,
    request: Parameters<typeof formatAddCheckpoint>[0],
): Promise<AddCheckpointAnswer | undefined> {
    try {
        const response = await fetch(urlOf(witness, 'add-checkpoint'), {
            method: 'POST',
            body: Buffer.from(formatAddCheckpoint(request)),
            headers: { 'content-type': 'application/octet-stream' },
            redirect: 'error',
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
        const contentType = response.headers.get('content-type') ?? undefined;
        return readAddCheckpointAnswer({ status: response.status, contentType, body: await bodyOf(response) });
    } catch {
        return undefined;
    }
}

/**
 * The last checkpoint of a log that a witness cosigned, with the signature of the log (C2SP tlog-witness, monitor retrieval); undefined
 * where it hands out none. Not verified here.
 */
export async function fetchWitnessed(
    witness: PolicyWitness,
    sha256: HashFunction,
    origin: string,
): Promise<Uint8Array | undefined> {
    try {
        const response = await fetch(urlOf(witness, `${originHash(sha256, origin)}/checkpoint`), {
            redirect: 'error',
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
        return response.status === 200 ? await bodyOf(response) : undefined;
    } catch {
        return undefined;
    }
}

/** Never more than may be said. */
export async function bodyOf(response: Response, most: number = NOTE_MAX_BYTES): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body ?? []) {
        length += part.length;
        if (length > most) throw new Error('too long');
        parts.push(part);
    }
    return new Uint8Array(Buffer.concat(parts));
}
