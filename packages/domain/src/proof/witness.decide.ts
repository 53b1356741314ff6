import { sameBytes, utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { HashFunction } from '../ledger/digest.ts';
import { merkleEmptyRoot } from '../ledger/merkle.ts';
import { verifyConsistency } from '../ledger/merkle-proof.ts';
import { type AddCheckpoint, parseAddCheckpoint, TLOG_SIZE_TYPE } from './add-checkpoint.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { formatNote, formatNoteSignatures, type Note, type NoteSignature, parseNote } from './note.ts';
import type { VerifierKey } from './verifier-key.ts';
import { type VerifyWithKey, verifyNote } from './verify-note.ts';

/** What a witness knows of one log. */
export type WitnessedLog = {
    /** Keys it trusts for the origin; any of them may have signed. */
    readonly keys: readonly VerifierKey[];
    /** The hash function of the tree of this origin. */
    readonly hash: HashFunction;
    /** The last checkpoint it cosigned, `undefined` when it never did. */
    readonly latest: { readonly size: bigint; readonly root: Uint8Array } | undefined;
};

export type WitnessDecision =
    | {
          readonly status: 200;
          /** What is kept from now on, before anything is answered. */
          readonly checkpoint: Checkpoint;
          /** The text to cosign. */
          readonly text: string;
          /** The signatures of the log that were verified; they prove that it signed this. */
          readonly signatures: readonly NoteSignature[];
      }
    | { readonly status: 409; readonly reason: 'oldSize'; readonly size: bigint }
    | {
          readonly status: 409;
          readonly reason: 'root';
          /** Two roots for one size, signed by the log: proof that it forks. */
          readonly evidence: Uint8Array;
      }
    | {
          readonly status: 422;
          readonly reason: 'proof';
          /** Signed by the log and not shown to follow: may be proof that it forks, or a wrong proof. Absent where it says what is known. */
          readonly evidence?: Uint8Array;
      }
    | { readonly status: 400 | 403 | 404; readonly reason: string };

/**
 * What a witness answers to the body of an add-checkpoint, check by check in the order of c2sp.org/tlog-witness. `logOf`
 * gives what it knows of an origin. Between that and keeping the checkpoint of a 200 no other request of the same origin
 * may be decided, or a smaller checkpoint could overwrite a larger one.
 */
export async function decideAddCheckpoint(
    body: Uint8Array,
    logOf: (origin: string) => WitnessedLog | undefined,
    verify: VerifyWithKey,
): Promise<WitnessDecision> {
    const read = readBody(body);
    if ('status' in read) return read;
    const { request, note, checkpoint } = read;
    const log = logOf(checkpoint.origin);
    if (log === undefined) return { status: 404, reason: 'unknownOrigin' };
    const signatures = await signaturesOfLog(note, log.keys, verify);
    if (typeof signatures === 'string') return { status: 403, reason: signatures };
    if (request.oldSize > checkpoint.size) return { status: 400, reason: 'oldSizeAboveSize' };

    const latest = log.latest ?? { size: 0n, root: merkleEmptyRoot(log.hash) };
    if (request.oldSize !== latest.size) return { status: 409, reason: 'oldSize', size: latest.size };
    // Only what the log signed: lines by unknown keys could be added without end, each time as something new to keep.
    const evidence = formatNote({ text: note.text, signatures });
    const claim = { first: latest.size, second: checkpoint.size, firstRoot: latest.root, secondRoot: checkpoint.root };
    if (latest.size === checkpoint.size) {
        if (!sameBytes(latest.root, checkpoint.root)) return { status: 409, reason: 'root', evidence };
        // The log is as it was; only the request is wrong, and whoever has the published checkpoint can send that.
        if (request.proof.length > 0) return { status: 422, reason: 'proof' };
    } else if (!verifyConsistency(log.hash, { ...claim, proof: request.proof })) {
        return { status: 422, reason: 'proof', evidence };
    }
    return { status: 200, checkpoint, text: note.text, signatures };
}

/** The answer as HTTP has it. `cosignatures` are those made for a 200, at least one. The other bodies are for people. */
export function witnessAnswer(
    decision: WitnessDecision,
    cosignatures: readonly NoteSignature[],
): { status: number; contentType: string; body: Uint8Array } {
    const { status } = decision;
    if (status === 200) return { status, contentType: 'text/plain', body: utf8Bytes(formatNoteSignatures(cosignatures)) };
    // Only a size that differs is told in this form: a client takes it for where to start its next proof.
    if (status === 409 && decision.reason === 'oldSize')
        return { status, contentType: TLOG_SIZE_TYPE, body: utf8Bytes(`${decision.size}\n`) };
    return { status, contentType: 'text/plain', body: utf8Bytes(`${decision.reason}\n`) };
}

type Read = { request: AddCheckpoint; note: Note; checkpoint: Checkpoint };

function readBody(body: Uint8Array): Read | { status: 400; reason: string } {
    try {
        const request = parseAddCheckpoint(body);
        const note = parseNote(request.checkpoint);
        return { request, note, checkpoint: parseCheckpoint(note.text) };
    } catch (error) {
        if (error instanceof DomainError) return { status: 400, reason: `${error.code} ${error.params.reason ?? ''}`.trim() };
        throw error;
    }
}

/** The verified signatures of the log, or why there are none: no known key signed, or one did and the signature is wrong. */
async function signaturesOfLog(
    note: Note,
    keys: readonly VerifierKey[],
    verify: VerifyWithKey,
): Promise<NoteSignature[] | string> {
    try {
        return (await verifyNote(note, keys, verify)).verified.map(({ signature }) => signature);
    } catch (error) {
        if (error instanceof DomainError && error.code.startsWith('note.')) return error.code;
        throw error;
    }
}
