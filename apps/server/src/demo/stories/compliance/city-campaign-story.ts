import { DEFAULT_SCHEME, type Id } from '@liuhen/domain';
import type { Services } from '../../../platform/services.ts';
import { CITY_PEOPLE } from '../../demo-data.ts';
import { type Colleague, colleagues } from '../colleague.ts';
import { idOf } from '../open-stage.ts';
import { shanghai } from '../stage.ts';
import type { Until } from '../timeline.ts';

type City = { readonly orgId: Id; readonly people: ReadonlyMap<string, Id>; readonly districtId: Id };

/** The city takes points elsewhere than the district, so that the two reviews can be told apart. */
const DEDUCTED: Readonly<Record<string, { readonly less: number; readonly words: string }>> = {
    closing: { less: 2, words: '结束语没有说明结束时间。' },
    opening: { less: 3, words: '出示证件的画面不完整。' },
};

/** 统一领导、分级管理: the city looks at all acts of the month of which the district drew some for itself; one sheet is left to be reviewed. */
export const cityCampaignStory = (services: Services, { orgId, people, districtId }: City) => {
    const jiang = CITY_PEOPLE.find(({ key }) => key === 'jiang');
    if (jiang === undefined) throw new Error('nobody in the demo reviews for the city');
    const { name, roles } = jiang;
    const inspector = colleagues(services)({ id: idOf(people, jiang.key), name, orgId, roles });
    return async (until: Until): Promise<void> => {
        await until(shanghai('2026-10-12 10:20'));
        const { id } = await inspector.call('inspection.draft', {
            body: {
                title: '2026 年 10 月市级稽查（虚构）',
                organisationIds: [districtId],
                from: shanghai('2026-10-12 00:00'),
                to: shanghai('2026-11-01 00:00'),
                scenarios: [],
                byOrganisation: false,
                byScenario: false,
                take: { permille: 1000 },
                shares: [],
                reviewerIds: [inspector.id],
                scheme: [...DEFAULT_SCHEME],
                appealDays: 10,
            },
        });
        await inspector.call('inspection.commit', { params: { id } });
        await until(shanghai('2026-11-03 14:00'));
        await inspector.call('inspection.draw', { params: { id }, body: {} });
        await until(shanghai('2026-11-05 09:30'));
        const { items } = await inspector.call('inspection.sheets', { query: { inspectionId: id, limit: 100 } });
        for (const sheet of items.slice(0, -1)) await reviewed(inspector, sheet.id);
    };
};

async function reviewed(inspector: Colleague, id: Id): Promise<void> {
    const { version, scheme, may } = await inspector.call('inspectionSheet.get', { params: { id } });
    const params = { id };
    if (!may.write) {
        await inspector.call('inspectionSheet.skip', { params, body: { reason: '不可查看，由区内自查。' } });
        return;
    }
    const answers = scheme.map(({ key, most }) => {
        const { less = 0, words } = DEDUCTED[key] ?? {};
        return { item: key, points: most - less, ...(words === undefined ? {} : { words }), moments: [] };
    });
    await inspector.call('inspectionSheet.finish', {
        params,
        body: { answers, version, remark: '基本规范，开场画面可以更完整。' },
    });
}
