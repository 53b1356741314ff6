import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BindOptions, SomeHandlers } from '../../platform/http/bind.ts';
import { paperIn, paperOut, someWords } from '../../platform/http/paper-route.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { confirmAttestation, withdrawAttestation } from './attestation.commands.ts';
import { attestationPaper, getAttestation, listAttestations } from './attestation.queries.ts';
import { addAttestationPaper } from './attestation-paper.commands.ts';
import { readBelow } from './read-below.ts';

export const attestationHandlers = (services: Services): SomeHandlers<'attestation'> => {
    const seeing = ({ subject }: Session) => ({
        own: subject.organisationId,
        roles: subject.roles,
        now: services.clock.now(),
    });
    return {
        'attestation.list': ({ session, query }) =>
            readBelow(services, session.subject.organisationId, (db, organisations) =>
                listAttestations(db, { ...seeing(session), organisations }, query),
            ),
        'attestation.get': ({ session, params }) =>
            readBelow(services, session.subject.organisationId, (db, organisations) =>
                getAttestation(db, { ...seeing(session), organisations }, params.id),
            ),
        'attestation.confirm': ({ command, session, body }) => confirmAttestation(services, command, session.subject.roles, body),
        'attestation.withdraw': ({ command, session, params, body }) =>
            withdrawAttestation(services, command, session.subject.roles, params.id, body.reason),
    };
};

/** Pictures of the papers that confirmations rest on; whoever sees the register sees them. */
export async function attestationPaperRoutes(
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): Promise<void> {
    await paperIn(app, access, {
        url: '/api/attestation-entries/:id/papers',
        operation: 'attestation.addPaper',
        permission: 'attestation.confirm',
        wish: z.object({ name: someWords(200) }),
        take: ({ context, session, params, wish: { name }, bytes }) =>
            addAttestationPaper(services, context, session.subject.roles, { attestationId: params.id, name }, bytes),
    });
    paperOut(app, services, access, {
        url: '/api/attestation-entries/:id/papers/:paperId',
        operation: 'attestation.paperContent',
        permission: 'organisation.view',
        notFound: 'attestation.paperNotFound',
        find: ({ subject }, { id, paperId }) =>
            readBelow(services, subject.organisationId, (db) => attestationPaper(db, id, paperId)),
    });
}
