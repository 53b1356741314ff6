import { bodyOf, type DomainError, type DomainEvent, type Id, type Instant, MINUTE } from '@liuhen/domain';

/** Whose refusal it is; a part of the command's context. */
export type Refused = { actor: Id; orgId: Id; readOrgs: readonly Id[] };

export type RefusalLog = {
    /** Notes that a command was refused. Never fails the caller: the refusal itself is the answer. */
    record(who: Refused, kind: string, error: DomainError): Promise<void>;
    /** Writes the summaries that are due; all of them when `everything`. Called by a timer and at shutdown. */
    flush(everything?: boolean): Promise<void>;
};

type Repeats = { who: Refused; kind: string; code: string; since: Instant; count: number };

const WINDOW = MINUTE;
/** Bounds the memory an attacker can take by being refused in many ways. */
const MOST_OPEN = 5_000;

/**
 * Refusals are entries too (who tried what), but a client in a loop must not fill the log: the first of a kind in a
 * minute is an entry of its own, the rest of that minute become one summary with their number.
 */
export function createRefusalLog(options: {
    now: () => Instant;
    write: (who: Refused, event: DomainEvent) => Promise<void>;
    onError: (error: unknown) => void;
}): RefusalLog {
    const open = new Map<string, Repeats>();
    const writeSafely = async (who: Refused, event: DomainEvent) => {
        try {
            await options.write(who, event);
        } catch (error) {
            options.onError(error);
        }
    };
    const flush = async (everything = false) => {
        const limit = options.now() - WINDOW;
        for (const [key, repeats] of open) {
            if (!everything && repeats.since > limit) continue;
            open.delete(key);
            if (repeats.count > 0) await writeSafely(repeats.who, summaryOf(repeats));
        }
    };
    return {
        flush,
        async record(who, kind, error) {
            const key = `${who.orgId} ${who.actor} ${kind} ${error.code}`;
            const now = options.now();
            const known = open.get(key);
            if (known !== undefined && now - known.since < WINDOW) {
                known.count++;
                return;
            }
            if (open.size >= MOST_OPEN) await flush(true);
            else if (known !== undefined) await flush();
            open.set(key, { who, kind, code: error.code, since: now, count: 0 });
            await writeSafely(who, {
                kind: 'command.refused',
                body: bodyOf({ command: kind, code: error.code, params: safeParams(error.params) }),
            });
        },
    };
}

const summaryOf = (repeats: Repeats): DomainEvent => ({
    kind: 'command.refusalsSummarised',
    body: { command: repeats.kind, code: repeats.code, count: repeats.count, since: repeats.since },
});

/** Parameters may quote what somebody typed: made NFC, whole and short before they go into canonical JSON. */
const safeParams = (params: Readonly<Record<string, string | number>>): Record<string, string | number> =>
    Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
            name,
            typeof value === 'number'
                ? Number.isSafeInteger(value)
                    ? value
                    : String(value)
                : value.toWellFormed().normalize('NFC').slice(0, 200).toWellFormed(),
        ]),
    );
