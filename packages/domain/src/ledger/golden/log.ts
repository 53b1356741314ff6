import { utf8Bytes } from '../../kernel/bytes.ts';
import { canonicalBytes, canonicalJson } from '../../kernel/canonical-json.ts';
import { fromHex, toHex } from '../../kernel/hex.ts';
import { SYSTEM_ID } from '../../kernel/ids.ts';
import type { Digest } from '../digest.ts';
import type { Entry, EntryContent, EntryObject, EntryRow, UnsignedEntry } from '../entry.ts';
import { bodyHash, chainValue, entryBytes, entrySigningMessage, genesisChain, leafHash, unsignedEntryBytes } from '../entry.ts';
import { createCompactRange } from '../merkle.ts';
import { canonicalRow, rowDigest } from '../row-digest.ts';
import type { GoldenEntry, GoldenHead, GoldenStateRow } from './format.ts';

/** What the maker gives: hash functions and the test key's signature, which is deterministic (RFC 8032). */
export type Tools = { readonly digest: Digest; readonly keyId: string; sign(message: Uint8Array): Uint8Array };

/** One entry to be made; `objects` are named, their sequence is worked out from the log so far. */
export type Draft = {
    readonly name: string;
    readonly kind: string;
    readonly objects: readonly string[];
    readonly rows: readonly EntryRow[];
    readonly content?: readonly EntryContent[];
    readonly body: unknown;
    readonly actor?: string;
    readonly destroyed?: true;
};

