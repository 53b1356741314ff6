import { type EndpointId, type Endpoints, RequestError, type RequestOf, type ResponseOf } from '@liuhen/contract';
import type { Id, Instant } from '@liuhen/domain';
import { type Connection, connectTo } from '../client.ts';
import { type Sending, type SendOptions, sendFile } from '../tus-upload.ts';
import type { UploadState } from '../upload-state.ts';
import type { Credentials } from './credentials.ts';

export type LinkSettings = {
    readonly erase: boolean;
    readonly heardAt: Instant;
    readonly organisationId: Id;
    readonly publicKey: string;
    readonly keyId: string;
};

export type LinkEvents = {
    /** The server can be reached again, or no more, or refuses us; said when it changes. */
    onUp(): void;
    onDown(): void;
    onRefused(error: RequestError): void;
};

/** After a failure the server is left alone for so long; doubled up to the longest. */
const PAUSE = { first: 1_000, longest: 60_000 } as const;
const SETTINGS_FOR = 60_000;
/** A server that restarts is found by the next round; until then other work goes on. */
const RETRY_DELAYS = [0, 500, 1_500];

/**
 * The way to the server, which may be missing for days. Signs in when that is needed, and once only when many ask at the same
 * time; knows whether the server is there, so that nobody waits for it in vain.
 */
export class ServerLink {
    readonly #server: URL;
    readonly #credentials: Credentials;
    readonly #events: LinkEvents;
    readonly #state: UploadState;
    readonly #now: () => Instant;
    #connection: Connection | undefined;
    #person = '';
    #opening: Promise<boolean> | undefined;
    /** Let in, but not yet told who we are. */
    #entered: Connection | undefined;
    #retryAt = 0;
    #pause: number = PAUSE.first;
    #said: 'up' | 'down' | undefined;
    settings: LinkSettings | undefined;

    constructor(server: URL, credentials: Credentials, state: UploadState, events: LinkEvents, now: () => Instant) {
        this.#server = server;
        this.#credentials = credentials;
        this.#state = state;
        this.#events = events;
        this.#now = now;
    }

    get isUp(): boolean {
        return this.#said === 'up';
    }

    /** Whether the server is there and has let us in; asks it if that was not asked for a while. */
    async ready(): Promise<boolean> {
        const settings = this.settings;
        if (this.isUp && settings !== undefined && this.#now() - settings.heardAt < SETTINGS_FOR) return true;
        if (!this.isUp && this.#now() < this.#retryAt) return false;
        this.#opening ??= this.#open().finally(() => {
            this.#opening = undefined;
        });
        return this.#opening;
    }

    async #open(): Promise<boolean> {
        try {
            const found = await this.#inSession((connection) => connection.client.call('dock.settings', {}));
            this.settings = { ...found, heardAt: this.#now() };
            this.#pause = PAUSE.first;
            if (this.#said !== 'up') this.#events.onUp();
            this.#said = 'up';
            return true;
        } catch (error) {
            this.failed(error);
            return false;
        }
    }

    /** Notes that the server could not be reached, or turned us away; anything else is thrown again. */
    failed(error: unknown): void {
        const away = isAway(error);
        if (!away && !(error instanceof RequestError)) throw error;
        this.#retryAt = this.#now() + this.#pause;
        this.#pause = Math.min(this.#pause * 2, PAUSE.longest);
        if (this.#said !== 'down') {
            if (away) this.#events.onDown();
            else this.#events.onRefused(error as RequestError);
        }
        this.#said = 'down';
    }

    async #inSession<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
        this.#connection ??= await this.#signIn();
        try {
            return await work(this.#connection);
        } catch (error) {
            if (!(error instanceof RequestError) || error.code !== 'access.signInFirst') throw error;
            // Sessions end by time; the account's word opens another.
            this.#connection = await this.#signIn();
            return work(this.#connection);
        }
    }

    /** Each step is kept: on a line that is slow and often cut, all of them together may never get through. */
    async #signIn(): Promise<Connection> {
        if (this.#entered === undefined) {
            const connection = connectTo(this.#server);
            await connection.client.call('session.open', { body: this.#credentials });
            this.#entered = connection;
        }
        const entered = this.#entered;
        try {
            const me = await entered.client.call('session.get', {});
            this.#person = me.person.id;
        } catch (error) {
            if (error instanceof RequestError && !isAway(error)) this.#entered = undefined;
            throw error;
        }
        this.#entered = undefined;
        return entered;
    }

    call<K extends EndpointId>(endpointId: K, request: RequestOf<Endpoints[K]>): Promise<ResponseOf<Endpoints[K]>> {
        return this.#inSession((connection) => connection.client.call(endpointId, request));
    }

    send(
        sending: Omit<Sending, 'login' | 'references'>,
        options: Omit<SendOptions, 'connection' | 'state' | 'retryDelays'>,
    ): Promise<Id> {
        return this.#inSession((connection) =>
            sendFile(
                { ...sending, login: this.#person, references: {} },
                { ...options, connection, state: this.#state, retryDelays: RETRY_DELAYS },
            ),
        );
    }

    async close(): Promise<void> {
        await this.#connection?.client.call('session.close', {}).catch(() => undefined);
    }
}

/** No answer, a server in trouble, or no Liuhen at all: to be tried again. */
export function isAway(error: unknown): boolean {
    if (error instanceof RequestError)
        return (
            error.status === 0 || error.status >= 500 || error.code === 'request.tooMany' || error.code === 'server.unavailable'
        );
    return error instanceof SyntaxError || (error as Error).name === 'ZodError' || (error as Error).name === 'TypeError';
}

/** One writer at a time: files of several recorders are sent at once, and each notes where it stands. */
export function inTurn(state: UploadState): UploadState {
    let last: Promise<unknown> = Promise.resolve();
    const after = <T>(work: () => Promise<T>): Promise<T> => {
        const next = last.then(work, work);
        last = next.catch(() => undefined);
        return next;
    };
    return {
        find: (fingerprint) => after(() => state.find(fingerprint)),
        keep: (fingerprint, url) => after(() => state.keep(fingerprint, url)),
        forget: (fingerprint) => after(() => state.forget(fingerprint)),
    };
}
