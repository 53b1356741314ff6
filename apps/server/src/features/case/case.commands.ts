import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    type BodyValue,
    bodyOf,
    type CaseFacts,
    type CasePost,
    DomainError,
    decideHandler,
    decideOpenCase,
    decideParent,
    decideStep,
    type Id,
    type Instant,
    isEnded,
    PROCEDURE_TABLES,
    SHANGHAI_OFFSET,
    type StepData,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessVisible } from '../act/act-visibility.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import {
    actKnown,
    CASE_KEYS,
    insertAct,
    insertCase,
    insertPerson,
    insertStep,
    lockCase,
    nextNumber,
    personKnown,
    rolesOf,
    updateCase,
} from './case.store.ts';
import { caseFactsOf, countingFor } from './case-facts.queries.ts';

type Open = BodyOf<Endpoints['case.open']>;
type Step = BodyOf<Endpoints['case.step']>;

export const openCase = (services: Services, context: CommandContext, body: Open): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'case.open', async (tx) => {
        checkTimes(body, tx.now);
        const parent = body.parentId === undefined ? undefined : await lockCase(tx, body.parentId);
        if (body.parentId !== undefined && parent === undefined) throw new DomainError('case.notFound');
        decideParent(body.procedure, parent);
        const act = body.actId === undefined ? undefined : await actKnown(tx, body.actId);
        if (body.actId !== undefined && act === undefined) throw new DomainError('act.notFound');
        if (act !== undefined) await refuseUnlessVisible(tx.read, act, tx.actor);
        const partyId = body.partyId ?? act?.party_id ?? parent?.party_id ?? undefined;
        const party = partyId === undefined ? undefined : await usableParty(tx, partyId);
        const handlers = await handlersOf(tx, body.handlerIds);

        // Last of what can be refused or take long: whoever comes next waits from here on.
        const pattern =
            (await parameterAt(tx.read, tx.orgId, 'case.numberPattern', tx.now)).value ?? '{code}-{kind}-{year}-{number}';
        const number = await nextNumber(tx, body.procedure, yearOf(tx.now), pattern);
        const columns = {
            number,
            procedure: body.procedure,
            state: PROCEDURE_TABLES[body.procedure].initial,
            source: body.source,
            opened_at: body.openedAt,
            parent_id: parent?.id ?? null,
            ...fieldsOf(body, party?.id ?? null),
        };
        const { id } = await insertCase(tx, {
            id: tx.newId(),
            ...columns,
            ended_at: null,
            search_text: searchTextOf([body.title], [number]),
        });
        for (const { id: person_id } of handlers)
            await insertPerson(tx, { id: tx.newId(), case_id: id, person_id, part: 'handler', since: tx.now });
        if (act !== undefined) await insertAct(tx, id, act);
        const objects = [party?.id, parent?.id, act?.id, ...handlers.map((each) => each.id)].filter((each) => each !== undefined);
        return {
            result: { id },
            events: [
                {
                    kind: 'case.opened',
                    creates: [id],
                    objects: [...new Set(objects)],
                    body: bodyOf({
                        ...columns,
                        party: party?.name,
                        act: act?.number,
                        handlers: handlers.map((each) => each.name),
                    }),
                },
            ],
        };
    });

function checkTimes({ openedAt, breachAt }: { openedAt: Instant; breachAt?: Instant | undefined }, now: Instant): void {
    if (openedAt > now) throw new DomainError('case.dateInFuture');
    if (breachAt !== undefined && breachAt > openedAt) throw new DomainError('case.breachAfterOpening');
}

async function handlersOf(tx: Tx, ids: readonly Id[]) {
    if (new Set(ids).size !== ids.length) throw new DomainError('case.personTwice');
    const handlers: { id: Id; name: string }[] = [];
    for (const id of ids) handlers.push(await handlerOf(tx, id));
    return handlers;
}

export async function handlerOf(tx: Tx, id: Id): Promise<{ id: Id; name: string }> {
    const person = await personKnown(tx, id);
    if (person === undefined) throw new DomainError('person.notFound');
    decideHandler({ ...person, certificateNumber: person.certificate_number, leftAt: person.left_at });
    return person;
}

/** The register is that of the year in which the case is entered, by Shanghai's calendar. */
export const yearOf = (now: Instant): number => new Date(now + SHANGHAI_OFFSET).getUTCFullYear();

