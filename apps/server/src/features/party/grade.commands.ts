import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type Day,
    DomainError,
    type DomainEvent,
    dayOf,
    GRADE_SCHEMES,
    type GradeColumn,
    type Id,
    type ImportCell,
    normaliseGrade,
    readGradeRow,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { checkGrade, type Decided } from './grade.queries.ts';
import { insertGrade } from './grade.store.ts';
import { planGradeRows } from './grade-register.queries.ts';
import { lockChangeable, lockParties } from './party.store.ts';

type Stated = Decided & { readonly source: string; readonly reason: string };

/** A grade is a decision with a source and a reason; rows are added, so that what a draw weighed by stays known. */
export const gradeParty = (
    services: Services,
    context: CommandContext,
    partyId: Id,
    body: BodyOf<Endpoints['party.grade']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'party.grade', async (tx) => {
        await lockChangeable(tx, partyId);
        const stated = { ...body, grade: normaliseGrade(body.grade) };
        await checkGrade(tx.read, tx.orgId, partyId, stated, dayOf(tx.now));
        const { id, event } = await writeGrade(tx, partyId, stated);
        return { result: { id }, events: [event] };
    });

async function writeGrade(
    tx: Tx,
    partyId: Id,
    { scheme, grade, fromDay, source, reason }: Stated,
): Promise<{ id: Id; event: DomainEvent }> {
    const { id } = await insertGrade(tx, { party_id: partyId, scheme, grade, from_day: fromDay, source, reason });
    return { id, event: { kind: 'party.graded', objects: [partyId], body: { scheme, grade, fromDay, source, reason } } };
}

type Handed = BodyOf<Endpoints['party.importGrades']>;
type Answer = ResponseOf<Endpoints['party.importGrades']>;

/** What would become of each row of another system's list: what is faulty or says nothing new is named. */
export async function previewGrades(db: ReadDb, orgId: Id, { source, reason, rows }: Handed, today: Day): Promise<Answer> {
    const planned = await planHanded(db, orgId, { source, reason, rows }, today);
    return { items: planned.map(itemOf), applied: 0 };
}

function planHanded(db: ReadDb, orgId: Id, { source, reason, rows }: Pick<Handed, 'source' | 'reason' | 'rows'>, today: Day) {
    const read = rows.map(({ creditCode, scheme, grade, fromDay }, at) => {
        const cell = (text: string): ImportCell => ({ text, form: 'text' });
        const cells = new Map<GradeColumn, ImportCell>([
            ['creditCode', cell(creditCode)],
            [scheme, cell(grade)],
        ]);
        return { line: at + 1, ...readGradeRow(cells, { source, reason, fromDay }) };
    });
    return planGradeRows(db, orgId, read, today);
}

type HandedRow = Awaited<ReturnType<typeof planHanded>>[number];

const itemOf = ({ line, party, plan: { plan, reasons } }: HandedRow): Answer['items'][number] => ({
    place: line,
    party: party === undefined ? null : { id: party.id, name: party.names[0] ?? '' },
    outcome: plan === 'refuse' ? 'faulty' : plan === 'leave' ? 'same' : 'graded',
    reasons: [...reasons],
});

/** Grades of another system, by credit code: those rows that a preview calls new. */
export const importGrades = (services: Services, context: CommandContext, handed: Handed): Promise<Answer> =>
    runCommand(services.commands, context, 'party.importGrades', async (tx) => {
        const first = await planHanded(tx.read, tx.orgId, handed, dayOf(tx.now));
        await lockParties(
            tx,
            first.flatMap((row) => row.party?.id ?? []),
        );
        // Once more, now that nobody else can grade or merge them.
        const planned = await planHanded(tx.read, tx.orgId, handed, dayOf(tx.now));
        const events: DomainEvent[] = [];
        for (const row of planned) events.push(...(await decideGrades(tx, row)));
        const [one, ...rest] = events;
        if (one === undefined) throw new DomainError('task.nothingToApply');
        return { result: { items: planned.map(itemOf), applied: events.length }, events: [one, ...rest] };
    });

type DecidedRow = Pick<HandedRow, 'fields' | 'party' | 'plan'>;

/** Writes what a planned row decides, and gives its events. */
export async function decideGrades(tx: Tx, { fields, party, plan: { changes } }: DecidedRow): Promise<DomainEvent[]> {
    if (fields === undefined || party === undefined) return [];
    const { fromDay, source, reason } = fields;
    const events: DomainEvent[] = [];
    for (const scheme of GRADE_SCHEMES) {
        const change = changes.find((each) => each.field === scheme);
        if (change !== undefined)
            events.push((await writeGrade(tx, party.id, { scheme, grade: change.to, fromDay, source, reason })).event);
    }
    return events;
}
