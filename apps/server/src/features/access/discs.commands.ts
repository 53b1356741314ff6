import { bodyOf, DISC_BYTES, type DiscMedium, DomainError, type Id, SYSTEM_ID } from '@liuhen/domain';
import { installedXorriso } from '../../platform/archive/disc-image.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import type { KeptBytes } from '../../platform/storage/keep-bytes.ts';
import { insertDisc, insertDiscSet, lockDiscSet, lockDiscSetOf, updateDiscSet } from './discs.store.ts';
import { packageOf } from './package.queries.ts';
import { objectsOf, retrievalFor } from './retrieval.commands.ts';
import { lockRetrieval } from './retrieval.store.ts';

export const DISCS_TASK = 'retrieval.discs';

/** Throws `retrieval.discsImpossible` where the program that makes images is not installed. */
export async function refuseWithoutProgram(): Promise<void> {
    if ((await installedXorriso()) === undefined) throw new DomainError('retrieval.discsImpossible');
}

/** Whether discs can be made here, and what they hold. */
export async function possibleDiscs({ config }: Services) {
    const bytesOf = (medium: DiscMedium) => config.discBytes ?? DISC_BYTES[medium];
    return {
        discsPossible: (await installedXorriso()) !== undefined,
        discBytes: { dvd: bytesOf('dvd'), bd: bytesOf('bd') },
    };
}

/** Discs of a package that is there, also of one that was handed over. Those that were made before the making ended stay. */
export async function startDiscs(
    services: Services,
    context: CommandContext,
    { retrievalId, medium }: { readonly retrievalId: Id; readonly medium: DiscMedium },
): Promise<{ id: Id }> {
    await refuseWithoutProgram();
    return runCommand(services.commands, context, 'retrieval.makeDiscs', async (tx) => {
        const retrieval = await retrievalFor(tx, retrievalId);
        const kept = await packageOf(tx.read, retrievalId);
        if (kept === undefined) throw new DomainError('retrieval.notPackaged');
        const begun = await beginDiscs(services, tx, retrieval, { packageId: kept.id, medium, by: tx.actor });
        return { result: { id: begun.id }, events: [begun.event] };
    });
}

type Retrieval = NonNullable<Awaited<ReturnType<typeof lockRetrieval>>>;

/** Rows and entry of a making that begins, in the command that causes it. Throws `retrieval.discsMade`, `retrieval.discsBeingMade`. */
export async function beginDiscs(
    services: Services,
    tx: Tx,
    retrieval: Retrieval,
    { packageId, medium, by }: { readonly packageId: Id; readonly medium: DiscMedium; readonly by: Id },
) {
    const known = await lockDiscSetOf(tx, retrieval.id, medium);
    if (known?.state === 'made') throw new DomainError('retrieval.discsMade');
    if (known?.state === 'making') throw new DomainError('retrieval.discsBeingMade');
    const [setId, makingId] = [known?.id ?? tx.newId(), tx.newId()];
    const making = { state: 'making', making_id: makingId, begun_by: by, begun_at: tx.now, failed: null } as const;
    if (known !== undefined) await updateDiscSet(tx, known, making);
    else
        await insertDiscSet(tx, {
            ...{ id: setId, retrieval_id: retrieval.id, package_id: packageId, medium },
            ...{ disc_bytes: services.config.discBytes ?? DISC_BYTES[medium], made_at: null },
            ...making,
        });
    tx.enqueue({ task: DISCS_TASK, payload: { setId, makingId }, key: `${DISCS_TASK}:${makingId}` });
    const body = bodyOf({ number: retrieval.number, medium, by });
    return {
        id: setId,
        event: {
            kind: 'retrieval.discsStarted',
            objects: [...objectsOf(retrieval), ...(known === undefined ? [] : [setId])],
            body,
            creates: known === undefined ? [setId] : [],
        } as const,
    };
}

