import { join } from 'node:path';
import { EXPORT_PATH, EXPORTABLE } from '@liuhen/contract';
import type { DrawRecord, Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { readConfig } from '../../platform/config.ts';
import { remote } from '../../testing/remote.ts';
import { type TemporaryFolder, temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';
import { demoClock, demoLogins, demoPassword, loadDemo } from '../demo.ts';
import { PEOPLE } from '../demo-data.ts';
import { type Colleague, colleagues } from './colleague.ts';
import { COMPLAINANT } from './complaint/complaint-papers.ts';
import { type District, idOf } from './open-stage.ts';
import { SILENT } from './reads.fixture.ts';
import { unwalked, walkFor } from './unsaid.fixture.ts';

let folder: TemporaryFolder;
let app: RunningApp;
let district: District;
const dataFolder = () => join(folder.path, 'data');

beforeAll(async () => {
    folder = await temporaryFolder('demo');
    const time = demoClock();
    const settings = {
        LIUHEN_PORT: '0',
        LIUHEN_LOG_LEVEL: 'silent',
        LIUHEN_STORAGE_FLOOR_MIB: '0',
        LIUHEN_REQUESTS_PER_MINUTE: '100000',
    };
    app = await startApp({ config: readConfig(settings, { dataFolder: dataFolder() }), clock: time.clock });
    const loaded = await loadDemo(app.services, app.url, time, () => undefined);
    if (loaded === undefined) throw new Error('the folder was not empty');
    district = loaded;
}, 300_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

/** Somebody of the district, as `PEOPLE` names them. */
function by(key: string): Colleague {
    const person = PEOPLE.find((each) => each.key === key);
    if (person === undefined) throw new Error(`nobody is ${key}`);
    const { name, roles } = person;
    return colleagues(app.services)({ id: idOf(district.people, key), name, orgId: district.orgId, roles });
}

describe('the fictional district', () => {
    it('has forms it may issue on, and a short name in its numbers', async () => {
        const { items } = await by('zhou').call('template.list', { query: {} });
        expect(items.filter(({ type, confirmed }) => type === 'sceneRecord' && confirmed !== null)).toHaveLength(1);
        const parameters = await by('gu').call('parameter.list', { query: {} });
        const of = (wanted: string) => parameters.items.find(({ key }) => key === wanted);
        expect(of('document.numberRegion')?.value).toBe('虚示');
        expect(of('document.numberRegion')?.rows.map(({ proposal, decidedBy }) => [proposal?.by.name, decidedBy.name])).toEqual([
            ['顾明之', '孟怀远'],
        ]);
        // One change was refused; another and the calendar of the next year wait for either head.
        expect(of('act.documentToleranceSeconds')?.proposals.map(({ state }) => state)).toEqual(['refused']);
        for (const key of ['gu', 'meng'])
            expect(
                (await by(key).call('parameter.proposals', { query: {} })).items.map((each) => [
                    each.about === 'year' ? each.year : each.key,
                    each.mayDecide,
                ]),
            ).toEqual([
                ['deadline.recordingUpload', true],
                [2027, true],
            ]);
        const { years } = await by('gu').call('parameter.calendar', { query: {} });
        expect(
            years.map(({ year, inForce, proposals }) => [year, inForce === null, proposals.map(({ state }) => state)]),
        ).toEqual([
            [2027, true, ['waiting']],
            [2026, false, ['withdrawn']],
            [2025, false, []],
            [2024, false, []],
        ]);
    });
});

describe('the recordings', () => {
    it('all have a checked clock, those of the room too', async () => {
        const { items } = await by('lin').call('recording.list', { query: { limit: 100 } });
        expect(items.filter(({ device }) => device?.number === 'R-301')).toHaveLength(2);
        expect(items.flatMap(({ name, clockDoubt }) => (clockDoubt === null ? [] : [[name, clockDoubt]]))).toEqual([]);
    });
});

/** Documents of an act or a case with what they lack: `type state number`, in the order in which they were begun. */
async function papersOf(of: { actId: Id } | { caseId: Id } | { partyId: Id }): Promise<string[]> {
    const reader = by('110207');
    const { items } = await reader.call('document.list', { query: { ...of, limit: 200 } });
    for (const { id } of items) {
        const { findings } = await reader.call('document.findings', { params: { id } });
        expect(findings.filter(({ level }) => level === 'fault')).toEqual([]);
        // Every print has its pages, and nobody's signature is missing.
        const { prints, seals, scans } = await reader.call('document.paper', { params: { id } });
        expect(prints.map(({ kind, pages, kept }) => [kind, (pages ?? 0) > 0, kept])).toEqual([['final', true, true]]);
        expect([seals, scans]).toEqual([[], []]);
    }
    return items.toReversed().map(({ type, state, number }) => [type, state, number ?? ''].join(' ').trim());
}

describe('the double-random inspection', () => {
    const clinic = () => district.parties.get('clinic')?.partyId ?? '';

    it('was planned, drawn from what was committed, and approved by the head of the agency', async () => {
        const head = by('gu');
        const plans = await head.call('plan.list', { query: {} });
        expect(plans.items.map(({ state }) => state)).toEqual(['published']);
        const draws = await head.call('draw.list', { query: {} });
        const [draw] = draws.items;
        expect(draw).toMatchObject({ state: 'revealed', objectCount: 4 });
        const { picks, avoidances } = await head.call('draw.get', { params: { id: draw?.id ?? '' } });
        expect(picks).toHaveLength(2);
        expect(avoidances).toHaveLength(1);
    });

    it('was weighed by the grades of the day and the tables in force', async () => {
        const head = by('gu');
        const [draw] = (await head.call('draw.list', { query: {} })).items;
        const { record } = await head.call('draw.record', { params: { id: draw?.id ?? '' } });
        const { lists } = JSON.parse(record) as DrawRecord;
        const weightOf = (key: string) => lists.objects.find((each) => each.id === district.parties.get(key)?.partyId)?.weight;
        expect(['clinic', 'pool', 'school', 'hotel'].map(weightOf)).toEqual([2, 4, 1, 6]);
        const { picks, gradeWeights } = await head.call('draw.get', { params: { id: draw?.id ?? '' } });
        expect(gradeWeights?.risk).toEqual([
            { grade: 'A级', weight: 1 },
            { grade: 'B级', weight: 2 },
            { grade: 'C级', weight: 4 },
        ]);
        expect(picks.find((pick) => pick.object.id === clinic())).toMatchObject({
            weight: 2,
            graded: [{ scheme: 'risk', grade: 'B级', weight: 2 }],
            weightReason: null,
        });
    });

    it('ended with its papers in the file, each with its number, and its task done', async () => {
        expect(await papersOf({ partyId: clinic() })).toEqual([
            'inspectionApproval filed 2026-0001',
            'sceneRecord filed',
            'supervisionOpinion filed 2026-0001',
            // Three receipts of the penalty in the ordinary procedure lie before it.
            'serviceReceipt filed 2026-0004',
            'interruptionStatement filed',
            'sceneRecord filed',
        ]);
        const reader = by('110207');
        const { items } = await reader.call('document.list', { query: { partyId: clinic(), type: 'supervisionOpinion' } });
        const [opinion] = items;
        const { served } = await reader.call('document.get', { params: { id: opinion?.id ?? '' } });
        expect(served).toMatchObject({ mode: 'direct' });
        const tasks = await reader.call('task.list', { query: { partyId: clinic() } });
        expect(tasks.items.map(({ origin, state, result }) => [origin, state, result]).sort()).toEqual([
            ['doubleRandom', 'done', 'orderedToCorrect'],
            ['followUp', 'done', 'nothingFound'],
        ]);
        const followUp = tasks.items.find(({ origin }) => origin === 'followUp');
        const { afterAct } = await reader.call('task.get', { params: { id: followUp?.id ?? '' } });
        const { recordings, state } = await reader.call('act.get', { params: { id: afterAct?.id ?? '' } });
        expect([recordings.length, state]).toEqual([4, 'closed']);
    });

    const firstVisit = async () => {
        const { items } = await by('110207').call('act.list', { query: { partyId: clinic(), order: 'oldest' } });
        const [first] = items;
        if (first === undefined) throw new Error('no visit');
        return first;
    };

    it('explained in writing what the recording could not say itself, and stands by its record’s times', async () => {
        const act = await by('110207').call('act.get', { params: { id: (await firstVisit()).id } });
        expect(act.documents.map(({ title }) => title)).toEqual(['现场笔录']);
        expect(act.explanations).toHaveLength(1);
        expect(act.standing).toMatchObject({ openGaps: 0, missingOfficers: 0 });
        expect(act.standing.coveragePermille).toBeLessThan(1000);
    });
});

describe('the complaint', () => {
    const salon = () => district.parties.get('salon')?.partyId ?? '';

    it('ended with a penalty on the spot, its case closed by who did not handle it', async () => {
        const reader = by('110207');
        const { items } = await reader.call('case.list', { query: { partyId: salon() } });
        expect(items.map(({ procedure, state }) => [procedure, state])).toEqual([['simplePenalty', 'closed']]);
        const [{ id } = { id: '' }] = items;
        const { steps, documents, acts } = await reader.call('case.get', { params: { id } });
        const taken = ['tell', 'decide', 'report', 'publish', 'perform', 'close'];
        expect(steps.map(({ step }) => step)).toEqual(taken);
        expect(steps.at(-1)?.person.name).toBe('许知夏');
        expect(documents).toHaveLength(2);
        expect(await papersOf({ caseId: id })).toEqual(['sceneRecord filed', 'spotPenalty filed 2026-0001']);
        const act = await reader.call('act.get', { params: { id: acts[0]?.id ?? '' } });
        expect(act.scenarios).toEqual(['complaintHandling', 'simpleProcedurePenalty']);
        expect(act.standing).toMatchObject({ openGaps: 0, coveragePermille: 1000, missingOfficers: 0 });
    });

    it('was answered, and nothing of the story says who complained', async () => {
        const clerk = by('he');
        const { items } = await clerk.call('complaint.list', { query: { partyId: salon() } });
        expect(items.map(({ state }) => state)).toEqual(['closed']);
        const [{ id } = { id: '' }] = items;
        const complaint = await clerk.call('complaint.get', { params: { id } });
        expect(complaint.identityKept).toBe(true);
        expect(complaint.links.map(({ kind }) => kind).sort()).toEqual(['act', 'case']);
        expect(JSON.stringify(complaint)).not.toContain('阮清和');
        await expect(clerk.call('complaint.viewIdentity', { params: { id }, body: { purpose: '看看' } })).rejects.toThrow();
    });

    it('tells nobody who complained by any address that only reads, nor lets them be found by it', async () => {
        const reader = by('he');
        const [{ id } = { id: '' }] = (await reader.call('complaint.list', { query: { partyId: salon() } })).items;
        const { links } = await reader.call('complaint.get', { params: { id } });
        const about = {
            partyId: salon(),
            complaintId: id,
            ...Object.fromEntries(links.map((each) => [each.kind, each.targetId])),
        };
        const words = [COMPLAINANT.name, COMPLAINANT.phone];
        const keeper = by('gu');
        const seen = await keeper.call('complaint.viewIdentity', { params: { id }, body: { purpose: '回访' } });
        expect([seen.name, seen.phone]).toEqual(words);
        const oneOfEach = new Map(demoLogins.map((each) => [each.roles.join(), each.login]));
        expect(unwalked(app.reads)).toEqual([]);
        const silent = new Set([...app.reads, ...EXPORTABLE.map((list) => `${EXPORT_PATH} ${list}`)]);
        for (const login of oneOfEach.values()) {
            const { asked, answered, said } = await walkFor(app.url, login, words, about);
            expect(said, login).toEqual([]);
            expect(asked, login).toBeGreaterThan(50);
            for (const address of answered) silent.delete(address);
        }
        // What nobody got an answer from was not looked at; each has its reason.
        expect([...silent].sort()).toEqual(Object.keys(SILENT).sort());
    }, 240_000);
});

describe('what the notice asks', () => {
    it('was answered, accepted and confirmed by those who may', async () => {
        const { items } = await by('gu').call('finding.list', { query: { subject: 'act', limit: 100, order: 'oldest' } });
        const told = items.filter(({ state }) => state !== 'settled').map(({ code, state, act }) => [act?.scenario, code, state]);
        expect(
            told
                .filter(([, , state]) => state !== 'open')
                .map((each) => each.join(' '))
                .sort(),
        ).toEqual([
            'hearing speech.closingMissing explained',
            'hearing speech.openingMissing explained',
            'licenceSiteReview check.missing answered',
            'licenceSiteReview recording.none stands',
        ]);
        const { items: outcomes } = await by('gu').call('outcome.list', { query: {} });
        expect(outcomes.map(({ kind, person }) => [kind, person?.name])).toEqual([['instruction', '李若川']]);
    });

    it('was inspected by a sample of a month, one sheet of it still to be reviewed', async () => {
        const { items } = await by('zhou').call('inspection.list', { query: {} });
        expect(items.filter(({ own }) => own).map(({ state, progress }) => [state, progress])).toEqual([
            ['drawn', { sheets: 3, finished: 2, skipped: 0 }],
        ]);
        // What the city found of the two that were handed in; one of them may be the one that it has not reviewed yet.
        const inspectionId = items.find(({ own }) => own)?.id ?? '';
        const { items: compared } = await by('gu').call('inspection.compared', { query: { inspectionId } });
        expect(compared.length).toBeGreaterThan(0);
        expect(compared.map((each) => [each.here, each.there, each.differing])).toEqual(compared.map(() => [970, 950, 2]));
    });
});

describe('the city', () => {
    it('sees what was found in the district and how it stands, and does nothing to it', async () => {
        const { cookie } = await remote(app.url).signIn('jiangcheng', demoPassword);
        const city = remote(app.url, cookie);
        const others = async () =>
            // The city has findings of its own: who is to fill its roles.
            (await city.call('finding.list', { query: { limit: 100 } })).items.filter(({ own }) => !own);
        // What the stories left is judged beside the tests.
        const found = async () => (await others()).filter(({ organisation }) => organisation.id === district.orgId).length;
        await expect.poll(found, { timeout: 60_000 }).toBeGreaterThan(10);
        expect((await others()).filter(({ mayAnswer, mayDecide }) => mayAnswer || mayDecide)).toEqual([]);
        const figures = await city.call('statistics.compliance', { query: { by: 'organisation' } });
        expect(figures.items.map(({ organisation }) => organisation?.id)).toContain(district.orgId);
        expect(figures.sum.acts).toBeGreaterThan(0);
    });
});

describe('what the stories leave', () => {
    it('is sound: every log, row and file', async () => {
        const { findings, gaps } = await verifyInstallation({ dataFolder: dataFolder() });
        expect({ findings, gaps }).toEqual({ findings: [], gaps: [] });
    });
});
