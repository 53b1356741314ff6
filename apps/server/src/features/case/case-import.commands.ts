import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type BodyValue,
    bodyOf,
    DomainError,
    type DomainEvent,
    decideParent,
    type Id,
    type Instant,
    isEnded,
    type ProcedureId,
    type Replay,
    STATED_STEP,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { yearOf } from './case.commands.ts';
import { CASE_KEYS, insertCase, insertPerson, insertToldStep, nextNumbers, personKnown } from './case.store.ts';
import { countingFor } from './case-facts.queries.ts';
import { casesKnown, caseTableOf, type ReadCaseRow, readCaseRows, replayCase, stateDiffers } from './case-import.queries.ts';

/** A case as another system tells it, with its steps taken through the procedure. */
type ToldCase = {
    readonly place: number;
    readonly from: string;
    readonly externalNumber: string;
    readonly procedure: ProcedureId;
    readonly title: string;
    readonly partyId: Id | null;
    readonly openedAt: Instant;
    readonly breachAt: Instant | null;
    readonly summary: string | null;
    readonly handlerIds: readonly Id[];
    readonly statedState: string | null;
    readonly replayed: Replay;
    readonly reason: string | undefined;
};

type Taken = { readonly item: { readonly place: number; readonly id: Id }; readonly event: DomainEvent };

/** The chosen rows of a list, in one transaction: a row that changed since its preview takes none of them in. */
export async function importCases(
    services: Services,
    context: CommandContext,
    { content, fileName, from, places, stated }: BodyOf<Endpoints['case.importMany']>,
): Promise<ResponseOf<Endpoints['case.importMany']>> {
    const table = await caseTableOf(content);
    return runCommand(
        services.commands,
        context,
        'case.importMany',
        async (tx) => {
            const rows = await readCaseRows(tx.read, { orgId: tx.orgId, now: tx.now }, table.rows, from);
            const told = [...new Set(places)]
                .sort((a, b) => a - b)
                .map((place) => toldOf(rows[place - 1], from, place, stated.find((each) => each.place === place)?.reason));
            for (const each of told) decideTold(each);
            const numbers = await numbersFor(tx, told);
            const taken: Taken[] = [];
            for (const [at, each] of told.entries())
                taken.push(await takeIn(tx, each, numbers[at] ?? '', { list: fileName, place: each.place }));
            const events = taken.map((each) => each.event) as unknown as NonEmpty<DomainEvent>;
            return { result: { items: taken.map(({ item }) => item) }, events };
        },
        { retryOn: CASE_KEYS },
    );
}

function toldOf(found: ReadCaseRow | undefined, from: string, place: number, reason: string | undefined): ToldCase {
    const refused = () => new DomainError('case.importRowFaulty', { place });
    if (found === undefined || found.row.faults.length > 0 || found.row.known !== null) throw refused();
    const { read, row, replayed, handlerIds } = found;
    if (read.procedure === null || read.openedAt === null || replayed === null) throw refused();
    return {
        place,
        from,
        externalNumber: read.number,
        procedure: read.procedure,
        title: read.title,
        partyId: row.party?.id ?? null,
        openedAt: read.openedAt,
        breachAt: read.breachAt,
        summary: read.summary,
        handlerIds,
        statedState: read.state,
        replayed,
        reason,
    };
}

/** One case, from a program of the other system. */
export const importCase = (
    services: Services,
    context: CommandContext,
    body: BodyOf<Endpoints['case.import']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'case.import',
        async (tx) => {
            const { procedure, openedAt, breachAt, from, externalNumber } = body;
            decideParent(procedure, undefined);
            if (openedAt > tx.now) throw new DomainError('case.dateInFuture');
            if (breachAt !== undefined && breachAt > openedAt) throw new DomainError('case.breachAfterOpening');
            const known = await casesKnown(tx.read, tx.orgId, from, [externalNumber]);
            if (known.size > 0) throw new DomainError('case.importRowFaulty', { place: 1 });
            const party = body.partyId === undefined ? undefined : await usableParty(tx, body.partyId);
            if (new Set(body.handlerIds).size !== body.handlerIds.length) throw new DomainError('case.personTwice');
            const steps = body.steps.map(({ paper, ...step }) => ({
                ...step,
                data: Object.fromEntries(Object.entries(step.data).filter(([, value]) => value !== undefined)),
                paper: paper ?? null,
            }));
            const beginning = {
                procedure,
                openedAt,
                breachAt: breachAt ?? null,
                partyIsPerson: party !== undefined && (await isPerson(tx, party.id)),
                handlerIds: body.handlerIds,
            };
            const replayed = replayCase(beginning, steps, await countingFor(tx.read, tx.orgId, tx.now));
            const told: ToldCase = {
                place: 1,
                from,
                externalNumber,
                title: body.title,
                partyId: party?.id ?? null,
                ...beginning,
                summary: body.summary ?? null,
                statedState: body.state ?? null,
                replayed,
                reason: body.statedReason,
            };
            decideTold(told);
            const [number = ''] = await numbersFor(tx, [told]);
            const { item, event } = await takeIn(tx, told, number);
            return { result: { id: item.id }, events: [event] };
        },
        { retryOn: CASE_KEYS },
    );

