import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, checklistOf, DomainError, decideInspectionCode, decideOpen, decideSecrecy, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { updateAct } from './act.store.ts';
import { CHECK_KEYS, insertTick, removeTick, ticksOf } from './act-mark.store.ts';
import { actSettingsAt } from './act-settings.queries.ts';
import { actFor } from './act-site.ts';

/** Also after the end: storing the footage is on the list (附件1 第15条). */
export const tick = (
    services: Services,
    context: CommandContext,
    actId: Id,
    { key, done }: BodyOf<Endpoints['act.tick']>,
): Promise<Record<string, never>> =>
    runCommand(
        services.commands,
        context,
        'act.tick',
        async (tx) => {
            const act = await actFor(tx, actId);
            if (act.state === 'cancelled') throw new DomainError('act.cancelled');
            const ticks = await ticksOf(tx, actId);
            const { checks } = await actSettingsAt(tx.read, tx.orgId, act.starts_at);
            const items = checklistOf(
                checks,
                ticks.map((each) => each.item),
            );
            if (!items.some((item) => item.key === key)) throw new DomainError('act.checkUnknown');
            const present = ticks.find((each) => each.item === key);
            if (done && present === undefined) await insertTick(tx, actId, key);
            if (!done && present !== undefined) await removeTick(tx, present);
            return {
                result: {},
                events: [{ kind: done ? 'act.checkTicked' : 'act.checkUnticked', objects: [actId], body: { item: key } }],
            };
        },
        { retryOn: CHECK_KEYS },
    );

/** 附件1 第12条. A state secret is refused before anything is written of it. */
export const markSecrecy = (
    services: Services,
    context: CommandContext,
    id: Id,
    { secrecy, version }: BodyOf<Endpoints['act.markSecrecy']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'act.markSecrecy', async (tx) => {
        const mark = decideSecrecy(secrecy);
        const act = await actFor(tx, id);
        if (act.state === 'cancelled') throw new DomainError('act.cancelled');
        const after = await updateAct(tx, { id, version }, { secrecy: mark });
        const body = { from: act.secrecy ?? 'open', to: mark ?? 'open' };
        return { result: { version: after.version }, events: [{ kind: 'act.secrecyMarked', objects: [id], body }] };
    });

export const stateInspectionCode = (
    services: Services,
    context: CommandContext,
    id: Id,
    { code, exempt, version }: BodyOf<Endpoints['act.stateInspectionCode']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'act.stateInspectionCode', async (tx) => {
        const act = await actFor(tx, id);
        decideOpen(act.state);
        if (code !== null) decideInspectionCode(code, await actSettingsAt(tx.read, tx.orgId, act.starts_at));
        const after = await updateAct(tx, { id, version }, { inspection_code: code, inspection_code_exempt: exempt });
        return {
            result: { version: after.version },
            events: [{ kind: 'act.inspectionCodeStated', objects: [id], body: bodyOf({ code, exempt }) }],
        };
    });
