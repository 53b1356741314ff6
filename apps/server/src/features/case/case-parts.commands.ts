import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, decideOpenCase, type Id, PROCEDURE_TABLES } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessVisible } from '../act/act-visibility.queries.ts';
import { factsOf, handlerOf } from './case.commands.ts';
import {
    actKnown,
    CASE_KEYS,
    documentKnown,
    endAct,
    endExclusionRow,
    endPerson,
    insertAct,
    insertExclusion,
    insertPerson,
    lockCase,
    lockPart,
    personKnown,
} from './case.store.ts';

/** The case for a change of what belongs to it. */
export async function openCase(tx: Tx, id: Id) {
    const found = await lockCase(tx, id);
    if (found === undefined) throw new DomainError('case.notFound');
    decideOpenCase(found);
    return found;
}

export const assignPerson = (
    services: Services,
    context: CommandContext,
    id: Id,
    { personId, part }: BodyOf<Endpoints['case.assign']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'case.assign',
        async (tx) => {
            const { number } = await openCase(tx, id);
            const person = part === 'handler' ? await handlerOf(tx, personId) : await personKnown(tx, personId);
            if (person === undefined) throw new DomainError('person.notFound');
            const facts = await factsOf(tx, id);
            const present = await tx.read
                .selectFrom('case_person')
                .select('id')
                .where('case_id', '=', id)
                .where('person_id', '=', personId)
                .where('part', '=', part)
                .where('removed_at', 'is', null)
                .executeTakeFirst();
            if (present !== undefined) throw new DomainError('case.personTwice');
            // 处罚法 64(4), 58: who presides or has reviewed is no investigator of the same case.
            if (part === 'presider' && [...facts.handlers, ...facts.parentHandlers].includes(personId))
                throw new DomainError('case.presiderInvestigates');
            if (part === 'handler' && facts.steps.some((step) => step.as !== 'handler' && step.actor === personId))
                throw new DomainError('case.reviewerHandles');
            const made = await insertPerson(tx, { id: tx.newId(), case_id: id, person_id: personId, part, since: tx.now });
            return {
                result: { id: made.id },
                events: [{ kind: 'case.personAssigned', objects: [id, personId], body: { number, name: person.name, part } }],
            };
        },
        { retryOn: CASE_KEYS },
    );

export const unassignPerson = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: { reason: string },
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'case.unassign', async (tx) => {
        const found = await lockPart(tx, 'case_person', id);
        if (found === undefined) throw new DomainError('case.personNotFound');
        decideOpenCase(found.case);
        const after = await endPerson(tx, found);
        return {
            result: {},
            events: [
                {
                    kind: 'case.personRemoved',
                    objects: [found.case_id, after.person_id],
                    body: { number: found.case.number, part: after.part, reason },
                },
            ],
        };
    });

export const excludePeriod = (
    services: Services,
    context: CommandContext,
    id: Id,
    body: BodyOf<Endpoints['case.exclude']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'case.exclude', async (tx) => {
        const { number, procedure } = await openCase(tx, id);
        const known = PROCEDURE_TABLES[procedure].deadlines;
        if (!body.keys.every((key) => known.some((each) => each.key === key && each.excludable === true)))
            throw new DomainError('case.notExcludable');
        // 强制法 25(3), 许可法 45: what does not count is told to the party in writing.
        if (body.documentId === undefined && body.notice === undefined) throw new DomainError('case.noticeMissing');
        if (body.documentId !== undefined && (await documentKnown(tx, body.documentId)) === undefined)
            throw new DomainError('document.notFound');
        checkPeriod(body, tx.now);
        const columns = {
            reason: body.reason,
            keys: [...new Set(body.keys)],
            from_at: body.from,
            until_at: body.until ?? null,
            document_id: body.documentId ?? null,
            notice: body.notice ?? null,
        };
        const made = await insertExclusion(tx, { id: tx.newId(), case_id: id, ...columns });
        return {
            result: { id: made.id },
            events: [{ kind: 'case.termExcluded', objects: [id], body: bodyOf({ number, ...columns }) }],
        };
    });

function checkPeriod({ from, until }: { from: number; until?: number | undefined }, now: number): void {
    if (from > now || (until !== undefined && until > now)) throw new DomainError('case.dateInFuture');
    if (until !== undefined && until <= from) throw new DomainError('case.exclusionReversed');
}

export const endExclusion = (
    services: Services,
    context: CommandContext,
    id: Id,
    { until }: { until: number },
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'case.endExclusion', async (tx) => {
        const found = await lockPart(tx, 'case_exclusion', id);
        const row = await tx.read
            .selectFrom('case_exclusion')
            .select(['from_at', 'until_at'])
            .where('id', '=', id)
            .executeTakeFirst();
        if (found === undefined || row === undefined || row.until_at !== null) throw new DomainError('case.exclusionNotFound');
        decideOpenCase(found.case);
        checkPeriod({ from: row.from_at, until }, tx.now);
        await endExclusionRow(tx, found, until);
        return {
            result: {},
            events: [{ kind: 'case.exclusionEnded', objects: [found.case_id], body: { number: found.case.number, until } }],
        };
    });

export const linkAct = (services: Services, context: CommandContext, id: Id, { actId }: { actId: Id }): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'case.linkAct',
        async (tx) => {
            const { number } = await openCase(tx, id);
            const act = await actKnown(tx, actId);
            if (act === undefined) throw new DomainError('act.notFound');
            await refuseUnlessVisible(tx.read, act, tx.actor);
            const present = await tx.read
                .selectFrom('case_act')
                .select('id')
                .where('case_id', '=', id)
                .where('act_id', '=', actId)
                .where('removed_at', 'is', null)
                .executeTakeFirst();
            if (present !== undefined) throw new DomainError('case.actTwice');
            const made = await insertAct(tx, id, act);
            return {
                result: { id: made.id },
                events: [{ kind: 'case.actLinked', objects: [id, actId], body: { number, act: act.number } }],
            };
        },
        { retryOn: CASE_KEYS },
    );

export const unlinkAct = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: { reason: string },
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'case.unlinkAct', async (tx) => {
        const found = await lockPart(tx, 'case_act', id);
        if (found === undefined) throw new DomainError('case.linkNotFound');
        decideOpenCase(found.case);
        const after = await endAct(tx, found);
        return {
            result: {},
            events: [
                { kind: 'case.actUnlinked', objects: [found.case_id, after.act_id], body: { number: found.case.number, reason } },
            ],
        };
    });
