import { type DomainEvent, HOUR, type Id, MINUTE, type Role, type Scenario, SYSTEM_ID } from '@liuhen/domain';
import { foundOrganisation } from '../../features/identity/organisation.commands.ts';
import { insertPerson } from '../../features/identity/person.store.ts';
import { runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { colleagues } from './colleague.ts';
import { shanghai } from './stage.ts';
import type { Until } from './timeline.ts';

type Visit = {
    readonly at: string;
    readonly minutes: number;
    readonly scenario: Scenario;
    readonly place: string;
    /** 附件1 第11条: where nothing may be recorded. */
    readonly ground?: string;
};
type Neighbour = {
    readonly code: string;
    readonly name: string;
    /** Two officers, and who confirms what they may leave out; nobody of them signs in. */
    readonly people: readonly [string, string, string];
    readonly visits: readonly Visit[];
};

/**
 * Two more districts of the fictional city, so that figures can be compared: a handful of visits each. Nothing of them was handed in; where
 * a visit needed no recording, it is complete.
 */
const NEIGHBOURS: readonly Neighbour[] = [
    {
        code: 'SF21',
        name: '临江区卫生健康委员会监督所（虚构）',
        people: ['程澈', '陆遥', '闻笙'],
        visits: [
            { at: '2026-10-21 09:30', minutes: 50, scenario: 'routineInspection', place: '临江路 12 号（虚构）' },
            {
                ...{ at: '2026-11-05 14:00', minutes: 40, scenario: 'licenceSiteReview', place: '江湾路 3 号（虚构）' },
                ground: '无菌场所',
            },
            { at: '2026-11-18 10:10', minutes: 65, scenario: 'doubleRandomInspection', place: '渡口街 77 号（虚构）' },
        ],
    },
    {
        code: 'SF31',
        name: '云湾区卫生健康委员会监督所（虚构）',
        people: ['白露', '梁栖', '柏舟'],
        visits: [
            {
                ...{ at: '2026-10-27 15:20', minutes: 30, scenario: 'licenceSiteReview', place: '云湾大道 8 号（虚构）' },
                ground: '无菌场所',
            },
            { at: '2026-11-11 09:00', minutes: 45, scenario: 'complaintHandling', place: '栖霞里 5 号（虚构）' },
        ],
    },
];

type Founded = Neighbour & { readonly orgId: Id; readonly ids: readonly Id[] };

/** The neighbours as organisations below the city with their people. */
export async function foundNeighbours(services: Services, cityId: Id): Promise<readonly Founded[]> {
    const founded: Founded[] = [];
    for (const neighbour of NEIGHBOURS) {
        const { code, name, people } = neighbour;
        const orgId = services.clock.newId();
        const context = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: services.clock.newId() };
        const ids = await runCommand(services.commands, context, 'demo.organisation', async (tx) => {
            const place = { code, name, kind: 'districtInstitute', parentId: cityId } as const;
            const [first, ...rest] = await foundOrganisation(tx, place, []);
            const made: Id[] = [];
            const events: DomainEvent[] = [];
            for (const [at, person] of people.entries()) {
                const fields = { name: person, kind: 'officer', departmentId: null, posts: [] } as const;
                const { id } = await insertPerson(tx, { ...fields, certificateNumber: `${code.slice(2)}020${at}` });
                made.push(id);
                events.push({ kind: 'person.created', creates: [id], body: { name: person, kind: 'officer' } });
            }
            return { result: made, events: [first, ...rest, ...events] };
        });
        founded.push({ ...neighbour, orgId, ids });
    }
    return founded;
}

/** Their visits, each entered half an hour after its end. */
export const neighbourStory = (services: Services, { people, visits, orgId, ids }: Founded) => {
    const working = colleagues(services);
    const by = (at: 0 | 1 | 2, role: Role) => working({ id: ids[at] ?? '', name: people[at], orgId, roles: [role] });
    return async (until: Until): Promise<void> => {
        const leader = by(0, 'officer');
        for (const { at, minutes, scenario, place, ground } of visits) {
            const startsAt = shanghai(at);
            const endsAt = startsAt + minutes * MINUTE;
            await until(endsAt + HOUR / 2);
            const participants = ids.slice(0, 2).map((personId) => ({ personId, part: 'officer' as const }));
            const { id } = await leader.call('act.create', { body: { scenario, place, startsAt, endsAt, participants } });
            if (ground === undefined) continue;
            const { segments } = await leader.call('act.get', { params: { id } });
            const exemption = await leader.call('act.recordExemption', {
                params: { id },
                body: { segmentId: segments[0]?.id ?? '', kind: 'highRisk', ground, startsAt, endsAt },
            });
            await by(2, 'sectionHead').call('act.decideExemption', { params: { id: exemption.id }, body: { as: 'confirmed' } });
        }
    };
};
