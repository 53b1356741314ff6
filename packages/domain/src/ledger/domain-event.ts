import type { Id } from '../kernel/ids.ts';
import type { EntryContent } from './entry.ts';
import type { EventKind } from './event-kinds.ts';

/** What a body may hold: canonical JSON without null, fractions or anything else that has two forms. */
export type BodyValue = string | number | boolean | readonly BodyValue[] | { readonly [name: string]: BodyValue };

/**
 * Something that happened, as a command reports it; it becomes one log entry.
 * The body may hold names and free text: it is stored apart and only its salted hash stands in the entry.
 */
export type DomainEvent = {
    readonly kind: EventKind;
    /** Whose log takes it, when not the command's own organisation: the system's log, or the other of two owners. */
    readonly org?: Id;
    /** Objects that begin with this event: their sequence starts at 0. */
    readonly creates?: readonly Id[];
    /** Objects that existed before. */
    readonly objects?: readonly Id[];
    /** Bytes this event vouches for. */
    readonly content?: readonly EntryContent[];
    readonly body: { readonly [name: string]: BodyValue };
};

/** A body from facts some of which may be missing: null and undefined members are left out. */
export const bodyOf = (facts: Readonly<Record<string, BodyValue | null | undefined>>): { readonly [name: string]: BodyValue } =>
    Object.fromEntries(
        Object.entries(facts).filter((pair): pair is [string, BodyValue] => pair[1] !== null && pair[1] !== undefined),
    );
