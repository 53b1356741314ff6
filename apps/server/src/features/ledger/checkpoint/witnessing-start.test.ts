import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatPolicy, type PolicyWitness } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testWitness } from '../../../../../../packages/domain/src/proof/golden/test-log.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { addOrganisation, type FeatureSystem, featureSystem } from '../../../testing/feature-system.ts';
import { everyLog } from './checkpoint.queries.ts';
import { checkpointerOf } from './start-checkpoints.ts';
import { refuseWitnessedMore } from './witnessing.ts';

let system: FeatureSystem;
let folder: string;
let server: Server;
const waiting: ServerResponse[] = [];

/** Of every witness, so many questions at once: fewer than there are logs, more than one. */
const TOGETHER = 3;

beforeAll(async () => {
    system = await featureSystem();
    folder = await mkdtemp(join(tmpdir(), 'liuhen-slow-witness-'));
    for (const code of ['310115', '310116', '310117'])
        await checkpointerOf(system.services).sign((await addOrganisation(system, code, `${code} 监督所`)).id);
    await checkpointerOf(system.services).sign((await everyLog(system.services))[0] ?? '');
    // Slow: it answers nobody before so many wait.
    server = createServer((request, response) => {
        request.resume();
        waiting.push(response);
        if (waiting.length >= TOGETHER) for (const each of waiting) if (!each.headersSent) each.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const witness: PolicyWitness = { name: 'slow', key: testWitness('slow.example/witness').key, url };
    const witnessFile = join(folder, 'witnesses.txt');
    await writeFile(
        witnessFile,
        formatPolicy(nodeDigest.sha256, { logs: [], witnesses: [witness], groups: [], quorum: undefined }),
    );
    Object.assign(system.services.config, { witnessFile });
}, 60_000);
afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true, force: true });
    await system?.close();
});

it('a witness that is slow is asked about the logs side by side at a start', async () => {
    await refuseWitnessedMore(system.services);
    expect(waiting).toHaveLength(4);
}, 15_000);
