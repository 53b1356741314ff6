import { readdir, readFile } from 'node:fs/promises';

/** Ticks of a second in which Linux counts the time of processes; the same on every architecture of it (USER_HZ). */
const TICKS = 100;

type Usage = { readonly parent: number; readonly own: number; readonly ended: number };

/**
 * Processor seconds so far of this process, and of all that it started and of what those started, also where they have ended. Where other work
 * shares the machine this says more than the clock. From `/proc`, so on Linux only.
 */
export async function processorSeconds(): Promise<{ readonly own: number; readonly started: number }> {
    const all = new Map<number, Usage>();
    for (const name of await readdir('/proc')) {
        if (!/^\d+$/.test(name)) continue;
        const usage = await usageOf(name);
        if (usage !== undefined) all.set(Number(name), usage);
    }
    const isOurs = (pid: number): boolean => pid === process.pid || (all.has(pid) && isOurs(all.get(pid)?.parent ?? 0));
    let ticks = 0;
    // A child that has ended is counted by whoever waited for it.
    for (const [pid, { own, ended }] of all) if (isOurs(pid)) ticks += pid === process.pid ? ended : own + ended;
    const { user, system } = process.cpuUsage();
    return { own: (user + system) / 1e6, started: ticks / TICKS };
}

/** Undefined of a process that has just gone. */
async function usageOf(pid: string): Promise<Usage | undefined> {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // The name of the program may have blanks and brackets in it: the fields begin after the last one (proc(5)).
    const fields = text
        ?.slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
    if (fields === undefined) return undefined;
    const [, parent = 0] = fields;
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
    return { parent, own: utime + stime, ended: cutime + cstime };
}
