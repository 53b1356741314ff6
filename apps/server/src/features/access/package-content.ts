import { createHash } from 'node:crypto';
import {
    concatBytes,
    DomainError,
    type EntryRef,
    formatManifest,
    type HeadHash,
    type Id,
    PACKAGE_PATHS,
    PACKAGE_UNLISTED,
    type PackageItem,
    retrievalStatement,
    SYSTEM_ID,
    sortEntryRefs,
    sortPackageFiles,
    utf8Bytes,
} from '@liuhen/domain';
import type { ResumableZip } from '../../platform/archive/resumable-zip.ts';
import type { Services } from '../../platform/services.ts';
import { readTrusted } from '../../platform/witnesses.ts';
import { policyFile } from '../ledger/checkpoint/policy.queries.ts';
import { proofOf } from '../ledger/checkpoint/proof.queries.ts';
import { chartPaper } from './package-chart.ts';
import type { PlannedContent } from './package-documents.queries.ts';
import type { PackagePlan } from './package-plan.queries.ts';
import { packageReadme } from './package-readme.ts';
import { stampFiles } from './package-stamps.ts';

/** A file of a package and how its bytes are had; `size` is known for what lies in storage. */
export type PackageFile = {
    readonly path: string;
    readonly size: bigint;
    readonly content: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
};

/** What was built beforehand: the bytes of the page that verifies the package, and where the program lies that draws charts. */
export type Built = { readonly verifier: Uint8Array; readonly chart: () => Promise<string> };

/** All files but the manifest, in the order in which they are written. */
export function filesOf(services: Services, plan: PackagePlan, { verifier, chart }: Built): PackageFile[] {
    const read = <T>(work: Parameters<typeof services.db.read<T>>[1]) =>
        services.db.read({ readOrgs: [plan.org, SYSTEM_ID] }, work);
    const one = (path: string, make: () => Promise<Uint8Array>): PackageFile => ({
        path,
        size: 0n,
        content: async () => piece(await make()),
    });
    const proof = ({ org, index }: EntryRef, head: HeadHash, size: bigint) =>
        read(async (db) => (await proofOf(db, org, { index: BigInt(index), head, size })).bytes);
    // Equal bytes of several recordings lie there once.
    const contents = new Map([...plan.recordings, ...plan.documents].map((each) => [each.path, each]));
    return [
        ...[...contents.values()].map((each) => stored(services, each)),
        ...plan.entries.flatMap(({ org, index, body }) => [
            one(PACKAGE_PATHS.entry({ org, index }), () => read((db) => entryBytes(db, org, index))),
            ...(body ? [one(PACKAGE_PATHS.body({ org, index }), () => read((db) => bodyBytes(db, org, index)))] : []),
            one(PACKAGE_PATHS.proof({ org, index }), () => proof({ org, index }, 'sha256', sizeOf(plan.checkpoints, org))),
            // The second head may be a moment behind the first.
            ...(BigInt(index) < sizeOf(plan.smCheckpoints, org)
                ? [
                      one(PACKAGE_PATHS.smProof({ org, index }), () =>
                          proof({ org, index }, 'sm3', sizeOf(plan.smCheckpoints, org)),
                      ),
                  ]
                : []),
        ]),
        ...plan.stamps.flatMap((size) =>
            stampFiles(read, plan.org, { size, under: plan.checkpoints[plan.org] ?? '0' }).map(({ path, make }) =>
                one(path, make),
            ),
        ),
        one(PACKAGE_PATHS.policy, async () => {
            const witnesses = await readTrusted(services.config);
            return read((db) => policyFile(db, plan.org, witnesses));
        }),
        one(PACKAGE_PATHS.statement, async () => {
            const { facts, maker, takenAt, documents } = plan;
            const made = { maker, takenAt, documents, recordings: plan.recordings.map((each) => each.facts) };
            return (await services.renderer.render(retrievalStatement(facts, made), takenAt)).pdf;
        }),
        ...(plan.acts.length === 0 ? [] : [one(PACKAGE_PATHS.chart, () => chartPaper(services, plan, chart))]),
        one(PACKAGE_PATHS.verifier, async () => verifier),
        one(PACKAGE_PATHS.readme, async () => utf8Bytes(packageReadme(plan))),
    ];
}

