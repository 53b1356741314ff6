import { RequestError } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { newId, type Remote } from '../testing/remote.ts';

/** A command that was sent, and what became of it as far as its sender knows. */
export type Attempt = {
    readonly commandId: Id;
    readonly name: string;
    /** The new party's id once the server has said so. */
    acknowledged?: Id;
    /** Statuses of the failed tries; 0 for no answer. */
    readonly failures: { status: number; code: string }[];
};

/** Sends the command once more, under the same id. */
export async function attemptParty(officer: Remote, attempt: Attempt): Promise<boolean> {
    try {
        const { id } = await officer.call(
            'party.create',
            { body: { name: attempt.name, kind: 'naturalPerson' } },
            { commandId: attempt.commandId },
        );
        attempt.acknowledged = id;
        return true;
    } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        attempt.failures.push({ status: error.status, code: error.code });
        return false;
    }
}

export const newAttempt = (): Attempt => {
    const commandId = newId();
    return { commandId, name: `相对人 ${commandId}`, failures: [] };
};

/** `count` writers that create one party after the other, each until its first failure. */
export async function writeUntilFailure(
    officer: () => Remote,
    count: number,
    onAcknowledged: (total: number) => void = () => undefined,
): Promise<Attempt[]> {
    const attempts: Attempt[] = [];
    let total = 0;
    const writer = async () => {
        const own = officer();
        for (;;) {
            const attempt = newAttempt();
            attempts.push(attempt);
            if (!(await attemptParty(own, attempt))) return;
            onAcknowledged(++total);
        }
    };
    await Promise.all(Array.from({ length: count }, writer));
    return attempts;
}