const fieldsOf = (fields: Pick<Open, 'title' | 'sourceNote' | 'summary' | 'breachAt' | 'graveHarm'>, partyId: Id | null) => ({
    title: fields.title,
    party_id: partyId,
    source_note: fields.sourceNote ?? null,
    summary: fields.summary ?? null,
    breach_at: fields.breachAt ?? null,
    grave_harm: fields.graveHarm,
});

export const changeCase = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['case.update']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'case.update', async (tx) => {
        const before = await lockCase(tx, id);
        if (before === undefined) throw new DomainError('case.notFound');
        decideOpenCase(before);
        checkTimes({ openedAt: before.opened_at, breachAt: fields.breachAt }, tx.now);
        const party = fields.partyId === undefined ? undefined : await usableParty(tx, fields.partyId);
        const columns = fieldsOf(fields, party?.id ?? null);
        const after = await updateCase(
            tx,
            { id, version },
            { ...columns, search_text: searchTextOf([fields.title], [before.number, before.external_number]) },
        );
        // The trace of the party it was about, and of the one it is about now.
        const objects = new Set([id, before.party_id, party?.id].filter((each) => each !== null && each !== undefined));
        return {
            result: { version: after.version },
            events: [
                {
                    kind: 'case.updated',
                    objects: [...objects],
                    body: { number: before.number, changes: changesOf(before, columns) },
                },
            ],
        };
    });

/** The facts of one case, inside a command. */
export async function factsOf(tx: Tx, id: Id): Promise<CaseFacts> {
    const facts = (await caseFactsOf(tx.read, [id], await countingFor(tx.read, tx.orgId, tx.now))).get(id);
    if (facts === undefined) throw new DomainError('case.notFound');
    return facts;
}

const COMMAND_OF = {
    handler: 'case.step',
    reviewer: 'case.review',
    legalReviewer: 'case.legalReview',
    agencyHead: 'case.approve',
} as const satisfies Record<CasePost, string>;

/** A step of the procedure, taken in one post. The endpoint's permission says who holds it; the domain whether it is possible. */
export const takeStep = (
    services: Services,
    context: CommandContext,
    id: Id,
    as: CasePost,
    { version, step, at, data, note }: Step,
): Promise<{ version: number; state: string }> =>
    runCommand(
        services.commands,
        context,
        COMMAND_OF[as],
        async (tx) => {
            const before = await lockCase(tx, id);
            if (before === undefined) throw new DomainError('case.notFound');
            if (before.version !== version) throw new DomainError('conflict.changedMeanwhile');
            const said = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as StepData;
            const isInstituteHead = (await rolesOf(tx, tx.actor)).includes('instituteHead');
            const { to } = decideStep(
                await factsOf(tx, id),
                { step, at, data: said },
                { personId: tx.actor, as: [as], isInstituteHead },
            );
            const presider = said.presiderId === undefined ? undefined : await presiderOf(tx, id, said.presiderId);
            await insertStep(tx, {
                case_id: id,
                step,
                at,
                as_post: as,
                from_state: before.state,
                to_state: to,
                data: said,
                note: note ?? null,
            });
            const after = await updateCase(
                tx,
                { id, version },
                // What follows in a case that has ended leaves its end where it was.
                { state: to, ended_at: isEnded(before.procedure, to) ? (before.ended_at ?? at) : null },
            );
            const objects = [id, before.party_id, before.parent_id, presider?.id].filter(
                (each) => each !== null && each !== undefined,
            );
            return {
                result: { version: after.version, state: to },
                events: [
                    {
                        kind: 'case.stepTaken',
                        objects: [...new Set(objects)],
                        body: bodyOf({
                            number: before.number,
                            step,
                            at,
                            as,
                            from: before.state,
                            to,
                            data: said as BodyValue,
                            note,
                        }),
                    },
                ],
            };
        },
        { retryOn: CASE_KEYS },
    );

/** Who presides over a hearing has a part in its case from then on. */
async function presiderOf(tx: Tx, caseId: Id, personId: Id): Promise<{ id: Id }> {
    const person = await personKnown(tx, personId);
    if (person === undefined) throw new DomainError('person.notFound');
    const known = await tx.read
        .selectFrom('case_person')
        .select('id')
        .where('case_id', '=', caseId)
        .where('person_id', '=', personId)
        .where('part', '=', 'presider')
        .where('removed_at', 'is', null)
        .executeTakeFirst();
    if (known === undefined)
        await insertPerson(tx, { id: tx.newId(), case_id: caseId, person_id: personId, part: 'presider', since: tx.now });
    return person;
}
