import { fill } from '@liuhen/contract';
import { DomainError, type Id, SYSTEM_ID } from '@liuhen/domain';
import { everyLog } from '../features/ledger/checkpoint/checkpoint.queries.ts';
import {
    compareWithMirror,
    type MirrorComparison,
    type MirrorSource,
    mirrorSource,
} from '../features/ledger/checkpoint/compare-mirror.ts';
import { diskSource } from '../features/ledger/checkpoint/disk-folder.ts';
import { type BesideTools, besideDatabase } from '../open-beside.ts';
import { readConfig } from '../platform/config.ts';
import { readMirrors } from '../platform/witnesses.ts';
import { EXIT, type Io } from './io.ts';
import { readOptions, refuseArguments } from './options.ts';
import { reasonOf } from './reason.ts';
import { cliWords } from './words.ts';
import { mirrorWords } from './words-mirror.ts';

const OPTIONS = { data: { type: 'string' } } as const;

/** `liuhen compare-mirror`: which entries of the logs are not any more what a mirror keeps of them. */
export async function compareMirrorCommand(args: readonly string[], io: Io): Promise<number> {
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    refuseArguments(positionals, cliWords[io.language]);
    const words = mirrorWords[io.language];
    try {
        const config = readConfig(io.env, values.data === undefined ? {} : { dataFolder: values.data });
        const sources: NamedSource[] = (await readMirrors(config))
            .filter(({ url }) => url !== undefined)
            .map((mirror) => ({ name: mirror.key.name, source: mirrorSource(mirror) }));
        if (config.secondDisk !== undefined) sources.push({ name: config.secondDisk, source: diskSource(config.secondDisk) });
        if (sources.length === 0) {
            io.err(words.none);
            return EXIT.usage;
        }
        const outside = { log: () => undefined, signal: io.signal };
        return await besideDatabase(config, outside, { name: 'compare-mirror', busy: 'mirror.busy' }, (tools) =>
            everyOne(tools, io, sources),
        );
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        io.err(fill(words.ended, { reason: reasonOf(error, io.language, words.reasons) }));
        return EXIT.unreachable;
    }
}

/** Where entries are kept besides the database, and what it is called. */
type NamedSource = { readonly name: string; readonly source: MirrorSource };

/**
 * Each log of each source is said by itself, and each source at its end in one line. What was lost or changed counts most; a source that has
 * nothing of a log is said to have nothing of it, also where it has the others.
 */
async function everyOne(tools: BesideTools, io: Io, sources: readonly NamedSource[]): Promise<number> {
    const codes = new Set<number>();
    for (const { name: mirror, source } of sources) {
        const counts = { same: 0, differs: 0, nothing: 0 };
        for (const orgId of await everyLog(tools))
            for (const origin of await namesOf(tools, orgId)) {
                const installation = { keyFolder: tools.keyFolder };
                const result = await compareWithMirror({ db: tools.db, installation }, source, { orgId, origin });
                const code = say(io, { mirror, log: await nameOf(tools, io, orgId), origin }, result);
                codes.add(code);
                counts[code === EXIT.ok ? 'same' : code === EXIT.failed ? 'differs' : 'nothing'] += 1;
            }
        const { same, differs, nothing } = counts;
        const line = { mirror, same: String(same), differs: String(differs), nothing: String(nothing) };
        io.out(fill(mirrorWords[io.language].summary, line));
    }
    if (codes.has(EXIT.failed)) return EXIT.failed;
    return codes.has(EXIT.unreachable) ? EXIT.unreachable : EXIT.ok;
}

function say(io: Io, about: Readonly<Record<'mirror' | 'log' | 'origin', string>>, result: MirrorComparison): number {
    const words = mirrorWords[io.language];
    if (result.kind === 'nothing') {
        io.err(fill(words.nothing, about));
        return EXIT.unreachable;
    }
    const params = { ...about, size: String(result.size) };
    if (result.kind === 'mirrorDamaged') {
        io.err(fill(words.mirrorDamaged, params));
        return EXIT.unreachable;
    }
    if (result.count === 0) {
        io.out(fill(words.same, params));
        return EXIT.ok;
    }
    io.out(fill(words.differs, { ...params, count: String(result.count) }));
    for (const { index, what } of result.differences) io.out(fill(words[what], { index: String(index) }));
    return EXIT.failed;
}

/** Every name under which a log was signed: of an older one the mirror may keep what was lost. */
const namesOf = ({ db }: BesideTools, orgId: Id): Promise<string[]> =>
    db.read({ readOrgs: [orgId] }, async (read) => {
        const rows = await read
            .selectFrom('ledger.log_key')
            .select('origin')
            .distinct()
            .where('org_id', '=', orgId)
            .where('hash', '=', 'sha256')
            .orderBy('origin')
            .execute();
        return rows.map(({ origin }) => origin);
    });

async function nameOf({ db }: BesideTools, io: Io, orgId: Id): Promise<string> {
    if (orgId === SYSTEM_ID) return mirrorWords[io.language].system;
    const row = await db.read({ readOrgs: [orgId] }, (read) =>
        read.selectFrom('organisation').select('name').where('id', '=', orgId).executeTakeFirst(),
    );
    return row?.name ?? orgId;
}
