import {
    DomainError,
    decideAddCheckpoint,
    formatNote,
    type NoteSignature,
    parseAddCheckpoint,
    parseCheckpoint,
    parseNote,
    type WitnessDecision,
    witnessAnswer,
} from '@liuhen/domain';
import { verifyWithKey } from '@liuhen/verify/signatures';
import { failpoint } from './failpoint.ts';
import type { KeptCheckpoints, Latest } from './kept-checkpoints.ts';
import type { KnownLog } from './known-logs.ts';
import type { WitnessKey } from './witness-key.ts';

export type Answer = { readonly status: number; readonly contentType: string; readonly body: Uint8Array };

/** What the operator should hear of: a log signed something that was not shown to follow from what it had signed before. */
export type Alarm = { readonly origin: string; readonly reason: 'root' | 'proof' };

type Parts = {
    readonly key: WitnessKey;
    readonly logs: () => ReadonlyMap<string, KnownLog>;
    readonly kept: KeptCheckpoints;
    readonly latest: Map<string, Latest>;
    /** Seconds since 1970. */
    readonly now: () => bigint;
    readonly onAlarm: (alarm: Alarm) => void;
};

/** Cosigns checkpoints that follow from what it cosigned before, and no others (C2SP tlog-witness). */
export class Witness {
    readonly #parts: Parts;
    readonly #turns = new Map<string, Promise<unknown>>();

    constructor(parts: Parts) {
        this.#parts = parts;
    }

    /** The answer to the body of an add-checkpoint. One of each log is decided at a time: what is kept is what was compared with. */
    async addCheckpoint(body: Uint8Array): Promise<Answer> {
        const origin = originIn(body);
        if (origin === undefined || !this.#parts.logs().has(origin)) return this.#answer(body, origin ?? '');
        const turn = (this.#turns.get(origin) ?? Promise.resolve()).then(() => this.#answer(body, origin));
        this.#turns.set(
            origin,
            turn.catch(() => undefined),
        );
        return turn;
    }

    async #answer(body: Uint8Array, origin: string): Promise<Answer> {
        const { logs, latest } = this.#parts;
        const decision = await decideAddCheckpoint(
            body,
            (of) => {
                const log = logs().get(of);
                return log === undefined ? undefined : { ...log, latest: latest.get(of) };
            },
            verifyWithKey,
        );
        if ('evidence' in decision && decision.evidence !== undefined) {
            const { reason, evidence } = decision;
            if (await this.#parts.kept.keepEvidence(origin, reason, evidence)) this.#parts.onAlarm({ origin, reason });
        }
        return witnessAnswer(decision, decision.status === 200 ? [await this.#cosign(decision)] : []);
    }

    /** Kept before anybody hears of it. The same checkpoint again is kept already, and only gets a new time. */
    async #cosign(decision: WitnessDecision & { status: 200 }): Promise<NoteSignature> {
        const { key, kept, latest, now } = this.#parts;
        const { checkpoint, text, signatures } = decision;
        const time = now();
        const cosigned = key.cosign(text, time);
        if (latest.get(checkpoint.origin)?.size !== checkpoint.size) {
            await kept.keep(checkpoint.origin, formatNote({ text, signatures: [...signatures.slice(0, 10), cosigned] }), time);
            latest.set(checkpoint.origin, { size: checkpoint.size, root: checkpoint.root });
        }
        failpoint('witness.kept');
        return cosigned;
    }
}

/** Of which log a request is; `undefined` for what is no request, which is refused in any case. */
function originIn(body: Uint8Array): string | undefined {
    try {
        return parseCheckpoint(parseNote(parseAddCheckpoint(body).checkpoint).text).origin;
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}
