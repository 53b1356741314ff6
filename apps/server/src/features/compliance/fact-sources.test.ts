import { type ActFactSources, addDays, dayOf, HOUR, type Id, judgeAct, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { commandBy } from '../../testing/builders.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { insertFootage } from '../../testing/footage.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { caseHandlers } from '../case/case.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { judgeActs } from './judging.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...caseHandlers(services),
    ...parameterHandlers(services),
});
type Basis = { readings: Id[]; decisions: Id[] } | null;

let system: FeatureSystem;
let pudong: TestOrganisation;
let second: Id;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    second = await addPerson(system, pudong, '曾丽', 'officer');
    call = caller(system, handlersOf(system));
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const now = () => system.services.clock.now();
const makeAct = async (): Promise<{ id: Id; startsAt: number }> => {
    const startsAt = Math.floor(now() / MINUTE) * MINUTE - 3 * HOUR;
    const { id } = await call('act.create', pudong, {
        body: {
            ...{ scenario: 'doubleRandomInspection', place: '示范路 1 号', startsAt, endsAt: startsAt + HOUR },
            participants: [pudong.actor, second].map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    return { id, startsAt };
};

/** Footage whose time was corrected, and by what, with a mark of each kind given. */
const film = (act: { id: Id; startsAt: number }, basis: Basis, kinds: readonly ('opening' | 'scene')[] = []) =>
    runCommand(
        system.services.commands,
        commandBy(system.services, pudong.id, pudong.actor),
        'recording.register',
        async (tx) => {
            const during = [act.startsAt, act.startsAt + HOUR] as const;
            const id = await insertFootage(tx, {
                ...{ actId: act.id, personId: pudong.actor, uploadedBy: pudong.actor, during, receivedAt: during[1] + HOUR },
                clockBasis: basis === null ? null : JSON.stringify(basis),
            });
            const marks: Id[] = [];
            for (const kind of kinds) {
                const made = { made_by: pudong.actor, made_at: tx.now };
                marks.push(
                    (await insertRow(tx, 'recording_mark', { id: tx.newId(), recording_id: id, kind, media_ms: 0, ...made })).id,
                );
            }
            return {
                result: { id, marks },
                events: [{ kind: 'recording.registered', creates: [id, ...marks], objects: [act.id], body: {} }],
            };
        },
    );

/** The sources of the last judgement of an act, as its entry keeps them; the same verdicts follow from its facts. */
const sourcesOf = async (act: Id): Promise<ActFactSources> => {
    await judgeActs(system.services, pudong.id, [act]);
    const { rows } = await system.superPool.query(
        `select convert_from(b.body, 'UTF8') as body, e.at from ledger.entry e join ledger.body b using (org_id, idx)
         where e.kind = 'act.judged' order by e.idx desc`,
    );
    const row = rows.find((each) => JSON.parse(each.body).actId === act);
    const body = JSON.parse(row.body);
    const facts = JSON.parse(body.facts);
    expect(judgeAct(facts, Number(row.at)).verdict).toBe(body.verdict);
    return facts.sources;
};
const kindAt = async (entry: number | null) =>
    (await system.superPool.query('select kind from ledger.entry where org_id = $1 and idx = $2', [pudong.id, entry])).rows[0]
        ?.kind;

it('a figure names the decision that gave it, its proposal and its entry, and is not named where it came with the software', async () => {
    const before = await makeAct();
    expect((await sourcesOf(before.id)).parameters).toEqual({});
    const term = { key: 'deadline.recordingUpload', value: { length: 12, unit: 'hour' }, standing: 'verified' } as const;
    await setParameter(call, pudong, { ...term, basis: '从严', from: null, reason: '当日入库' });
    // Of one that is to count later nothing is named yet.
    await setParameter(call, pudong, {
        ...term,
        value: { length: 8, unit: 'hour' },
        basis: '从严',
        from: addDays(dayOf(now()), 9),
        reason: '再从严',
    });
    system.services.clock.advance(5 * HOUR);
    const after = await makeAct();
    const row = (await call('parameter.list', pudong, { query: {} })).items
        .find(({ key }) => key === 'deadline.recordingUpload')
        ?.rows.at(-1);
    const { rows } = await system.superPool.query('select proposal_id from liuhen.parameter where id = $1', [row?.id]);
    const [source] = (await sourcesOf(after.id)).parameters['deadline.recordingUpload'] ?? [];
    expect(source).toMatchObject({ decision: row?.id, proposal: rows[0].proposal_id });
    expect(await kindAt(typeof source === 'object' ? source.entry : null)).toBe('parameter.approved');
    expect((await sourcesOf(before.id)).parameters).toEqual({});
});

it('marks, the case that asks for them, and the readings behind corrected times are named by their ids', async () => {
    const act = await makeAct();
    const [one, two] = [system.services.clock.newId(), system.services.clock.newId()];
    const first = await film(act, { readings: [one, two], decisions: [] }, ['opening', 'scene']);
    const again = await film(act, { readings: [one, two], decisions: [] });
    const old = await film(act, null);
    const without = await sourcesOf(act.id);
    expect(without.speech).toEqual([]);
    expect(without.marks.map(({ id }) => id).toSorted()).toEqual(first.marks.toSorted());
    expect(without.clocks.map(({ readings, recordings }) => [readings, [...recordings].toSorted()])).toEqual([
        [[one, two], [first.id, again.id].toSorted()],
    ]);
    expect(without.clocksUnknown).toEqual([old.id]);
    const { id } = await call('case.open', pudong, {
        body: {
            ...{ procedure: 'penalty', source: 'inspection', openedAt: now() - MINUTE, actId: act.id, title: '未按规定消毒案' },
            ...{ handlerIds: [pudong.actor], graveHarm: false },
        } as never,
    });
    expect((await sourcesOf(act.id)).speech).toEqual([{ kind: 'case', id }]);
});
