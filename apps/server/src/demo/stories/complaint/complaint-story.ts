import type { Id } from '@liuhen/domain';
import { check, file, hand, handOver, officer, print, sign, write } from '../paper.ts';
import { goThere, leave, pair, readOut, recordScene } from '../scene.ts';
import { type Stage, type Story, shanghai } from '../stage.ts';
import * as papers from './complaint-papers.ts';

const HOST = { name: '夏半', relation: '经营者' };
const SHELF = '监督一科 3 号柜 2026-当场-001';

/** A complaint: taken in with its complainant sealed, looked into, ended with a penalty on the spot, and answered. */
export const complaintStory: Story = async (stage) => {
    const complaintId = await takenIn(stage);
    const taskId = await assigned(stage, complaintId);
    const { caseId, scene, decision } = await penalised(stage, taskId, complaintId);
    await finished(stage, caseId, [scene, decision]);
    await answered(stage, complaintId);
};

async function takenIn(stage: Stage): Promise<Id> {
    const { partyId, premisesId } = stage.party('salon');
    const receivedAt = await stage.at('2026-11-02 09:12');
    await stage.at('2026-11-02 09:20');
    const { id } = await stage.by('he').call('complaint.register', {
        body: {
            channel: 'hotline',
            externalNumber: '12345-20261102-000417（虚构）',
            receivedAt,
            ...papers.SAID,
            partyId,
            premisesId,
            statedDueDay: '2026-11-16',
            replyRequested: true,
            confidential: true,
            identity: papers.COMPLAINANT,
        },
    });
    return id;
}

async function assigned(stage: Stage, complaintId: Id): Promise<Id> {
    const section = stage.by('110233');
    const { partyId, premisesId } = stage.party('salon');
    await stage.at('2026-11-02 10:05');
    await section.call('complaint.triage', { params: { id: complaintId }, body: { outcome: 'accepted' } });
    const { id } = await section.call('task.create', {
        body: {
            origin: 'complaint',
            title: '核查半夏理发店毛巾清洗消毒情况',
            partyId,
            premisesId,
            dueDay: '2026-11-06',
            complaintId,
            officerIds: pair(stage).map((each) => each.id),
        },
    });
    return id;
}

type Penalised = { readonly caseId: Id; readonly scene: Id; readonly decision: Id };

/** The check becomes a penalty on the spot with its second minute; both are recorded (正文二(二)1). */
async function penalised(stage: Stage, taskId: Id, complaintId: Id): Promise<Penalised> {
    const [first, second] = pair(stage);
    const { partyId, premisesId, place } = stage.party('salon');
    await stage.at('2026-11-03 13:30');
    // Numbered and sealed forms go along: a number is there without network.
    const block = await first.call('document.reserveNumbers', {
        body: { type: 'spotPenalty', count: 3, terminal: '移动执法终端 T-07' },
    });
    await stage.by('ye').call('document.sealBlock', { params: { id: block.id }, body: { copies: 6, purpose: '现场当场处罚' } });
    const [startsAt, turned, endsAt] = ['15:10', '15:11', '15:12'].map((time) => shanghai(`2026-11-03 ${time}`)) as [
        number,
        number,
        number,
    ];
    const about = { party: 'salon', host: HOST, scenario: 'complaintHandling' as const, taskId, startsAt, endsAt };
    const actId = await goThere(stage, about);
    await first.call('complaint.link', { params: { id: complaintId }, body: { kind: 'act', targetId: actId } });
    await stage.until(turned);
    const { segments, participants, version } = await first.call('act.get', { params: { id: actId } });
    await first.call('act.stateInspectionCode', { params: { id: actId }, body: { code: null, exempt: 'complaint', version } });
    await first.call('act.addSegment', {
        params: { id: actId },
        body: {
            scenario: 'simpleProcedurePenalty',
            siteKind: 'premises',
            premisesId,
            place,
            startsAt: turned,
            endsAt,
            participantIds: participants.map((each) => each.id),
            ...(segments[0] === undefined ? {} : { endsSegmentId: segments[0].id }),
        },
    });
    const { id: caseId } = await first.call('case.open', {
        body: {
            title: papers.TITLE,
            partyId,
            procedure: 'simplePenalty',
            source: 'complaint',
            graveHarm: false,
            breachAt: startsAt,
            openedAt: turned,
            actId,
            handlerIds: [first.id, second.id],
        },
    });
    await stage.until(endsAt);
    await leave(stage, actId);
    const scene = await recordScene(
        stage,
        { actId, caseId, party: 'salon', host: HOST.name, startedAt: startsAt, endedAt: endsAt },
        papers.sceneRecord,
    );
    await step(stage, caseId, 'tell');
    await stage.at('2026-11-03 15:24');
    const decision = await decided(stage, { actId, caseId, partyId }, block);
    await step(stage, caseId, 'decide', { fine: papers.FINE });
    await first.call('complaint.link', { params: { id: complaintId }, body: { kind: 'case', targetId: caseId } });
    await stage.at('2026-11-03 16:50');
    await readOut(stage, actId, 'spotPenalty');
    await first.call('task.finish', {
        params: { id: taskId },
        body: { result: 'suspectedBreach', note: '反映属实，当场处罚' },
    });
    return { caseId, scene, decision };
}

