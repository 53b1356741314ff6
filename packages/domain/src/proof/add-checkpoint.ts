import { concatBytes, utf8Bytes, utf8Text } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import type { HashFunction } from '../ledger/digest.ts';
import { CHECKPOINT_MAX_SIZE, parseDecimal } from './checkpoint.ts';
import { formatHashLines, parseHashLines, splitAtEmptyLine } from './hash-lines.ts';
import { NOTE_MAX_BYTES, type NoteSignature, parseNoteSignatures } from './note.ts';

/** The call add-checkpoint of c2sp.org/tlog-witness: what a log sends, and what a witness answers. */
export type AddCheckpoint = {
    /** Size of the last checkpoint that the sender thinks the witness has, 0 for none. */
    readonly oldSize: bigint;
    /** Consistency proof from the old size to that of the checkpoint, 32 bytes each. */
    readonly proof: readonly Uint8Array[];
    /** The signed checkpoint, byte by byte. */
    readonly checkpoint: Uint8Array;
};

/** The type of the body of a 409 that names the size the witness has. */
export const TLOG_SIZE_TYPE = 'text/x.tlog.size';

/** How a log is called in the addresses of what a witness hands out (C2SP tlog-witness): SHA-256 of its origin, in hex. */
export const originHash = (sha256: HashFunction, origin: string): string => toHex(sha256(utf8Bytes(origin)));

/** What stands before the checkpoint has less room than this, in bytes. */
const HEADER_MAX_BYTES = 4096;

/** Largest body that is read. */
export const ADD_CHECKPOINT_MAX_BYTES = HEADER_MAX_BYTES + NOTE_MAX_BYTES;

/** The body of a request. Throws `addCheckpoint.malformed` for a size that cannot be, and like `formatHashLines`. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): Uint8Array {
    if (oldSize < 0n || oldSize > CHECKPOINT_MAX_SIZE) throw malformed('oldSize');
    return concatBytes(utf8Bytes(`old ${oldSize}\n${formatHashLines(proof)}\n`), checkpoint);
}

/** Reads the body of a request; the checkpoint in it is not looked at. Throws `addCheckpoint.malformed`. */
export function parseAddCheckpoint(bytes: Uint8Array): AddCheckpoint {
    if (bytes.length > ADD_CHECKPOINT_MAX_BYTES) throw malformed('tooLong');
    const { lines, rest } = splitAtEmptyLine(bytes, HEADER_MAX_BYTES) ?? refuse('noEmptyLine');
    const [old = '', ...hashes] = lines;
    const oldSize = old.startsWith('old ') ? parseDecimal(old.slice(4)) : undefined;
    if (oldSize === undefined || oldSize > CHECKPOINT_MAX_SIZE) throw malformed('oldSize');
    return { oldSize, proof: parseHashLines(hashes) ?? refuse('proof'), checkpoint: rest };
}

/** What the answer of a witness comes to for the log that asked. */
export type AddCheckpointAnswer =
    /** Signature lines, not verified yet; those by unknown keys mean nothing. */
    | { readonly kind: 'cosigned'; readonly signatures: readonly NoteSignature[] }
    /** The witness has a checkpoint of another size: ask again with a proof from there. */
    | { readonly kind: 'otherSize'; readonly size: bigint }
    /** A refusal, or an answer that is none. */
    | { readonly kind: 'refused'; readonly status: number };

/** Reads the answer of a witness. What does not have the form that the text demands is a refusal, never half an answer. */
export function readAddCheckpointAnswer(answer: {
    status: number;
    contentType: string | undefined;
    body: Uint8Array;
}): AddCheckpointAnswer {
    const refused = { kind: 'refused', status: answer.status } as const;
    const body = answer.body.length > NOTE_MAX_BYTES ? undefined : utf8Text(answer.body);
    if (body === undefined) return refused;
    if (answer.status === 200) {
        try {
            return { kind: 'cosigned', signatures: parseNoteSignatures(body) };
        } catch (error) {
            if (error instanceof DomainError && error.code === 'note.malformed') return refused;
            throw error;
        }
    }
    if (answer.status !== 409 || answer.contentType !== TLOG_SIZE_TYPE || !body.endsWith('\n')) return refused;
    const size = parseDecimal(body.slice(0, -1));
    return size === undefined || size > CHECKPOINT_MAX_SIZE ? refused : { kind: 'otherSize', size };
}

const malformed = (reason: string): DomainError => new DomainError('addCheckpoint.malformed', { reason });
function refuse(reason: string): never {
    throw malformed(reason);
}
