import { join } from 'node:path';
import { CHECK_KEYS, documentTypeFacts, type Id, type Instant, MINUTE, parseCanonical } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../../../app.ts';
import { pagesOfPrint } from '../../../features/document/document-print.queries.ts';
import { readConfig } from '../../../platform/config.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../../verify/verify-installation.ts';
import { demoClock, loadDemo } from '../../demo.ts';
import { type Colleague, colleagues } from '../colleague.ts';
import { type District, idOf } from '../open-stage.ts';
import { readiness } from '../readiness.ts';
import { AT, FINE, PROPOSED_FINE, TITLE } from './penalty-facts.ts';
import { penaltyStory } from './penalty-story.ts';

let folder: TemporaryFolder;
let app: RunningApp;
let district: District;
let officer: Colleague;
const dataFolder = () => join(folder.path, 'data');

beforeAll(async () => {
    folder = await temporaryFolder('demo-penalty');
    const time = demoClock();
    const settings = { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' };
    app = await startApp({ config: readConfig(settings, { dataFolder: dataFolder() }), clock: time.clock });
    const loaded = await loadDemo(app.services, app.url, time, () => undefined, [readiness, penaltyStory]);
    if (loaded === undefined) throw new Error('the folder was not empty');
    district = loaded;
    const of = { id: idOf(district.people, '110207'), name: '王予安', orgId: district.orgId, roles: ['officer'] as const };
    officer = colleagues(app.services)(of);
}, 300_000);
afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

async function caseOf(procedure: 'penalty' | 'coercion' | 'hearing') {
    const { items } = await officer.call('case.list', { query: { procedure, limit: 20 } });
    expect(items).toHaveLength(1);
    return officer.call('case.get', { params: { id: items[0]?.id ?? '' } });
}
const stepsOf = ({ steps }: Awaited<ReturnType<typeof caseOf>>) => steps.map(({ step, as }) => `${step} ${as}`);
/** `type number` of what is filed, `type state` of what is not. */
const papersOf = ({ documents }: Awaited<ReturnType<typeof caseOf>>) =>
    documents.map(({ type, number, state }) => `${type} ${state === 'filed' ? (number ?? '-') : state}`);

describe('a penalty in the ordinary procedure', () => {
    it('was filed, investigated, told, heard, reviewed, discussed, decided, served, performed and closed, in that order', async () => {
        const found = await caseOf('penalty');
        expect(found).toMatchObject({ title: TITLE, state: 'closed', endedAt: AT.closed });
        expect(stepsOf(found)).toEqual([
            'file reviewer',
            'investigate handler',
            'deliberate handler',
            'notify handler',
            'requestHearing handler',
            'legalReview legalReviewer',
            'discuss agencyHead',
            'decide agencyHead',
            'serve handler',
            'publish handler',
            'perform handler',
            'close reviewer',
        ]);
        const said = (step: string) => found.steps.find((each) => each.step === step)?.data;
        expect([said('notify')?.proposedFine, said('decide')?.fine]).toEqual([PROPOSED_FINE, FINE]);
        expect(found.countdowns.filter(({ state }) => state === 'late' || state === 'metLate')).toEqual([]);
    });

    it('has every paper that its steps asked for, numbered, served and in the file', async () => {
        const [penalty, coercion, hearing] = [await caseOf('penalty'), await caseOf('coercion'), await caseOf('hearing')];
        expect(papersOf(penalty)).toEqual([
            'sceneRecord -',
            'caseIntake 2026-0001',
            'filingReport 2026-0001',
            'inquiryRecord -',
            'investigationReport -',
            'panelRecord -',
            'hearingRightNotice 虚示卫医听告〔2026〕1号',
            'serviceReceipt 2026-0002',
            'legalReviewOpinion -',
            'collectiveDiscussion -',
            'penaltyDecision 虚示卫医罚〔2026〕1号',
            'serviceReceipt 2026-0004',
            'closingReport -',
        ]);
        expect(papersOf(coercion)).toEqual([
            'coercionApproval 2026-0001',
            'seizureDecision 虚示卫医查扣〔2026〕1号',
            'itemList -',
            'sceneRecord -',
            'serviceReceipt 2026-0001',
            'seizureDisposal 虚示卫医查扣处〔2026〕1号',
            'serviceReceipt 2026-0005',
        ]);
        expect(papersOf(hearing)).toEqual([
            'hearingNotice 虚示卫医听通〔2026〕1号',
            'serviceReceipt 2026-0003',
            'hearingRecord -',
            'hearingOpinion -',
        ]);
        for (const { papers } of [penalty, coercion, hearing])
            expect(papers.filter(({ standing }) => standing !== 'held')).toEqual([]);
        for (const { documents } of [penalty, coercion, hearing])
            for (const { id, type } of documents) {
                const { findings } = await officer.call('document.findings', { params: { id } });
                expect(
                    findings.filter(({ level }) => level === 'fault'),
                    type,
                ).toEqual([]);
                // What stays in the house is signed by its head on the system.
                if (documentTypeFacts(type).flow !== 'scene') continue;
                const { missingSignatures } = await officer.call('document.paper', { params: { id } });
                expect(missingSignatures, type).toBe(0);
            }
    });

    it('seized what was approved before, and disposed of it inside its term', async () => {
        const found = await caseOf('coercion');
        expect(found.state).toBe('closed');
        expect(stepsOf(found)).toEqual(['approve agencyHead', 'execute handler', 'dispose agencyHead', 'close reviewer']);
        expect(found.countdowns).toMatchObject([{ key: 'deadline.seizure', state: 'met' }]);
    });

    it('heard the party before somebody who did not investigate, seven working days after the notice', async () => {
        const found = await caseOf('hearing');
        expect(found.state).toBe('closed');
        expect(stepsOf(found)).toEqual(['notify handler', 'hold handler', 'opinion reviewer']);
        expect(found.people.filter(({ part }) => part === 'presider').map(({ person }) => person.name)).toEqual(['沈砚']);
    });

    it('left the decision with a party that refused, recorded by both officers', async () => {
        const { documents } = await caseOf('penalty');
        const decision = documents.find(({ type }) => type === 'penaltyDecision');
        const { items } = await officer.call('document.services', { params: { id: decision?.id ?? '' } });
        expect(items).toMatchObject([{ mode: 'lien', state: 'served', recorded: true, servedAt: AT.servedEnd }]);
        const { signatures } = await officer.call('document.paper', { params: { id: items[0]?.receiptId ?? '' } });
        expect(signatures.map(({ signer, outcome }) => `${signer} ${outcome}`)).toEqual([
            'recipient refused',
            'witness signed',
            'officers signed',
            'officers signed',
        ]);
    });

    it('rests on a recording of all, moments in it, records, photos and electronic data', async () => {
        const { evidence, acts } = await caseOf('penalty');
        expect(evidence.map(({ kind }) => kind)).toEqual([
            'recording',
            'recording',
            'recording',
            'recording',
            'moment',
            'photo',
            'electronic',
            'document',
            'moment',
        ]);
        for (const { id } of acts) {
            const { standing } = await officer.call('act.get', { params: { id } });
            expect(standing, id).toMatchObject({ openGaps: 0, missingOfficers: 0 });
        }
    });

    it('ended every act of it: certificates shown, its list answered, its footage stored', async () => {
        const acts = [...(await caseOf('penalty')).acts, ...(await caseOf('hearing')).acts];
        expect(acts).toHaveLength(4);
        for (const { id } of acts) {
            const { state, participants, checks, scenarios } = await officer.call('act.get', { params: { id } });
            expect(state, id).toBe('closed');
            const officers = participants.filter(({ part }) => part === 'officer');
            expect(officers.every(({ certificateShownAt }) => certificateShownAt !== null)).toBe(true);
            const ticked = checks.flatMap(({ key, tickedAt }) => (tickedAt === null ? [] : [key]));
            const inRoom = ['interview', 'hearing'].some((each) => scenarios.includes(each as never));
            expect(ticked, id).toEqual(inRoom ? ['certificatesShown', 'partyTold', 'footageStored'] : CHECK_KEYS);
        }
    });

    it('was refused each step before its time; the refusals stay in the log', async () => {
        expect(await refusalsIn(district.orgId)).toEqual([
            ['case.approve', 'case.documentMissing', AT.approval],
            ['case.step', 'case.documentMissing', AT.seizureEnd],
            ['case.approve', 'case.defenceTermRuns', AT.tooEarly],
            ['case.step', 'case.presiderInvestigates', AT.invited],
            ['case.approve', 'case.legalReviewMissing', AT.legal],
        ]);
    });

    it('can be printed again, each paper as it was', async () => {
        for (const procedure of ['penalty', 'coercion', 'hearing'] as const)
            for (const { id, type } of (await caseOf(procedure)).documents) {
                const { prints } = await officer.call('document.paper', { params: { id } });
                for (const print of prints) {
                    const { model, at } = await app.services.db.read({ readOrgs: [district.orgId] }, (db) =>
                        pagesOfPrint(db, district.orgId, id, print.id),
                    );
                    expect((await app.services.renderer.render(model, at)).sha256, type).toBe(print.pdfSha256);
                }
            }
    }, 60_000);

    it('is sound: every log, row and file', async () => {
        const { findings, gaps } = await verifyInstallation({ dataFolder: dataFolder() });
        expect({ findings, gaps }).toEqual({ findings: [], gaps: [] });
    });
});

/** Kind of command, code and moment of every refusal, in order. */
async function refusalsIn(orgId: Id): Promise<[unknown, unknown, Instant][]> {
    const rows = await app.services.db.read({ readOrgs: [orgId] }, (db) =>
        db
            .selectFrom('ledger.entry as e')
            .innerJoin('ledger.body as b', (join) => join.onRef('b.org_id', '=', 'e.org_id').onRef('b.idx', '=', 'e.idx'))
            .select(['e.at', 'b.body'])
            .where('e.org_id', '=', orgId)
            .where('e.kind', '=', 'command.refused')
            .orderBy('e.idx')
            .execute(),
    );
    return rows.map(({ at, body }) => {
        const { command, code } = parseCanonical(body) as { command: unknown; code: unknown };
        return [command, code, Math.floor(at / MINUTE) * MINUTE];
    });
}
