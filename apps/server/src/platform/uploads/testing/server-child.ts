import { createServer } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '../../clock.ts';
import { hashPool } from '../../hashing/hash-pool.ts';
import { diskStore } from '../../storage/disk-store.ts';
import { AdvisoryLocker } from '../advisory-locker.ts';
import { pgUploadRows } from '../pg-upload-rows.ts';
import { uploadServer } from '../upload-server.ts';
import { registerItem } from './items.ts';

/** Settings of a server process under test, as JSON in the first argument. */
export type ChildSettings = {
    readonly databaseUrl: string;
    readonly root: string;
    readonly storeId: string;
    readonly orgId: string;
    readonly floorBytes?: string;
    readonly takeOverAfterMs?: number;
    readonly patienceMs?: number;
    readonly keepFor?: number;
    /** Added to the system's time, ms. */
    readonly clockOffset?: number;
};

const settings: ChildSettings = JSON.parse(process.argv[2] ?? '{}');
const clock = systemClock(() => Date.now() + (settings.clockOffset ?? 0));
const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: 5 });
const hashes = hashPool({ workers: 2 });
const store = diskStore({
    root: settings.root,
    id: settings.storeId,
    hashes,
    newId: clock.newId,
    floorBytes: BigInt(settings.floorBytes ?? 0),
});
const tell = async (what: string, uploadId: string): Promise<void> => {
    await pool.query('insert into told values ($1, $2)', [what, uploadId]);
};
const uploads = uploadServer({
    rows: pgUploadRows(pool),
    store,
    quarantineFolder: join(settings.root, 'quarantine'),
    hashes,
    locker: new AdvisoryLocker({ connectionString: settings.databaseUrl, patienceMs: settings.patienceMs ?? 3_000 }),
    hooks: {
        onSealed: async (upload) => ({ recordingId: await registerItem(pool, upload) }),
        onQuarantined: (upload) => tell('quarantined', upload.uploadId),
        onTerminated: (row) => tell('terminated', row.id),
        onExpired: (row) => tell('expired', row.id),
    },
    clock,
    // The person is whoever the header says: who that may be is not this layer's business.
    authenticate: async (request) => {
        const person = request.headers['x-person'];
        if (typeof person === 'string') return { orgId: settings.orgId, personId: person };
        return { status: 401, headers: {}, body: 'sign in' };
    },
    organisations: async () => [settings.orgId],
    onError: (error) => console.error(error),
    takeOverAfterMs: settings.takeOverAfterMs ?? 500,
    ...(settings.keepFor === undefined ? {} : { keepFor: settings.keepFor }),
});

const server = createServer((request, response) => {
    if (request.url === '/rss') {
        response.end(JSON.stringify({ ...process.memoryUsage() }));
        return;
    }
    if (request.url === '/sweep') {
        void uploads.sweep(clock.now()).then((done) => response.end(JSON.stringify(done)));
        return;
    }
    void uploads.handle(request, response);
});
server.requestTimeout = 0;
const recovery = await uploads.recover();
server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    console.log(
        JSON.stringify({
            port,
            sealed: recovery.sealed,
            resumable: recovery.resumable,
            failed: recovery.failed.map((each) => String(each.error)),
        }),
    );
});
