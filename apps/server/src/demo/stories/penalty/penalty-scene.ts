import type { Id } from '@liuhen/domain';
import { hand } from '../paper.ts';
import { answered, readOut } from '../scene.ts';
import { AT, HEAD_OF_PARTY, PARTY, PLACE, TITLE } from './penalty-facts.ts';
import * as papers from './penalty-papers.ts';
import { both, refused, step, type Told } from './penalty-told.ts';

export type Found = { readonly penalty: Id; readonly actId: Id; readonly record: Id };

/** The check, its record, and the case that comes of it. */
export async function visit(told: Told): Promise<Found> {
    const { stage, cast, desk, partyId, premisesId } = told;
    const { first, second } = cast;
    const { id: actId } = await first.call('act.create', {
        body: {
            scenario: 'routineInspection',
            siteKind: 'premises',
            partyId,
            premisesId,
            place: PLACE,
            startsAt: AT.visit,
            endsAt: AT.visitEnd,
            participants: [first, second].map(({ id }) => ({ personId: id, part: 'officer' as const })),
        },
    });
    const partyPerson = { part: 'partyPerson' as const, name: HEAD_OF_PARTY, relation: '法定代表人', idShown: true };
    await first.call('act.addParticipant', { params: { id: actId }, body: partyPerson });
    await answered(stage, actId, AT.visit);
    await stage.until(AT.opened);
    const opening = {
        procedure: 'penalty' as const,
        source: 'inspection' as const,
        title: TITLE,
        partyId,
        actId,
        graveHarm: false,
    };
    const body = {
        ...opening,
        openedAt: AT.opened,
        breachAt: Date.parse('2026-10-11T18:00:00+08:00'),
        handlerIds: [first.id, second.id],
    };
    const { id: penalty } = await first.call('case.open', { body });
    const record = await desk.begin('sceneRecord', { caseId: penalty, actId, partyId }, papers.visitRecord(both(told)));
    await desk.onScene(record, 'sceneRecord', [hand('partyEachPage', HEAD_OF_PARTY), ...desk.officers()], HEAD_OF_PARTY);
    const intake = await desk.begin('caseIntake', { caseId: penalty, actId, partyId }, papers.intake(told.named('first')));
    await desk.approved(intake, 'caseIntake', cast.section);
    return { penalty, actId, record };
}

export type Seized = { readonly id: Id; readonly number: string };

/** 强制法18: approved by the agency's head first, then carried out by two officers with decision, list and record. */
export async function seize(told: Told, { penalty, actId }: { penalty: Id; actId: Id }): Promise<Seized> {
    const { stage, cast, desk, partyId, premisesId } = told;
    const { first, second, agency } = cast;
    const open = { procedure: 'coercion' as const, source: 'case' as const, parentId: penalty, graveHarm: false };
    const { id } = await first.call('case.open', {
        body: { ...open, title: `${PARTY.name}医疗废物扣押`, openedAt: AT.opened, handlerIds: [first.id, second.id] },
    });
    const hung = { caseId: id, actId, partyId };
    const approval = await desk.begin('coercionApproval', hung, papers.coercionApproval(both(told)));
    await stage.until(AT.approval);
    await refused(step(told, agency, 'case.approve', id, 'approve'), 'case.documentMissing');
    await desk.approved(approval, 'coercionApproval', agency);
    await step(told, agency, 'case.approve', id, 'approve');

    await stage.until(AT.decisionMade);
    const decision = await desk.begin('seizureDecision', hung, papers.seizureDecision(both(told)));
    await desk.approved(decision, 'seizureDecision', agency, { legal: { needed: true, reason: '查封扣押决定书一律送法制审核' } });
    const number = await desk.issued(decision, 'seizureDecision');

    await stage.until(AT.seizureEnd);
    const there = await first.call('act.get', { params: { id: actId } });
    await first.call('act.addSegment', {
        params: { id: actId },
        body: {
            scenario: 'coerciveMeasure',
            siteKind: 'premises',
            premisesId,
            place: '示范路 302 号后门垃圾投放点',
            startsAt: AT.seizure,
            endsAt: AT.seizureEnd,
            participantIds: there.participants.map((each) => each.id),
        },
    });
    await refused(step(told, first, 'case.step', id, 'execute', { measure: 'seizure' }), 'case.documentMissing');
    const list = await desk.begin('itemList', { ...hung, parentId: decision }, papers.itemList(both(told), number));
    await desk.onScene(list, 'itemList', [hand('party', HEAD_OF_PARTY), ...desk.officers()], HEAD_OF_PARTY);
    const record = await desk.begin('sceneRecord', hung, papers.seizureRecord(both(told), number));
    await desk.onScene(record, 'sceneRecord', [hand('partyEachPage', HEAD_OF_PARTY), ...desk.officers()], HEAD_OF_PARTY);
    await desk.serveDirectly(decision, PARTY.name, HEAD_OF_PARTY, PARTY.address, stage.now());
    await step(told, first, 'case.step', id, 'execute', { measure: 'seizure' });
    for (const each of [list, record]) await desk.checked(each);
    return { id, number };
}

/** The recorders are read out; their recordings, and a moment of one, become evidence and are kept as long as the file. */
export async function handIn({ stage, cast, desk }: Told, { penalty, actId, record }: Found): Promise<void> {
    const { first } = cast;
    await stage.until(AT.handedIn);
    await readOut(stage, actId, 'seizure');
    await desk.checked(record);
    const { items } = await first.call('recording.list', { query: { actId, limit: 20 } });
    const evidence = (body: object) => first.call('case.addEvidence', { params: { id: penalty }, body: body as never });
    for (const { id, name } of items)
        await evidence({ kind: 'recording', targetId: id, title: `执法记录仪音像 ${name}`, proves: '检查和扣押全过程' });
    const [recording] = items;
    if (recording !== undefined)
        await evidence({
            kind: 'moment',
            targetId: recording.id,
            fromMs: 20_000,
            toMs: 35_000,
            title: '清点使用后的注射器',
            proves: '生活垃圾袋内混有使用后的注射器46支',
        });
    await evidence({ kind: 'photo', title: '现场照片8张', proves: '诊室、价目表、后门垃圾投放点', keptAt: '案卷附袋' });
}