const sizeOf = (checkpoints: PackagePlan['checkpoints'], org: Id): bigint => BigInt(checkpoints[org] ?? '0');

/** How the issuing was entered, which the list cannot name: the entry of the log at `index` and its proof, once it is signed. */
export function receiptOf(services: Services, org: Id, index: number): { path: string; make: () => Promise<Uint8Array> }[] {
    const read = <T>(work: Parameters<typeof services.db.read<T>>[1]) => services.db.read({ readOrgs: [org] }, work);
    return [
        { path: PACKAGE_PATHS.receiptEntry, make: () => read((db) => entryBytes(db, org, index)) },
        {
            path: PACKAGE_PATHS.receiptProof,
            make: () => read(async (db) => (await proofOf(db, org, { index: BigInt(index), head: 'sha256' })).bytes),
        },
    ];
}

/** The list of everything else in the package with its digest; its own digest stands in the log. */
export function manifestOf(plan: PackagePlan, members: ResumableZip['members']): Uint8Array {
    const { facts, recordings, documents } = plan;
    const itemOf = ({ name, path, size, sha256, sm3 }: PlannedContent, place: number): PackageItem[] => {
        const bound = plan.items[place];
        const kind = place < recordings.length ? 'recording' : 'document';
        return bound === undefined ? [] : [{ kind, name: oneLine(name), path, size, sha256, sm3, ...bound }];
    };
    return formatManifest({
        type: 'liuhen/evidence-package',
        v: 1,
        id: plan.id,
        madeAt: plan.takenAt,
        issuer: { org: plan.org, name: oneLine(facts.agency) },
        maker: oneLine(plan.maker),
        recipient: oneLine(facts.recipient),
        purpose: oneLine(facts.proceeding),
        basis: oneLine(facts.basis),
        consent: plan.consent,
        items: [...recordings, ...documents].flatMap(itemOf),
        entries: sortEntryRefs(plan.entries.map(({ org, index }) => ({ org, index }))),
        keys: plan.keys,
        files: sortPackageFiles(
            members
                .filter(({ name }) => !PACKAGE_UNLISTED.includes(name))
                .map(({ name, size, sha256 }) => ({ path: name, size: String(size), sha256 })),
        ),
    });
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ').slice(0, 2000);

/** Bytes of storage, every chunk compared on reading, and the whole with the digest in the log at the end. */
const stored = (services: Services, { path, key, size, sha256, chunkRoot }: PlannedContent): PackageFile => ({
    path,
    size: BigInt(size),
    async content() {
        const bytes = await services.store.open(key, { start: 0n, end: BigInt(size), chunkRoot });
        return (async function* () {
            const sum = createHash('sha256');
            for await (const part of bytes as AsyncIterable<Uint8Array>) {
                sum.update(part);
                yield part;
            }
            if (sum.digest('hex') !== sha256) throw new DomainError('storage.objectDamaged', { chunk: -1 });
        })();
    },
});

export async function* piece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield bytes;
}

type Db = Parameters<Parameters<Services['db']['read']>[1]>[0];

async function entryBytes(db: Db, orgId: Id, index: number): Promise<Uint8Array> {
    const row = await db
        .selectFrom('ledger.entry')
        .select('entry')
        .where('org_id', '=', orgId)
        .where('idx', '=', index)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('ledger.notFound');
    return row.entry;
}

/** The salt, then the words: SHA-256 of both is `bodyHash` of the entry. */
async function bodyBytes(db: Db, orgId: Id, index: number): Promise<Uint8Array> {
    const row = await db
        .selectFrom('ledger.body')
        .select(['salt', 'body'])
        .where('org_id', '=', orgId)
        .where('idx', '=', index)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('ledger.bodyDestroyed');
    return concatBytes(row.salt, row.body);
}
