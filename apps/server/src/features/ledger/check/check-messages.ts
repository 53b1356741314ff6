import type { Id, SignaturePlan } from '@liuhen/domain';
import type { SignedHead } from '../signed-heads.ts';
import type { TrustedKey } from '../verify-keys.ts';

/** What the server tells the process that checks. The address holds a password: it goes by message, never as an argument. */
export type CheckOrder = {
    readonly url: string;
    readonly log: Id;
    readonly plan: SignaturePlan;
    readonly trustedKeys: readonly TrustedKey[];
    /** PEM file of time-stamp authorities that are believed. */
    readonly anchorsFile: string | undefined;
    readonly signed: readonly SignedHead[];
};

/** One thing that differs, as it is kept and shown. */
export type FoundDifference = {
    readonly code: string;
    readonly index: bigint | null;
    readonly table: string | null;
    readonly row: Id | null;
    readonly params: Readonly<Record<string, string | number>>;
};

/** What one log came to. */
export type CheckOutcome = {
    readonly size: bigint;
    readonly rows: number;
    /** Signatures that were looked at. */
    readonly signatures: bigint;
    /** The first of them; `total` counts all. */
    readonly found: readonly FoundDifference[];
    readonly total: number;
};

export type CheckMessage =
    | { readonly about: 'progress'; readonly read: bigint; readonly size: bigint }
    | { readonly about: 'outcome'; readonly outcome: CheckOutcome }
    | { readonly about: 'failure'; readonly code: string; readonly name: string };
