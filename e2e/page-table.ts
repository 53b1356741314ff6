import type { Id } from '@liuhen/domain';
import type { Remote } from '../apps/server/src/testing/remote.ts';
import { isPlayed, type Unfinished } from './unfinished.ts';

/** One look at a page: its address, by whom (nobody: before the sign-in), and what its picture is called. */
export type Stop = { readonly route: string; readonly path: string; readonly as: string | undefined; readonly name: string };

/** Ids of what the demo's finished stories left. */
export type Finished = Readonly<Record<keyof Awaited<ReturnType<typeof findFinished>>, Id>>;

export async function findFinished(by: Remote) {
    const first = <T extends { readonly id: Id }>(items: readonly T[], what: (item: T) => boolean = () => true): Id => {
        const found = items.find(what);
        if (found === undefined) throw new Error(`the demo lacks ${what}`);
        return found.id;
    };
    const [acts, cases] = [(await by.call('act.list', {})).items, (await by.call('case.list', {})).items];
    const papers = (await by.call('document.list', { query: { limit: 100 } })).items;
    return {
        // Explained gap, room camera, exemption at a second site, nothing recorded yet.
        gapAct: first(acts, ({ standing, scenario }) => standing.coveragePermille === 700 && scenario.startsWith('double')),
        roomAct: first(acts, ({ scenario }) => scenario === 'hearing'),
        splitAct: first(acts, ({ scenario }) => scenario === 'licenceSiteReview'),
        openGapAct: first(acts, ({ scenario }) => scenario === 'evidencePreservation'),
        oldParty: first((await by.call('party.list', { query: { q: '安沐' } })).items),
        penalty: first(cases, ({ procedure, endedAt }) => procedure === 'penalty' && endedAt !== null),
        coercion: first(cases, ({ procedure }) => procedure === 'coercion'),
        hearing: first(cases, ({ procedure }) => procedure === 'hearing'),
        closedComplaint: first((await by.call('complaint.list', {})).items, ({ state }) => state === 'closed'),
        revealedDraw: first((await by.call('draw.list', {})).items, ({ state }) => state === 'revealed'),
        publishedPlan: first((await by.call('plan.list', {})).items, ({ state }) => state === 'published'),
        decision: first(papers, ({ type }) => type === 'penaltyDecision'),
        receipt: first(papers, ({ type }) => type === 'serviceReceipt'),
        record: first(papers, ({ type, state }) => type === 'sceneRecord' && state === 'filed'),
        recording: first((await by.call('recording.list', {})).items, isPlayed),
        photo: first((await by.call('recording.list', {})).items, ({ durationMs }) => durationMs === null),
        device: first((await by.call('device.list', {})).items),
        room: first((await by.call('device.rooms', {})).items),
        model: first((await by.call('device.models', {})).items),
        officer: first((await by.call('person.list', { query: { q: '王予安' } })).items),
        doneTask: first((await by.call('task.list', {})).items, ({ state }) => state === 'done'),
        attestation: first((await by.call('attestation.list', {})).items),
        openTask: first((await by.call('task.list', {})).items, ({ state }) => state === 'assigned'),
    };
}

/** Stops by what is special about them; `''` is the page as it is usually seen. A pair names whose page it is. */
type Looks = Readonly<Record<string, string | readonly [path: string, as: string | undefined]>>;
type Table = Readonly<Record<string, Looks>>;

/** Nothing has this id. */
export const NOTHING = '01a00000-0000-7000-8000-000000000000';
/** Who has a password that was given and not yet changed. */
export const NEWCOMER = 'newcomer';
const SYSTEM = 'admin-system';

/** Before the sign-in and at it. */
const DOORS: Table = {
    '/sign-in': { '': ['/sign-in', undefined], idle: ['/sign-in?why=idle', undefined] },
    '/setup': { '': ['/setup', undefined] },
    '/first-password': { '': ['/first-password', NEWCOMER] },
};

