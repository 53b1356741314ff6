import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import { type ComplainantIdentity, canonicalBytes, DomainError, decideApart, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { COMPLAINT_KEYS, insertIdentity, keptIdentity, lockComplaint, replaceIdentity } from './complaint.store.ts';

type Identity = ResponseOf<Endpoints['complaint.viewIdentity']>;

/** Binds the sealed bytes to the complaint: moved to another row they do not open. */
const PURPOSE = 'complaint.identity';

export function sealIdentity({ secrets }: Services, complaintId: Id, identity: ComplainantIdentity): Uint8Array {
    const given = Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== undefined));
    return secrets.seal(PURPOSE, complaintId, canonicalBytes(given));
}

/** Opened to be compared, or to be shown to whoever may see it. */
export const openIdentity = ({ secrets }: Services, complaintId: Id, sealed: Uint8Array): Identity =>
    JSON.parse(Buffer.from(secrets.open(PURPOSE, complaintId, sealed)).toString());

/** Puts aside who complained. The entry says that it was done and by whom, and nothing of what was written. */
export const keepIdentity = (
    services: Services,
    context: CommandContext,
    id: Id,
    identity: BodyOf<Endpoints['complaint.keepIdentity']>,
): Promise<Record<string, never>> =>
    runCommand(
        services.commands,
        context,
        'complaint.keepIdentity',
        async (tx) => {
            const complaint = await lockComplaint(tx, id);
            if (complaint === undefined) throw new DomainError('complaint.notFound');
            const { subject, content, place, number } = complaint;
            decideApart({ subject, content, place: place ?? undefined }, identity);
            const kept = await keptIdentity(tx, id);
            const sealed = sealIdentity(services, id, identity);
            if (kept === undefined) await insertIdentity(tx, id, sealed);
            else await replaceIdentity(tx, kept, sealed);
            return {
                result: {},
                events: [{ kind: 'complaint.identityKept', objects: [id], body: { number, replaced: kept !== undefined } }],
            };
        },
        { retryOn: COMPLAINT_KEYS },
    );

/**
 * Shows who complained; the entry is committed before the answer leaves. The answer is not kept for retries: whoever did
 * not get it asks again and leaves another entry.
 */
export const viewIdentity = (
    services: Services,
    context: CommandContext,
    id: Id,
    { purpose }: BodyOf<Endpoints['complaint.viewIdentity']>,
): Promise<Identity> =>
    runCommand(
        services.commands,
        context,
        'complaint.viewIdentity',
        async (tx) => {
            const complaint = await lockComplaint(tx, id);
            if (complaint === undefined) throw new DomainError('complaint.notFound');
            const kept = await keptIdentity(tx, id);
            if (kept === undefined) throw new DomainError('complaint.identityNone');
            const { number } = complaint;
            return {
                result: openIdentity(services, id, kept.sealed),
                events: [{ kind: 'complaint.identityViewed', objects: [id], body: { number, purpose } }],
            };
        },
        { secretResult: true },
    );
