import { toBase64 } from '../kernel/base64.ts';
import { concatBytes } from '../kernel/bytes.ts';
import { canonicalBytes } from '../kernel/canonical-json.ts';
import { toHex } from '../kernel/hex.ts';
import { SYSTEM_ID } from '../kernel/ids.ts';
import { type EntryObject, leafHash, SALT_LENGTH, signedEntryBytes } from '../ledger/entry.ts';
import { hashOf, sha256, signed, testKey, testSigner, testTree, testWitness } from '../proof/golden/test-log.ts';
import { PACKAGE_PATHS } from '../proof/package/package-paths.ts';
import { formatPolicy } from '../proof/policy.ts';
import { formatTlogProof } from '../proof/tlog-proof.ts';
import { campaignCommitment, canonicalDigest, normalFrame, normalRules, runCampaignDraw } from './campaign-draw.ts';
import { CAMPAIGN_RECORD_FORMAT, type CampaignLog, type CampaignRecord } from './campaign-record.ts';
import { frame, rules, uuid } from './campaign-testing.ts';

/** A drawn campaign with the log that vouches for it, for tests. All keys follow from public labels. */

const DIGEST = { sha256, sm3: hashOf('sm3') };
const ORG = uuid('c', 1);
const APP = testKey('app');
const WITNESS = testWitness('witness.example/city');
const utf8 = (text: string) => new TextEncoder().encode(text);

type Body = Readonly<Record<string, string | number | readonly string[]>>;
type Kept = { readonly bytes: Uint8Array; readonly body: Uint8Array };

function entryOf(org: string, kind: string, at: number, objects: readonly EntryObject[], words: Body): Kept {
    const body = concatBytes(new Uint8Array(SALT_LENGTH).fill(7), canonicalBytes(words));
    const bytes = signedEntryBytes(
        {
            ...{ v: 1, kind, bodySchema: 1, at, org, actor: uuid('b', 1), commandId: uuid('d', at % 1000), objects },
            ...{ rows: [], content: [], bodyHash: toHex(sha256(body)), app: 'app-1' },
        },
        APP.sign,
    );
    return { bytes, body };
}

/** The files of an entry under a checkpoint of `size` entries, cosigned at these moments (seconds since 1970). */
async function filesOf(
    origin: string,
    org: string,
    log: readonly Kept[],
    index: number,
    size: number,
    cosigned: readonly bigint[],
) {
    const tree = testTree(log.length, sha256, (at) => log[at]?.bytes ?? new Uint8Array());
    const text = tree.text(origin, size);
    const checkpoint = signed(text, testSigner(origin).sign(text), ...cosigned.map((time) => WITNESS.cosign(text, time)));
    const proof = formatTlogProof({ index: BigInt(index), proof: await tree.inclusion(index, size), checkpoint });
    const ref = { org, index };
    return [
        { path: PACKAGE_PATHS.entry(ref), bytes: toBase64(log[index]?.bytes ?? new Uint8Array()) },
        { path: PACKAGE_PATHS.body(ref), bytes: toBase64(log[index]?.body ?? new Uint8Array()) },
        { path: PACKAGE_PATHS.proof(ref), bytes: toBase64(proof) },
    ];
}

const OWN = 'golden.example/310100';
const SYSTEM = 'golden.example/system';

/** Whose logs these are; with a witness whose word is needed, or with none. */
export const recordPolicy = (witnessed = true): string =>
    new TextDecoder().decode(
        formatPolicy(sha256, {
            logs: [{ key: testSigner(OWN).key }, { key: testSigner(SYSTEM).key }],
            witnesses: witnessed ? [{ name: 'city', key: WITNESS.key }] : [],
            groups: [],
            quorum: witnessed ? 'city' : undefined,
        }),
    );

export type ProvenOptions = {
    /** When the witness cosigned the log with the commitment; a day before the period ends unless it is given. */
    readonly seenAt?: number;
    /** What the entries say otherwise than the record. */
    readonly says?: { readonly committed?: Body; readonly drawn?: Body };
    /** Something was entered about the campaign between the two. */
    readonly between?: boolean;
};

