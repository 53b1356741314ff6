import type { DocumentContent, DocumentType, FieldRow } from '@liuhen/domain';
import { fieldsOf, type Id, type Instant, MINUTE, sampleContent, TEMPLATES } from '@liuhen/domain';
import type { Colleague } from '../apps/server/src/demo/stories/colleague.ts';
import { type Cast, type Desk, deskOf } from '../apps/server/src/demo/stories/penalty/penalty-desk.ts';
import type { Named } from '../apps/server/src/demo/stories/penalty/penalty-papers.ts';
import { setParameter } from '../apps/server/src/demo/stories/set-parameter.ts';
import type { PersonToAdd } from '../apps/server/src/testing/found-institute.ts';
import type { Visit } from './story.ts';
import type { systemWith } from './system.ts';

type Filled = Awaited<ReturnType<typeof systemWith>>;

/** Everybody whom a penalty with seizure and hearing asks for. */
export const PENALTY_PEOPLE: readonly (PersonToAdd & { readonly part: keyof Cast })[] = [
    { part: 'first', login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
    { part: 'second', login: 'hebei', name: '何北', kind: 'officer', certificate: '210002', roles: ['officer'] },
    { part: 'section', login: 'songsection', name: '宋科', kind: 'staff', roles: ['sectionHead'] },
    { part: 'legal', login: 'tanglegal', name: '唐法', kind: 'staff', roles: ['legalReviewer'] },
    { part: 'presider', login: 'jianghearing', name: '江听证', kind: 'officer', certificate: '210010', roles: ['officer'] },
    { part: 'institute', login: 'liangsuo', name: '梁所', kind: 'staff', roles: ['instituteHead'] },
    { part: 'agency', login: 'zhongweizhang', name: '钟主任', kind: 'staff', roles: ['agencyHead'] },
    { part: 'seal', login: 'yinseal', name: '尹印', kind: 'staff', roles: ['sealKeeper'] },
];

/** To the minute, as people write it. */
export const thisMinute = (): Instant => Math.floor(Date.now() / MINUTE) * MINUTE;

export type Office = {
    readonly cast: Cast;
    /** Papers that the journey does not write itself, made by the people over the network. */
    readonly desk: Desk;
    /** Content that lacks nothing, with times of the visit. */
    readonly content: (type: DocumentType) => DocumentContent;
};

/** The institute ready for a penalty: its short name, its time for a defence, its forms compared. */
export async function penaltyOffice(system: Filled, visit: Visit): Promise<Office> {
    const cast: Record<string, Colleague> = {};
    const cookies = new Map<Id, string>();
    for (const { part, login, name } of PENALTY_PEOPLE) {
        const remote = await system.remoteOf(login);
        const id = system.institute.people[login]?.id ?? '';
        cast[part] = { id, name, call: remote.call };
        cookies.set(id, remote.cookie ?? '');
    }
    const people = cast as Cast;
    const named = (who: keyof Cast): Named => {
        const { id, name } = people[who];
        return { person: id, name, certificate: PENALTY_PEOPLE.find((each) => each.part === who)?.certificate ?? '' };
    };
    const from = new Date(Date.now() - 400 * 24 * 60 * MINUTE).toISOString().slice(0, 10);
    const change = { basis: '登记', from, reason: '启用文书' };
    await setParameter(people.section, people.institute, {
        key: 'document.numberRegion',
        value: '沪测',
        standing: 'own',
        ...change,
    });
    await setParameter(people.section, people.institute, {
        key: 'deadline.defence',
        value: { length: 3, unit: 'workday' },
        standing: 'verify',
        ...change,
    });
    for (const { type, version } of TEMPLATES)
        await people.legal.call('template.confirm', { params: { type, version }, body: { comparedWith: '印制样张' } });

    const { startsAt, endsAt } = await people.first.call('act.get', { params: { id: visit.actId } });
    const officers = [named('first'), named('second')];
    const stage = {
        now: thisMinute,
        async pagesOf(reader: Colleague, documentId: Id, printId: Id): Promise<number> {
            const answer = await fetch(`${system.url}/api/documents/${documentId}/prints/${printId}.pdf`, {
                headers: { cookie: cookies.get(reader.id) ?? '' },
            });
            if (!answer.ok) throw new Error(`no pages: ${answer.status} ${await answer.text()}`);
            await answer.arrayBuffer();
            const { prints } = await reader.call('document.paper', { params: { id: documentId } });
            return prints.find((each) => each.id === printId)?.pages ?? 1;
        },
    };
    return {
        cast: people,
        desk: deskOf(stage, people, named),
        content: (type) => wholeContent(type, { visit, agency: system.institute.name, startsAt, endsAt, officers, named }),
    };
}

type Known = {
    readonly visit: Visit;
    readonly agency: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    readonly officers: readonly Named[];
    readonly named: (who: keyof Cast) => Named;
};

/** Others than the officers where a form asks for somebody else. */
const OTHERS: Readonly<Record<string, keyof Cast>> = { presider: 'presider', reviewer: 'legal', recorder: 'section' };

function wholeContent(type: DocumentType, { visit, agency, startsAt, endsAt, officers, named }: Known): DocumentContent {
    const template = TEMPLATES.findLast((each) => each.type === type);
    if (template === undefined) throw new Error(`no form for ${type}`);
    const sample = sampleContent(template);
    const value = (key: string, kind: string) => {
        if (key === 'party') return visit.partyName;
        if (key === 'agency') return agency;
        if (key === 'caseTitle') return `${visit.partyName}未按规定消毒案`;
        if (key === 'start' || kind === 'instant') return key === 'end' ? endsAt : startsAt;
        if (kind === 'officers') return (OTHERS[key] === undefined ? officers : [named(OTHERS[key])]) as readonly FieldRow[];
        return sample[key] ?? '';
    };
    return Object.fromEntries(fieldsOf(template).map(({ key, kind }) => [key, value(key, kind)]));
}
