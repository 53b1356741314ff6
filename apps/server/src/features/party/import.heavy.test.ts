import { creditCodeCheck } from '@liuhen/domain';
import { expect, it } from 'vitest';
import { addOrganisation, caller, featureSystem } from '../../testing/feature-system.ts';
import { partyJobs } from './import.jobs.ts';
import { partyHandlers } from './party.routes.ts';

it('a list of 10,000 rows is planned and carried out', async () => {
    const system = await featureSystem();
    const { services } = system;
    const pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    const call = caller(system, partyHandlers(services));
    const code = (number: number): string => {
        const start = `91310115MA1${String(number).padStart(6, '0')}`;
        return start + creditCodeCheck(start);
    };
    const lines = Array.from({ length: 10_000 }, (_, n) => `大单${n},${code(n)},示范路 ${n} 号,公共场所,大 ${n},2030-01-01`);
    const file = Buffer.from(`名称,信用代码,地址,许可专业,许可证号,有效期止\n${lines.join('\n')}`);
    const begun = performance.now();
    const { id } = await call('party.previewImport', pudong, {
        body: { fileName: '大单.csv', content: file.toString('base64') },
    });
    const planned = performance.now();
    await call('party.confirmImport', pudong, { params: { id }, body: { version: 1 } });
    const command = { actor: pudong.actor, orgId: pudong.id, readOrgs: [pudong.id], commandId: services.clock.newId() };
    await partyJobs(services)['party.import']?.({ orgId: pudong.id, data: { importId: id }, command });
    console.log(`planned in ${Math.round(planned - begun)} ms, carried out in ${Math.round(performance.now() - planned)} ms`);
    expect(await call('party.getImport', pudong, { params: { id } })).toMatchObject({
        state: 'done',
        done: { created: 10_000, changed: 0, left: 0, refused: 0 },
    });
    expect((await call('party.list', pudong, { query: { q: '大单9999' } })).total).toBe(1);
    await system.expectSound();
    await system.close();
});
