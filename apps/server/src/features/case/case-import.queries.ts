import { type BodyOf, type Endpoints, MOST_CASE_ROWS, type ResponseOf } from '@liuhen/contract';
import {
    type CaseFacts,
    type CaseRowFault,
    type CaseRowRead,
    type CaseRowTexts,
    DomainError,
    type Id,
    type Instant,
    matchParty,
    type ProcedureId,
    type Refusal,
    type Replay,
    readCaseRow,
    readCaseTable,
    replay,
    startOf,
    type ToldStep,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { readTable } from '../../platform/table/read-table.ts';
import { partyCandidates } from '../document/document-import.queries.ts';
import { type Counting, countingFor } from './case-facts.queries.ts';

type List = BodyOf<Endpoints['case.importPreview']>;
export type PreviewRow = ResponseOf<Endpoints['case.importPreview']>['rows'][number];
/** A row with what was read of it, for whoever takes it in. */
export type ReadCaseRow = {
    readonly row: PreviewRow;
    readonly read: CaseRowRead;
    readonly handlerIds: readonly Id[];
    readonly replayed: Replay | null;
};

/** The cells of a list; which columns mean what, its first line says. */
export async function caseTableOf(content: string) {
    const { rows } = await readTable(Buffer.from(content, 'base64'));
    const table = readCaseTable(rows.map((row) => row.cells.map((cell) => cell.text)));
    if (table === undefined) throw new DomainError('case.listNoColumns');
    if (table.rows.length === 0) throw new DomainError('table.empty');
    if (table.rows.length > MOST_CASE_ROWS) throw new DomainError('table.tooManyRows', { most: MOST_CASE_ROWS });
    return table;
}

/** What a case that came from elsewhere begins with, for the replay of its steps. */
export type Beginning = {
    readonly procedure: ProcedureId;
    readonly openedAt: Instant;
    readonly breachAt: Instant | null;
    readonly partyIsPerson: boolean;
    readonly handlerIds: readonly Id[];
};

/** Takes the steps through the procedure; `refusals` speak against the state that is stated beside them. */
export function replayCase(
    { procedure, openedAt, breachAt, partyIsPerson, handlerIds }: Beginning,
    steps: readonly ToldStep[],
    counting: Counting,
): Replay {
    const facts: CaseFacts = {
        procedure,
        state: startOf(procedure),
        openedAt,
        breachAt,
        graveHarm: false,
        partyIsPerson,
        steps: [],
        people: handlerIds,
        handlers: handlerIds,
        parentProcedure: null,
        parentHandlers: [],
        documents: [],
        children: [],
        exclusions: [],
        remedies: [],
        ...counting,
    };
    return replay(facts, steps);
}

export const stateDiffers = (procedure: ProcedureId, reached: string, stated: string | null): Refusal[] =>
    stated === null || stated === reached ? [] : [{ code: 'case.importStateDiffers', params: { procedure, state: reached } }];

/** What each row of a list means here, and what its procedure says of its steps. */
export async function readCaseRows(
    db: ReadDb,
    { orgId, now }: { orgId: Id; now: Instant },
    given: readonly CaseRowTexts[],
    from: List['from'],
): Promise<ReadCaseRow[]> {
    const counting = await countingFor(db, orgId, now);
    const read = given.map(readCaseRow);
    const candidates = await partyCandidates(
        db,
        orgId,
        read.flatMap((row) => row.creditCode ?? []),
        given.flatMap((row) => row.fields.partyName ?? []),
    );
    const persons = await peopleNamed(db, orgId, [...new Set(read.flatMap((row) => row.handlers))]);
    const people = await partiesThatArePeople(
        db,
        candidates.map((each) => each.id),
    );
    const known = await casesKnown(
        db,
        orgId,
        from,
        read.map((row) => row.number),
    );
    const seen = new Set<string>();
    return read.map((row, at) => {
        const { partyName } = given[at]?.fields ?? {};
        const faults: CaseRowFault[] = [...row.faults];
        if (row.number !== '' && seen.has(row.number)) faults.push({ code: 'numberTwice', value: row.number });
        seen.add(row.number);
        if (row.openedAt !== null && row.openedAt > now) faults.push({ code: 'openedInFuture', value: '' });
        const meant = matchParty({ creditCode: row.creditCode, name: partyName, address: undefined }, candidates);
        const party = meant.state === 'unmatched' ? undefined : candidates.find((each) => each.id === meant.partyId);
        if ((row.creditCode !== null || partyName !== undefined) && party === undefined)
            faults.push({ code: 'partyUnknown', value: partyName ?? row.creditCode ?? '' });
        for (const name of row.handlers) if (!persons.has(name)) faults.push({ code: 'handlerUnknown', value: name });
        const handlerIds = [...new Set(row.handlers.flatMap((name) => persons.get(name) ?? []))];
        const { procedure, openedAt, breachAt } = row;
        const partyIsPerson = party !== undefined && people.has(party.id);
        const replayed =
            procedure === null || openedAt === null
                ? null
                : replayCase({ procedure, openedAt, breachAt, partyIsPerson, handlerIds }, row.steps, counting);
        return {
            read: row,
            handlerIds,
            replayed,
            row: {
                place: at + 1,
                externalNumber: row.number,
                title: row.title,
                procedure,
                openedAt,
                party: party === undefined ? null : { id: party.id, name: party.name },
                partyByName: meant.state === 'proposed',
                handlers: [...row.handlers],
                state: replayed?.state ?? null,
                statedState: row.state,
                steps: (replayed?.steps ?? []).map(({ step, at: when, hasTime, paper, refusals, unstated }) => ({
                    step,
                    at: when,
                    hasTime,
                    paper,
                    refusals: refusals.map(wireRefusal),
                    unstated: [...unstated],
                })),
                refusals:
                    procedure === null || replayed === null
                        ? []
                        : stateDiffers(procedure, replayed.state, row.state).map(wireRefusal),
                known: known.get(row.number) ?? null,
                faults,
            },
        };
    });
}

const wireRefusal = ({ code, params }: Refusal) => ({ code, ...(params === undefined ? {} : { params: { ...params } }) });

/** Certified officers by certificate number or name; a name that two bear names nobody. Whoever has left did handle it then. */
async function peopleNamed(db: ReadDb, orgId: Id, names: readonly string[]): Promise<Map<string, Id>> {
    const found = new Map<string, Id>();
    if (names.length === 0) return found;
    const rows = await db
        .selectFrom('person')
        .select(['id', 'name', 'certificate_number'])
        .where('org_id', '=', orgId)
        .where('kind', '=', 'officer')
        .where('certificate_number', 'is not', null)
        .where((any) => any.or([any('name', 'in', names), any('certificate_number', 'in', names)]))
        .execute();
    for (const name of names) {
        const meant = rows.filter((row) => row.certificate_number === name || row.name === name);
        const [one] = meant;
        if (one !== undefined && meant.length === 1) found.set(name, one.id);
    }
    return found;
}

async function partiesThatArePeople(db: ReadDb, ids: readonly Id[]): Promise<Set<Id>> {
    if (ids.length === 0) return new Set();
    const rows = await db.selectFrom('party').select('id').where('id', 'in', ids).where('kind', '=', 'naturalPerson').execute();
    return new Set(rows.map((row) => row.id));
}

/** Cases of that system that are here already, by its number. */
export async function casesKnown(
    db: ReadDb,
    orgId: Id,
    from: string,
    numbers: readonly string[],
): Promise<Map<string, { id: Id; number: string }>> {
    if (numbers.length === 0) return new Map();
    const rows = await db
        .selectFrom('case')
        .select(['id', 'number', 'external_number'])
        .where('org_id', '=', orgId)
        .where('imported_from', '=', from)
        .where('external_number', 'in', [...new Set(numbers)])
        .execute();
    return new Map(rows.map(({ id, number, external_number }) => [external_number ?? '', { id, number }]));
}
