import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { confirmAttestation, withdrawAttestation } from './attestation.commands.ts';
import { getAttestation, listAttestations } from './attestation.queries.ts';
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
