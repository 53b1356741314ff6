import { addDays, DAY, dayOf, HOUR, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type FaultSystem, faultSystem } from '../apps/server/src/faults/fault-system.ts';
import { INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { builtWebPages } from '../apps/server/src/web-build.ts';
import { openContext } from './browser.ts';
import { button, field, gone, seen, signIn } from './steps.ts';

const WAITS = '时钟待核实，暂不判断是否逾期';

let system: FaultSystem;

beforeAll(async () => {
    await builtWebPages(() => undefined);
    system = await faultSystem('e2e-clock');
}, 120_000);
afterAll(() => system?.close());

const pageOf = async (login: string) => {
    const page = await (await openContext(system.server().url)).newPage();
    await signIn(page, login, INSTITUTE_PASSWORD);
    return page;
};

// Case 22 of the fault list.
describe('a clock of the server that is not trusted', () => {
    it('keeps every page from saying that something is late, until somebody has confirmed it', async () => {
        const { zhouqing } = system.institute.people;
        const endsAt = Math.floor(Date.now() / MINUTE) * MINUTE - 2 * DAY;
        const { id } = await system.officer().call('act.create', {
            body: {
                ...{ scenario: 'routineInspection', place: '示范路 9 号', startsAt: endsAt - HOUR, endsAt },
                participants: [{ personId: zhouqing?.id ?? '', part: 'officer' }],
            },
        });
        const body = {
            title: '复查',
            place: '示范路 9 号',
            scenario: 'routineInspection',
            origin: 'ownPlan' as const,
            dueDay: addDays(dayOf(Date.now()), 2),
        };
        await system.officer().call('task.create', { body });
        const board = async () => {
            const page = await pageOf('lumanager');
            await page.goto('/recordings/board');
            await seen(page.locator(`a[href="/acts/${id}"]`));
            return page;
        };
        await seen((await board()).getByText('已过期').first());

        // As a server leaves it that noticed the jump and was started again since: a new start makes no clock right.
        await system.asSuperuser((client) =>
            client.query(
                `insert into liuhen.clock_alarm (org_id, code, params, since)
                 values ('00000000-0000-0000-0000-000000000000', 'serverClock.jumped', '{"seconds":"86400"}', $1)`,
                [Date.now()],
            ),
        );
        await system.start();
        const page = await board();
        await seen(page.getByText(WAITS));
        await gone(page.getByText('已过期').first());
        const officer = await pageOf('zhouqing');
        await officer.goto('/tasks');
        await seen(officer.getByText('复查'));
        await seen(officer.getByText(WAITS));
        await gone(officer.getByText('还有 2 天'));
        await officer.goto('/tasks?due=late');
        await seen(officer.getByText(WAITS));

        const auditor = await pageOf('shenji');
        await button(auditor, '确认时钟正确').click();
        const dialogue = auditor.getByRole('dialog');
        await field(dialogue, /如何核对的/).fill('与电话报时核对');
        await button(dialogue, '确认时钟正确').click();
        await gone(dialogue);
        await seen((await board()).getByText('已过期').first());
        await officer.goto('/tasks');
        await seen(officer.getByText('还有 2 天'));
    });
});
