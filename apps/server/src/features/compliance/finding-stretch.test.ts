import { HOUR, type Id, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller } from '../../testing/feature-system.ts';
import { type FindingSetting, findingSetting } from '../../testing/finding-setting.ts';
import { recordingHandlers } from '../recording/recording.routes.ts';

let setting: FindingSetting;
beforeAll(async () => {
    setting = await findingSetting();
});
afterAll(() => setting.close());

const ofZhang = async (act: Id) => {
    const { zhang } = setting.people;
    const all = (await setting.findings(act)).filter((each) => each.person?.id === zhang);
    return all.map(({ state, from, to }) => `${state} ${((to ?? 0) - (from ?? 0)) / SECOND}`);
};
const first = async (act: Id) => {
    const own = (await setting.findings(act)).find((each) => each.person?.id === setting.people.zhang);
    return own?.id ?? '';
};
const answer = (id: Id, kind: 'explain' | 'dispute') =>
    setting.call('finding.answer', setting.as(setting.people.zhang, 'officer'), {
        params: { id },
        body: { kind, words: '记录仪无法开机' },
    });
const decide = (id: Id, as: 'accepted' | 'refused') =>
    setting.call('finding.decide', setting.chief(), { params: { id }, body: { as, words: '请说明全部时段' } });
/** Nobody recorded anything; judged. */
const missing = async () => {
    const act = await setting.makeAct();
    await setting.look();
    return act;
};

describe('what was accepted about a stretch of time', () => {
    it.each(['explain', 'dispute'] as const)('does not spread by small steps (%s)', async (kind) => {
        const { start, lasts } = setting;
        const act = await missing();
        const own = await first(act);
        await answer(own, kind);
        await decide(own, 'accepted');
        await setting.look();
        const accepted = kind === 'explain' ? 'explained' : 'disputed';
        for (const step of [20, 40, 60]) {
            await lasts(act, start + HOUR + step * SECOND);
            expect((await ofZhang(act)).map((each) => each.split(' ')[0])).toEqual([accepted]);
        }
        await lasts(act, start + HOUR + 80 * SECOND);
        expect((await ofZhang(act)).map((each) => each.split(' ')[0]).toSorted()).toEqual([accepted, 'open'].toSorted());
        expect(await ofZhang(act)).toContain('open 3680');
        const { answers } = await setting.call('finding.get', setting.chief(), { params: { id: own } });
        expect(answers).toMatchObject([{ from: start, to: start + HOUR }]);
    });

    it('is the stretch that whoever accepted it saw, and not the one from before', async () => {
        const { start, lasts } = setting;
        const act = await missing();
        const own = await first(act);
        await answer(own, 'dispute');
        await lasts(act, start + HOUR + 50 * SECOND);
        await decide(own, 'accepted');
        await lasts(act, start + HOUR + 110 * SECOND);
        expect(await ofZhang(act)).toEqual(['disputed 3710']);
        await lasts(act, start + HOUR + 111 * SECOND);
        expect(await ofZhang(act)).toContain('open 3711');
    });

    it('is not accepted once more is missing than was spoken of: it is explained anew', async () => {
        const { start, lasts } = setting;
        const act = await missing();
        const own = await first(act);
        await answer(own, 'explain');
        await lasts(act, start + 3 * HOUR);
        expect(await ofZhang(act)).toEqual(['answered 10800']);
        await expect(decide(own, 'accepted')).rejects.toMatchObject({ code: 'finding.outgrown' });
        await decide(own, 'refused');
        await answer(own, 'explain');
        await decide(own, 'accepted');
        await setting.look();
        expect(await ofZhang(act)).toEqual(['explained 10800']);
    });
});