const isPerson = async (tx: Tx, id: Id): Promise<boolean> =>
    (await tx.read.selectFrom('party').select('kind').where('id', '=', id).executeTakeFirst())?.kind === 'naturalPerson';

/** What of the case its procedure does not allow. */
const againstOf = ({ procedure, replayed, statedState }: ToldCase): string[] => [
    ...new Set([
        ...replayed.steps.filter((each) => each.refusals.length > 0).map((each) => each.step),
        ...stateDiffers(procedure, replayed.state, statedState).map(() => STATED_STEP),
    ]),
];

/** Without a reason only what the procedure allows; with one the other system's word is taken. */
function decideTold(told: ToldCase): void {
    const against = againstOf(told);
    if (against.length > 0 && told.reason === undefined)
        throw new DomainError('case.importStepRefused', { place: told.place, steps: against.join(', ') });
}

/** A number for each, in order; each procedure has its register. */
async function numbersFor(tx: Tx, told: readonly ToldCase[]): Promise<string[]> {
    const pattern = (await parameterAt(tx.read, tx.orgId, 'case.numberPattern', tx.now)).value ?? '{code}-{kind}-{year}-{number}';
    const numbers = new Map<ProcedureId, string[]>();
    for (const [procedure, of] of Map.groupBy(told, (each) => each.procedure))
        numbers.set(procedure, await nextNumbers(tx, { procedure, year: yearOf(tx.now), pattern, count: of.length }));
    return told.map(({ procedure }) => numbers.get(procedure)?.shift() ?? '');
}

/** Writes the case where it stands. */
async function takeIn(tx: Tx, told: ToldCase, number: string, of: { list?: string; place?: number } = {}): Promise<Taken> {
    const { place, procedure, replayed, statedState, reason, openedAt } = told;
    const isStated = againstOf(told).length > 0;
    const state = isStated ? (statedState ?? replayed.state) : replayed.state;
    const lastAt = replayed.steps.at(-1)?.at ?? openedAt;
    const { title, partyId, breachAt, summary, from, externalNumber } = told;
    const columns = {
        number,
        procedure,
        state,
        source: 'imported' as const,
        title,
        party_id: partyId,
        parent_id: null,
        source_note: null,
        summary,
        opened_at: openedAt,
        breach_at: breachAt,
        grave_harm: false,
        ended_at: isEnded(procedure, state) ? lastAt : null,
        imported_from: from,
        external_number: externalNumber,
    };
    const { id } = await insertCase(tx, {
        id: tx.newId(),
        ...columns,
        search_text: searchTextOf([title], [number, externalNumber]),
    });
    for (const personId of told.handlerIds) {
        if ((await personKnown(tx, personId)) === undefined) throw new DomainError('person.notFound');
        await insertPerson(tx, { id: tx.newId(), case_id: id, person_id: personId, part: 'handler', since: openedAt });
    }
    await writeSteps(tx, id, told, isStated ? { state, at: lastAt, reason: reason ?? '' } : undefined);
    const steps = replayed.steps.map(
        ({ step, at, paper, refusals, unstated }): BodyValue =>
            bodyOf({
                step,
                at,
                paper: paper === null ? undefined : bodyOf({ ...paper }),
                unstated: [...unstated],
                against: refusals.map((each) => each.code),
            }),
    );
    const objects = [partyId, ...told.handlerIds].filter((each): each is Id => each !== null);
    return {
        item: { place, id },
        event: {
            kind: 'case.imported',
            creates: [id],
            objects: [...new Set(objects)],
            body: bodyOf({ ...columns, steps, stated: isStated ? reason : undefined, ...of }),
        },
    };
}

type Stated = { readonly state: string; readonly at: Instant; readonly reason: string };

async function writeSteps(tx: Tx, caseId: Id, { replayed, from }: ToldCase, stated: Stated | undefined): Promise<void> {
    let place = 0;
    for (const { record, step, at, data, paper, unstated } of replayed.steps)
        await insertToldStep(tx, {
            case_id: caseId,
            place: ++place,
            step,
            at,
            as_post: record.as,
            from_state: record.from,
            to_state: record.to,
            data,
            note: from,
            origin: record.imported?.checked === true ? 'imported' : 'stated',
            paper_number: paper?.number ?? null,
            paper_date: paper?.date ?? null,
            unstated: unstated.length === 0 ? null : [...unstated],
        });
    if (stated === undefined) return;
    await insertToldStep(tx, {
        case_id: caseId,
        place: ++place,
        step: STATED_STEP,
        at: stated.at,
        as_post: 'handler',
        from_state: replayed.state,
        to_state: stated.state,
        data: { reason: stated.reason },
        note: from,
        origin: 'stated',
    });
}
