import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FRONT = fileURLToPath(new URL('./lossy-front.ts', import.meta.url));
/** Packets of the size of an Ethernet, each by itself: otherwise the loopback device hands on 64 KiB at once, and loses them at once. */
const DEVICE = 'ip link set lo up mtu 1500 && ip link set dev lo gso_max_segs 1';

/**
 * A filter of the kernel for packets that arrive: it draws a number and drops as many of 2^32 as `part` says. Classic BPF: load the
 * number, compare, and answer 2 (TC_ACT_SHOT) or 0 (go on).
 */
function dropping(part: number): string {
    const program = `4,32 0 0 4294963256,37 1 0 ${Math.floor(part * 2 ** 32)},6 0 0 2,6 0 0 0`;
    return `tc qdisc add dev lo clsact && tc filter add dev lo ingress bpf direct-action bytecode "${program}"`;
}

/** Why there can be no such network here; `undefined` where there can. */
export function whyNoLossyNetwork(): string | undefined {
    const tried = spawnSync('unshare', ['-n', 'sh', '-c', `${DEVICE} && ${dropping(0.5)}`], { encoding: 'utf8' });
    if (tried.error !== undefined) return tried.error.message;
    return tried.status === 0 ? undefined : tried.stderr.trim();
}

export type LossyNetwork = {
    /** Address inside, which leads to the socket file outside. */
    readonly url: string;
    /** Put before a command, runs it inside. */
    readonly inside: readonly string[];
    /** What went over the device so far: bytes with heads and answers, segments of TCP, and those sent again. */
    count(): Promise<{ bytes: number; segments: number; again: number }>;
    close(): Promise<void>;
};

/** A network of its own with one device, on which packets are really lost, in both directions. `socket`: where its other end is. */
export async function lossyNetwork(part: number, socket: string): Promise<LossyNetwork> {
    const script = `${DEVICE} && ${dropping(part)} && exec "$0" "$1" "$2"`;
    const front = spawn('unshare', ['-n', 'sh', '-c', script, process.execPath, FRONT, socket], {
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(front, 'exit');
    const said = await Promise.race([once(front.stdout, 'data'), ended]);
    if (!Buffer.isBuffer(said[0])) throw new Error(`no lossy network: ${said}`);
    const of = (name: string) => readFile(`/proc/${front.pid}/net/${name}`, 'utf8');
    return {
        url: said[0].toString().trim(),
        inside: ['nsenter', '--target', String(front.pid), '--net'],
        async count() {
            const device =
                /lo:\s*(?<all>[\d ]+)/
                    .exec(await of('dev'))
                    ?.groups?.all?.split(/ +/)
                    .map(Number) ?? [];
            const tcp = (await of('snmp')).split('\n').filter((line) => line.startsWith('Tcp:'));
            const [names = [], values = []] = tcp.map((line) => line.split(' '));
            const figure = (name: string) => Number(values[names.indexOf(name)]);
            return { bytes: device[8] ?? Number.NaN, segments: figure('OutSegs'), again: figure('RetransSegs') };
        },
        async close() {
            front.kill();
            await ended;
        },
    };
}
