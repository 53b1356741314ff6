import {
    type DomainEvent,
    dayOf,
    type GradeFields,
    type Id,
    type ImportChange,
    type ImportFields,
    isId,
    planImportRow,
    SYSTEM_ID,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { decideGrades } from './grade.commands.ts';
import { planGradeRows } from './grade-register.queries.ts';
import { IMPORT_TASK } from './import.commands.ts';
import { lockImport, type OpenImportRow, openImportRows, type Settled, settleImportRows, updateImport } from './import.store.ts';
import { type Creations, changeFromImport, createFromImport, noCreations, writeCreations } from './import-apply.ts';
import { registerFor } from './import-register.queries.ts';
import { lockParties, PARTY_KEYS } from './party.store.ts';
import { PARTS_KEYS } from './party-parts.store.ts';

/** Rows of one command: enough that a list is done in a minute, few enough that others are not kept waiting. */
const AT_ONCE = 100;

export const partyJobs = (services: Services): JobHandlers => ({ [IMPORT_TASK]: (job) => runImport(services, job) });

/**
 * Carries an import out, a command for each stretch of rows. After a crash it goes on with the first row that has no
 * outcome: rows and their outcome are written in one transaction.
 */
async function runImport(services: Services, job: JobRun): Promise<void> {
    const id = job.data.importId;
    if (!isId(id)) throw new TypeError('the job names no import');
    for (;;) {
        const next = await services.db.read({ readOrgs: [job.orgId] }, async (db) => {
            const found = await db
                .selectFrom('party_import')
                .select(['state', 'confirmed_by', 'version'])
                .where('id', '=', id)
                .executeTakeFirst();
            return found?.state === 'running' ? found : undefined;
        });
        if (next === undefined) return;
        // Whoever confirmed it does it; the version makes each stretch a command of its own, the same after a crash.
        const command: CommandContext = {
            ...job.command,
            actor: next.confirmed_by ?? SYSTEM_ID,
            commandId: derivedId(IMPORT_TASK, id, String(next.version)),
        };
        await advance(services, command, id);
    }
}

function advance(services: Services, command: CommandContext, id: Id): Promise<null> {
    return runCommand(
        services.commands,
        command,
        IMPORT_TASK,
        async (tx) => {
            const found = await lockImport(tx, id);
            if (found === undefined) throw new Error('the import is gone');
            const rows = withoutRepeats(await openImportRows(tx, id, AT_ONCE));
            const [first, last] = [rows[0], rows.at(-1)];
            if (first === undefined || last === undefined) {
                await updateImport(tx, found, { state: 'done', finished_at: tx.now });
                const { created, changed, left_alone: left, refused } = found;
                const body = { created, changed, left, refused };
                return { result: null, events: [{ kind: 'party.importFinished', objects: [id], body }] };
            }
            const { settled, events } = found.about === 'grades' ? await applyGradeRows(tx, rows) : await applyRows(tx, rows);
            await settleImportRows(tx, id, settled);
            const count = (outcome: Settled['outcome']) => settled.filter((row) => row.outcome === outcome).length;
            const done = { created: count('created'), changed: count('changed'), refused: count('refused') };
            await updateImport(tx, found, {
                created: found.created + done.created,
                changed: found.changed + done.changed,
                refused: found.refused + done.refused,
            });
            const body = { from: first.line, to: last.line, ...done };
            return { result: null, events: [{ kind: 'party.importAdvanced', objects: [id], body }, ...events] };
        },
        { retryOn: [...PARTY_KEYS, ...PARTS_KEYS] },
    );
}

/** A command writes a row once: the next row of the same party waits for the next stretch. */
function withoutRepeats(rows: readonly OpenImportRow[]): OpenImportRow[] {
    const seen = new Set<string>();
    const end = rows.findIndex((row) => seen.size === seen.add(row.party_key).size);
    return rows.slice(0, end === -1 ? rows.length : end);
}

type Applied = { settled: Settled[]; events: DomainEvent[] };

/** Does what was previewed; where the register has changed since, refuses and says so. */
async function applyRows(tx: Tx, rows: readonly OpenImportRow[]): Promise<Applied> {
    const register = await registerFor(
        tx.read,
        tx.orgId,
        rows.map((row) => row.cells as ImportFields),
    );
    const [settled, events, creations]: [Settled[], DomainEvent[], Creations] = [[], [], noCreations()];
    for (const { line, ...row } of rows) {
        const fields = row.cells as ImportFields;
        const { existing, candidates } = register.find(fields);
        const surroundings = { candidates, licenceHolder: register.holderOf(fields, existing?.id) };
        const now = planImportRow(fields, existing, surroundings);
        if (now.plan !== row.plan || !sameChanges(now.changes, row.changes as ImportChange[])) {
            const reasons = now.reasons.length > 0 ? now.reasons : [{ problem: 'changedSince' }];
            settled.push({ line, outcome: 'refused', party_id: null, reasons });
        } else if (existing === undefined) {
            const { id, event } = createFromImport(tx, fields, creations);
            events.push(event);
            settled.push({ line, outcome: 'created', party_id: id, reasons: [] });
        } else {
            events.push(...(await changeFromImport(tx, existing, fields, now.changes)));
            settled.push({ line, outcome: 'changed', party_id: existing.id, reasons: [] });
        }
    }
    await writeCreations(tx, creations);
    return { settled, events };
}

/** The same for grades: what the parties' grades, or the tables, have become since is refused and said. */
async function applyGradeRows(tx: Tx, rows: readonly OpenImportRow[]): Promise<Applied> {
    await lockParties(
        tx,
        rows.flatMap((row) => row.party_id ?? []),
    );
    const read = rows.map((row) => ({ ...row, fields: row.cells as GradeFields, reasons: [] }));
    const [settled, events]: [Settled[], DomainEvent[]] = [[], []];
    for (const row of await planGradeRows(tx.read, tx.orgId, read, dayOf(tx.now))) {
        const { line, party, plan, changes, party_id } = row;
        if (plan.plan === 'change' && party?.id === party_id && sameChanges(plan.changes, changes as ImportChange[])) {
            events.push(...(await decideGrades(tx, row)));
            settled.push({ line, outcome: 'changed', party_id, reasons: [] });
        } else {
            const reasons = plan.reasons.length > 0 ? plan.reasons : [{ problem: 'changedSince' }];
            settled.push({ line, outcome: 'refused', party_id, reasons });
        }
    }
    return { settled, events };
}

/** jsonb keeps members in an order of its own. */
const sameChanges = (now: readonly ImportChange[], seen: readonly ImportChange[]): boolean =>
    now.length === seen.length &&
    now.every((each, place) => {
        const other = seen[place];
        return each.field === other?.field && each.from === other.from && each.to === other.to;
    });
