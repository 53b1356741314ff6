import { client, partingClient } from '../../app/client.ts';
import { Intent } from '../../app/command-id.ts';
import type { Span } from './cam-player.ts';
import { joinRanges, type Played, type PlayedRange, summaryOf } from './played.ts';
import { forgetUnclosed, holdUnclosed, isOver, keepUnclosed } from './unclosed-viewings.ts';

export type Viewing =
    | { readonly state: 'opening' }
    | {
          readonly state: 'open';
          readonly viewingId: string;
          readonly contentUrl: string;
          /** The original, or what was made of it: a copy says so while it plays. */
          readonly shown: 'original' | 'repaired' | 'playable';
          readonly until: number;
      }
    | { readonly state: 'failed'; readonly error: unknown };

/**
 * The viewings of one look at recordings, all for one purpose: in somebody's own words, or a review sheet of an inspection. A file's viewing is registered when the file is first
 * needed, so that the register names only what was really looked at; its content has no address before.
 */
export class Viewings {
    readonly purpose: string;
    readonly #personId: string;
    readonly #sheetId: string | undefined;
    #byRecording: ReadonlyMap<string, Viewing> = new Map();
    readonly #intents = new Map<string, Intent>();
    readonly #played = new Map<string, PlayedRange[]>();
    readonly #listeners = new Set<() => void>();
    readonly #locks = new Map<string, () => void>();
    readonly #locked = new Set<string>();
    #ended = false;

    constructor(purpose: string, personId: string, sheetId?: string) {
        this.purpose = purpose;
        this.#personId = personId;
        this.#sheetId = sheetId;
    }

    readonly subscribe = (listener: () => void): (() => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    };
    readonly snapshot = (): ReadonlyMap<string, Viewing> => this.#byRecording;

    /** Registers the viewing of a file once; a failed one is only tried again by `retry`. */
    need(recordingId: string): void {
        if (this.#ended || this.#byRecording.has(recordingId)) return;
        void this.#open(recordingId);
    }

    retry(): void {
        for (const [recordingId, viewing] of this.#byRecording) if (viewing.state === 'failed') void this.#open(recordingId);
    }

    /** Adds what a player has shown of a file, in seconds. */
    note(recordingId: string, spans: readonly Span[]): void {
        const ranges = spans.map(([from, to]) => ({ startMs: Math.round(from * 1_000), endMs: Math.round(to * 1_000) }));
        this.#played.set(recordingId, joinRanges([...(this.#played.get(recordingId) ?? []), ...ranges]));
    }

    /** Keeps in the browser what was played so far, should this page never say goodbye. */
    keep(): void {
        for (const viewing of this.#byRecording.values()) if (viewing.state === 'open') this.#keep(viewing.viewingId, false);
    }

    /** Registers anew what is shown of a file: its copy has been made meanwhile. */
    renew(recordingId: string): void {
        const viewing = this.#byRecording.get(recordingId);
        if (viewing?.state === 'open') this.#close(recordingId, viewing.viewingId);
        if (!this.#ended) void this.#open(recordingId);
    }

    /** Ends all of them; requests still arrive when the page is being left. */
    end(): void {
        if (this.#ended) return;
        this.#ended = true;
        for (const [recordingId, viewing] of this.#byRecording)
            if (viewing.state === 'open') this.#close(recordingId, viewing.viewingId);
    }

    /** What does not get through now is sent when somebody is here again; else it ends by its own limit on the server. */
    #close(recordingId: string, viewingId: string): void {
        const body = this.#summary(recordingId);
        this.#keep(viewingId, true);
        this.#played.delete(recordingId);
        this.#locks.get(viewingId)?.();
        this.#locks.delete(viewingId);
        void partingClient.call('recording.closeViewing', { params: { id: viewingId }, body }).then(
            () => forgetUnclosed(viewingId),
            (error: unknown) => {
                if (isOver(error)) forgetUnclosed(viewingId);
            },
        );
    }

    #keep(viewingId: string, ended: boolean): void {
        const of = [...this.#byRecording].find(([, each]) => each.state === 'open' && each.viewingId === viewingId);
        const summary = of === undefined ? { played: [] } : this.#summary(of[0]);
        const locked = this.#locked.has(viewingId);
        keepUnclosed(viewingId, { personId: this.#personId, ended, locked, seenAt: Date.now(), ...summary });
    }

    #summary(recordingId: string): Played {
        return summaryOf(this.#played.get(recordingId) ?? []);
    }

    /** As long as this page lives no other one sends what it has played; when it died, the next one does at once. */
    #hold(viewingId: string): void {
        const held = () => {
            this.#locked.add(viewingId);
            if (this.#locks.has(viewingId)) this.#keep(viewingId, false);
        };
        this.#locks.set(viewingId, holdUnclosed(viewingId, held));
    }

    async #open(recordingId: string): Promise<void> {
        this.#set(recordingId, { state: 'opening' });
        const intent = this.#intents.get(recordingId) ?? new Intent();
        this.#intents.set(recordingId, intent);
        try {
            const opened = await this.#register(recordingId, intent);
            intent.settled();
            this.#set(recordingId, { state: 'open', ...opened });
            this.#keep(opened.viewingId, false);
            this.#hold(opened.viewingId);
            if (this.#ended) this.#close(recordingId, opened.viewingId);
        } catch (error) {
            intent.settled(error);
            this.#set(recordingId, { state: 'failed', error });
        }
    }

    #register(recordingId: string, intent: Intent) {
        if (this.#sheetId !== undefined) {
            const request = { params: { id: this.#sheetId }, body: { recordingId } };
            return client.call('viewing.openForSheet', request, { commandId: intent.idFor(request) });
        }
        const request = { params: { id: recordingId }, body: { purpose: this.purpose } };
        return client.call('recording.openViewing', request, { commandId: intent.idFor(request) });
    }

    #set(recordingId: string, viewing: Viewing): void {
        this.#byRecording = new Map(this.#byRecording).set(recordingId, viewing);
        for (const listener of this.#listeners) listener();
    }
}
