import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { HashFunction } from '../ledger/digest.ts';
import { verifyInclusion } from '../ledger/merkle-proof.ts';
import { CHECKPOINT_MAX_SIZE, parseDecimal } from './checkpoint.ts';
import { formatHashLines, parseHashLines, splitAtEmptyLine } from './hash-lines.ts';
import { type CheckpointJudgement, judgeCheckpoint } from './judge-checkpoint.ts';
import { NOTE_MAX_BYTES } from './note.ts';
import type { Policy } from './policy.ts';
import type { VerifyWithKey } from './verify-note.ts';

/** Proofs of c2sp.org/tlog-proof: that an entry is in a log, with a signed and witnessed checkpoint, checked offline. */
export type TlogProof = {
    /** Bytes for the application. Nobody signed them. */
    readonly extra?: Uint8Array;
    /** Position of the entry in the log, from 0. */
    readonly index: bigint;
    /** Inclusion proof, nearest sibling first; of the hash function of the log. */
    readonly proof: readonly Uint8Array[];
    /** The signed checkpoint, byte by byte. */
    readonly checkpoint: Uint8Array;
};

export const TLOG_PROOF_TYPE = 'c2sp.org/tlog-proof@v1';
/** How files of proofs end. */
export const TLOG_PROOF_EXTENSION = '.tlog-proof';
export const TLOG_PROOF_MAX_BYTES = 2 * NOTE_MAX_BYTES;

/** The bytes of a proof. Throws `tlogProof.malformed` with a `reason`, and like `formatHashLines`. */
export function formatTlogProof({ extra, index, proof, checkpoint }: TlogProof): Uint8Array {
    if (index < 0n || index >= CHECKPOINT_MAX_SIZE) throw malformed('index');
    const extraLine = extra === undefined ? '' : `extra ${toBase64(extra)}\n`;
    const head = `${TLOG_PROOF_TYPE}\n${extraLine}index ${index}\n${formatHashLines(proof)}\n`;
    return concatBytes(utf8Bytes(head), checkpoint);
}

/** Reads a proof; the checkpoint in it is not looked at. `formatTlogProof` gives the same bytes. Throws `tlogProof.malformed`. */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
    if (bytes.length > TLOG_PROOF_MAX_BYTES) throw malformed('tooLong');
    const split = splitAtEmptyLine(bytes, TLOG_PROOF_MAX_BYTES);
    if (split === undefined) throw malformed('noEmptyLine');
    const [type, ...lines] = split.lines;
    if (type !== TLOG_PROOF_TYPE) throw malformed('type');
    const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
    const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length));
    if (extraLine !== undefined && extra === undefined) throw malformed('extra');
    const indexLine = lines.shift() ?? '';
    const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
    if (index === undefined || index >= CHECKPOINT_MAX_SIZE) throw malformed('index');
    const proof = parseHashLines(lines);
    if (proof === undefined) throw malformed('proof');
    return { ...(extra === undefined ? {} : { extra }), index, proof, checkpoint: split.rest };
}

export type TlogProofVerdict = CheckpointJudgement & {
    readonly index: bigint;
    /** Handed on as it stood in the file: nobody signed it. */
    readonly extra?: Uint8Array;
};

/**
 * Verifies that the entry with this leaf hash is in a log of the policy, as c2sp.org/tlog-proof lays the steps out. The
 * leaf hash is worked out by the caller from the entry. `hash` gives the hash function of an origin. Throws what
 * `parseTlogProof` and `judgeCheckpoint` throw, and `tlogProof.notIncluded` when the hashes do not lead to the root. A
 * quorum that is not reached is no error but `quorum: false`: the entry is in the log, and too few have seen that.
 */
export async function verifyTlogProof(
    bytes: Uint8Array,
    options: {
        policy: Policy;
        leaf: Uint8Array | ((proof: TlogProof) => Uint8Array);
        hash: (origin: string) => HashFunction;
        verify: VerifyWithKey;
        notAfter?: bigint;
    },
): Promise<TlogProofVerdict> {
    const proof = parseTlogProof(bytes);
    const { policy, verify, notAfter } = options;
    const judgement = await judgeCheckpoint(policy, proof.checkpoint, verify, notAfter === undefined ? {} : { notAfter });
    const { origin, size, root } = judgement.checkpoint;
    const leaf = typeof options.leaf === 'function' ? options.leaf(proof) : options.leaf;
    const claim = { index: proof.index, size, leaf, root, proof: proof.proof };
    if (!verifyInclusion(options.hash(origin), claim))
        throw new DomainError('tlogProof.notIncluded', { index: String(proof.index), size: String(size) });
    return { ...judgement, index: proof.index, ...(proof.extra === undefined ? {} : { extra: proof.extra }) };
}

const malformed = (reason: string): DomainError => new DomainError('tlogProof.malformed', { reason });
