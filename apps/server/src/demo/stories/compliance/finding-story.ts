import { DAY, type Id } from '@liuhen/domain';
import { type Stage, type Story, shanghai } from '../stage.ts';

/** What was found about two acts, what those who took part said, and what somebody else decided. */
export const findingStory: Story = async (stage) => {
    await withoutSpokenWords(stage);
    await withoutSecondRecorder(stage);
};

const head = (stage: Stage) => stage.by('gu');

async function actOf(stage: Stage, scenario: 'hearing' | 'licenceSiteReview', day: string): Promise<Id> {
    const from = shanghai(`${day} 00:00`);
    const { items } = await head(stage).call('act.list', { query: { scenario, from, to: from + DAY, limit: 50 } });
    const [act] = items;
    if (act === undefined) throw new Error(`no ${scenario} on ${day}`);
    return act.id;
}

async function findingsOf(stage: Stage, actId: Id) {
    await stage.judged(actId);
    return (await head(stage).call('finding.ofAct', { params: { id: actId } })).findings;
}

/** The cameras of a room begin before the hearing is opened: what the presider says stands in the record of the hearing. */
async function withoutSpokenWords(stage: Stage): Promise<void> {
    await stage.at('2026-11-06 09:00');
    const found = await findingsOf(stage, await actOf(stage, 'hearing', '2026-11-05'));
    const officer = stage.by('110207');
    for (const { id } of found.filter(({ rule }) => rule === 'spokenWords'))
        await officer.call('finding.answer', {
            params: { id },
            body: { kind: 'explain', words: '听证由主持人宣布开始和结束，宣布的内容记入听证笔录，由双方签名。' },
        });
    await stage.at('2026-11-06 14:30');
    const { items } = await head(stage).call('finding.list', { query: { state: 'answered', limit: 50 } });
    for (const { id } of items) await head(stage).call('finding.decide', { params: { id }, body: { as: 'accepted' } });
}

/** One of the two had the recorder off: a violation, and what followed. That the other was not checked waits for a decision. */
async function withoutSecondRecorder(stage: Stage): Promise<void> {
    await stage.at('2026-11-16 09:00');
    const actId = await actOf(stage, 'licenceSiteReview', '2026-11-12');
    const found = await findingsOf(stage, actId);
    const unchecked = found.find(({ rule }) => rule === 'checkedBeforeUse');
    if (unchecked !== undefined)
        await stage.by('110207').call('finding.answer', {
            params: { id: unchecked.id },
            body: { kind: 'explain', words: '当日接到任务后直接出发，出发前检查了记录仪，但没有登记。' },
        });
    await stage.at('2026-11-16 16:20');
    const unrecorded = found.find(({ rule }) => rule === 'recordedThroughout');
    if (unrecorded === undefined) return;
    const words = '李若川到场审查，没有开启所佩戴的执法记录仪，也没有说明原因。';
    await head(stage).call('finding.confirm', { params: { id: unrecorded.id }, body: { words } });
    await stage.at('2026-11-17 10:00');
    await head(stage).call('outcome.record', {
        body: {
            clause: 'A1-10-1',
            personId: stage.by('110215').id,
            happenedDay: '2026-11-12',
            facts: words,
            actId,
            findingId: unrecorded.id,
            kind: 'instruction',
            measure: '批评教育',
            decidedBy: '示范区卫生健康委员会监督所负责人',
            decidedDay: '2026-11-17',
        },
    });
}
