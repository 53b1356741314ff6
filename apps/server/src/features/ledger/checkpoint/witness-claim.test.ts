import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
    bodyOf,
    type DomainEvent,
    formatCheckpoint,
    formatNote,
    formatPolicy,
    headOrigin,
    MINUTE,
    NOTE_TYPE_COSIGNATURE_V1,
    NOTE_TYPE_ED25519,
    parseCheckpoint,
    parseNote,
    TLOG_SIZE_TYPE,
    utf8Bytes,
    verifierKey,
} from '@liuhen/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../platform/command/command.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { makeKey, openKey, type Signer } from '../../../platform/signer.ts';
import { readWitnesses } from '../../../platform/witnesses.ts';
import { commandBy } from '../../../testing/builders.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { lastCheckpoint } from './checkpoint.queries.ts';
import { listCheckpoints } from './checkpoint-list.queries.ts';
import { logsToContinue } from './continue-log.ts';
import type { HandingOver } from './handing-over.ts';
import { SignedState } from './signed-state.ts';
import { checkpointerOf } from './start-checkpoints.ts';
import { refuseWitnessedMore, witnessingOf } from './witnessing.ts';

/** What the witness says, whatever it is asked: its answer to add-checkpoint, and what it hands out as the last it cosigned. */
let says: { status: number; type?: string; body?: string; shows?: Uint8Array; meanwhile?: () => Promise<void> };
let system: FeatureSystem;
let folder: string;
let server: Server;
let org: TestOrganisation;
let pusher: HandingOver;

beforeAll(async () => {
    system = await featureSystem();
    folder = await mkdtemp(join(tmpdir(), 'liuhen-claims-'));
    org = await addOrganisation(system, '310116', '金山区监督所');
    server = createServer((request, response) => {
        request.resume();
        request.on('end', async () => {
            if (request.method === 'POST') await says.meanwhile?.();
            if (request.method === 'GET') response.writeHead(says.shows === undefined ? 404 : 200).end(says.shows);
            else response.writeHead(says.status, { 'content-type': says.type ?? 'text/plain' }).end(says.body ?? '');
        });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const key = verifierKey(nodeDigest.sha256, 'witness.example/hostile', NOTE_TYPE_COSIGNATURE_V1, new Uint8Array(32).fill(7));
    const witnessFile = join(folder, 'witnesses.txt');
    const witnesses = [{ name: 'hostile', key, url }];
    await writeFile(witnessFile, formatPolicy(nodeDigest.sha256, { logs: [], witnesses, groups: [], quorum: 'hostile' }));
    Object.assign(system.services.config, { witnessFile });
    pusher = witnessingOf(system.services);
});
beforeEach(async () => {
    await system.superPool.query('delete from liuhen.witness_trouble');
    system.services.clock.advance(11 * MINUTE);
    await fill();
});
afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true, force: true });
    await system.close();
});

async function fill(): Promise<void> {
    const { services } = system;
    await runCommand(services.commands, commandBy(services, org.id, org.actor), 'party.import', async (tx) => ({
        result: null,
        events: [{ kind: 'party.created', creates: [tx.newId()], body: bodyOf({ name: '相对人（虚构）' }) }] as unknown as [
            DomainEvent,
        ],
    }));
    await checkpointerOf(services).sign(org.id);
}

const last = async () => {
    const found = await system.services.db.read({ readOrgs: [org.id] }, (db) => lastCheckpoint(db, org.id, 'sha256'));
    if (found === undefined) throw new Error('nothing signed');
    return { ...found, origin: parseCheckpoint(parseNote(found.note).text).origin };
};
const standing = async () => {
    const witnesses = await readWitnesses(system.services.config);
    const list = await system.services.db.read({ readOrgs: [org.id] }, (db) =>
        listCheckpoints(db, org.id, { limit: 1 }, witnesses),
    );
    return list.standing;
};
const tooMuch = (size: bigint) => ({ status: 409, type: TLOG_SIZE_TYPE, body: `${size}\n` });

/** A checkpoint of this log, signed by whoever. */
function note(origin: string, size: bigint, root: Uint8Array, signer: Signer): Uint8Array {
    const text = formatCheckpoint({ origin, size, root });
    const { keyHash } = verifierKey(nodeDigest.sha256, origin, NOTE_TYPE_ED25519, signer.publicKey);
    return formatNote({ text, signatures: [{ name: origin, keyHash, signature: signer.sign(utf8Bytes(text)) }] });
}
const keyFile = (year: number | string) => join(system.services.installation.keyFolder, 'log', `${org.id}-${year}-ed25519.pem`);
async function logKey(): Promise<Signer> {
    const { rows } = await system.superPool.query("select year from ledger.log_key where org_id = $1 and hash = 'sha256'", [
        org.id,
    ]);
    const signer = await openKey(keyFile(rows[0].year));
    if (signer === undefined) throw new Error('no key of the log');
    return signer;
}

