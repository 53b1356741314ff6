import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import {
    foundInstitute,
    INSTITUTE_PASSWORD,
    type Institute,
    type PersonToAdd,
    USUAL_PEOPLE,
} from '../apps/server/src/testing/found-institute.ts';
import { type Remote, remote } from '../apps/server/src/testing/remote.ts';
import { startServerProcess } from '../apps/server/src/testing/server-process.ts';
import { temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { verifyInstallation } from '../apps/server/src/verify/verify-installation.ts';
import { builtWebPages } from '../apps/server/src/web-build.ts';
import { openContext, pageErrors } from './browser.ts';
import { signIn } from './steps.ts';

/** The real system, as `npm start` gives it, on an empty folder of its own. */
export type System = {
    readonly url: string;
    readonly dataFolder: string;
    /** A page in a browser of its own, nobody signed in. */
    page(options?: BrowserContextOptions): Promise<Page>;
    /** Somebody's page, signed in with the password everybody in the institute has. */
    pageOf(login: string, options?: BrowserContextOptions): Promise<Page>;
    /** The interface for programs in somebody's name: for what a story needs to be there before it begins. */
    remoteOf(login: string): Promise<Remote>;
    /** For the end of every story: every log, row and file agrees, and no page's code has failed. */
    expectSound(): Promise<void>;
    close(): Promise<void>;
};

export async function emptySystem(): Promise<System> {
    await builtWebPages(() => undefined);
    const folder = await temporaryFolder('e2e');
    const dataFolder = join(folder.path, 'data');
    const server = await startServerProcess(dataFolder);
    const errors: string[][] = [];
    const page = async (options?: BrowserContextOptions) => {
        const opened = await (await openContext(server.url, options)).newPage();
        errors.push(pageErrors(opened));
        return opened;
    };
    return {
        url: server.url,
        dataFolder,
        page,
        async pageOf(login, options) {
            const opened = await page(options);
            await signIn(opened, login, INSTITUTE_PASSWORD);
            return opened;
        },
        remoteOf: (login) => remote(server.url).signIn(login, INSTITUTE_PASSWORD),
        async expectSound() {
            const { findings, gaps } = await verifyInstallation({ dataFolder });
            expect({ findings, gaps, errors: errors.flat() }).toEqual({ findings: [], gaps: [], errors: [] });
        },
        async close() {
            expect(await server.stop()).toBe(0);
            await folder.remove();
        },
    };
}

/** The same with an institute and its people. */
export async function systemWith(
    people: readonly PersonToAdd[] = USUAL_PEOPLE,
): Promise<System & { readonly institute: Institute }> {
    const system = await emptySystem();
    return { ...system, institute: await foundInstitute(system.url, people) };
}
