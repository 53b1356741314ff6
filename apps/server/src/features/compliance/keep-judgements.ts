import { type ActJudgement, bodyOf, type DomainEvent, type Instant, type KeptVerdict } from '@liuhen/domain';
import type { Tx } from '../../platform/command/tx.ts';
import { answerDueAt } from './answer-deadline.queries.ts';
import { insertJudgements, lockFindingsOf, lockJudgements, updateJudgements } from './finding.store.ts';
import { rulesSaid } from './judgement-words.ts';
import { type FindingSubject, keepFindingsOf } from './keep-findings.ts';
import type { ActForRules } from './rule-facts.queries.ts';

/** An act as it was judged. */
export type Judged = {
    readonly act: ActForRules;
    readonly judgement: ActJudgement;
    /** Its verdicts as row and entry keep them. */
    readonly kept: readonly KeptVerdict[];
    readonly facts: string;
    readonly factsSha256: Buffer;
};

/** Keeps judgements and their findings, all in a few statements whatever their number; the entries of an act follow each other. */
export async function keepJudgements(tx: Tx, all: readonly Judged[]): Promise<DomainEvent[]> {
    const ids = all.map(({ act }) => act.id);
    const before = new Map((await lockJudgements(tx, ids)).map((row) => [row.act_id, row]));
    const known = Map.groupBy(await lockFindingsOf(tx, ids), (row) => row.act_id);
    const kept = all.map((each) => ({ each, row: before.get(each.act.id), newId: tx.newId() }));
    await insertJudgements(
        tx,
        kept.flatMap(({ each, row, newId }) =>
            row === undefined ? [{ id: newId, act_id: each.act.id, ...columnsOf(each, tx.now) }] : [],
        ),
    );
    await updateJudgements(
        tx,
        kept.flatMap(({ each, row }) => (row === undefined ? [] : [{ ...row, ...columnsOf(each, tx.now) }])),
    );
    const dueAt = await answerDueAt(tx.read, tx.orgId, tx.now);
    const findings = await keepFindingsOf(
        tx,
        all.map(({ act, judgement: { verdicts } }) => ({
            ...{ of: actSubject(act, dueAt), verdicts, kept: known.get(act.id) ?? [] },
        })),
    );
    return kept.flatMap(({ each, row, newId }, at) => {
        const about = row === undefined ? { creates: [newId] } : { objects: [row.id] };
        return [{ kind: 'act.judged', ...about, body: judgementBody(each) }, ...(findings[at] ?? [])];
    });
}

const columnsOf = ({ act, judgement, kept, factsSha256 }: Judged, now: Instant) => ({
    judged_at: now,
    verdict: judgement.verdict,
    verdicts: kept,
    gaps: judgement.gaps,
    facts_sha256: factsSha256,
    scenario: act.scenario,
    starts_at: act.startsAt,
    ends_at: act.endsAt,
    lead_id: act.leadId,
    required_ms: judgement.requiredMs,
    covered_ms: judgement.coveredMs,
    exempt_ms: judgement.exemptMs,
    interruptions: judgement.interruptions,
    late: judgement.verdicts.find(({ rule }) => rule === 'storedInTime')?.params.late ?? 0,
    open_gaps: judgement.gaps.filter(({ state }) => state === 'open').length,
    again_at: judgement.judgeAgainAt,
});

/** With the facts whole, so that anybody can judge again what was judged; the entry before it is cited by the object's own sequence. */
const judgementBody = ({ act, judgement, kept, facts, factsSha256 }: Judged) =>
    bodyOf({
        actId: act.id,
        act: act.number,
        verdict: judgement.verdict,
        rules: rulesSaid(kept),
        facts,
        factsSha256: factsSha256.toString('hex'),
    });

/** Whose findings these are: of an act whoever leads it answers what is nobody's in particular. */
const actSubject = (act: ActForRules, dueAt: Instant | null): FindingSubject => {
    const excused = new Set(act.facts.excuses.map((each) => each.recordingId));
    return {
        id: act.id,
        columns: { act_id: act.id, device_id: null },
        named: { act: act.number },
        dueAt,
        ownerOf: (each) => each.personId ?? act.leadId,
        isExcused: ({ code, aboutId }) => code === 'stored.late' && aboutId !== null && excused.has(aboutId),
    };
};
