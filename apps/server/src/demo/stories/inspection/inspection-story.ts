import type { Id } from '@liuhen/domain';
import { check, file, giveNumber, hand, handOver, officer, print, review, sign, signAsHead, submit, write } from '../paper.ts';
import { goThere, leave, pair, readOut, recordScene, rowsOf } from '../scene.ts';
import { serveDirectly } from '../service.ts';
import { type Stage, type Story, shanghai } from '../stage.ts';
import { drawn, planned } from './inspection-draw.ts';
import * as papers from './inspection-papers.ts';

const HOST = { name: '沈颐', relation: '法定代表人' };
const CLINIC = { party: 'clinic', host: HOST };
const SHELF = '监督一科 3 号柜 2026-双随机-001';

/** A double-random inspection: drawn, approved, made, ended with a 卫生监督意见书, and followed up. */
export const inspectionStory: Story = async (stage) => {
    const task = await drawn(stage, await planned(stage));
    await approved(stage);
    const { actId, opinionId } = await inspected(stage, task);
    await followedUp(stage, actId, opinionId);
};

/** 国办发〔2024〕54号: the agency's head approves an inspection before it is made. */
async function approved(stage: Stage): Promise<void> {
    const [[first, second], section, agency] = [pair(stage), stage.by('110233'), stage.by('meng')];
    const { partyId } = stage.party('clinic');
    await stage.at('2026-10-26 09:30');
    const id = await write(first, 'inspectionApproval', { partyId }, papers.approval(rowsOf(stage)));
    await submit(first, id);
    await stage.at('2026-10-26 15:10');
    await review(section, id, '同意检查。');
    await stage.at('2026-10-27 09:00');
    await signAsHead(agency, id, '同意。');
    await stage.at('2026-10-27 09:40');
    await giveNumber(first, id);
    await sign(first, id, await print(stage, first, id), stage.now(), [officer(first), officer(second)]);
    await file(first, id, SHELF);
}

async function inspected(stage: Stage, taskId: Id): Promise<{ actId: Id; opinionId: Id }> {
    const [[first, second], section] = [pair(stage), stage.by('110233')];
    const { partyId, name } = stage.party('clinic');
    await stage.at('2026-10-27 16:00');
    // The opinion's printed forms go along: numbered, and sealed by the keeper.
    const numbers = await first.call('document.reserveNumbers', {
        body: { type: 'supervisionOpinion', count: 3, terminal: '移动执法终端 T-07' },
    });
    await stage.by('ye').call('document.sealBlock', {
        params: { id: numbers.id },
        body: { copies: 6, purpose: '现场出具卫生监督意见书' },
    });
    const [startsAt, endsAt] = [shanghai('2026-10-28 14:05'), shanghai('2026-10-28 14:07')];
    const actId = await goThere(stage, {
        ...CLINIC,
        scenario: 'doubleRandomInspection',
        taskId,
        startsAt,
        endsAt,
        assistants: ['chen'],
    });
    await stage.at('2026-10-28 14:12');
    await leave(stage, actId);
    const about = { actId, party: 'clinic', host: HOST.name, startedAt: startsAt, endedAt: endsAt };
    const scene = await recordScene(stage, about, papers.sceneRecord);
    await stage.at('2026-10-28 14:24');
    const opinionId = await write(first, 'supervisionOpinion', { actId, partyId, parentId: scene }, papers.opinion);
    const { version } = await first.call('document.get', { params: { id: opinionId } });
    const { number } = await first.call('document.number', {
        params: { id: opinionId },
        body: { reserved: { blockId: numbers.id, place: numbers.numbers[0]?.place ?? 1 }, version },
    });
    const paper = await print(stage, first, opinionId);
    await stage.at('2026-10-28 14:28');
    const signedAt = stage.now();
    await sign(first, opinionId, paper, signedAt, [hand('recipient', HOST.name)]);
    await handOver(first, opinionId, HOST.name);
    const opinion = { id: opinionId, type: 'supervisionOpinion' as const, number };
    const signer = { name: HOST.name, as: HOST.relation, relation: 'legalRepresentative' as const };
    const service = { servers: [first, second] as const, recipient: name, signer, place: '示范路 188 号 2 楼', actId, copies: 1 };
    const receipt = await serveDirectly(stage, opinion, service, signedAt);
    await stage.at('2026-10-28 16:40');
    await readOut(stage, actId, 'gap');
    await first.call('task.finish', {
        params: { id: taskId },
        body: { result: 'orderedToCorrect', note: '出具卫生监督意见书，责令 2026-11-05 前改正' },
    });
    await explained(stage, actId);
    await stage.at('2026-10-29 10:00');
    await check(section, scene, '记录客观、签名齐全。');
    await check(section, opinionId, '问题与笔录一致，依据和期限写明。');
    await check(section, receipt, '送达时间、签收人清楚。');
    await stage.at('2026-10-30 09:30');
    for (const id of [scene, opinionId, receipt]) await file(first, id, SHELF);
    return { actId, opinionId };
}

/** 附件1 第10条: what the recording could not say is said in writing. */
async function explained(stage: Stage, actId: Id): Promise<void> {
    const [[, second], section] = [pair(stage), stage.by('110233')];
    await stage.at('2026-10-29 09:10');
    const { partyId } = stage.party('clinic');
    const id = await write(second, 'interruptionStatement', { actId, partyId }, papers.interruption(rowsOf(stage).slice(1)));
    await submit(second, id);
    await stage.at('2026-10-29 09:40');
    await signAsHead(section, id, '情况属实，A0173 连续记录，不影响认定。');
    await sign(second, id, await print(stage, second, id), stage.now(), [officer(second)]);
    await file(second, id, SHELF);
}

/** 复查: the day after the term the same two look whether it was put right. */
async function followedUp(stage: Stage, afterActId: Id, afterDocumentId: Id): Promise<void> {
    const [[first, second], section] = [pair(stage), stage.by('110233')];
    const { partyId, premisesId } = stage.party('clinic');
    await stage.at('2026-10-30 10:00');
    const { id: taskId } = await section.call('task.create', {
        body: {
            origin: 'followUp',
            title: '康颐口腔门诊部整改复查',
            partyId,
            premisesId,
            dueDay: '2026-11-10',
            afterActId,
            afterDocumentId,
            officerIds: [first.id, second.id],
        },
    });
    const [startsAt, endsAt] = [shanghai('2026-11-06 09:40'), shanghai('2026-11-06 09:41')];
    const actId = await goThere(stage, { ...CLINIC, scenario: 'routineInspection', taskId, startsAt, endsAt });
    await stage.at('2026-11-06 09:48');
    await leave(stage, actId);
    const { version } = await first.call('act.get', { params: { id: actId } });
    await first.call('act.stateInspectionCode', { params: { id: actId }, body: { code: null, exempt: 'recheck', version } });
    const about = { actId, party: 'clinic', host: HOST.name, startedAt: startsAt, endedAt: endsAt };
    const scene = await recordScene(stage, about, papers.followUpRecord);
    await stage.at('2026-11-06 16:30');
    await readOut(stage, actId, 'followUp');
    await first.call('task.finish', { params: { id: taskId }, body: { result: 'nothingFound', note: '已按意见书改正' } });
    await stage.at('2026-11-09 09:20');
    await check(section, scene, '复查情况清楚。');
    await file(first, scene, SHELF);
}
