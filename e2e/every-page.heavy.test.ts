import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '../apps/server/src/demo/demo.ts';
import { foundInstitute, INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { remote } from '../apps/server/src/testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../apps/server/src/testing/server-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { builtWebPages } from '../apps/server/src/web-build.ts';
import { router } from '../apps/web/src/routes/router.tsx';
import { chartErrors } from './chart-pixels.ts';
import { lookAtDialogues } from './page-dialogues.ts';
import { lookAtFailure } from './page-failures.ts';
import { emptyStops, type Finished, findFinished, fullStops, NEWCOMER, type Stop } from './page-table.ts';
import { DESK, goTo, lookAround, PHONE, settled, TWO_FORMS, type Walk, walk } from './page-walk.ts';
import { leaveUnfinished, type Unfinished } from './unfinished.ts';

const LONG = 1_800_000;
/** Whose eyes see most: of the section head, who is an officer, too. */
const HEAD = 'xuzhixia';

let folder: TemporaryFolder;
let district: ServerProcess;
let empty: ServerProcess;
let stops: Stop[];
let passwords: Record<string, string>;

beforeAll(async () => {
    folder = await temporaryFolder('e2e-pages');
    await builtWebPages(() => undefined);
    [district, empty] = await Promise.all([
        startServerProcess(join(folder.path, 'district'), { command: 'demo' }),
        startServerProcess(join(folder.path, 'empty')),
    ]);
    const unfinished = await leaveUnfinished(district.url, demoPassword);
    const finished = await findFinished(await remote(district.url).signIn(HEAD, demoPassword));
    passwords = { '': demoPassword, [NEWCOMER]: await addNewcomer(district.url) };
    stops = fullStops({ ...finished, ...unfinished } satisfies Finished & Unfinished, HEAD);
}, 180_000);
afterAll(async () => {
    expect([await district?.stop(), await empty?.stop()]).toEqual([0, 0]);
    await folder?.remove();
});

/** Somebody who has not changed the password that was given. */
async function addNewcomer(url: string): Promise<string> {
    const system = await remote(url).signIn('admin-system', demoPassword);
    const { id } = await system.call('person.create', { body: { name: '新来', kind: 'staff', posts: [] } });
    return (await system.call('account.create', { params: { id }, body: { login: NEWCOMER } })).firstPassword;
}

const walkOf = (server: ServerProcess, state: string): Walk => ({ url: server.url, passwords, state, findings: {} });
/** Six times are looked at, none of them further off than what a screen can show. */
const isExact = (errors: Readonly<Record<string, number>>): boolean =>
    Object.values(errors).length === 6 && Object.values(errors).every((px) => px < 0.05);
const routes = (): string[] => Object.keys(router.routesByPath);

it('the table has a line for every route of the router, and no line without its route', () => {
    expect([...new Set(stops.map(({ route }) => route))].toSorted()).toEqual(routes().toSorted());
});

describe('every page is whole, translated, reachable by key and by ear, at the desk and on a phone', () => {
    it(
        'with the work of a district',
        async () => {
            const walked = walkOf(district, 'full');
            await walk(walked, stops, async (eyes) => {
                await goTo(eyes);
                await lookAround(walked, eyes);
            });
            expect(walked.findings).toEqual({});
        },
        LONG,
    );

    it(
        'in whatever its buttons open',
        async () => {
            const walked = walkOf(district, 'dialogue');
            const known = new Set<string>();
            const inside = stops.filter(({ as }) => as !== undefined && as !== NEWCOMER);
            await walk(walked, inside, (eyes) => lookAtDialogues(walked, eyes, known));
            expect(walked.findings).toEqual({});
            expect(known.size).toBeGreaterThan(60);
        },
        LONG,
    );

    it(
        'where nothing has happened yet',
        async () => {
            const doors = walkOf(empty, 'empty');
            const setup: Stop = { route: '/setup', path: '/setup', as: undefined, name: 'setup' };
            await walk(doors, [setup], async (eyes) => {
                await goTo(eyes);
                await lookAround(doors, eyes);
            });
            const people = [{ login: HEAD, name: '许知夏', kind: 'staff', roles: ['sectionHead'] }] as const;
            await foundInstitute(empty.url, people);
            const walked = { ...doors, passwords: { '': INSTITUTE_PASSWORD } };
            await walk(walked, emptyStops(routes(), HEAD), async (eyes) => {
                await goTo(eyes);
                await lookAround(walked, eyes, '', TWO_FORMS);
            });
            expect(walked.findings).toEqual({});
        },
        LONG,
    );
});

it('the strip chart draws every time where it is, to the pixel, at the desk and on a phone', async () => {
    const walked = walkOf(district, 'chart');
    const chart = stops.filter(({ name }) => name === 'acts-id.gap');
    const by = await remote(district.url).signIn(HEAD, demoPassword);
    const act = await by.call('act.get', { params: { id: chart[0]?.path.split('/').at(-1) ?? '' } });
    await walk(walked, chart, async (eyes) => {
        await goTo(eyes);
        for (const size of [DESK, PHONE]) {
            await eyes.page.setViewportSize(size);
            await settled(eyes.page);
            await expect.poll(() => chartErrors(eyes.page, act), { timeout: 10_000 }).toSatisfy(isExact);
        }
    });
    expect(walked.findings).toEqual({});
});

describe('every page says that it could not read, and is whole once it can', () => {
    const reading = () => stops.filter(({ as }) => as !== undefined && as !== NEWCOMER);
    for (const [failure, language] of [
        ['fault', 'zh-CN'],
        ['refusal', 'en'],
        ['cut', 'en'],
    ] as const)
        it(
            { fault: 'a fault of the server', refusal: 'a refusal', cut: 'no network' }[failure],
            async () => {
                const walked = walkOf(district, failure);
                await walk(walked, reading(), (eyes) => lookAtFailure(walked, eyes, failure, language));
                expect(walked.findings).toEqual({});
            },
            LONG,
        );
});
