import { fileURLToPath } from 'node:url';
import { type DomainEvent, DUTY_OF, dayOf, type Id, type Instant, type Role, SYSTEM_ID } from '@liuhen/domain';
import { createDevice, issueDevice } from '../features/device/device.commands.ts';
import { insertAccount } from '../features/identity/account.store.ts';
import { insertDepartment } from '../features/identity/department.store.ts';
import { type FirstAdministrator, foundOrganisation } from '../features/identity/organisation.commands.ts';
import { createPasswordHashing } from '../features/identity/password-hashing.ts';
import { insertPerson } from '../features/identity/person.store.ts';
import { insertRole } from '../features/identity/role.store.ts';
import { claimSetup } from '../features/identity/setup.store.ts';
import { createParty } from '../features/party/party.commands.ts';
import { addPremises } from '../features/party/premises.commands.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type CommandContext, runCommand } from '../platform/command/command.ts';
import type { Services } from '../platform/services.ts';
import {
    ADMINISTRATORS,
    CITY_DEPARTMENTS,
    CITY_PEOPLE,
    DEMO_PASSWORD,
    DEPARTMENTS,
    type DemoPerson,
    FOUNDED,
    ORGANISATIONS,
    PARTIES,
    PEOPLE,
    TODAY,
} from './demo-data.ts';
import { clipList } from './stories/clips.ts';
import { cityCampaignStory } from './stories/compliance/city-campaign-story.ts';
import { foundNeighbours, neighbourStory } from './stories/neighbours.ts';
import { type District, idOf, openStage } from './stories/open-stage.ts';
import type { DemoParty, Story } from './stories/stage.ts';
import { STORIES } from './stories/stories.ts';
import { sideBySide, type Until } from './stories/timeline.ts';

const nameOf = (key: string): string => ORGANISATIONS.find((each) => each.key === key)?.name ?? '';

export const demoLogins = [
    ...PEOPLE.map(({ login, name, roles }) => ({ login, name, roles, organisation: nameOf('own') })),
    ...CITY_PEOPLE.map(({ login, name, roles }) => ({ login, name, roles, organisation: nameOf('city') })),
    ...ADMINISTRATORS.map(({ login, name, role }) => ({
        login,
        name,
        roles: [role] as Role[],
        organisation: nameOf('own'),
    })),
];
export const demoPassword = DEMO_PASSWORD;

/** The demo's clock lives through the fictional autumn while the data is made, then runs as the machine's, but never before its "today". */
export type DemoClock = { clock: Clock; moveTo(at: Instant): void };

export function demoClock(): DemoClock {
    let offset = Math.max(0, TODAY - Date.now());
    return { clock: systemClock(() => Date.now() + offset), moveTo: (at) => (offset = at - Date.now()) };
}

/** Fills an empty installation with the fictional district and gives it; an installation that has one is left alone. */
export async function loadDemo(
    services: Services,
    url: string,
    time: DemoClock,
    say: (line: string) => void,
    stories: readonly Story[] = STORIES,
): Promise<District | undefined> {
    const present = await services.db.read({ readOrgs: [] }, (db) =>
        db.selectFrom('organisation').select('id').limit(1).execute(),
    );
    if (present.length > 0) return undefined;
    say('preparing the fictional district…');
    // The first story that prints finds the process that sets pages started.
    services.renderer.warm();
    const realNow = time.clock.now();
    time.moveTo(FOUNDED);
    // One password for all of them, so one hash of it.
    const passwordHash = await createPasswordHashing().hash(DEMO_PASSWORD);
    const organisations = await foundOrganisations(services, passwordHash);
    const people = await addPeople(services, organisations.own, { people: PEOPLE, departments: DEPARTMENTS }, passwordHash);
    const staff = { people: CITY_PEOPLE, departments: CITY_DEPARTMENTS };
    const cityPeople = await addPeople(services, organisations.city, staff, passwordHash);
    const neighbours = await foundNeighbours(services, organisations.city);
    const devices = await addDevices(services, organisations.own, people);
    const parties = await addParties(services, organisations.own, people);
    const end = Math.max(realNow, TODAY);
    const district = { orgId: organisations.own, people, devices, parties };
    const tools = { services, url, district, today: dayOf(end) };
    const told = new AbortController();
    const ahead = measureClips(services, told.signal);
    try {
        await sideBySide(
            [
                ...stories.map((story) => (until: Until) => story(openStage(tools, until))),
                ...neighbours.map((each) => neighbourStory(services, each)),
                cityCampaignStory(services, { orgId: organisations.city, people: cityPeople, districtId: organisations.own }),
            ],
            time.moveTo,
        );
    } finally {
        told.abort();
        await ahead;
    }
    time.moveTo(end);
    return district;
}

/**
 * The clock stands still while clips are inspected, and most of that is measuring: it is done while people in the stories write.
 * Each clip is measured as any file is, and what was measured is judged when the clip is handed in.
 */