describe('of two findings that a gap has grown together with', () => {
    it('the one about which something was accepted goes on, not an older one that footage had settled', async () => {
        const { zhang, zeng } = setting.people;
        const { system, pudong } = setting;
        const unfile = async (...files: Id[]) => {
            const call = caller(system, recordingHandlers(system.services));
            for (const id of files) await call('recording.unfile', pudong, { params: { id }, body: { reason: '归错' } });
        };
        const act = await setting.makeAct();
        await setting.film(act, zeng, [-1, 61]);
        await setting.film(act, zhang, [-1, 20]);
        const rest = await setting.film(act, zhang, [21.5, 61]);
        await setting.look();
        const found = await setting.film(act, zhang, [19, 22]);
        await setting.look();
        expect(await ofZhang(act)).toEqual(['settled 90']);
        // Half of what was settled is in the new gap and half is recorded: it is another one.
        const short = await setting.film(act, zhang, [19.5, 20.75]);
        await setting.film(act, zhang, [50, 61]);
        await unfile(rest, found);
        await setting.look();
        const all = await setting.findings(act);
        const own = all.find((each) => each.person?.id === zhang && each.state === 'open')?.id ?? '';
        await answer(own, 'dispute');
        await decide(own, 'accepted');
        await unfile(short);
        await setting.look();
        expect((await ofZhang(act)).toSorted()).toEqual(['disputed 1800', 'settled 90']);
    });
});

describe('that nothing was recorded', () => {
    it('is explained and not made good: the act still does not meet it, and it can be confirmed as a violation', async () => {
        const { zeng } = setting.people;
        const act = await setting.makeAct();
        await setting.film(act, zeng, [-1, 61]);
        await setting.look();
        const own = await first(act);
        await answer(own, 'explain');
        await decide(own, 'accepted');
        await setting.look();
        const { judgement } = await setting.call('finding.ofAct', setting.chief(), { params: { id: act } });
        expect(judgement?.verdicts.find((each) => each.rule === 'recordedThroughout')).toMatchObject({ verdict: 'fail' });
        const get = () => setting.call('finding.get', setting.chief(), { params: { id: own } });
        expect(await get()).toMatchObject({ state: 'explained', code: 'recording.none', mayDecide: true });
        const { items } = await setting.call('finding.interruptions', setting.chief(), { query: { state: 'explained' } });
        expect(items.filter((each) => each.act.id === act)).toMatchObject([{ source: 'answer', words: '记录仪无法开机' }]);
        const body = { words: '不属于可以不记录的情形' };
        await setting.call('finding.confirm', setting.chief(), { params: { id: own }, body });
        await setting.look();
        expect(await get()).toMatchObject({ state: 'stands', goneSince: null });
    });

    it('and what arrives of it later is asked about anew, where little is left of what was explained', async () => {
        const { zhang } = setting.people;
        const act = await missing();
        const own = await first(act);
        await answer(own, 'explain');
        await decide(own, 'accepted');
        await setting.film(act, zhang, [-1, 40]);
        await setting.look();
        expect((await ofZhang(act)).toSorted()).toEqual(['explained 3600', 'open 1200']);
    });
});

describe('a fact that is missing now', () => {
    it('settles nothing: a file without a time beside the gap, and a ground that nobody confirmed', async () => {
        const { zhang, zeng } = setting.people;
        const act = await setting.makeAct();
        await setting.film(act, zeng, [-1, 61]);
        await setting.film(act, zhang, [-1, 20]);
        await setting.film(act, zhang, [25, 61]);
        await setting.look();
        expect(await ofZhang(act)).toContain('open 300');
        const due = async () => (await setting.findings(act)).find((each) => each.code === 'recording.gap');
        const before = await due();
        const untimed = await setting.film(act, zhang, null);
        await setting.look();
        const judged = async () => {
            const { judgement } = await setting.call('finding.ofAct', setting.chief(), { params: { id: act } });
            return judgement?.verdicts.find((each) => each.rule === 'interruptionsExplained');
        };
        // Which file it is stands in the verdict, and is said to whoever looks.
        expect(await judged()).toMatchObject({ verdict: 'needsReview', missing: ['recordingTime'], missingOf: [untimed] });
        expect(await due()).toEqual(before);
        // By what comes it is settled, whatever is not known of the other file.
        await setting.film(act, zhang, [19, 26]);
        await setting.look();
        expect((await due())?.state).toBe('settled');
    });
});