const START = Date.UTC(2026, 8, 1, 1, 30);
export const uuid = (n: number): string => `0199a1b2-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const ORG = uuid(0x100);
const OFFICER = uuid(0x201);

/** The rows of the examples, one of each encoding. Bigints and bytes are written so that JSON can hold them. */
const ROWS: readonly { table: string; row: Record<string, unknown> }[] = [
    {
        table: 'act',
        row: {
            id: uuid(0x301),
            org_id: ORG,
            version: 1,
            kind: 'inspection',
            place: '上海市静安区某路1号',
            started_at: { $bigint: '1788226200000' },
            ended_at: null,
            urgent: false,
        },
    },
    {
        table: 'act',
        row: {
            id: uuid(0x301),
            org_id: ORG,
            version: 2,
            kind: 'inspection',
            place: '上海市静安区某路1号',
            started_at: { $bigint: '1788226200000' },
            ended_at: { $bigint: '1788229800000' },
            urgent: false,
        },
    },
    {
        table: 'blob',
        row: {
            id: uuid(0x501),
            org_id: ORG,
            version: 1,
            sha256: { $bytes: 'ab'.repeat(32) },
            size: { $bigint: '9007199254740993' },
        },
    },
    {
        table: 'organisation',
        row: { id: ORG, org_id: ORG, version: 1, name: '静安区卫生健康委员会监督所(测试)', closed_at: null },
    },
    {
        table: 'party',
        row: {
            id: uuid(0x401),
            org_id: ORG,
            version: 1,
            name: 'Cafe\u0301 𠮷野',
            tags: ['口腔', 'e\u0301'],
            facts: { seats: 3, note: null, nested: { '0': true, a: [] } },
        },
    },
    { table: 'recording', row: { id: uuid(0x601), org_id: ORG, version: 1, blob_id: uuid(0x501), name: '../"\u0001\u202e.mp4' } },
];

export function goldenStateRows(tools: Tools): GoldenStateRow[] {
    return ROWS.map(({ table, row }) => {
        const read = readRow(row);
        return { table, row, canonical: canonicalRow(read), sha256: rowDigest(tools.digest, table, read) };
    });
}

/** Puts bigints and bytes of a golden row back into the form the database driver gives. */
export const readRow = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, readColumn(value)]));

function readColumn(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if ('$bigint' in value) return BigInt(String(value.$bigint));
    if ('$bytes' in value) return fromHex(String(value.$bytes));
    return value;
}

export function goldenDrafts(rows: readonly GoldenStateRow[], digest: Digest): Draft[] {
    const row = (table: string, version: number): EntryRow => {
        const found = rows.find((each) => each.table === table && each.row.version === version);
        return { table, id: String(found?.row.id), version, sha256: found?.sha256 ?? '' };
    };
    const content: EntryContent = {
        sha256: toHex(digest.sha256(utf8Bytes('content'))),
        sm3: toHex(digest.sm3(utf8Bytes('content'))),
        size: '9007199254740993',
        chunkRoot: toHex(digest.sha256(utf8Bytes('chunks'))),
    };
    const [act, party, recording] = [uuid(0x301), uuid(0x401), uuid(0x601)];
    return [
        {
            name: 'one object, one row',
            kind: 'organisation.created',
            objects: [ORG],
            rows: [row('organisation', 1)],
            body: { name: '静安区卫生健康委员会监督所(测试)' },
            actor: SYSTEM_ID,
        },
        {
            name: 'several objects and rows',
            kind: 'act.created',
            objects: [act, party, ORG],
            rows: [row('act', 1), row('party', 1)],
            body: { party: '上海某某口腔门诊部有限公司', officers: ['张三', '李四'], note: '现场检查 “𠮷” 换行\n制表\t' },
        },
        {
            name: 'content',
            kind: 'recording.registered',
            objects: [recording, act],
            rows: [row('blob', 1), row('recording', 1)],
            content: [content],
            body: { name: '执法记录仪0001.mp4' },
        },
        {
            name: 'a view: no row',
            kind: 'recording.viewingOpened',
            objects: [recording],
            rows: [],
            body: { purpose: '案卷评查', ip: '203.0.113.9' },
        },
        {
            name: 'a later version',
            kind: 'act.updated',
            objects: [act, party],
            rows: [row('act', 2)],
            body: { changed: ['endedAt'] },
        },
        {
            name: 'no object, body destroyed',
            kind: 'session.refused',
            objects: [],
            rows: [],
            body: { account: 'nobody' },
            actor: SYSTEM_ID,
            destroyed: true,
        },
    ];
}

/** Signs and chains the drafts. */
export function makeLog(tools: Tools, drafts: readonly Draft[]): GoldenEntry[] {
    const last = new Map<string, { seq: number; leaf: string }>();
    const log: GoldenEntry[] = [];
    for (const [idx, draft] of drafts.entries()) {
        const salt = tools.digest.sha256(utf8Bytes(`salt ${idx}`));
        const body = canonicalJson(draft.body);
        const objects = draft.objects.map((id): EntryObject => {
            const before = last.get(id);
            return before === undefined ? { id, seq: 0 } : { id, seq: before.seq + 1, prev: before.leaf };
        });
        const unsigned: UnsignedEntry = {
            v: 1,
            kind: draft.kind,
            bodySchema: 1,
            at: START + 60_000 * idx,
            org: ORG,
            actor: draft.actor ?? OFFICER,
            commandId: uuid(0x900 + idx),
            objects,
            rows: draft.rows,
            content: draft.content ?? [],
            bodyHash: toHex(bodyHash(tools.digest, salt, utf8Bytes(body))),
            app: tools.keyId,
        };
        const entry = signEntry(tools, unsigned);
        const made = chained(tools, log, {
            name: draft.name,
            ...columns(idx, unsigned),
            unsigned: toHex(unsignedEntryBytes(unsigned)),
            entry: toHex(entryBytes(entry)),
            bodyHash: unsigned.bodyHash,
        });
        log.push(draft.destroyed ? made : { ...made, salt: toHex(salt), body });
        for (const object of objects) last.set(object.id, { seq: object.seq, leaf: made.leaf });
    }
    return log;
}

/** Signs like the application, or over a message of the attacker's choice. */
export const signEntry = (tools: Tools, unsigned: UnsignedEntry, message: Uint8Array = entrySigningMessage(unsigned)): Entry => ({
    ...unsigned,
    sig: toHex(tools.sign(message)),
});

/** Signs members no honest writer would: in canonical form, with the right context line. */
export function signMembers(tools: Tools, members: Readonly<Record<string, unknown>>): Uint8Array {
    const context = utf8Bytes('liuhen/entry/v1\n');
    const unsigned = canonicalBytes(members);
    const message = new Uint8Array([...context, ...unsigned]);
    return canonicalBytes({ ...members, sig: toHex(tools.sign(message)) });
}

export const columns = (idx: number, entry: UnsignedEntry) => ({
    idx,
    kind: entry.kind,
    at: entry.at,
    commandId: entry.commandId,
    actor: entry.actor,
});

/** Adds leaf and chain to a row that follows `before`. */
export function chained<T extends { entry: string }>(
    tools: Tools,
    before: readonly { chain: string }[],
    row: T,
): T & { leaf: string; chain: string } {
    const leaf = leafHash(tools.digest, fromHex(row.entry));
    const previous = before.at(-1)?.chain;
    const chain = chainValue(tools.digest, previous === undefined ? genesisChain(tools.digest) : fromHex(previous), leaf);
    return { ...row, leaf: toHex(leaf), chain: toHex(chain) };
}

export const headOf = (rows: readonly { chain: string }[]): GoldenHead => ({
    size: rows.length,
    chain: rows.at(-1)?.chain ?? '',
});

export function rootOf(digest: Digest, log: readonly GoldenEntry[]): string {
    const tree = createCompactRange(digest.sha256);
    for (const each of log) tree.append(fromHex(each.leaf));
    return toHex(tree.root());
}