/** The record without a log: 30 acts of two organisations, two drawn of each stratum. */
export function plainRecord(more: Partial<CampaignRecord> = {}): CampaignRecord {
    const given = normalRules(rules());
    const acts = normalFrame(frame(30, (at) => (at === 7 ? { state: 'cancelled' } : {})));
    const secret = sha256(utf8('the seed'));
    const digest = canonicalDigest(sha256, given);
    return {
        format: CAMPAIGN_RECORD_FORMAT,
        organisation: { code: '310100', name: '市监督所' },
        number: '310100-JC-2026-0001',
        rules: given,
        rulesDigest: toHex(digest),
        commitment: toHex(campaignCommitment(sha256, secret, digest)),
        committedAt: given.from,
        secret: toHex(secret),
        frame: acts,
        frameDigest: toHex(canonicalDigest(sha256, acts)),
        drawnAt: given.to,
        result: runCampaignDraw(sha256, given, acts, secret, undefined),
        ...more,
    };
}

/** The same with what the log has of it. */
export async function provenRecord(options: ProvenOptions = {}): Promise<CampaignRecord> {
    const parallel = {
        at: rules().to + 86_400_000,
        inspections: [
            {
                ...{ number: '310100-JC-2026-0002', title: '专项稽查', state: 'abandoned' as const },
                ...{ from: rules().from, to: rules().to, organisations: ['310111'], scenarios: [] },
                ...{
                    commitment: '00'.repeat(32),
                    committedAt: rules().from + 1,
                    endedAt: rules().to,
                    abandonReason: '合并到第 1 号',
                },
            },
        ],
    };
    const record = plainRecord({ parallel });
    return { ...record, log: await logOf(record, options) };
}

async function logOf(record: CampaignRecord, { seenAt, says, between }: ProvenOptions): Promise<CampaignLog> {
    const { number, commitment, rulesDigest, secret, frameDigest, committedAt, drawnAt, result, rules: given } = record;
    const key = entryOf(SYSTEM_ID, 'key.introduced', given.from - 10, [], {
        ...{ keyId: 'app-1', publicKey: toHex(APP.publicKey), algorithm: 'Ed25519' },
    });
    const about = uuid('e', 1);
    const before = entryOf(ORG, 'inspection.drafted', given.from - 5, [{ id: about, seq: 0 }], { number });
    const prev = (of: Kept) => toHex(leafHash(DIGEST, of.bytes));
    const committed = entryOf(ORG, 'inspection.committed', committedAt, [{ id: about, seq: 1, prev: prev(before) }], {
        ...{ number, commitment, rules_digest: rulesDigest },
        ...says?.committed,
    });
    const other = entryOf(ORG, 'party.created', committedAt + 1, [], {});
    const seq = between === true ? 3 : 2;
    const drawn = entryOf(ORG, 'inspection.drawn', drawnAt, [{ id: about, seq, prev: prev(committed) }], {
        ...{ number, secret, frame_digest: frameDigest, resultDigest: toHex(sha256(canonicalBytes(result))) },
        parallel: ['310100-JC-2026-0002'],
        ...says?.drawn,
    });
    const own = [before, committed, other, drawn];
    const seen = BigInt(Math.floor((seenAt ?? given.to - 86_400_000) / 1000));
    const late = BigInt(Math.floor(drawnAt / 1000) + 60);
    return {
        committed: { org: ORG, index: 1 },
        drawn: { org: ORG, index: 3 },
        keys: [{ app: 'app-1', publicKey: toHex(APP.publicKey), entry: { org: SYSTEM_ID, index: 0 } }],
        files: [
            ...(await filesOf(OWN, ORG, own, 1, 2, [seen])),
            ...(await filesOf(OWN, ORG, own, 3, 4, [late])),
            ...(await filesOf(SYSTEM, SYSTEM_ID, [key], 0, 1, [late])),
            { path: PACKAGE_PATHS.policy, bytes: toBase64(utf8(recordPolicy())) },
        ],
    };
}
