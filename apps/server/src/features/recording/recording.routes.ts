import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { askForDerived, openPictures } from './derived.commands.ts';
import { docksOf } from './docking.queries.ts';
import { countProposals, listProposals, proposalsOf } from './filing.queries.ts';
import { askToListen, decideOnHeard } from './listening.commands.ts';
import { heardOf, listeningOf } from './listening.queries.ts';
import { endViewing, fileRecording, openViewing, unfileRecording } from './recording.commands.ts';
import { getRecording } from './recording.queries.ts';
import { listRecordings } from './recording-list.queries.ts';
import { markMoment, withdrawMark } from './recording-mark.commands.ts';
import { marksOf } from './recording-mark.queries.ts';
import { ownerOfViewing } from './sheet-viewing.commands.ts';

export const recordingHandlers = (services: Services): SomeHandlers<'recording'> => ({
    'recording.list': ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listRecordings(db, orgId, query, session.subject));
    },
    'recording.get': ({ session, params: { id } }) => {
        const { subject } = session;
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, async (db) => ({
            ...(await getRecording(db, orgId, id, subject)),
            proposal: (await proposalsOf(db, [id], subject)).get(id) ?? null,
        }));
    },
    'recording.docks': ({ session, params: { id } }) => {
        const { subject } = session;
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, async (db) => {
            // Refuses as the recording itself would (附件1 第12条).
            await getRecording(db, orgId, id, subject);
            return { items: await docksOf(db, id) };
        });
    },
    'recording.marks': ({ session, params: { id } }) => {
        const { subject } = session;
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, async (db) => {
            // Refuses as the recording itself would (附件1 第12条).
            await getRecording(db, orgId, id, subject);
            return { items: await marksOf(db, [id]) };
        });
    },
    'recording.mark': ({ command, session, params, body }) => markMoment(services, command, session, params.id, body),
    'recording.withdrawMark': ({ command, session, params, body }) =>
        withdrawMark(services, command, session, params.id, body.reason),
    'recording.heard': ({ session, params: { id } }) => {
        const { subject } = session;
        const orgId = subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, async (db) => {
            // Refuses as the recording itself would (附件1 第12条).
            await getRecording(db, orgId, id, subject);
            const listening = (await listeningOf(db, id)) ?? null;
            return { available: services.config.speechProgram !== undefined, listening, items: await heardOf(db, [id]) };
        });
    },
    'recording.listen': ({ command, params }) => askToListen(services, command, params.id),
    'recording.decideHeard': ({ command, session, params, body }) => decideOnHeard(services, command, session, params.id, body),
    'recording.proposals': ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listProposals(db, orgId, query, session.subject));
    },
    'recording.proposalCount': ({ session }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => countProposals(db, orgId));
    },
    'recording.file': ({ command, params, body }) => fileRecording(services, command, params.id, body),
    'recording.unfile': ({ command, params, body }) => unfileRecording(services, command, params.id, body.reason),
    'recording.openViewing': ({ command, session, params, body }) =>
        openViewing(services, command, session, params.id, body.purpose),
    'recording.askForDerived': ({ command, params, body }) => askForDerived(services, command, params.id, body.kind),
    'recording.openPictures': ({ command, session, body }) =>
        openPictures(services, command, session, body.recordingIds, body.purpose),
    'recording.closeViewing': async ({ command, session: { subject }, params, body }) => {
        const orgId = await ownerOfViewing(services.db, subject, params.id);
        const at = { ...command, orgId, readOrgs: [...command.readOrgs, orgId] };
        return endViewing(services, at, { viewingId: params.id, personId: subject.personId }, body);
    },
});