/** What has an address of its own: lists, registers and the pages on which something begins. */
const LISTS: Table = {
    '/': { '': '/' },
    '/account': { '': '/account' },
    '/on-device': { '': '/on-device', officer: ['/on-device', 'wangyuan'] },
    '/acts': { '': '/acts', none: '/acts?q=nothing-is-called-so' },
    '/acts/new': { '': '/acts/new' },
    '/recordings': { '': '/recordings', kept: '/recordings?keptTo=2030-12-31', none: '/recordings?q=nothing-is-called-so' },
    '/recordings/filing': { '': '/recordings/filing' },
    '/recordings/board': { '': '/recordings/board', manager: ['/recordings/board', 'linzhiyuan'] },
    '/recordings/same-night': { '': '/recordings/same-night' },
    '/recordings/use-records': { '': '/recordings/use-records' },
    '/devices/check': { '': '/devices/check', officer: ['/devices/check', 'wangyuan'] },
    '/devices/coverage': { '': '/devices/coverage', none: '/devices/coverage?q=nothing-is-called-so' },
    '/devices/rooms': { '': '/devices/rooms', manager: ['/devices/rooms', 'linzhiyuan'] },
    '/devices/models': { '': '/devices/models', manager: ['/devices/models', 'linzhiyuan'] },
    '/parties': { '': '/parties', none: '/parties?q=nothing-is-called-so' },
    '/parties/merges': { '': '/parties/merges' },
    '/parties/imports': { '': '/parties/imports' },
    '/tasks': { '': '/tasks', late: '/tasks?due=late' },
    '/task-lists': { '': '/task-lists' },
    '/plans': { '': '/plans' },
    '/draws': { '': '/draws' },
    '/draws/new': { '': '/draws/new' },
    '/draws/check': { '': '/draws/check' },
    '/complaints': { '': '/complaints' },
    '/devices': { '': '/devices', manager: ['/devices', 'linzhiyuan'] },
    '/persons': { '': '/persons', system: ['/persons', SYSTEM] },
    '/documents': { '': '/documents', waiting: '/documents?waiting=me' },
    '/documents/forms': { '': '/documents/forms' },
    '/documents/numbers': { '': '/documents/numbers' },
    '/documents/blocks': { '': '/documents/blocks' },
    '/documents/seals': { '': '/documents/seals' },
    '/documents/import': { '': '/documents/import' },
    '/log': { '': '/log', entry: '/log?entry=3', audit: ['/log', 'admin-audit'] },
    '/log/sheets': { '': '/log/sheets', none: '/log/sheets?from=2020-01-01&to=2020-01-02' },
    '/log/checks': {
        '': '/log/checks',
        none: '/log/checks?from=2020-01-01&to=2020-01-02',
        audit: ['/log/checks', 'admin-audit'],
    },
    '/log/checkpoints': { '': '/log/checkpoints', none: '/log/checkpoints?from=2020-01-01&to=2020-01-02' },
    '/compliance': {
        '': '/compliance',
        rows: '/compliance?part=annex2',
        found: '/compliance?build=notBuilt',
        none: '/compliance?q=zzz',
    },
    '/compliance/findings': {
        '': '/compliance/findings',
        mine: ['/compliance/findings?mine=yes&state=unanswered', 'wangyuan'],
        none: '/compliance/findings?q=zzz',
    },
    '/compliance/interruptions': { '': '/compliance/interruptions', none: '/compliance/interruptions?state=exemptWaiting' },
    '/compliance/attestations': {
        '': '/compliance/attestations',
        none: '/compliance/attestations?q=zzz',
    },
    '/recordings/retrievals': { '': '/recordings/retrievals', none: '/recordings/retrievals?q=zzz' },
    '/recordings/viewings': {
        '': '/recordings/viewings',
        own: ['/recordings/viewings', 'wangyuan'],
        none: '/recordings/viewings?q=zzz',
    },
    '/compliance/outcomes': { '': '/compliance/outcomes', officer: ['/compliance/outcomes', 'wangyuan'] },
    '/compliance/trainings': { '': ['/compliance/trainings', 'linzhiyuan'] },
    '/compliance/training-due': { '': ['/compliance/training-due', 'linzhiyuan'] },
    '/compliance/statistics': {
        '': '/compliance/statistics',
        person: '/compliance/statistics?by=person&order=coverage',
        none: '/compliance/statistics?from=2020-08&to=2020-08',
    },
    '/compliance/statistics/counted': {
        '': '/compliance/statistics/counted',
        gaps: '/compliance/statistics/counted?figure=openGaps',
        none: '/compliance/statistics/counted?figure=late&from=2020-08&to=2020-08',
    },
    '/parameters': { '': '/parameters', unsure: '/parameters?standing=unsure', none: '/parameters?q=zzz' },
    '/cases': { '': '/cases' },
    '/cases/deadlines': { '': '/cases/deadlines' },
    '/cases/import': { '': '/cases/import' },
    '/cases/new': { '': '/cases/new' },
};

