import { join } from 'node:path';
import type { Role } from '@liuhen/domain';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { openUploads, organisationsOf, startMaintenance, startNights, startScrub } from './app-uploads.ts';
import { commandTools } from './command-tools.ts';
import { enforcementHandlers } from './feature-handlers.ts';
import { discJobs } from './features/access/discs.jobs.ts';
import { packageJobs } from './features/access/package.jobs.ts';
import { packageRoutes } from './features/access/package.routes.ts';
import { clockHandlers } from './features/clock/clock.routes.ts';
import { recallDoubt, startClockWatch } from './features/clock/clock-watch.ts';
import { attestationPaperRoutes } from './features/compliance/attestation.routes.ts';
import { startJudging } from './features/compliance/follow-log.ts';
import { paperRoutes } from './features/device/passport.routes.ts';
import { documentDraftRoute, documentPrintRoute, signedCopyRoute } from './features/document/document-print.routes.ts';
import { scanJobs } from './features/document/document-scan.jobs.ts';
import { scanRoutes } from './features/document/document-scan.routes.ts';
import { identityHandlers } from './features/identity/identity.routes.ts';
import { createSessions } from './features/identity/sessions.ts';
import { startChecking } from './features/ledger/check/checking.ts';
import { logCheckHandlers } from './features/ledger/check/log-check.routes.ts';
import { refuseOlderDatabase } from './features/ledger/checkpoint/continue-log.ts';
import { startMirroring } from './features/ledger/checkpoint/mirroring.ts';
import { writeSecondDisk } from './features/ledger/checkpoint/second-disk.ts';
import { SignedState } from './features/ledger/checkpoint/signed-state.ts';
import { signNow, startCheckpoints } from './features/ledger/checkpoint/start-checkpoints.ts';
import { refuseWitnessedMore, startWitnessing, witnessNow } from './features/ledger/checkpoint/witnessing.ts';
import { ledgerHandlers } from './features/ledger/ledger.routes.ts';
import { proofRoutes } from './features/ledger/proof.routes.ts';
import { sheetRoute } from './features/ledger/sheet/sheet.routes.ts';
import { stampNewest, startStamping } from './features/ledger/stamp/stamping.ts';
import { partyJobs } from './features/party/import.jobs.ts';
import { contentRoute } from './features/recording/content.routes.ts';
import { derivedJobs } from './features/recording/derived.jobs.ts';
import { dockingJobs } from './features/recording/docking.jobs.ts';
import { filingJobs } from './features/recording/filing.jobs.ts';
import { listeningJobs } from './features/recording/listening.jobs.ts';
import { markDamaged, recordingJobs } from './features/recording/recording.jobs.ts';
import { recordingTimeJobs } from './features/recording/recording-times.jobs.ts';
import { templateSampleRoute } from './features/template/template-sample.routes.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { ClockGuard } from './platform/clock-guard.ts';
import type { Config } from './platform/config.ts';
import { startDatabase } from './platform/database-start.ts';
import { openDatabase } from './platform/db/database.ts';
import { hashPool } from './platform/hashing/hash-pool.ts';
import { bindEndpoints, type Handlers } from './platform/http/bind.ts';
import { exportRoute } from './platform/http/export-route.ts';
import { operationRoutes } from './platform/http/operations.ts';
import { createHttpServer } from './platform/http/server.ts';
import { uploadRoute } from './platform/http/upload-route.ts';
import { webPages } from './platform/http/web-pages.ts';
import { openInstallation } from './platform/installation.ts';
import { startJobs } from './platform/jobs.ts';
import { openInspections } from './platform/media/inspections.ts';
import { introduceKey, noteMigrations } from './platform/own-entries.ts';
import { openSecretBox } from './platform/secret-box.ts';
import type { Services } from './platform/services.ts';
import { openSigner } from './platform/signer.ts';
import { openStore } from './platform/storage/open-store.ts';
import { documentRenderer } from './platform/typst/document-renderer.ts';

export type DemoLogin = { login: string; name: string; roles: Role[]; organisation: string };

export type AppOptions = {
    config: Config;
    /** Folder of the built pages; without it only the interface for programs is served. */
    webFolder?: string | Promise<string>;
    /** The built page that goes into evidence packages; without it none is made. */
    verifyPage?: () => Promise<string>;
    /** The built program that draws the chart of an act for paper. */
    chartProgram?: () => Promise<string>;
    clock?: Clock;
    demoLogins?: readonly DemoLogin[];
    /** Printed where only the operator sees it. */
    onSetupCode?: (code: string) => void;
    log?: (line: string) => void;
};

export type RunningApp = {
    url: string;
    services: Services;
    /** Addresses that are only read, as they are registered: a walk over all of them misses none. */
    reads: readonly string[];
    stop(): Promise<void>;
};

/** Starts everything in the order of need; stops it in the reverse. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
    const { config } = options;
    const stops: (() => Promise<void>)[] = [];
    const stop = async () => {
        for (const each of stops.splice(0).reverse()) await each();
    };
    try {
        const services = await openServices(options, stops);
        const { app, reads } = await openHttp(options, services, stops);
        await app.listen({ host: config.host, port: config.port });
        stops.push(() => closeHttp(app));
        const address = app.server.address();
        const port = typeof address === 'object' && address !== null ? address.port : config.port;
        const host = config.host.includes(':') ? `[${config.host}]` : config.host;
        return { url: `http://${host}:${port}`, services, reads, stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

/** Requests under way get a moment to finish; what takes longer (uploads, playback) is cut and goes on at the next server. */
const GRACE_MS = 3_000;