async function measureClips(services: Services, signal: AbortSignal): Promise<void> {
    const clips = (await clipList()).inOrder();
    await services.inspections.measureAhead(
        clips.map(({ url }) => fileURLToPath(url)),
        signal,
    );
}

const contextFor = (services: Services, orgId: Id, actor: Id): CommandContext => ({
    actor,
    orgId,
    readOrgs: [orgId],
    commandId: services.clock.newId(),
});

async function foundOrganisations(services: Services, passwordHash: string): Promise<{ city: Id; own: Id }> {
    const ids = new Map<string, Id>();
    for (const { key, parent, code, name, kind } of ORGANISATIONS) {
        const orgId = services.clock.newId();
        ids.set(key, orgId);
        const administrators: FirstAdministrator[] = [];
        if (key === 'own') administrators.push(...ADMINISTRATORS.map((each) => ({ ...each, passwordHash })));
        await runCommand(services.commands, contextFor(services, orgId, SYSTEM_ID), 'demo.organisation', async (tx) => {
            if (key === 'city') await claimSetup(tx);
            const place = parent === undefined ? { code, name, kind } : { code, name, kind, parentId: idOf(ids, parent) };
            return { result: null, events: await foundOrganisation(tx, place, administrators) };
        });
    }
    return { city: idOf(ids, 'city'), own: idOf(ids, 'own') };
}

type Staff = { readonly people: readonly DemoPerson[]; readonly departments: readonly string[] };

async function addPeople(services: Services, orgId: Id, staff: Staff, passwordHash: string): Promise<Map<string, Id>> {
    const ids = new Map<string, Id>();
    await runCommand(services.commands, contextFor(services, orgId, SYSTEM_ID), 'demo.people', async (tx) => {
        const events: DomainEvent[] = [];
        const departments = new Map<string, Id>();
        for (const name of staff.departments) {
            const id = await insertDepartment(tx, name);
            departments.set(name, id);
            events.push({ kind: 'department.created', creates: [id], body: { name } });
        }
        for (const person of staff.people) {
            const { name, kind, certificate, posts = [], roles, login } = person;
            const row = await insertPerson(tx, {
                name,
                kind,
                certificateNumber: certificate ?? null,
                departmentId: idOf(departments, person.department),
                posts,
            });
            ids.set(person.key, row.id);
            await insertAccount(tx, { personId: row.id, login, passwordHash, mustChangePassword: false });
            events.push(
                { kind: 'person.created', creates: [row.id], body: { name, kind } },
                { kind: 'account.created', objects: [row.id], body: { login } },
            );
            for (const role of roles) {
                const grant = await insertRole(tx, row.id, role);
                events.push({ kind: 'role.granted', creates: [grant], objects: [row.id], body: { role, duty: DUTY_OF[role] } });
            }
        }
        const [first, ...rest] = events;
        if (first === undefined) throw new Error('the demo has people');
        return { result: null, events: [first, ...rest] };
    });
    return ids;
}

async function addDevices(services: Services, orgId: Id, people: ReadonlyMap<string, Id>): Promise<Map<string, Id>> {
    const manager = idOf(people, 'lin');
    const ids = new Map<string, Id>();
    const recorders: [string, string | undefined][] = [
        ['A0173', '110207'],
        ['A0174', '110215'],
        ['A0175', '110233'],
        ['A0180', undefined],
    ];
    for (const [number, holder] of recorders) {
        const { id } = await createDevice(services, contextFor(services, orgId, manager), {
            kind: 'recorder',
            number,
            model: '演示型 DR-2',
            serial: `DEMO-${number}`,
        });
        ids.set(number, id);
        if (holder !== undefined)
            await issueDevice(services, contextFor(services, orgId, manager), id, { personId: idOf(people, holder) });
    }
    const room = await createDevice(services, contextFor(services, orgId, manager), {
        kind: 'roomCamera',
        number: 'R-301',
        model: '演示型 RC-1',
        room: '约谈室 301',
    });
    ids.set('R-301', room.id);
    return ids;
}

async function addParties(services: Services, orgId: Id, people: ReadonlyMap<string, Id>): Promise<Map<string, DemoParty>> {
    const officer = idOf(people, '110207');
    const ids = new Map<string, DemoParty>();
    for (const { key, name, code, representative, phone, address, premises } of PARTIES) {
        const kind = code.startsWith('92') ? 'soleTrader' : 'organisation';
        const party = await createParty(services, contextFor(services, orgId, officer), {
            name,
            kind,
            creditCode: code,
            legalRepresentative: representative,
            phone,
            address,
        });
        const site = await addPremises(services, contextFor(services, orgId, officer), party.id, { name: premises, address });
        const place = `${address} ${premises}`;
        ids.set(key, { partyId: party.id, creditCode: code, premisesId: site.id, name, place, representative });
    }
    return ids;
}