export const stopDiscs = (
    services: Services,
    context: CommandContext,
    { retrievalId, setId }: { readonly retrievalId: Id; readonly setId: Id },
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'retrieval.stopDiscs', async (tx) => {
        const retrieval = await retrievalFor(tx, retrievalId);
        const set = await lockDiscSet(tx, setId);
        if (set?.retrieval_id !== retrievalId || set.state !== 'making') throw new DomainError('retrieval.discsNotFound');
        await updateDiscSet(tx, set, { state: 'stopped', making_id: null });
        const body = bodyOf({ number: retrieval.number, medium: set.medium });
        return { result: {}, events: [{ kind: 'retrieval.discsStopped', objects: [...objectsOf(retrieval), setId], body }] };
    });

/** A making that goes on. */
export type DiscMaking = { readonly orgId: Id; readonly setId: Id; readonly makingId: Id };

const systemContext = ({ orgId, makingId }: DiscMaking, ...what: string[]): CommandContext => ({
    actor: SYSTEM_ID,
    orgId,
    readOrgs: [orgId],
    commandId: derivedId('discs', makingId, ...what),
});

/** Rows of a making that goes on. Throws `conflict.changedMeanwhile` where it is over. */
async function going(tx: Tx, { setId, makingId }: DiscMaking) {
    const set = await lockDiscSet(tx, setId);
    if (set?.making_id !== makingId) throw new DomainError('conflict.changedMeanwhile');
    const retrieval = await lockRetrieval(tx, set.retrieval_id);
    if (retrieval === undefined) throw new DomainError('conflict.changedMeanwhile');
    return { set, retrieval };
}

export type MadeDisc = {
    readonly volume: number;
    readonly volumes: number;
    readonly fileName: string;
    readonly label: string;
    readonly image: KeptBytes;
};

/** The image of a disc lies in storage. */
export const keepDisc = (services: Services, about: DiscMaking, { image, volume, volumes, ...names }: MadeDisc): Promise<null> =>
    runCommand(
        services.commands,
        systemContext(about, 'disc', String(volume)),
        'retrieval.keepDisc',
        async (tx) => {
            const { set, retrieval } = await going(tx, about);
            const blob = await blobFor(tx, image.digest, { storeId: services.store.id, key: image.key });
            const id = tx.newId();
            await insertDisc(tx, {
                ...{ id, set_id: set.id, volume, volumes, file_name: names.fileName, label: names.label },
                ...{ blob_id: blob.id, made_at: tx.now },
            });
            const { sha256, sm3, size, chunkRoot } = image.digest;
            const content = [{ sha256, sm3, size: String(size), chunkRoot }];
            const body = bodyOf({ number: retrieval.number, medium: set.medium, volume, volumes });
            return {
                result: null,
                events: [
                    { kind: 'retrieval.discKept', objects: [...objectsOf(retrieval), set.id], creates: [id], content, body },
                ],
            };
        },
        { retryOn: ['blob_content'] },
    );

export const finishDiscs = (services: Services, about: DiscMaking, volumes: number): Promise<null> =>
    runCommand(services.commands, systemContext(about, 'finished'), 'retrieval.finishDiscs', async (tx) => {
        const { set, retrieval } = await going(tx, about);
        await updateDiscSet(tx, set, { state: 'made', making_id: null, made_at: tx.now });
        const body = bodyOf({ number: retrieval.number, medium: set.medium, volumes });
        return { result: null, events: [{ kind: 'retrieval.discsMade', objects: [...objectsOf(retrieval), set.id], body }] };
    });

/** The package stays as it is; discs may be begun again once what is said here is mended. */
export const failDiscs = (services: Services, about: DiscMaking, code: string): Promise<null> =>
    runCommand(services.commands, systemContext(about, 'failed'), 'retrieval.failDiscs', async (tx) => {
        const { set, retrieval } = await going(tx, about);
        await updateDiscSet(tx, set, { state: 'stopped', making_id: null, failed: code });
        const body = bodyOf({ number: retrieval.number, medium: set.medium, code });
        return { result: null, events: [{ kind: 'retrieval.discsFailed', objects: [...objectsOf(retrieval), set.id], body }] };
    });
