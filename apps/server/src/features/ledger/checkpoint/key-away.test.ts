import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyOf, DAY, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../platform/command/command.ts';
import { commandBy } from '../../../testing/builders.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { checkpointerOf } from './start-checkpoints.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const write = () =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, pudong.actor), 'party.import', async (tx) => ({
        result: null,
        events: [{ kind: 'party.created' as const, creates: [tx.newId()], body: bodyOf({ name: '相对人（虚构）' }) }],
    }));
const sign = () => checkpointerOf(system.services).sign(pudong.id);
const numbersOf = async <T>(sql: string): Promise<T[]> => (await system.superPool.query(sql, [pudong.id])).rows as T[];
const sizes = async () =>
    (
        await numbersOf<{ size: number }>(
            "select size::int as size from ledger.checkpoint where org_id = $1 and hash = 'sha256' order by size",
        )
    ).map(({ size }) => size);
const entries = async () =>
    (await numbersOf<{ size: number }>('select size::int as size from ledger.head where org_id = $1'))[0]?.size;
const alarm = async () =>
    (await numbersOf<{ code: string }>('select code from liuhen.checkpoint_alarm where org_id = $1'))[0]?.code;

describe('nothing is signed', () => {
    it('while its key is away; commands go on, and it catches up when it is back', async () => {
        await write();
        await sign();
        const signed = await sizes();
        const folder = join(system.services.installation.keyFolder, 'log');
        const away = join(system.services.installation.keyFolder, 'away');
        await mkdir(away);
        const files = (await readdir(folder)).filter((name) => name.startsWith(pudong.id));
        expect(files).toHaveLength(2);
        for (const file of files) await rename(join(folder, file), join(away, file));
        await write();
        await sign();
        // Another node may have the key: it is given time.
        expect([await sizes(), await alarm()]).toEqual([signed, undefined]);
        system.services.clock.advance(11 * MINUTE);
        await sign();
        expect([await sizes(), await alarm()]).toEqual([signed, 'checkpoint.keyMissing']);
        for (let day = 0; day < 3; day++) {
            system.services.clock.advance(DAY);
            await write();
            await sign();
        }
        expect([await sizes(), await alarm()]).toEqual([signed, 'checkpoint.keyMissing']);
        for (const file of files) await rename(join(away, file), join(folder, file));
        await sign();
        expect(await alarm()).toBeUndefined();
        const [last, ...more] = (await sizes()).slice(signed.length);
        expect(more).toEqual([]);
        // Up to the newest entry, but for the end of the alarm where that is one.
        expect(last).toBeGreaterThan(signed.at(-1) ?? 0);
        expect(last).toBeLessThanOrEqual((await entries()) ?? 0);
        await sign();
        expect((await sizes()).at(-1)).toBe(await entries());
    });
});
