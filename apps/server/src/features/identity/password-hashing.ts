import { DomainError } from '@liuhen/domain';
import { hash, parseOptions, verify } from '@node-rs/argon2';

/** Argon2id (RFC 9106): 64 MiB, 3 passes, 1 lane. */
export const PASSWORD_COST: PasswordCost = { memoryKib: 64 * 1024, passes: 3 };
export type PasswordCost = { readonly memoryKib: number; readonly passes: number };

export type PasswordHashing = {
    hash(password: string): Promise<string>;
    /** Without a hash (nobody has that login) it takes just as long and says no. */
    verify(storedHash: string | undefined, password: string): Promise<boolean>;
    /** Made with another cost than today's: to be made again when the password is at hand. */
    isOutdated(storedHash: string): boolean;
};

/** Each one takes 64 MiB and most of a core for a sixth of a second: a flood of sign-ins waits, and then is refused. */
const AT_ONCE = 2;
const MOST_WAITING = 64;

/**
 * Hashing of passwords on the thread pool, a few at a time; never on the event loop.
 * More than `MOST_WAITING` in line are refused with `request.tooMany {seconds}`.
 */
export function createPasswordHashing(cost: PasswordCost = PASSWORD_COST): PasswordHashing {
    const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 };
    // Valid in form and the hash of no known password: comparing with it costs what comparing with a real one does.
    const nobody = `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
    const inTurn = limitConcurrency(AT_ONCE, MOST_WAITING);
    return {
        hash: (password) => inTurn(() => hash(password, options)),
        verify: (storedHash, password) =>
            inTurn(async () => {
                const right = await verify(storedHash ?? nobody, password);
                return right && storedHash !== undefined;
            }),
        isOutdated(storedHash) {
            const made = parseOptions(storedHash);
            return made.memoryCost !== cost.memoryKib || made.timeCost !== cost.passes || made.parallelism !== 1;
        },
    };
}

function limitConcurrency(most: number, mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
    let running = 0;
    const waiting: (() => void)[] = [];
    return async (work) => {
        if (running < most) running++;
        else {
            if (waiting.length >= mostWaiting) throw new DomainError('request.tooMany', { seconds: 10 });
            // The place is handed over by whoever ends, so `running` stays as it is.
            await new Promise<void>((resolve) => waiting.push(resolve));
        }
        try {
            return await work();
        } finally {
            const next = waiting.shift();
            if (next === undefined) running--;
            else next();
        }
    };
}
