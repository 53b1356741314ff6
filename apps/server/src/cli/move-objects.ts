import { fill } from '@liuhen/contract';
import { DomainError, type Id } from '@liuhen/domain';
import { amountLeft, eraseMoved, type MoveTools, moveObjects, type Stays } from '../features/storage/move.commands.ts';
import { type Amount, amountIn, organisationsByCode } from '../features/storage/move.queries.ts';
import { beside } from '../open-beside.ts';
import { readConfig } from '../platform/config.ts';
import { formatBytes } from '../verify/format-bytes.ts';
import { EXIT, type Io, UsageError } from './io.ts';
import { readOptions, refuseArguments } from './options.ts';
import { reasonOf } from './reason.ts';
import { cliWords } from './words.ts';
import { moveWords } from './words-move.ts';

const OPTIONS = {
    data: { type: 'string' },
    organisation: { type: 'string' },
    erase: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
} as const;

/** `liuhen move-objects`: what lies in the data folder moves into the bucket; with `--erase` what was moved goes from the folder. */
export async function moveObjectsCommand(args: readonly string[], io: Io): Promise<number> {
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    refuseArguments(positionals, cliWords[io.language]);
    try {
        const config = readConfig(io.env, values.data === undefined ? {} : { dataFolder: values.data });
        const log = { log: () => undefined, signal: io.signal };
        return await beside(config, log, (tools) => eachOrganisation(tools, io, values));
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        io.progress('');
        io.err(fill(moveWords[io.language].ended, { reason: reasonOf(error, io.language, moveWords[io.language].reasons) }));
        return EXIT.unreachable;
    }
}

type Wanted = { organisation?: string | undefined; erase?: boolean | undefined; 'dry-run'?: boolean | undefined };

async function eachOrganisation(tools: MoveTools, io: Io, wanted: Wanted): Promise<number> {
    const words = moveWords[io.language];
    const organisations = await tools.db.read({ readOrgs: [] }, (db) => organisationsByCode(db, wanted.organisation));
    if (organisations.length === 0 && wanted.organisation !== undefined) {
        throw new UsageError(fill(words.noOrganisation, { code: wanted.organisation }));
    }
    let stayed = 0;
    for (const { id, name } of organisations) {
        if (wanted['dry-run'] === true) {
            const { objects, bytes } = await amountOf(tools, id, wanted.erase === true);
            io.out(
                fill(wanted.erase === true ? words.wouldErase : words.wouldMove, { name, objects, bytes: formatBytes(bytes) }),
            );
        } else stayed += await oneOrganisation(tools, io, { id, name, erase: wanted.erase === true });
        if (tools.signal.aborted) break;
    }
    if (tools.signal.aborted) io.err(io.signal.aborted ? words.interrupted : words.lockLost);
    return stayed > 0 || tools.signal.aborted ? EXIT.failed : EXIT.ok;
}

const amountOf = (tools: MoveTools, orgId: Id, erase: boolean): Promise<Amount> =>
    erase ? amountLeft(tools, orgId) : tools.db.read({ readOrgs: [orgId] }, (db) => amountIn(db, orgId, tools.from.id));

/** Gives how many objects stayed where they were. */
async function oneOrganisation(tools: MoveTools, io: Io, { id, name, erase }: { id: Id; name: string; erase: boolean }) {
    const words = moveWords[io.language];
    const total = await amountOf(tools, id, erase);
    let [objects, bytes, stayed] = [0, 0n, 0];
    const since = performance.now();
    const steps = {
        done: (size: bigint) => {
            objects += 1;
            bytes += size;
            io.progress(fill(words.progress, { name, ...shown({ objects, bytes }, total, performance.now() - since) }));
        },
        stays: (what: Stays) => {
            stayed += 1;
            io.progress('');
            io.err(staysLine(what, io, erase));
        },
    };
    await (erase ? eraseMoved : moveObjects)(tools, id, steps);
    io.progress('');
    io.out(fill(erase ? words.erased : words.moved, { name, objects, bytes: formatBytes(bytes), stayed }));
    return stayed;
}

/** How far it is, how fast, and how long the rest takes at that. */
function shown(done: Amount, total: Amount, ms: number): Record<string, string | number> {
    const perSecond = ms > 0 ? Number(done.bytes) / (ms / 1000) : 0;
    const left = total.bytes > done.bytes ? Number(total.bytes - done.bytes) : 0;
    return {
        objects: done.objects,
        of: total.objects,
        bytes: formatBytes(done.bytes),
        size: formatBytes(total.bytes),
        rate: formatBytes(BigInt(Math.round(perSecond))),
        minutes: perSecond > 0 ? Math.ceil(left / perSecond / 60) : 0,
    };
}

function staysLine({ key, size, names, error }: Stays, io: Io, erase: boolean): string {
    const words = moveWords[io.language];
    const chunk = error.params.chunk;
    const reasons = erase ? words.notSound : words.notMoved;
    const reason =
        error.code === 'storage.objectMissing'
            ? reasons.missing
            : typeof chunk === 'number' && chunk >= 0
              ? fill(reasons.chunk, { chunk })
              : reasons.list;
    return fill(words.stays, { key, size: formatBytes(size), reason, names: names.join(words.and) || words.unnamed });
}
