import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { dayOf, HOUR, type Id, type Instant, MINUTE, type Role, type ScenarioKey } from '@liuhen/domain';
import { actHandlers } from '../features/act/act.routes.ts';
import { findingHandlers } from '../features/compliance/finding.routes.ts';
import { LogFollower } from '../features/compliance/follow-log.ts';
import { outcomeHandlers } from '../features/compliance/outcome.routes.ts';
import { runCommand } from '../platform/command/command.ts';
import { commandBy } from './builders.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from './feature-system.ts';
import { insertFootage } from './footage.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...findingHandlers(services),
    ...outcomeHandlers(services),
});
type Call = ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

export type FindingSetting = {
    readonly system: FeatureSystem;
    readonly pudong: TestOrganisation;
    readonly follower: LogFollower;
    /** Two officers who take part, and a section head who does not. */
    readonly people: { readonly zhang: Id; readonly zeng: Id; readonly head: Id };
    /** Long enough ago that all files should have come (附件1 第15条). */
    readonly start: number;
    readonly call: Call;
    readonly as: (actor: Id, ...roles: Role[]) => TestOrganisation;
    readonly chief: () => TestOrganisation;
    /** Judges what changed, as it happens by itself. */
    readonly look: () => Promise<void>;
    /** A double-random inspection at the beginning, unless said otherwise, of one hour. */
    readonly makeAct: (of?: { readonly scenario?: ScenarioKey; readonly startsAt?: Instant }) => Promise<Id>;
    /** Its officers state another end. */
    readonly lasts: (id: Id, endsAt: number) => Promise<void>;
    /** Footage with a known clock, in minutes of the act; `null`: nobody knows when it ran. */
    readonly film: (actId: Id, personId: Id, minutes: readonly [number, number] | null) => Promise<Id>;
    readonly findings: (actId: Id) => Promise<ResponseOf<Endpoints['finding.ofAct']>['findings']>;
    readonly close: () => Promise<void>;
};

/** An organisation whose acts are judged as their facts change. */
export async function findingSetting(): Promise<FindingSetting> {
    const system = await featureSystem();
    const pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    const zhang = await addPerson(system, pudong, '张明', 'officer');
    const zeng = await addPerson(system, pudong, '曾丽', 'officer');
    const head = await addPerson(system, pudong, '高远', 'officer');
    const call = caller(system, handlersOf(system));
    const follower = new LogFollower(system.services, async () => [pudong.id]);
    const start = Math.floor(system.services.clock.now() / MINUTE) * MINUTE - 50 * HOUR;
    const as = (actor: Id, ...roles: Role[]): TestOrganisation => ({ ...pudong, actor, roles });
    const chief = () => as(head, 'sectionHead');
    const times = { scenario: 'doubleRandomInspection' as const, place: '示范路 1 号', startsAt: start };
    return {
        ...{ system, pudong, follower, people: { zhang, zeng, head }, start, call, as, chief },
        look: async () => {
            await follower.look();
        },
        makeAct: async (of = {}) => {
            const participants = [zhang, zeng].map((personId) => ({ personId, part: 'officer' as const }));
            const body = { ...times, ...of, endsAt: (of.startsAt ?? start) + HOUR, participants };
            return (await call('act.create', as(zhang, 'officer'), { body })).id;
        },
        lasts: async (id, endsAt) => {
            const { version } = await call('act.get', as(zhang, 'officer'), { params: { id } });
            await call('act.update', as(zhang, 'officer'), { params: { id }, body: { ...times, endsAt, version } });
            await follower.look();
        },
        film: (actId, personId, minutes) => film(system, pudong, { actId, personId, start, minutes }),
        findings: async (actId) => (await call('finding.ofAct', chief(), { params: { id: actId } })).findings,
        close: async () => {
            await follower.close();
            await system.expectSound();
            await system.close();
        },
    };
}

type Film = { actId: Id; personId: Id; start: number; minutes: readonly [number, number] | null };

function film({ services }: FeatureSystem, { id: orgId, actor }: TestOrganisation, { actId, personId, start, minutes }: Film) {
    return runCommand(services.commands, commandBy(services, orgId, actor), 'recording.register', async (tx) => {
        const during = minutes === null ? null : ([start + minutes[0] * MINUTE, start + minutes[1] * MINUTE] as const);
        const receivedAt = start + 2 * HOUR;
        const id = await insertFootage(tx, { actId, personId, uploadedBy: actor, during, receivedAt });
        const event = { kind: 'recording.registered' as const, creates: [id], objects: [actId], body: {} };
        return { result: id, events: [event] };
    });
}

export const outcomeOf = (findingId: Id, personId: Id, { start, system }: FindingSetting) => {
    const today = dayOf(system.services.clock.now());
    return {
        ...{ clause: 'A1-5-2', personId, happenedDay: dayOf(start), facts: '没有记录', kind: 'instruction' as const },
        ...{ decidedBy: '所务会', decidedDay: today, findingId },
    };
};
