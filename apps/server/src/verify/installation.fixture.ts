import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, type Id } from '@liuhen/domain';
import pg from 'pg';
import { type RunningApp, startApp } from '../app.ts';
import { createAct } from '../features/act/act.commands.ts';
import { createDevice, issueDevice } from '../features/device/device.commands.ts';
import { readConfig } from '../platform/config.ts';
import { pgTypes } from '../platform/db/types.ts';
import { type BuiltOrganisation, type BuiltPerson, buildOrganisation, buildPerson } from '../testing/builders.ts';
import { holdCommands } from '../testing/hold-commands.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openEmbedded } from './open-database.ts';

/** A whole installation on a data folder of its own, as `npm start` makes it, with people, a recorder and an act. */
export type TestInstallation = {
    readonly dataFolder: string;
    /** Two real MP4 files: the first fits in one chunk, the second has three. */
    readonly clips: readonly [string, string];
    readonly scratch: string;
    readonly organisation: BuiltOrganisation;
    readonly officer: BuiltPerson & { certificateNumber: string };
    readonly device: { id: Id; number: string };
    readonly act: { readonly id: Id; number: string };
    app: RunningApp;
    start(): Promise<void>;
    /** Waits until every recording is sealed and inspected. */
    settled(count: number): Promise<void>;
    /** As a superuser, who no trigger stops. */
    tamper<T extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
    /** Does the work while no command of the running server can end: what it would write waits, and is written afterwards. */
    still<T>(work: () => Promise<T>): Promise<T>;
    /** Every file below the store's objects, without the lists beside them. */
    objects(): Promise<string[]>;
    close(): Promise<void>;
};

const CLIPS = new URL('../../../../demo/clips/', import.meta.url);

export async function testInstallation(): Promise<TestInstallation> {
    const folder = await temporaryFolder('installation');
    const dataFolder = join(folder.path, 'data');
    const scratch = join(folder.path, 'files');
    await mkdir(scratch);
    const start = () =>
        startApp({
            config: readConfig({ LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' }, { dataFolder }),
        });
    const app = await start();
    const organisation = await buildOrganisation(app.services);
    const officer = await buildPerson(app.services, organisation);
    const { certificateNumber } = officer;
    if (certificateNumber === null) throw new Error('an officer has a certificate');
    const by = () => organisation.as(officer);
    const device = await createDevice(app.services, by(), { kind: 'recorder', number: 'A0173' });
    await issueDevice(app.services, by(), device.id, { personId: officer.id });
    const now = app.services.clock.now();
    const act = await createAct(app.services, by(), {
        scenario: 'routineInspection',
        place: '示范路 1 号',
        startsAt: now - 2 * HOUR,
        endsAt: now - HOUR,
        participants: [{ personId: officer.id, part: 'officer' }],
    });
    const installation: TestInstallation = {
        dataFolder,
        clips: await makeClips(scratch),
        scratch,
        organisation,
        officer: { ...officer, certificateNumber },
        device: { id: device.id, number: 'A0173' },
        act: { id: act.id, number: '' },
        app,
        async start() {
            installation.app = await start();
        },
        async settled(count) {
            for (let tries = 0; ; tries++) {
                const rows = await installation.tamper<{ ready: boolean }>(
                    `select state = 'sealed' and inspected_at is not null as ready from liuhen.recording`,
                );
                if (rows.length >= count && rows.every((row) => row.ready)) return;
                if (tries > 400) throw new Error('the recordings do not settle');
                await sleep(50);
            }
        },
        async tamper<T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) {
            const { url } = await openEmbedded(join(dataFolder, 'postgres'), () => undefined, undefined);
            const client = new pg.Client({ connectionString: url, types: pgTypes });
            await client.connect();
            try {
                await client.query('set session_replication_role = replica');
                return (await client.query<T>(sql, [...values])).rows;
            } finally {
                await client.end();
            }
        },
        async still(work) {
            const { url } = await openEmbedded(join(dataFolder, 'postgres'), () => undefined, undefined);
            return holdCommands(url, work);
        },
        async objects() {
            const root = join(dataFolder, 'objects', 'objects');
            const entries = await readdir(root, { recursive: true, withFileTypes: true });
            return entries
                .filter((entry) => entry.isFile() && !entry.name.endsWith('.chunks'))
                .map((entry) => join(entry.parentPath, entry.name))
                .sort();
        },
        async close() {
            await installation.app.stop();
            await folder.remove();
        },
    };
    const [row] = await installation.tamper<{ number: string }>('select number from liuhen.act');
    installation.act.number = row?.number ?? '';
    return installation;
}

/** The second is the first with a `free` box of 9 MiB at its end (ISO/IEC 14496-12, 8.1.2): long and still right. */
async function makeClips(folder: string): Promise<[string, string]> {
    const [first = '', second = ''] = (await readdir(CLIPS)).filter((name) => name.endsWith('.MP4')).sort();
    const short = join(folder, first);
    await copyFile(new URL(first, CLIPS), short);
    const free = randomBytes(9 * 1024 * 1024);
    free.writeUInt32BE(free.length, 0);
    free.write('free', 4, 'latin1');
    const long = join(folder, second);
    await writeFile(long, Buffer.concat([await readFile(new URL(second, CLIPS)), free]));
    return [short, long];
}
