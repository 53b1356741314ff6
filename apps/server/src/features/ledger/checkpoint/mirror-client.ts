import {
    DomainError,
    MIRROR_INFO_TYPE,
    type MirrorInfo,
    type NoteSignature,
    originHash,
    type PolicyWitness,
    parseBundle,
    parseMirrorInfo,
    parseNoteSignatures,
    tilePath,
    utf8Text,
} from '@liuhen/domain';
import { nodeDigest } from '../../../platform/digest.ts';
import { bodyOf, PATIENCE_MS, urlOf } from './witness-client.ts';

export type MirrorAnswer =
    /** All entries are kept: signature lines, not verified yet. */
    | { readonly kind: 'mirrored'; readonly signatures: readonly NoteSignature[] }
    /** What it expects next. */
    | { readonly kind: 'goOn'; readonly info: MirrorInfo }
    | { readonly kind: 'refused'; readonly status: number };

/** A bundle of the longest entries, and some more. */
const BUNDLE_MAX_BYTES = 17 * 1024 * 1024;

/** Sends entries to a mirror (C2SP tlog-mirror, add-entries); undefined where it does not answer. */
export async function askMirror(mirror: PolicyWitness, body: Uint8Array): Promise<MirrorAnswer | undefined> {
    try {
        const response = await fetch(urlOf(mirror, 'add-entries'), {
            method: 'POST',
            body: Buffer.from(body),
            headers: { 'content-type': 'application/octet-stream' },
            redirect: 'error',
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
        const { status } = response;
        const bytes = await bodyOf(response);
        if (status === 200) return { kind: 'mirrored', signatures: signaturesIn(bytes) };
        const isInfo = (status === 202 || status === 409) && response.headers.get('content-type') === MIRROR_INFO_TYPE;
        const info = isInfo ? parseMirrorInfo(bytes) : undefined;
        return info === undefined ? { kind: 'refused', status } : { kind: 'goOn', info };
    } catch {
        return undefined;
    }
}

function signaturesIn(bytes: Uint8Array): readonly NoteSignature[] {
    try {
        return parseNoteSignatures(utf8Text(bytes) ?? '');
    } catch (error) {
        if (error instanceof DomainError) return [];
        throw error;
    }
}

/** The checkpoint up to which a mirror has every entry of a log; undefined where it hands out none. Not verified here. */
export const fetchMirrored = (mirror: PolicyWitness, origin: string): Promise<Uint8Array | undefined> =>
    fetchOf(mirror, origin, 'checkpoint');

/** The entries of one bundle of `width`; undefined where the mirror does not hand them out. */
export async function fetchBundle(
    mirror: PolicyWitness,
    origin: string,
    { index, width }: { index: bigint; width: number },
): Promise<Uint8Array[] | undefined> {
    const bytes = await fetchOf(mirror, origin, `tile/entries/${tilePath(index, width)}`);
    const entries = bytes === undefined ? undefined : parseBundle(bytes);
    return entries?.length === width ? entries : undefined;
}

/** Mirrors hand out below a prefix of their own, for witnesses hand out other checkpoints. */
async function fetchOf(mirror: PolicyWitness, origin: string, what: string): Promise<Uint8Array | undefined> {
    try {
        const response = await fetch(urlOf(mirror, `mirror/${originHash(nodeDigest.sha256, origin)}/${what}`), {
            redirect: 'error',
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
        return response.status === 200 ? await bodyOf(response, BUNDLE_MAX_BYTES) : undefined;
    } catch {
        return undefined;
    }
}