type Block = { readonly id: Id; readonly numbers: readonly { readonly place: number }[] };

/** 当场行政处罚决定书 with a number that was taken along, signed and handed over on the spot (处罚法52). */
async function decided(stage: Stage, links: { actId: Id; caseId: Id; partyId: Id }, block: Block): Promise<Id> {
    const [first, second] = pair(stage);
    const begun = await first.call('template.begin', { params: { type: 'spotPenalty' }, query: links });
    const id = await write(first, 'spotPenalty', links, papers.spotPenalty(String(begun.content.remedies)));
    const { version } = await first.call('document.get', { params: { id } });
    const reserved = { blockId: block.id, place: block.numbers[0]?.place ?? 1 };
    await first.call('document.number', { params: { id }, body: { reserved, version } });
    const paper = await print(stage, first, id);
    await sign(first, id, paper, stage.now(), [officer(first), officer(second), hand('party', HOST.name)]);
    await handOver(first, id, HOST.name);
    return id;
}

async function step(stage: Stage, id: Id, name: string, data: { fine?: number } = {}, note?: string): Promise<void> {
    const [first] = pair(stage);
    const { version } = await first.call('case.get', { params: { id } });
    const body = { version, step: name, at: stage.now(), data, ...(note === undefined ? {} : { note }) };
    await first.call('case.step', { params: { id }, body });
}

/** Reported to the agency, looked at afterwards, paid at the bank, published, closed by who did not handle it. */
async function finished(stage: Stage, caseId: Id, papersMade: readonly Id[]): Promise<void> {
    const [[first], section] = [pair(stage), stage.by('110233')];
    await stage.at('2026-11-04 09:30');
    await step(stage, caseId, 'report');
    await stage.at('2026-11-04 10:10');
    for (const id of papersMade) await check(section, id, '事实清楚，程序合法，文书完整。');
    await stage.at('2026-11-05 11:00');
    await step(stage, caseId, 'publish');
    await stage.at('2026-11-06 15:20');
    await step(stage, caseId, 'perform', {}, '2026-11-05 缴至示范银行，缴款凭证附卷');
    for (const id of papersMade) await file(first, id, SHELF);
    await stage.at('2026-11-09 10:00');
    const { version } = await section.call('case.get', { params: { id: caseId } });
    await section.call('case.review', {
        params: { id: caseId },
        body: { version, step: 'close', at: stage.now(), data: {} },
    });
}

async function answered(stage: Stage, complaintId: Id): Promise<void> {
    const clerk = stage.by('he');
    const params = { id: complaintId };
    await stage.at('2026-11-09 14:10');
    const answer = { answeredAt: stage.now(), text: papers.ANSWER };
    await clerk.call('complaint.answer', { params, body: answer });
    await stage.at('2026-11-09 14:20');
    await clerk.call('complaint.close', { params, body: { result: '属实，已当场处罚并改正' } });
}
