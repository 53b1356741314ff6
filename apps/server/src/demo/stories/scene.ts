import { type CheckKey, type DocumentContent, type Id, type Instant, MINUTE, type Scenario, SECOND } from '@liuhen/domain';
import type { Colleague } from './colleague.ts';
import { hand, handOver, officer, print, sign, write, writeOn } from './paper.ts';
import type { Stage } from './stage.ts';

/** The two who carry the recorders of the demo's clips. */
export const pair = (stage: Stage): readonly [Colleague, Colleague] => [stage.by('110207'), stage.by('110215')];

/** Rows of officers as forms name them. */
export const rowsOf = (stage: Stage) =>
    pair(stage).map(({ id, name }, index) => ({ person: id, name, certificate: index === 0 ? '110207' : '110215' }));

export type Visited = {
    readonly party: string;
    /** Who of the party is there, and what that person is. */
    readonly host: { readonly name: string; readonly relation: string };
    readonly scenario: Scenario;
    readonly taskId: Id;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    readonly assistants?: readonly string[];
};

const tick = async (by: Colleague, id: Id, ...keys: readonly CheckKey[]): Promise<void> => {
    for (const key of keys) await by.call('act.tick', { params: { id }, body: { key, done: true } });
};
/** Before anybody sets out (附件1 第7条), on arrival (第8、9条), and at the end (第8条). */
const BEFORE = ['recorderSound', 'recorderTime', 'recorderBattery', 'recorderStorage'] as const;
const ARRIVED = ['recorderOn', 'openingSaid', 'certificatesShown', 'partyTold'] as const;
const LEFT = ['closingSaid', 'recorderOff'] as const;
/** Where the cameras of a room record, nobody wears anything. */
const IN_ROOM = ['certificatesShown', 'partyTold'] as const;

/** Whose recorder is which in the demo's clips. */
const RECORDERS = ['A0173', 'A0174'] as const;
/** Told when there is network again: when it was made counts. */
const BEFORE_LEAVING = 20 * MINUTE;

/** 附件1 第7条: each of the two looks at the own recorder before it goes out, `at` that moment. */
export async function checkRecorders(stage: Stage, at: Instant): Promise<void> {
    const fine = { noFault: true, timeRight: true, batteryEnough: true, spaceEnough: true };
    for (const [index, person] of pair(stage).entries())
        await person.call('device.check', {
            params: { id: stage.device(RECORDERS[index] ?? RECORDERS[0]) },
            body: { ...fine, place: 'phone', at },
        });
}

/** 附件1 第9条: every officer who is there shows the certificate; who has shown it before does not again. */
export async function showCertificates(by: Colleague, actId: Id, certificateShownAt: Instant): Promise<void> {
    const { participants } = await by.call('act.get', { params: { id: actId } });
    for (const { id, version, part, certificateShownAt: shown } of participants)
        if (part === 'officer' && shown === null)
            await by.call('act.updateParticipant', { params: { id }, body: { certificateShownAt, version } });
}

/** What the officers did in an act that was entered once it was over. */
export async function answered(stage: Stage, actId: Id, startsAt: Instant, where: 'outside' | 'room' = 'outside'): Promise<void> {
    const [first] = pair(stage);
    if (where === 'outside') await checkRecorders(stage, startsAt - BEFORE_LEAVING);
    await showCertificates(first, actId, startsAt);
    await tick(first, actId, ...(where === 'room' ? IN_ROOM : [...BEFORE, ...ARRIVED, ...LEFT]));
}

/** Announced three quarters of an hour before, recorders looked at (附件1 第7条), begun, certificates shown (附件1 第9条). */
export async function goThere(stage: Stage, { party, host, assistants = [], ...act }: Visited): Promise<Id> {
    const [first] = pair(stage);
    const { partyId, premisesId, place } = stage.party(party);
    await stage.until(act.startsAt - 45 * MINUTE);
    const people = [
        ...pair(stage).map(({ id }) => ({ personId: id, part: 'officer' as const })),
        ...assistants.map((key) => ({ personId: stage.by(key).id, part: 'assistant' as const })),
    ];
    const about = { ...act, siteKind: 'premises' as const, partyId, premisesId, place };
    const { id } = await first.call('act.create', { body: { ...about, participants: people, planned: true } });
    await checkRecorders(stage, stage.now());
    await tick(first, id, ...BEFORE);
    await stage.until(act.startsAt);
    const params = { id };
    await first.call('act.start', { params, body: { startsAt: act.startsAt } });
    await first.call('act.addParticipant', { params, body: { part: 'partyPerson', ...host, idShown: true } });
    await showCertificates(first, id, act.startsAt);
    await tick(first, id, ...ARRIVED);
    return id;
}

export const leave = (stage: Stage, actId: Id): Promise<void> => tick(pair(stage)[0], actId, ...LEFT);

/** Recorders read out the same day (附件1 第15条); then the act is closed. In `unmarked` footage nobody has looked for moments. */
export async function readOut(stage: Stage, actId: Id, clips: string, moments: 'marked' | 'unmarked' = 'marked'): Promise<void> {
    const [first] = pair(stage);
    await stage.handIn(clips, actId);
    if (moments === 'marked') await markMoments(first, actId);
    await tick(first, actId, 'footageStored');
    await first.call('act.close', { params: { id: actId }, body: { as: 'closed' } });
}

/** 附件1 第8、9、11条: the opening words, scene and people in the first recording, the closing words in the last. */
async function markMoments(by: Colleague, actId: Id): Promise<void> {
    const { recordings } = await by.call('act.get', { params: { id: actId } });
    // Of what nobody could look at no moment is known.
    const known = recordings.filter(({ durationMs }) => durationMs !== null && durationMs > 10 * SECOND);
    const first = known.toSorted((a, b) => Number(a.deviceStart) - Number(b.deviceStart)).at(0);
    const last = known.toSorted((a, b) => Number(a.deviceEnd) - Number(b.deviceEnd)).at(-1);
    const mark = (id: Id, kind: 'opening' | 'closing' | 'scene' | 'people', mediaMs: number) =>
        by.call('recording.mark', { params: { id }, body: { kind, mediaMs } });
    if (first !== undefined) {
        await mark(first.id, 'opening', 4 * SECOND);
        await mark(first.id, 'people', 6 * SECOND);
        await mark(first.id, 'scene', 9 * SECOND);
    }
    if (last !== undefined) await mark(last.id, 'closing', Math.max(0, (last.durationMs ?? 0) - 3 * SECOND));
}

export type Recorded = {
    readonly actId: Id;
    readonly party: string;
    readonly host: string;
    readonly startedAt: Instant;
    readonly endedAt: Instant;
    readonly caseId?: Id;
};

/** 现场笔录: written, printed, signed on each page by who was there, handed over. */
export async function recordScene(
    stage: Stage,
    { actId, party, host, startedAt, endedAt, caseId }: Recorded,
    content: DocumentContent,
): Promise<Id> {
    const [first, second] = pair(stage);
    const links = { actId, partyId: stage.party(party).partyId, ...(caseId === undefined ? {} : { caseId }) };
    const id = await write(first, 'sceneRecord', links, content);
    await writeOn(first, id, {}, { startedAt, endedAt });
    const paper = await print(stage, first, id);
    await sign(first, id, paper, stage.now(), [hand('partyEachPage', host), officer(first), officer(second)]);
    await handOver(first, id, host);
    return id;
}
