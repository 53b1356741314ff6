import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { S3Access } from '../platform/storage/s3-bucket.ts';

const run = promisify(execFile);

/** Debian's ceph-mon, ceph-osd, ceph-mgr, radosgw and ceph-common. */
const PROGRAMS = ['/usr/bin/ceph-mon', '/usr/bin/ceph-osd', '/usr/bin/ceph-mgr', '/usr/bin/radosgw', '/usr/bin/ceph'];

export const cephIsInstalled = async (): Promise<boolean> =>
    process.getuid?.() === 0 &&
    (
        await Promise.all(
            PROGRAMS.map((path) =>
                access(path).then(
                    () => true,
                    () => false,
                ),
            ),
        )
    ).every((there) => there);

const PID = 'gateway.pid';

export type Gateway = {
    readonly access: Omit<S3Access, 'bucket'>;
    /** The gateway is away: nobody answers there. Content stays. */
    pause(): Promise<void>;
    resume(): Promise<void>;
    stop(): Promise<void>;
};

/**
 * A Ceph of one node with its S3 gateway on loopback, in an empty folder: a real service with multipart, versions and object
 * lock. Everything is kept once: for tests only. Needs root. About 20 s until it answers.
 */
export async function startCephGateway(folder: string): Promise<Gateway> {
    for (const part of ['run', 'mon', 'mgr', 'osd', 'rgw']) await mkdir(join(folder, part), { recursive: true });
    const [port, monitor] = [await freePort(), await freePort()];
    const fsid = randomUUID();
    const config = join(folder, 'ceph.conf');
    await writeFile(config, configuration(folder, fsid, port, monitor));
    const conf = ['-c', config];
    const ceph = (...args: string[]) => run('ceph', [...conf, '--connect-timeout', '20', ...args]);

    const keyring = join(folder, 'keyring');
    await run('ceph-authtool', ['--create-keyring', keyring, '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *']);
    for (const who of ['client.admin', 'client.rgw.a', 'osd.0', 'mgr.x']) {
        const rights = ['mon', 'osd', 'mgr'].flatMap((part) => ['--cap', part, 'allow *']);
        await run('ceph-authtool', [keyring, '--gen-key', '-n', who, ...rights]);
    }
    await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitor}]`, join(folder, 'monmap')]);
    await run('ceph-mon', [...conf, '--mkfs', '-i', 'a', '--monmap', join(folder, 'monmap'), '--keyring', keyring]);
    await run('ceph-mon', [...conf, '-i', 'a']);
    try {
        await eventually(() => ceph('quorum_status'));
        const osd = randomUUID();
        await ceph('osd', 'create', osd);
        await run('ceph-osd', [...conf, '-i', '0', '--mkfs', '--osd-uuid', osd]);
        await ceph('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=h');
        await run('ceph-osd', [...conf, '-i', '0']);
        await run('ceph-mgr', [...conf, '-i', 'x']);
        const endpoint = `http://127.0.0.1:${port}`;
        const resume = async () => {
            const gateway = spawn('radosgw', ['-f', ...conf, '-n', 'client.rgw.a'], { stdio: 'ignore', detached: true });
            gateway.unref();
            await writeFile(join(folder, 'run', PID), String(gateway.pid));
            await eventually(() => fetch(endpoint));
        };
        await resume();
        const [accessKeyId, secretAccessKey] = ['liuhen-test', 'liuhen-test-secret'];
        await run('radosgw-admin', [
            ...conf,
            ...['-n', 'client.rgw.a', 'user', 'create', '--uid', 'liuhen', '--display-name', 'liuhen'],
            ...['--access-key', accessKeyId, '--secret-key', secretAccessKey],
        ]);
        return {
            access: { endpoint, region: 'default', accessKeyId, secretAccessKey },
            pause: () => stopThose(folder, (name) => name === PID),
            resume,
            stop: () => stopThose(folder, () => true),
        };
    } catch (error) {
        await stopThose(folder, () => true);
        throw error;
    }
}

const configuration = (folder: string, fsid: string, port: number, monitor: number): string => `[global]
fsid = ${fsid}
mon_host = [v2:127.0.0.1:${monitor}/0]
mon_initial_members = a
public_addr = 127.0.0.1
auth_cluster_required = cephx
auth_service_required = cephx
auth_client_required = cephx
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
osd_crush_chooseleaf_type = 0
ms_bind_ipv6 = false
run_dir = ${folder}/run
log_file = ${folder}/$name.log
admin_socket = ${folder}/run/$name.asok
pid_file = ${folder}/run/$name.pid
keyring = ${folder}/keyring
mon_data = ${folder}/mon
mgr_data = ${folder}/mgr
osd_data = ${folder}/osd
osd_objectstore = bluestore
bluestore_block_size = 8589934592
bluestore_block_create = true
osd_memory_target = 939524096
[client.rgw.a]
rgw_frontends = beast endpoint=127.0.0.1:${port}
rgw_data = ${folder}/rgw
rgw_dns_name = localhost
`;

/** Only what was started here, by the numbers written down then. */
async function stopThose(folder: string, which: (file: string) => boolean): Promise<void> {
    const files = (await readdir(join(folder, 'run'))).filter((name) => name.endsWith('.pid') && which(name));
    const pids = await Promise.all(files.map(async (name) => Number(await readFile(join(folder, 'run', name), 'utf8'))));
    const living = pids.filter((pid) => Number.isInteger(pid) && pid > 1);
    const signal = (name: NodeJS.Signals) => {
        for (const pid of living) {
            try {
                process.kill(pid, name);
            } catch {
                // Gone already.
            }
        }
    };
    signal('SIGTERM');
    await sleep(1_000);
    signal('SIGKILL');
}

async function eventually(look: () => Promise<unknown>): Promise<void> {
    for (let left = 120; ; left -= 1) {
        try {
            await look();
            return;
        } catch (error) {
            if (left === 0) throw error;
            await sleep(500);
        }
    }
}

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
}
