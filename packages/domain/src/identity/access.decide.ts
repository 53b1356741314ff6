import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import { PERMISSIONS_OF, type Permission, type Role } from './roles.ts';

/** Who asks: a signed-in person with the roles held at this moment. */
export type Subject = {
    readonly personId: Id;
    readonly organisationId: Id;
    readonly roles: readonly Role[];
    /** A first password opens nothing but the change of itself. */
    readonly mustChangePassword: boolean;
};

/** What is asked for. `organisation` is the owner's; a recording also says whose it is. */
export type Resource =
    | { readonly kind: 'organisation'; readonly organisationId: Id }
    | {
          readonly kind: 'recording';
          readonly id: Id;
          readonly organisationId: Id;
          readonly state: 'registered' | 'sealed' | 'quarantined' | 'damaged';
          /** Uploader, officer of the recorder and participants of the act it is filed under. */
          readonly concerned: readonly Id[];
      };

/**
 * Opens one recording of an organisation to one person for a time (附件1 第19条). `id` is what it rests on: the open review sheet of an
 * inspection, or one day an approval.
 */
export type Grant = {
    readonly id: Id;
    readonly personId: Id;
    readonly actions: readonly Permission[];
    readonly organisationId: Id;
    readonly recordingId: Id;
    readonly from: Instant;
    readonly until: Instant;
};

export type Reason =
    | 'access.signInFirst'
    | 'access.passwordChangeFirst'
    | 'access.notPermitted'
    | 'access.otherOrganisation'
    | 'access.notConcerned'
    | 'access.quarantined'
    | 'access.damaged'
    | 'access.byRole'
    | 'access.byGrant'
    | 'access.concerned';

/** What must happen with an allowed action: an entry before the first byte, the viewer's name over the picture. */
export type Obligation = 'logBeforeFirstByte' | 'watermark';

export type Decision = {
    readonly allow: boolean;
    readonly reasons: readonly Reason[];
    readonly obligations: readonly Obligation[];
};

const deny = (...reasons: Reason[]): Decision => ({ allow: false, reasons, obligations: [] });
const allow = (reasons: Reason[], obligations: Obligation[] = []): Decision => ({ allow: true, reasons, obligations });

const CUSTODIANS: readonly Role[] = ['recordingManager', 'sectionHead', 'legalReviewer', 'instituteHead', 'inspector'];
/** Who looks after all recordings of their organisation; others play what concerns them (附件1 第19条). */
export const isCustodian = (roles: readonly Role[]): boolean => roles.some((role) => CUSTODIANS.includes(role));

/** Everything the roles permit, without duplicates, in the order of the policy. */
export const permissionsOf = (roles: readonly Role[]): Permission[] => [
    ...new Set(roles.flatMap((role) => PERMISSIONS_OF[role])),
];

/**
 * The one decision about access: deny by default, and say why. Pure, so that the same answer can be worked out again
 * from the log. `subject` is absent for a request without a session.
 */
export function decide(
    subject: Subject | undefined,
    action: Permission | 'signedIn',
    resource: Resource,
    grants: readonly Grant[],
    now: Instant,
): Decision {
    if (subject === undefined) return deny('access.signInFirst');
    if (action === 'signedIn') return allow([]);
    if (subject.mustChangePassword) return deny('access.passwordChangeFirst');
    const grant = grants.find((each) => covers(each, subject, action, resource, now));
    if (resource.organisationId !== subject.organisationId && grant === undefined) return deny('access.otherOrganisation');
    if (!permissionsOf(subject.roles).includes(action) && grant === undefined) return deny('access.notPermitted');
    if (resource.kind === 'recording' && action === 'recording.play') return decidePlay(subject, resource, grant);
    return allow([grant === undefined ? 'access.byRole' : 'access.byGrant']);
}

function covers(grant: Grant, subject: Subject, action: Permission, resource: Resource, now: Instant): boolean {
    return (
        grant.personId === subject.personId &&
        grant.organisationId === resource.organisationId &&
        resource.kind === 'recording' &&
        grant.recordingId === resource.id &&
        grant.actions.includes(action) &&
        grant.from <= now &&
        now < grant.until
    );
}

function decidePlay(subject: Subject, resource: Extract<Resource, { kind: 'recording' }>, grant: Grant | undefined): Decision {
    if (resource.state === 'quarantined') return deny('access.quarantined');
    // Damaged content is never shown as valid.
    if (resource.state === 'damaged') return deny('access.damaged');
    const obligations: Obligation[] = ['logBeforeFirstByte', 'watermark'];
    if (grant !== undefined) return allow(['access.byGrant'], obligations);
    if (isCustodian(subject.roles)) return allow(['access.byRole'], obligations);
    if (resource.concerned.includes(subject.personId)) return allow(['access.concerned'], obligations);
    return deny('access.notConcerned');
}