async function closeHttp(app: FastifyInstance): Promise<void> {
    const timer = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
    try {
        await app.close();
    } finally {
        clearTimeout(timer);
    }
}

async function openServices(options: AppOptions, stops: (() => Promise<void>)[]): Promise<Services> {
    const { config } = options;
    const clock = options.clock ?? systemClock();
    const log: FastifyBaseLogger = pino({ level: config.logLevel, base: null });
    const installation = await openInstallation(config.dataFolder, clock.newId);
    const database = await startDatabase(config, installation.keyFolder, options.log ?? (() => undefined), () =>
        log.error('the database ended and is started again'),
    );
    stops.push(() => database.stop());
    const db = openDatabase({
        url: database.appUrl,
        max: config.databasePool,
        onError: (error) => log.warn({ name: error.name }, 'idle connection lost'),
    });
    stops.push(() => db.close());
    await refuseOlderDatabase({ db }, new SignedState(installation.keyFolder));
    await refuseWitnessedMore({ db, clock, config, installation });
    const commands = commandTools({ db, clock, signer: await openSigner(installation.keyFolder) }, log);
    stops.push(() => commands.refusals.flush(true));
    await introduceKey(commands);
    await noteMigrations(commands, database.applied);
    const hashes = hashPool({ workers: 2 });
    stops.push(() => hashes.close());
    const { store, close: closeStore } = await openStore(config, installation, { hashes, newId: clock.newId });
    stops.push(async () => closeStore());
    const renderer = documentRenderer();
    stops.push(() => renderer.close());
    const services: Services = {
        config,
        installation,
        log,
        clock,
        clockGuard: new ClockGuard(() => ({ wall: clock.now(), monotonic: performance.now() }), config.clockJumpMs),
        db,
        commands,
        store,
        hashes,
        inspections: openInspections(),
        renderer,
        secrets: await openSecretBox(installation.keyFolder),
        urls: { app: database.appUrl },
        quarantineFolder: join(installation.storeRoot, 'quarantine'),
    };
    await recallDoubt(services);
    const jobs = await startJobs({
        url: database.workerUrl,
        handlers: {
            ...recordingJobs(services),
            ...recordingTimeJobs(services),
            ...derivedJobs(services),
            ...listeningJobs(services),
            ...filingJobs(services),
            ...dockingJobs(services),
            ...partyJobs(services),
            ...scanJobs(services),
            ...discJobs(services),
            ...packageJobs(services, {
                sign: async (logs) => {
                    for (const log of logs) await signNow(services, log);
                    await witnessNow(services);
                },
                stamp: (log) => stampNewest(services, log),
                markDamaged: (context, id, chunk) => markDamaged(services, context, id, chunk),
                chartProgram: options.chartProgram ?? (() => Promise.reject(new Error('no program that draws charts was built'))),
                verifyPage: options.verifyPage ?? (() => Promise.reject(new Error('no page that verifies was built'))),
            }),
        },
        concurrency: config.jobConcurrency,
        onError: (task, error) =>
            log.error({ task, code: (error as { code?: string }).code, name: (error as Error).name }, 'job failed'),
    });
    stops.push(() => jobs.stop());
    return services;
}

async function openHttp(
    options: AppOptions,
    services: Services,
    stops: (() => Promise<void>)[],
): Promise<{ app: FastifyInstance; reads: readonly string[] }> {
    const { config, log } = services;
    const app = await createHttpServer({
        logger: log,
        requestsPerMinute: config.requestsPerMinute,
        https: config.https,
        trustProxy: config.trustProxy,
    });
    const reads: string[] = [];
    app.addHook('onRoute', ({ method, url }) => {
        if ([method].flat().includes('GET')) reads.push(url);
    });
    const sessions = createSessions(services);
    stops.push(() => sessions.close());
    const uploads = openUploads(services, stops);
    const handlers: Handlers = {
        ...identityHandlers(services, {
            sessions,
            demoLogins: () => options.demoLogins ?? [],
            onSetupCode: options.onSetupCode ?? (() => undefined),
        }),
        ...enforcementHandlers(services),
        ...ledgerHandlers(services),
        ...logCheckHandlers(services),
        ...clockHandlers(services),
    };
    const bound = { handlers, sessionOf: sessions.sessionOf, authorise: sessions.authorise };
    bindEndpoints(app, bound);
    exportRoute(app, services, bound);
    contentRoute(app, services, sessions.sessionOf);
    await scanRoutes(app, services, sessions);
    await paperRoutes(app, services, sessions);
    await attestationPaperRoutes(app, services, sessions);
    await packageRoutes(app, services, sessions);
    documentDraftRoute(app, services, sessions);
    documentPrintRoute(app, services, sessions);
    signedCopyRoute(app, services, sessions);
    templateSampleRoute(app, services, sessions);
    proofRoutes(app, services, sessions);
    sheetRoute(app, services, sessions);
    await uploadRoute(app, uploads, sessions);
    operationRoutes(app, services);
    if (options.webFolder !== undefined) await webPages(app, await options.webFolder);
    startClockWatch(services, () => organisationsOf(services), stops);
    startMaintenance(services, { uploads, sessions }, stops);
    startScrub(services, stops);
    startNights(services, stops);
    startJudging(services, () => organisationsOf(services), stops);
    startCheckpoints(services, stops);
    startWitnessing(services, stops);
    startMirroring(services, stops);
    startStamping(services, stops);
    startChecking(services, stops, (log) => writeSecondDisk(services, log));
    return { app, reads };
}
