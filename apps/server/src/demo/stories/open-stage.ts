import { type Day, type Id, type Instant, MINUTE, SECOND, SHANGHAI_OFFSET } from '@liuhen/domain';
import { judgeActs } from '../../features/compliance/judging.ts';
import { keepPages } from '../../features/document/document-pages.commands.ts';
import { pagesOfPrint } from '../../features/document/document-print.queries.ts';
import type { Services } from '../../platform/services.ts';
import { PEOPLE } from '../demo-data.ts';
import { clipList } from './clips.ts';
import { colleagues } from './colleague.ts';
import { type DemoParty, type Stage, shanghai } from './stage.ts';
import type { Until } from './timeline.ts';
import { uploadClips, waitForInspection } from './uploads.ts';

/** The district as it was founded, by the keys of the demo's data. */
export type District = {
    readonly orgId: Id;
    readonly people: ReadonlyMap<string, Id>;
    readonly devices: ReadonlyMap<string, Id>;
    readonly parties: ReadonlyMap<string, DemoParty>;
};

export function idOf(ids: ReadonlyMap<string, Id>, key: string): Id {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`the demo has no ${key}`);
    return id;
}

export type StageTools = {
    readonly services: Services;
    readonly url: string;
    readonly district: District;
    readonly today: Day;
};

/** The stage of one story; each has its own way of waiting. */
export function openStage({ services, url, district, today }: StageTools, until: Until): Stage {
    const { orgId } = district;
    const working = colleagues(services);
    return {
        until,
        async at(moment) {
            const at: Instant = shanghai(moment);
            await until(at);
            return at;
        },
        now: () => Math.floor(services.clock.now() / MINUTE) * MINUTE,
        today,
        by(key) {
            const person = PEOPLE.find((each) => each.key === key);
            if (person === undefined) throw new Error(`nobody in the demo is ${key}`);
            return working({ id: idOf(district.people, key), name: person.name, orgId, roles: person.roles });
        },
        party(key) {
            const party = district.parties.get(key);
            if (party === undefined) throw new Error(`the demo has no party ${key}`);
            return party;
        },
        device: (number) => idOf(district.devices, number),
        async handIn(key, actId) {
            const clips = (await clipList()).of(key).map((clip) => ({
                file: clip.url,
                name: clip.file,
                by: holderOf(district, clip.certificate),
                deviceId: idOf(district.devices, clip.device),
                actId,
            }));
            await readClocks(working, district, services.clock.now(), [...new Set(clips.map((clip) => clip.deviceId))]);
            await uploadClips(services, url, orgId, clips);
            await waitForInspection(services, orgId);
        },
        async judged(actId) {
            await judgeActs(services, orgId, [actId]);
        },
        async pagesOf(reader, documentId, printId) {
            const { model, at } = await services.db.read({ readOrgs: [orgId] }, (db) =>
                pagesOfPrint(db, orgId, documentId, printId),
            );
            const rendered = await services.renderer.render(model, at);
            const context = { actor: reader.id, orgId, readOrgs: [orgId], commandId: services.clock.newId() };
            await keepPages(services, context, documentId, printId, rendered);
            return rendered.pages;
        },
    };
}

/** How far the fictional clocks are ahead, in milliseconds: a good one, and one that loses a little. */
const AHEAD: Readonly<Record<string, number>> = { A0173: SECOND, A0174: -2 * SECOND };

/** Before anything is copied the manager compares each recorder with the time (附件1 第7条). */
async function readClocks(
    working: Working,
    { orgId, people, devices }: District,
    now: Instant,
    ids: readonly Id[],
): Promise<void> {
    const lin = PEOPLE.find((each) => each.key === 'lin');
    if (lin === undefined) throw new Error('nobody in the demo keeps the recordings');
    const manager = working({ id: idOf(people, lin.key), name: lin.name, orgId, roles: lin.roles });
    for (const [number, id] of devices) {
        if (!ids.includes(id)) continue;
        const shown = new Date(now + SHANGHAI_OFFSET + (AHEAD[number] ?? 0)).toISOString().slice(0, 19).replace('T', ' ');
        await manager.call('device.readClock', { params: { id }, body: { shown, afterSet: false } });
    }
}

type Working = ReturnType<typeof colleagues>;

/** Officers hand in their own; what the camera of a room recorded the manager of recordings does. */
function holderOf({ people }: District, certificate: string | undefined): { id: Id; login: string } {
    const person = PEOPLE.find((each) => (certificate === undefined ? each.key === 'lin' : each.certificate === certificate));
    if (person === undefined) throw new Error(`the demo has no officer ${certificate}`);
    return { id: idOf(people, person.key), login: person.login };
}
