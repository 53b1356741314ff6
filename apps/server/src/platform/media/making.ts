/**
 * How far this process is with what it makes. It is kept nowhere: another node, or the time before a job begins, knows nothing of it,
 * and then nothing is claimed.
 */
const parts = new Map<string, number>();

export const sayMaking = (key: string, part: number): void => void parts.set(key, Math.min(1_000, Math.max(0, Math.round(part))));
export const stopMaking = (key: string): void => void parts.delete(key);
/** In thousandths; `undefined`: not known here. */
export const makingPart = (key: string): number | undefined => parts.get(key);

const MICROSECONDS = /^out_time_us=(\d+)$/gm;

/** The last moment, ms, up to which the program says it has written; a chunk of its report may say none. */
export function writtenMs(report: string): number | undefined {
    const last = [...report.matchAll(MICROSECONDS)].at(-1)?.[1];
    return last === undefined ? undefined : Number(last) / 1_000;
}