/** One thing each, as the demo's stories and the work of today have left it. */
const things = (it: Finished & Unfinished): Table => ({
    '/acts/$id': {
        gap: `/acts/${it.gapAct}`,
        room: `/acts/${it.roomAct}`,
        split: `/acts/${it.splitAct}`,
        'open-gap': `/acts/${it.openGapAct}`,
        today: `/acts/${it.act}`,
        announced: `/acts/${it.announced}`,
    },
    '/recordings/$id': { '': `/recordings/${it.recording}`, photo: `/recordings/${it.photo}` },
    '/parties/$id': { '': `/parties/${it.oldParty}`, new: `/parties/${it.party}` },
    '/parties/imports/$id': { '': `/parties/imports/${it.partyImport}` },
    '/tasks/$id': { done: `/tasks/${it.doneTask}`, open: `/tasks/${it.openTask}` },
    '/task-lists/$id': { '': `/task-lists/${it.taskList}` },
    '/plans/$id': { published: `/plans/${it.publishedPlan}`, draft: `/plans/${it.plan}` },
    '/draws/$id': { revealed: `/draws/${it.revealedDraw}`, committed: `/draws/${it.draw}` },
    '/complaints/$id': { closed: `/complaints/${it.closedComplaint}`, open: `/complaints/${it.complaint}` },
    // The demo has none: what is seen is that nobody learns whether there is one.
    '/recordings/retrievals/$id': { missing: `/recordings/retrievals/${NOTHING}` },
    '/compliance/outcomes/$id': { missing: `/compliance/outcomes/${NOTHING}` },
    '/compliance/trainings/$id': { missing: [`/compliance/trainings/${NOTHING}`, 'linzhiyuan'] },
    '/compliance/attestations/$id': { '': `/compliance/attestations/${it.attestation}` },
    '/devices/$id': { '': [`/devices/${it.device}`, 'linzhiyuan'] },
    '/devices/$id/passport': { '': [`/devices/${it.device}/passport`, 'linzhiyuan'] },
    '/devices/rooms/$id': { '': [`/devices/rooms/${it.room}`, 'linzhiyuan'] },
    '/devices/models/$id': { '': [`/devices/models/${it.model}`, 'linzhiyuan'] },
    '/persons/$id': { '': `/persons/${it.officer}`, system: [`/persons/${it.officer}`, SYSTEM] },
    '/documents/$id': {
        decision: `/documents/${it.decision}`,
        receipt: `/documents/${it.receipt}`,
        record: `/documents/${it.record}`,
        draft: [`/documents/${it.draft}`, 'wangyuan'],
        'to-sign': [`/documents/${it.toSign}`, 'wangyuan'],
    },
    '/documents/$id/sign': { '': [`/documents/${it.toSign}/sign`, 'wangyuan'] },
    '/documents/offline/$id': { '': [`/documents/offline/${NOTHING}`, 'wangyuan'] },
    '/cases/$id': {
        penalty: `/cases/${it.penalty}`,
        coercion: `/cases/${it.coercion}`,
        hearing: `/cases/${it.hearing}`,
        open: `/cases/${it.case}`,
    },
});

const stopsOf = (table: Table, as: string): Stop[] =>
    Object.entries(table).flatMap(([route, looks]) =>
        Object.entries(looks).map(([look, what]) => {
            const [path, who] = typeof what === 'string' ? [what, as] : what;
            const base = route.slice(1).replaceAll('/', '-').replaceAll('$', '') || 'home';
            return { route, path, as: who, name: look === '' ? base : `${base}.${look}` };
        }),
    );

/** Everything there is to see where there are data. */
export const fullStops = (it: Finished & Unfinished, as: string): Stop[] => stopsOf({ ...DOORS, ...LISTS, ...things(it) }, as);

/** The same routes where nothing has happened yet: lists are empty, and what is asked for by its id is not there. */
export function emptyStops(routes: readonly string[], as: string): Stop[] {
    const missing = routes.filter((route) => route.includes('$'));
    const plain = Object.entries(LISTS).map(([route, looks]) => [route, { '': looks[''] ?? route }] as const);
    const gone = missing.map((route) => [route, { '': route.replace('$id', NOTHING) }] as const);
    return stopsOf({ ...Object.fromEntries([...plain, ...gone]) }, as).map((stop) => ({ ...stop, as }));
}
