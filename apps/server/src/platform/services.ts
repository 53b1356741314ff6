import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { CommandTools } from './command/command.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { HashPool } from './hashing/hash-pool.ts';
import type { Installation } from './installation.ts';
import type { Inspections } from './media/inspections.ts';
import type { SecretBox } from './secret-box.ts';
import type { ObjectStore } from './storage/store.ts';
import type { DocumentRenderer } from './typst/document-renderer.ts';

/** What features are given, once, at start. Made in app.ts; no container, no globals. */
export type Services = {
    readonly config: Config;
    /** Where keys and objects lie, and the id that tells this installation from every other. */
    readonly installation: Installation;
    readonly log: FastifyBaseLogger;
    readonly clock: Clock;
    /** Whether that clock can be believed: what time alone would cause asks it first. */
    readonly clockGuard: ClockGuard;
    readonly db: Database;
    readonly commands: CommandTools;
    readonly store: ObjectStore;
    readonly hashes: HashPool;
    readonly inspections: Inspections;
    /** Sets documents as PDF in processes of its own; the first document starts one. */
    readonly renderer: DocumentRenderer;
    /** Encrypts small secrets at rest (second factors). */
    readonly secrets: SecretBox;
    /** Address for the upload locks, which need a connection of their own. Holds a password: never log it. */
    readonly urls: { readonly app: string };
    /** Uploads whose bytes were not what was declared. */
    readonly quarantineFolder: string;
};
