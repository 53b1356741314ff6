import { CONSISTENCY_PATH, consistencyQuery, POLICY_PATH, PROOF_PATH, proofQuery } from '@liuhen/contract';
import { DomainError, SYSTEM_ID, TLOG_PROOF_EXTENSION } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import { type BindOptions, parsePart } from '../../platform/http/bind.ts';
import { textFileRoute } from '../../platform/http/text-file-route.ts';
import type { Services } from '../../platform/services.ts';
import { readTrusted } from '../../platform/witnesses.ts';
import { policyFile } from './checkpoint/policy.queries.ts';
import { growthOf, proofOf } from './checkpoint/proof.queries.ts';
import { indexOf } from './ledger.routes.ts';

/** What is handed to others as files of C2SP: the proof of one entry, that the log only grew, and the policy both are checked by. */
export function proofRoutes(
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): void {
    // An entry holds no names and no values: whoever reads the log may have its proof.
    textFileRoute(app, access, {
        id: 'ledger.proof',
        path: PROOF_PATH,
        permission: 'ledger.view',
        async file({ subject }, request) {
            const { index: text } = request.params as { index: string };
            if (!/^(0|[1-9][0-9]{0,17})$/.test(text)) throw new DomainError('ledger.notFound');
            const index = BigInt(indexOf(text));
            const { head, size } = parsePart(proofQuery, request.query, 'query') as ReturnType<typeof proofQuery.parse>;
            const orgId = subject.organisationId;
            const proof = await services.db.read({ readOrgs: [orgId] }, (db) =>
                proofOf(db, orgId, { index, head, size: size === undefined ? undefined : BigInt(size) }),
            );
            return { name: `entry-${index}-${head}${TLOG_PROOF_EXTENSION}`, bytes: proof.bytes };
        },
    });
    textFileRoute(app, access, {
        id: 'ledger.consistency',
        path: CONSISTENCY_PATH,
        permission: 'ledger.view',
        async file({ subject }, request) {
            const { head, from, to } = parsePart(consistencyQuery, request.query, 'query') as ReturnType<
                typeof consistencyQuery.parse
            >;
            const orgId = subject.organisationId;
            const bytes = await services.db.read({ readOrgs: [orgId] }, (db) =>
                growthOf(db, orgId, { head, from: BigInt(from), to: BigInt(to) }),
            );
            return { name: `consistency-${head}-${from}-${to}.txt`, bytes };
        },
    });
    textFileRoute(app, access, {
        id: 'ledger.policy',
        path: POLICY_PATH,
        permission: 'ledger.view',
        async file({ subject }) {
            const orgId = subject.organisationId;
            const witnesses = await readTrusted(services.config);
            const bytes = await services.db.read({ readOrgs: [orgId, SYSTEM_ID] }, (db) => policyFile(db, orgId, witnesses));
            return { name: 'policy.txt', bytes };
        },
    });
}
