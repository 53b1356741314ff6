import { fill } from '@liuhen/contract';
import { DomainError, type Id, type PolicyWitness, SYSTEM_ID } from '@liuhen/domain';
import { everyLog } from '../features/ledger/checkpoint/checkpoint.queries.ts';
import { compareWithMirror, type MirrorComparison } from '../features/ledger/checkpoint/compare-mirror.ts';
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
        const mirrors = (await readMirrors(config)).filter(({ url }) => url !== undefined);
        if (mirrors.length === 0) {
            io.err(words.none);
            return EXIT.usage;
        }
        const outside = { log: () => undefined, signal: io.signal };
        return await besideDatabase(config, outside, { name: 'compare-mirror', busy: 'mirror.busy' }, (tools) =>
            everyOne(tools, io, mirrors),
        );
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        io.err(fill(words.ended, { reason: reasonOf(error, io.language, words.reasons) }));
        return EXIT.unreachable;
    }
}

async function everyOne(tools: BesideTools, io: Io, mirrors: readonly PolicyWitness[]): Promise<number> {
    let code: number = EXIT.ok;
    for (const mirror of mirrors)
        for (const orgId of await everyLog(tools))
            for (const origin of await namesOf(tools, orgId)) {
                const installation = { keyFolder: tools.keyFolder };
                const result = await compareWithMirror({ db: tools.db, installation }, mirror, { orgId, origin });
                code = Math.max(code, say(io, { mirror: mirror.key.name, log: await nameOf(tools, io, orgId), origin }, result));
            }
    return code;
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
