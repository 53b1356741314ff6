import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, type ComplaintLinkKind, DomainError, decideComplaintUpdate, decideLink, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { linkTargets } from './complaint.queries.ts';
import { COMPLAINT_KEYS, endLink, insertLink, linkById, lockComplaint, openLink, updateComplaint } from './complaint.store.ts';

/** What is linked exists and is the organisation's own; its title. Throws `complaint.linkNotFound`. */
async function decideTarget(tx: Tx, kind: ComplaintLinkKind, targetId: Id): Promise<string> {
    const found = (await linkTargets(tx.read, tx.orgId, [{ kind, targetId }])).get(targetId);
    if (found === undefined) throw new DomainError('complaint.linkNotFound');
    return found.title;
}

export const linkComplaint = (
    services: Services,
    context: CommandContext,
    id: Id,
    { kind, targetId }: BodyOf<Endpoints['complaint.link']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'complaint.link',
        async (tx) => {
            const complaint = await lockComplaint(tx, id);
            if (complaint === undefined) throw new DomainError('complaint.notFound');
            const state = decideLink(complaint.state);
            const title = await decideTarget(tx, kind, targetId);
            if ((await openLink(tx, id, targetId)) !== undefined) throw new DomainError('complaint.linkTwice');
            if (state !== complaint.state) await updateComplaint(tx, complaint, { state });
            const link = await insertLink(tx, { id: tx.newId(), complaint_id: id, kind, target_id: targetId, linked_at: tx.now });
            return {
                result: { id: link.id },
                events: [{ kind: 'complaint.linked', objects: [id, targetId], body: bodyOf({ kind, title, state }) }],
            };
        },
        { retryOn: COMPLAINT_KEYS },
    );

export const unlinkComplaint = (
    services: Services,
    context: CommandContext,
    linkId: Id,
    { reason }: BodyOf<Endpoints['complaint.unlink']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'complaint.unlink', async (tx) => {
        const link = await linkById(tx, linkId);
        const complaint = link === undefined ? undefined : await lockComplaint(tx, link.complaint_id);
        if (link === undefined || complaint === undefined) throw new DomainError('complaint.linkNotFound');
        decideComplaintUpdate(complaint.state);
        await endLink(tx, link);
        const { kind, target_id: targetId } = link;
        return {
            result: {},
            events: [{ kind: 'complaint.unlinked', objects: [complaint.id, targetId], body: bodyOf({ kind, reason }) }],
        };
    });
