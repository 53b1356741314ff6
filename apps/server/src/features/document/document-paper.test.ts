import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BodyOf, Endpoints } from '@liuhen/contract';
import { type DocumentType, dayOf, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandBy } from '../../testing/builders.ts';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { pagesOfPrint } from './document-print.queries.ts';
import { addScan } from './document-scan.commands.ts';

let it_: DocumentSystem;
beforeAll(async () => {
    it_ = await documentSystem('310115');
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const code = (code: string) => expect.objectContaining({ code });
const get = (id: Id) => it_.call('document.get', it_.officer, { params: { id } });
const paper = (id: Id) => it_.call('document.paper', it_.officer, { params: { id } });
const make = async (type: DocumentType, more: object = {}): Promise<Id> =>
    (
        await it_.call('document.create', it_.officer, {
            body: { type, actId: it_.act, content: it_.wholeContent(type), ...more },
        })
    ).id;
const print = async (id: Id, kind: 'draft' | 'final' = 'final') =>
    it_.call('document.print', it_.officer, { params: { id }, body: { kind, version: await it_.versionOf(id) } });
type Wet = BodyOf<Endpoints['document.recordSignature']>;
const sign = (id: Id, printId: Id, more: Partial<Wet> = {}) =>
    it_.call('document.recordSignature', it_.officer, {
        params: { id },
        body: { printId, signer: 'party', name: '曾小贤', outcome: 'signed', pages: [1], at: it_.now, ...more },
    });
const versioned = async <B extends object>(id: Id, body: B) => ({ ...body, version: await it_.versionOf(id) });
const issue = async (id: Id) =>
    it_.call('document.issue', it_.officer, { params: { id }, body: await versioned(id, { handedTo: '曾小贤' }) });
const signAll = async (id: Id, printId: Id) => {
    await sign(id, printId, { signer: 'partyEachPage' });
    await sign(id, printId, { signer: 'officers', name: '陈默' });
    await sign(id, printId, { signer: 'officers', name: '何北' });
};
const pdf = Buffer.from('%PDF-1.7\n陈述\n');
const scan = (documentId: Id, more: object = {}, bytes = pdf) =>
    addScan(
        it_.services,
        commandBy(it_.services, it_.officer.id, it_.officer.actor),
        { documentId, role: 'signed', printId: undefined, name: '笔录.pdf', ...more },
        Readable.from([bytes]),
    );

describe('a record made on the spot', () => {
    it('is printed, signed by all it names, handed over, and looked at afterwards by somebody else', async () => {
        const id = await make('sceneRecord');
        await expect(issue(id)).rejects.toEqual(code('document.notSigned'));
        const draft = await print(id, 'draft');
        await expect(sign(id, draft.id)).rejects.toEqual(code('document.printIsDraft'));
        const final = await print(id);
        expect(final.digest).toMatch(/^[0-9a-f]{64}$/);
        expect((await print(id)).digest).toBe(final.digest);
        await expect(sign(id, final.id, { at: it_.now + MINUTE })).rejects.toEqual(code('document.inFuture'));
        await expect(sign(id, final.id, { at: it_.now - 10 * MINUTE })).rejects.toEqual(code('document.signedBeforePrint'));
        await expect(sign(id, final.id, { outcome: 'refused' })).rejects.toEqual(code('document.refusalReasonMissing'));
        await signAll(id, final.id);
        expect(await paper(id)).toMatchObject({ missingSignatures: 0, prints: [{}, {}, {}], signatures: [{}, {}, {}] });
        const body = { revision: 1, content: {} };
        await expect(it_.call('document.save', it_.officer, { params: { id }, body })).rejects.toEqual(
            code('document.alreadySigned'),
        );
        await issue(id);
        expect(await get(id)).toMatchObject({ state: 'issued', waitsFor: 'check', issuedTo: '曾小贤' });
        const check = async (who: typeof it_.officer) =>
            it_.call('document.check', who, { params: { id }, body: { verdict: 'pass', version: await it_.versionOf(id) } });
        await expect(check(it_.officer)).rejects.toEqual(code('document.ownDraft'));
        await check(it_.sectionHead);
        const file = async (more: object = {}) =>
            it_.call('document.file', it_.officer, { params: { id }, body: await versioned(id, more) });
        await expect(file()).rejects.toEqual(code('document.originalMissing'));
        await file({ originalPlace: '档案室 3 柜 2 层' });
        expect(await get(id)).toMatchObject({ state: 'filed', originalPlace: '档案室 3 柜 2 层' });
    });

    it('that the party refuses to sign says why', async () => {
        const id = await make('sceneRecord');
        const { id: printId } = await print(id);
        await sign(id, printId, { signer: 'partyEachPage', outcome: 'refused', reason: '认为记录不实' });
        for (const name of ['陈默', '何北']) await sign(id, printId, { signer: 'officers', name });
        await issue(id);
        expect((await paper(id)).signatures[0]).toMatchObject({ outcome: 'refused', reason: '认为记录不实' });
    });

    it('that the party refused other words than those that stand there now is refused by nobody', async () => {
        const id = await make('sceneRecord');
        const { id: first } = await print(id);
        await sign(id, first, { signer: 'partyEachPage', outcome: 'refused', reason: '认为记录不实' });
        const { revision, content } = await get(id);
        const body = { revision, content: { ...content, observations: '查见灭菌器 2 台。' } };
        await it_.call('document.save', it_.officer, { params: { id }, body });
        const { id: printId } = await print(id);
        for (const name of ['陈默', '何北']) await sign(id, printId, { signer: 'officers', name });
        await expect(issue(id)).rejects.toEqual(code('document.notSigned'));
        await sign(id, printId, { signer: 'partyEachPage', outcome: 'refused', reason: '仍认为记录不实' });
        await issue(id);
        expect((await paper(id)).signatures.filter((each) => each.supersededAt === null)).toHaveLength(3);
    });

    it('of coercion with the party absent has a witness', async () => {
        const id = await make('sceneRecord', { actId: await it_.addAct('coerciveMeasure') });
        const { id: printId } = await print(id);
        const absent = { signer: 'partyEachPage' as const, outcome: 'absent' as const, reason: '当事人未到场' };
        await expect(sign(id, printId, absent)).rejects.toEqual(code('document.witnessMissing'));
        await sign(id, printId, { ...absent, witness: '物业 老吴' });
    });

    it('is printed again when its content changed, and the old print is signed no more', async () => {
        const id = await make('sceneRecord');
        const old = await print(id);
        const content = { ...it_.wholeContent('sceneRecord'), observations: '改过的所见：台面有积水。' };
        await it_.call('document.save', it_.officer, { params: { id }, body: { revision: 1, content } });
        await expect(sign(id, old.id)).rejects.toEqual(code('document.printOutdated'));
        expect((await print(id)).digest).not.toBe(old.digest);
    });

    it('is printed only as it was seen last', async () => {
        const id = await make('sceneRecord');
        const version = await it_.versionOf(id);
        const content = { ...it_.wholeContent('sceneRecord'), observations: '另一人改过的所见。' };
        await it_.call('document.save', it_.officer, { params: { id }, body: { revision: 1, content } });
        for (const kind of ['final', 'draft'] as const)
            await expect(it_.call('document.print', it_.officer, { params: { id }, body: { kind, version } })).rejects.toEqual(
                code('conflict.changedMeanwhile'),
            );
        expect((await paper(id)).prints).toEqual([]);
    });

    it('that is void is not printed, signed, or put anywhere', async () => {
        const id = await make('sceneRecord');
        const { id: printId } = await print(id);
        await it_.call('document.void', it_.officer, { params: { id }, body: await versioned(id, { reason: '写错' }) });
        for (const kind of ['final', 'draft'] as const) await expect(print(id, kind)).rejects.toEqual(code('document.isDone'));
        await expect(sign(id, printId, { signer: 'officers', name: '陈默' })).rejects.toEqual(code('document.cannotBeSigned'));
        const body = { place: '档案室 3 柜' };
        await expect(it_.call('document.placeOriginal', it_.officer, { params: { id }, body })).rejects.toEqual(
            code('document.isDone'),
        );
    });

    it('is written anew with a reason before it is handed over; its signatures count no more', async () => {
        const id = await make('sceneRecord');
        const { id: printId } = await print(id);
        await sign(id, printId);
        const reopened = it_.call('document.reopen', it_.officer, {
            params: { id },
            body: await versioned(id, { reason: '漏记一处' }),
        });
        await reopened;
        expect(await get(id)).toMatchObject({ state: 'draft', firstSignedAt: null });
        expect((await paper(id)).signatures).toMatchObject([{ supersededAt: it_.now }]);
        expect((await paper(id)).missingSignatures).toBeGreaterThan(0);
    });
});

describe('a correction', () => {
    it('after a signature says what stood there, and the party signs at it', async () => {
        const id = await make('sceneRecord');
        const correct = async (field: string, value: string) =>
            it_.call('document.correct', it_.officer, {
                params: { id },
                body: { field, value, reason: '笔误', version: await it_.versionOf(id) },
            });
        await expect(correct('place', '别处')).rejects.toEqual(code('document.correctNotNow'));
        const { id: printId } = await print(id);
        await signAll(id, printId);
        await issue(id);
        const before = (await get(id)).content.place;
        await expect(correct('place', String(before))).rejects.toEqual(code('document.nothingChanged'));
        const corrected = await correct('place', '世纪大道 101 号');
        expect(corrected).toMatchObject({ revision: 2, needsSignature: true });
        expect((await paper(id)).corrections).toMatchObject([
            { field: 'place', oldValue: before, newValue: '世纪大道 101 号', reason: '笔误', signedAt: null },
        ]);
        expect((await it_.call('document.versions', it_.officer, { params: { id } })).items.map((each) => each.revision)).toEqual(
            [2, 1],
        );
        const after = await print(id);
        const model = await it_.services.db.read({ readOrgs: [it_.officer.id] }, (db) =>
            pagesOfPrint(db, it_.officer.id, id, after.id),
        );
        expect(JSON.stringify(model.model.blocks)).toContain(`由“${before}”更正为“世纪大道 101 号”。理由：笔误。`);
        const earlier = await it_.services.db.read({ readOrgs: [it_.officer.id] }, (db) =>
            pagesOfPrint(db, it_.officer.id, id, printId),
        );
        expect(JSON.stringify(earlier.model.blocks)).not.toContain('更正');
        const check = { verdict: 'pass' as const, version: await it_.versionOf(id) };
        await it_.call('document.check', it_.sectionHead, { params: { id }, body: check });
        const file = async () =>
            it_.call('document.file', it_.officer, { params: { id }, body: await versioned(id, { originalPlace: '3 柜' }) });
        await expect(file()).rejects.toEqual(code('document.correctionUnsigned'));
        await sign(id, printId, { correctionId: corrected.id });
        await file();
    });

    it('answers a fault found afterwards, and the check comes again', async () => {
        const id = await make('sceneRecord');
        const { id: printId } = await print(id);
        await signAll(id, printId);
        await issue(id);
        const fault = { verdict: 'fault' as const, reason: '地址写错', version: await it_.versionOf(id) };
        await it_.call('document.check', it_.sectionHead, { params: { id }, body: fault });
        expect(await get(id)).toMatchObject({ waitsFor: 'correction', checkFault: '地址写错' });
        const version = await it_.versionOf(id);
        const body = { field: 'place', value: '世纪大道 102 号', reason: '按核查意见', version };
        await it_.call('document.correct', it_.second, { params: { id }, body });
        expect(await get(id)).toMatchObject({ waitsFor: 'check', checkFault: null });
    });
});

describe('scans', () => {
    it('wait until their codes are read, of papers that carry one', async () => {
        const id = await make('sceneRecord');
        const foreign = await print(await make('sceneRecord'));
        const final = await print(id);
        const findings = [
            (await scan(id, { printId: final.id })).finding,
            (await scan(id)).finding,
            (await scan(id, { role: 'receipt' })).finding,
        ];
        expect(findings).toEqual(['waiting', 'waiting', 'notRead']);
        await expect(scan(id, { printId: foreign.id })).rejects.toEqual(code('document.printNotFound'));
        const { scans } = await paper(id);
        expect(scans).toHaveLength(3);
        expect(scans[0]).toMatchObject({
            name: '笔录.pdf',
            mediaType: 'application/pdf',
            sha256: createHash('sha256').update(pdf).digest('hex'),
            size: String(pdf.length),
        });
    });

    it('are PDF, JPEG or PNG by their bytes', async () => {
        const id = await make('sceneRecord');
        await expect(scan(id, { name: 'a.pdf' }, Buffer.from('<html>'))).rejects.toEqual(code('document.scanWrongKind'));
        await expect(scan(id, {}, Buffer.alloc(0))).rejects.toEqual(code('document.scanWrongKind'));
        const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
        await scan(id, { name: 'a.jpg' }, jpeg);
        expect((await paper(id)).scans).toMatchObject([{ mediaType: 'image/jpeg' }]);
    });
});

describe('signing on the screen', () => {
    const strokes = [{ page: 1, path: 'M10 10L20 30L40 12' }];
    const onScreen = (id: Id, printId: Id, more: object = {}) =>
        it_.call('document.signOnScreen', it_.officer, {
            params: { id },
            body: { printId, signer: 'partyEachPage', name: '曾小贤', at: it_.now, strokes, ...more },
        });

    it('is refused until the organisation has set it, and never where a penalty is in the act', async () => {
        const id = await make('sceneRecord');
        const { id: printId } = await print(id);
        await expect(onScreen(id, printId)).rejects.toEqual(code('document.onScreenOff'));
        expect((await paper(id)).onScreen).toEqual({ allowed: false, because: 'document.onScreenOff' });
        const on = { key: 'document.onScreenSigning' as const, value: true, standing: 'own' as const, from: dayOf(it_.now) };
        await setParameter(it_.call, it_.sectionHead, { ...on, basis: '正文二（三）', reason: '试点' });
        const coercion = await make('sceneRecord', { actId: await it_.addAct('coerciveMeasure') });
        const final = await print(coercion);
        await expect(onScreen(coercion, final.id)).rejects.toEqual(code('document.onScreenOnlyChecks'));
        await make('spotPenalty', { actId: it_.act });
        await expect(onScreen(id, printId)).rejects.toEqual(code('document.onScreenPenalty'));
    });

    it('binds handwriting to the digest of its page, on a check without penalty', async () => {
        const id = await make('sceneRecord', { actId: await it_.addAct('doubleRandomInspection') });
        const final = await print(id);
        await onScreen(id, final.id);
        const [signature] = (await paper(id)).signatures;
        expect(signature).toMatchObject({ means: 'onScreen', strokes: [{ page: 1, path: strokes[0]?.path }] });
        expect(signature?.strokes?.[0]?.pageDigest).toMatch(/^[0-9a-f]{64}$/);
        await expect(onScreen(id, final.id, { strokes: [{ page: 1, path: 'M1 1"/><script>' }] })).rejects.toThrow();
    });

    it('a refusal noted beside them makes no paper: filing waits for the recordings, not for an original', async () => {
        const id = await make('sceneRecord', { actId: await it_.addAct('doubleRandomInspection') });
        const { id: printId } = await print(id);
        const now = { printId, signer: 'officers' as const, strokes };
        for (const name of ['陈默', '何北'])
            await it_.call('document.signOnScreen', it_.officer, { params: { id }, body: { ...now, name } });
        await sign(id, printId, { signer: 'partyEachPage', outcome: 'refused', reason: '认为记录不实' });
        expect((await paper(id)).signatures).toMatchObject([{ at: it_.now }, { at: it_.now }, { outcome: 'refused' }]);
        await issue(id);
        const check = await versioned(id, { verdict: 'pass' as const });
        await it_.call('document.check', it_.sectionHead, { params: { id }, body: check });
        const file = it_.call('document.file', it_.officer, { params: { id }, body: await versioned(id, {}) });
        await expect(file).rejects.toEqual(code('document.notFullyRecorded'));
    });
});

describe('the seal', () => {
    const useSeal = async (id: Id, more: object = {}) =>
        it_.call('document.useSeal', it_.sealKeeper, {
            params: { id },
            body: { means: 'ink', copies: 2, purpose: '制发', version: await it_.versionOf(id), ...more },
        });

    it('is used after approval and number only, and every use stands in its register', async () => {
        const id = await make('priorNotice');
        await expect(useSeal(id)).rejects.toEqual(code('document.notApproved'));
        await it_.approve(id);
        await expect(useSeal(id)).rejects.toEqual(code('document.numberFirst'));
        const number = await versioned(id, { category: '医' });
        await it_.call('document.number', it_.officer, { params: { id }, body: number });
        await expect(useSeal(id, { means: 'certified' })).rejects.toEqual(code('seal.serviceNotConfigured'));
        await print(id);
        await useSeal(id);
        expect(await get(id)).toMatchObject({ waitsFor: 'issue', sealedAt: it_.now });
        await scan(id, { role: 'sealed', name: '用印件.pdf' });
        const register = await it_.call('document.sealRegister', it_.officer, { query: {} });
        expect(register).toMatchObject({
            total: 1,
            items: [
                { copies: 2, purpose: '制发', usedBy: { name: '尹印章' }, document: { id, type: 'priorNotice', revision: 1 } },
            ],
        });
        expect(register.items[0]?.scan).toMatchObject({ finding: 'waiting' });
        const found = async (query: object) =>
            (await it_.call('document.sealRegister', it_.officer, { query: { limit: 50, ...query } })).total;
        expect(await found({ q: '阳光口腔' })).toBe(1);
        expect(await found({ q: '制发', scanned: 'yes', personId: it_.sealKeeper.actor })).toBe(1);
        expect(await found({ scanned: 'no' })).toBe(0);
        expect(await found({ q: '没有这个词' })).toBe(0);
    });

    it('may stand on the numbered forms of a block beforehand', async () => {
        const block = await it_.call('document.reserveNumbers', it_.officer, {
            body: { type: 'spotPenalty', count: 5, terminal: '平板 3' },
        });
        const body = { copies: 10, purpose: '当场处罚预盖章' };
        await it_.call('document.sealBlock', it_.sealKeeper, { params: { id: block.id }, body });
        const { items } = await it_.call('document.sealRegister', it_.officer, { query: { limit: 1 } });
        expect(items).toMatchObject([
            { block: { id: block.id, terminal: '平板 3', first: block.numbers[0]?.text }, document: null, copies: 10 },
        ]);
    });
});

describe('a document made elsewhere', () => {
    it('comes in whole, with its file, and is filed', async () => {
        const body = {
            type: 'penaltyDecision' as const,
            title: '行政处罚决定书（口腔门诊部）',
            number: '沪浦卫医罚〔2025〕17号',
            date: '2025-11-02',
            from: '市执法办案平台',
            signers: '钟主任',
            partyId: it_.party,
        };
        const { id } = await it_.call('document.import', it_.officer, { body });
        expect(await get(id)).toMatchObject({
            state: 'imported',
            origin: 'imported',
            imported: { from: '市执法办案平台', date: '2025-11-02' },
        });
        const file = async () => it_.call('document.file', it_.officer, { params: { id }, body: await versioned(id, {}) });
        await expect(file()).rejects.toEqual(code('document.importFileMissing'));
        await scan(id, { role: 'imported', name: '决定书.pdf' });
        await file();
        await expect(it_.call('document.import', it_.officer, { body: { ...body, date: '2027-01-01' } })).rejects.toEqual(
            code('document.dateInFuture'),
        );
        const found = await it_.call('document.list', it_.officer, { query: { q: '医罚〔2025〕17' } });
        expect(found.items.map((item) => item.id)).toEqual([id]);
    });
});
