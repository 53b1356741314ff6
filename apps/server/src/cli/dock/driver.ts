import { spawn } from 'node:child_process';
import type { Instant } from '@liuhen/domain';
import type { DockConfig } from './dock-config.ts';
import type { DockWords } from './words-dock.ts';

/** What the device's clock showed between two moments of this computer. */
export type DriverReading = {
    readonly shown: string;
    readonly resolutionMs: number;
    readonly before: Instant;
    readonly after: Instant;
    readonly afterSet: boolean;
};
export type DriverAnswer = {
    readonly readings: readonly DriverReading[];
    readonly device: string | undefined;
    readonly problem: string | undefined;
};

const MOST_BYTES = 64 * 1024;
const SHOWN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/**
 * Asks a vendor's program for the time of the device before anybody sets it. One line of JSON in, one line of JSON out, one
 * question a run; what it prints beside goes nowhere. It gets no secret of ours: its environment holds the search path alone.
 */
export async function askDriver(
    driver: NonNullable<DockConfig['driver']>,
    place: { readonly path: string; readonly serial: string | undefined },
    words: DockWords,
    now: () => Instant,
): Promise<DriverAnswer> {
    const readings: DriverReading[] = [];
    let device: string | undefined;
    try {
        const read = async (afterSet: boolean) => {
            const before = now();
            const answer = await run(driver, { ...question('readClock'), ...place }, words);
            const { shown, resolutionMs = 1_000 } = answer;
            if (typeof shown !== 'string' || !SHOWN.test(shown) || !isResolution(resolutionMs))
                throw new Error(words.driverWrong);
            if (typeof answer.device === 'string' && /^[0-9A-Za-z-]{1,40}$/.test(answer.device)) device = answer.device;
            readings.push({ shown, resolutionMs, before, after: now(), afterSet });
        };
        await read(false);
        if (driver.setClock) {
            await run(driver, { ...question('setClock'), ...place, to: new Date(now()).toISOString() }, words);
            await read(true);
        }
        return { readings, device, problem: undefined };
    } catch (error) {
        // What was read before it failed stays: a clock that was read and could not be set was read.
        return { readings, device, problem: (error as Error).message };
    }
}

const question = (command: 'readClock' | 'setClock') => ({ liuhen: 'dock-driver', version: 1, command });
const isResolution = (value: unknown): value is number =>
    Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= 3_600_000;

function run(
    { command, timeoutMs }: NonNullable<DockConfig['driver']>,
    ask: object,
    words: DockWords,
): Promise<Record<string, unknown> & { shown?: unknown; resolutionMs?: unknown }> {
    const [program = '', ...args] = command;
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, {
            stdio: ['pipe', 'pipe', 'ignore'],
            env: { PATH: process.env.PATH ?? '' },
            detached: true,
        });
        let text = '';
        // The whole group: a driver is often a script around the vendor's own program.
        const end = () => {
            try {
                if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
            } catch {
                child.kill('SIGKILL');
            }
        };
        const timer = setTimeout(() => {
            end();
            reject(new Error(words.driverSlow));
        }, timeoutMs);
        child.on('error', (error: { code?: string }) => {
            clearTimeout(timer);
            reject(new Error(error.code ?? words.driverWrong));
        });
        child.stdin.on('error', () => undefined);
        child.stdout.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
            if (text.length > MOST_BYTES) end();
        });
        child.on('close', (code) => {
            clearTimeout(timer);
            if (code !== 0) return reject(new Error(words.driverEnded.replace('{code}', String(code))));
            try {
                const answer: unknown = JSON.parse(text.slice(0, MOST_BYTES));
                if (typeof answer !== 'object' || answer === null || (answer as { ok?: unknown }).ok !== true)
                    throw new SyntaxError('ok');
                resolve(answer as Record<string, unknown>);
            } catch {
                reject(new Error(words.driverWrong));
            }
        });
        child.stdin.end(`${JSON.stringify(ask)}\n`);
    });
}
