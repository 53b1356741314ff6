import type { Id, Instant, Subject } from '@liuhen/domain';

/** A live session as the HTTP layer sees it; how it is made and ended belongs to identity. */
export type Session = {
    readonly id: Id;
    readonly subject: Subject;
    /** Name of the person, for the visible overlay of viewings. */
    readonly name: string;
    readonly idleEndsAt: Instant;
    readonly endsAt: Instant;
};
