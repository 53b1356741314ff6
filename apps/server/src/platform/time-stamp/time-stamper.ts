import type { TimeStamp } from './verify-token.ts';

/** A token as it was received, and what it says. */
export type Stamped = { readonly token: Uint8Array; readonly says: TimeStamp };

/** Whoever says that something existed at a time: an authority, or the one of a test. */
export type TimeStamper = {
    /** Has `message` stamped. What comes back has been verified; errors are those of `verifyToken`, and why there was no token. */
    stamp(message: Uint8Array): Promise<Stamped>;
};
