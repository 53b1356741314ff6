import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { ServiceMode } from './document.ts';
import type { ServiceFacts } from './document-service.ts';
import { RECORDED_MODES } from './document-service.ts';

const startOf = (facts: ServiceFacts): Instant => {
    switch (facts.mode) {
        case 'direct':
            return facts.signedAt;
        case 'lien':
            return facts.leftAt;
        case 'publicNotice':
            return facts.publishedAt;
        default:
            return facts.sentAt;
    }
};

/** A service happens after the document left the house, and not in the future. Throws `document.inFuture` or `document.serviceBeforeIssue`. */
export function decideServiceFacts(facts: ServiceFacts, issuedAt: Instant | null, now: Instant): void {
    const at = startOf(facts);
    if (at > now) throw new DomainError('document.inFuture');
    // The minute written on a receipt lies before the moment at which somebody entered the handing over.
    if (issuedAt !== null && dayBefore(at, issuedAt)) throw new DomainError('document.serviceBeforeIssue');
}

const DAY_MS = 24 * 3_600_000;
const dayBefore = (at: Instant, issuedAt: Instant): boolean => at < issuedAt - DAY_MS;

export type ServiceOutcome = {
    /** When it took effect, where the mode leaves that to a slip or a system. */
    readonly at: Instant | null;
    /** Recordings filed under the act of service. */
    readonly recordings: number;
    readonly unrecordedReason: string | null;
    /** Captures of the arrival that were put to the document. */
    readonly captures: number;
    /** End of the public notice's term. */
    readonly effectAt: Instant | null;
};

/**
 * The day on which a document counts as served. Leaving and public notice are recorded in any case (正文二(二)1): without a
 * recording there is a stated reason, and leaving without one has at least its witness (民事诉讼法 2023 第89条). Throws
 * `document.servedAtMissing`, `document.inFuture`, `document.serviceBeforeIssue`, `document.serviceNotRecorded`,
 * `document.lienNeedsWitness`, `document.captureMissing` or `document.noticeStillRuns`.
 */
export function decideServed(
    facts: ServiceFacts,
    outcome: ServiceOutcome,
    now: Instant,
): { servedAt: Instant; recorded: boolean | null } {
    const recorded = decideRecorded(facts, outcome);
    return { servedAt: servedAt(facts, outcome, now), recorded };
}

const isRecordedMode = (mode: ServiceMode): boolean => RECORDED_MODES.some((each) => each === mode);

function decideRecorded(facts: ServiceFacts, { recordings, unrecordedReason }: ServiceOutcome): boolean | null {
    if (!isRecordedMode(facts.mode)) return null;
    if (recordings > 0) return true;
    if (unrecordedReason === null) throw new DomainError('document.serviceNotRecorded');
    if (facts.mode === 'lien' && facts.witness === undefined) throw new DomainError('document.lienNeedsWitness');
    return false;
}

function servedAt(facts: ServiceFacts, { at, captures, effectAt, unrecordedReason }: ServiceOutcome, now: Instant): Instant {
    switch (facts.mode) {
        case 'direct':
            return facts.signedAt;
        case 'lien':
            return facts.leftAt;
        case 'publicNotice':
            if (effectAt === null || now < effectAt) throw new DomainError('document.noticeStillRuns');
            return effectAt;
        case 'electronic':
            if (captures === 0 && unrecordedReason === null) throw new DomainError('document.captureMissing');
            return arrival(at, facts.sentAt, now);
        default:
            return arrival(at, facts.sentAt, now);
    }
}

function arrival(at: Instant | null, sentAt: Instant, now: Instant): Instant {
    if (at === null) throw new DomainError('document.servedAtMissing');
    if (at > now) throw new DomainError('document.inFuture');
    if (at < sentAt) throw new DomainError('document.servedBeforeSent');
    return at;
}