/** Nothing stops: the next entry is signed, the server would start, no log is to be continued under another name. */
async function expectGoesOn(code: string): Promise<void> {
    await refuseWitnessedMore(system.services);
    const before = (await last()).size;
    await fill();
    expect((await last()).size).toBe(before + 1n);
    expect(await standing()).toMatchObject({ alarm: null, witnesses: [{ trouble: { code } }] });
    expect(await logsToContinue(system.services, new SignedState(system.services.installation.keyFolder))).toEqual([]);
    await system.expectSound();
}

async function expectStops(code: string): Promise<void> {
    const before = (await last()).size;
    await fill();
    expect((await last()).size).toBe(before);
    expect((await standing()).alarm).toMatchObject({ code });
    expect(JSON.stringify(await standing())).not.toContain('\\n\\n');
    const continued = await logsToContinue(system.services, new SignedState(system.services.installation.keyFolder));
    expect(continued.map(({ orgId }) => orgId)).toEqual([org.id]);
    await system.superPool.query('delete from liuhen.witness_trouble');
    await fill();
    expect(await standing()).toMatchObject({ alarm: null });
    await system.expectSound();
}

describe('what a witness claims of a log is not believed', () => {
    it('when it names a larger size and shows no checkpoint', async () => {
        const { size } = await last();
        says = tooMuch(size + 1000n);
        await pusher.look();
        expect((await standing()).witnesses[0]?.trouble).toMatchObject({
            code: 'witness.aheadUnproven',
            params: { witnessed: String(size + 1000n), size: String(size) },
        });
        await expectGoesOn('witness.aheadUnproven');
    });

    it('when what it shows is signed by another key, of another log, or damaged', async () => {
        const { size, root, origin, note: genuine } = await last();
        const thief = await makeKey(join(folder, 'thief.pem'));
        const damaged = genuine.slice();
        damaged[damaged.length - 20] = (damaged[damaged.length - 20] ?? 0) ^ 1;
        const others = [
            note(origin, size + 1000n, root, thief),
            note(`${origin}~2`, size + 1000n, root, await logKey()),
            note(headOrigin(origin, 'sm3'), size + 1000n, root, await logKey()),
            damaged,
            utf8Bytes('nothing of the kind'),
        ];
        for (const shows of others) {
            says = { ...tooMuch(size + 1000n), shows };
            system.services.clock.advance(11 * MINUTE);
            await pusher.look();
            expect((await standing()).witnesses[0]?.trouble?.code).toBe('witness.aheadUnproven');
        }
        await expectGoesOn('witness.aheadUnproven');
    });

    it('when it refuses what follows, and what it shows is this very log', async () => {
        const early = await last();
        await fill();
        says = { status: 422, shows: early.note };
        await pusher.look();
        expect((await standing()).witnesses[0]?.trouble).toMatchObject({
            code: 'witness.differsUnproven',
            params: { status: '422' },
        });
        await expectGoesOn('witness.differsUnproven');
    });

    it('when the log was signed further while it was asked', async () => {
        // What was handed over by another node in that moment.
        says = { ...tooMuch((await last()).size + 1n), meanwhile: fill };
        await refuseWitnessedMore(system.services);
        expect((await standing()).signed).toBe(says.body?.trim());
        expect((await standing()).witnesses[0]?.trouble).toBeNull();
    });
});

describe('what a log has signed itself stops it, whoever shows it', () => {
    it('of more entries than there are', async () => {
        const { size, root, origin } = await last();
        says = { ...tooMuch(size + 3n), shows: note(origin, size + 3n, root, await logKey()) };
        await expect(refuseWitnessedMore(system.services)).rejects.toMatchObject({
            code: 'installation.witnessAhead',
            params: { witnessed: String(size + 3n), size: String(size), witness: 'witness.example/hostile' },
        });
        await expectStops('checkpoint.witnessAhead');
    });

    it('with a key that lies in the key folder and that a database put back does not know', async () => {
        const { size, root, origin } = await last();
        says = { ...tooMuch(size + 3n), shows: note(origin, size + 3n, root, await makeKey(keyFile(2099))) };
        await pusher.look();
        await expectStops('checkpoint.witnessAhead');
    });

    it('of as many or fewer entries, with another root', async () => {
        const { size, root, origin } = await last();
        const other = root.map((byte) => byte ^ 1);
        says = { status: 422, shows: note(origin, size - 1n, other, await logKey()) };
        await pusher.look();
        await expectStops('checkpoint.witnessDiffers');
    });
});
