import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock.ts';
import type { CommandTools } from './command/command.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { SecretBox } from './secret-box.ts';
import type { ObjectStore } from './storage/store.ts';

/** What features are given, once, at start. Made in app.ts; no container, no globals. */
export type Services = {
    readonly config: Config;
    readonly log: FastifyBaseLogger;
    readonly clock: Clock;
    readonly db: Database;
    readonly commands: CommandTools;
    readonly store: ObjectStore;
    /** Encrypts small secrets at rest (second factors). */
    readonly secrets: SecretBox;
};
