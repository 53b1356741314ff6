import { bodyOf, type DomainEvent, type FilingProposal, type Id, isId, MINUTE, proposeFiling } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { sameCandidates } from './filing.queries.ts';
import { insertProposal, lockProposal, updateProposal } from './filing.store.ts';
import { filingFactsOf, unfiledAround } from './filing-facts.queries.ts';
import { lockRecording, updateRecording } from './recording.store.ts';

/** So many recordings around one act are looked at anew; a whole institute makes fewer in that time. */
const MOST_AROUND = 500;

export const filingJobs = (services: Services): JobHandlers => ({
    'recording.propose': (job) => propose(services, job.command, idOf(job, 'recordingId')),
    'recording.proposeAround': (job) => proposeAround(services, job),
});

function idOf(job: JobRun, name: string): Id {
    const id = job.data[name];
    if (!isId(id)) throw new TypeError(`the job names no ${name}`);
    return id;
}

/** An act was entered or changed: recordings of that time may be the ones it lacks. */
async function proposeAround(services: Services, job: JobRun): Promise<void> {
    const actId = idOf(job, 'actId');
    const around = await services.db.read({ readOrgs: [job.orgId] }, async (db) => {
        const reach = await parameterAt(db, job.orgId, 'recording.filingReachMinutes', services.clock.now());
        return unfiledAround(db, job.orgId, actId, Number(reach.value) * MINUTE, MOST_AROUND);
    });
    for (const id of around) {
        const commandId = derivedId('proposeAround', job.command.commandId, id);
        await propose(services, { ...job.command, commandId }, id);
    }
}

/**
 * Works out which act a recording belongs to and says why; what is sure files itself where the organisation wants it so, and
 * never again what somebody took out. Only what is new is written.
 */
async function propose(services: Services, context: CommandContext, recordingId: Id): Promise<void> {
    const looked = await services.db.read({ readOrgs: [context.orgId] }, async (db) => {
        const reach = await parameterAt(db, context.orgId, 'recording.filingReachMinutes', services.clock.now());
        const facts = await filingFactsOf(db, context.orgId, recordingId, Number(reach.value));
        const stored = await db
            .selectFrom('filing_proposal')
            .select(['level', 'candidates', 'conflicts', 'outcome'])
            .where('recording_id', '=', recordingId)
            .executeTakeFirst();
        return { facts, stored };
    });
    if (looked.facts === undefined) return;
    const proposal = proposeFiling(looked.facts);
    const { stored } = looked;
    const same =
        stored !== undefined &&
        stored.level === proposal.level &&
        stored.conflicts.join() === proposal.conflicts.join() &&
        sameCandidates(stored.candidates, proposal.candidates);
    if (same) return;
    await runCommand(services.commands, context, 'recording.propose', (tx) => keep(tx, recordingId, proposal));
}

async function keep(tx: Tx, recordingId: Id, proposal: FilingProposal) {
    const recording = await lockRecording(tx, recordingId);
    if (recording === undefined) throw new Error('the recording is gone');
    const before = await lockProposal(tx, recordingId);
    const [best] = proposal.candidates;
    const proposed = proposal.level === 'sure' || proposal.level === 'likely' ? best : undefined;
    const itself = await parameterAt(tx.read, tx.orgId, 'recording.filesItself', tx.now);
    const free = recording.act_id === null && before?.outcome !== 'undone' && before?.outcome !== 'takenOut';
    const files = proposal.level === 'sure' && proposed !== undefined && free && itself.value === true;
    const columns = {
        level: proposal.level,
        act_id: proposed?.actId ?? null,
        person_id: proposed?.personId ?? null,
        candidates: JSON.stringify(proposal.candidates),
        conflicts: [...proposal.conflicts],
        proposed_at: tx.now,
        ...(files ? ({ outcome: 'filedItself', decided_at: tx.now } as const) : {}),
    };
    if (before === undefined) {
        await insertProposal(tx, { id: tx.newId(), recording_id: recordingId, outcome: 'open', decided_at: null, ...columns });
    } else await updateProposal(tx, before, columns);
    const about = proposed === undefined ? [] : [proposed.actId];
    const body = bodyOf({ level: proposal.level, conflicts: proposal.conflicts.join() || undefined });
    const event: DomainEvent = { kind: 'recording.filingProposed', objects: [recordingId, ...about], body };
    if (!files) return { result: null, events: [event] as const };
    await updateRecording(tx, recording, { act_id: proposed.actId, person_id: proposed.personId });
    const filed: DomainEvent = {
        kind: 'recording.filed',
        objects: [recordingId, proposed.actId],
        body: bodyOf({ personId: proposed.personId, reasons: proposed.reasons.join() }),
    };
    return { result: null, events: [event, filed] as const };
}
