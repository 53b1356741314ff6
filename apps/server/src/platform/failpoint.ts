/** Places where a test may end the process as a power cut would, stop it for a while, or where the system refuses as a full disk would. */
export type Failpoint =
    | 'command.beforeCommit'
    | 'command.afterCommit'
    | 'job.begun'
    | 'upload.opening'
    | 'upload.write'
    | 'upload.synced'
    | 'upload.committed'
    | 'upload.sealing'
    | 'upload.beforeRename'
    | 'upload.afterRename'
    | 'upload.afterSealed'
    | 'storage.partSent'
    | 'move.copied'
    | 'move.noted'
    | 'move.eraseNoted'
    | 'move.erased'
    | 'checkpoint.signed'
    | 'checkpoint.published'
    | 'check.begun'
    | 'check.reading'
    | 'check.ended'
    | 'disk.written'
    | 'package.memberDone'
    | 'package.issued'
    | 'package.stored'
    | 'discs.staged'
    | 'discs.imageWritten'
    | 'discs.stored'
    | 'dock.journalWritten'
    | 'dock.compacted'
    | 'dock.compactionNamed'
    | 'dock.reading'
    | 'dock.read'
    | 'dock.spooling'
    | 'dock.spooled'
    | 'dock.sent'
    | 'dock.receipted'
    | 'dock.erasing'
    | 'dock.unlinking'
    | 'dock.erased';

const [wanted, action, ...more] = (process.env.LIUHEN_FAILPOINT ?? '').split(':');
const pauseMs = action === 'pause' ? Number(more[0]) : 0;
const code = action === 'fail' ? (more.shift() ?? 'EIO') : undefined;
let left = Number(more[0] ?? 1);

/**
 * Kills the process here when LIUHEN_FAILPOINT=<name>:kill[:<n>] says so, at the n-th passing; with <name>:fail:<code>[:<n>] the
 * first n passings fail as the system would, with that code; with <name>:pause:<ms> the whole process stands still, as one that the
 * system gives no time to. Otherwise nothing.
 */
export function failpoint(name: Failpoint): void {
    if (name !== wanted) return;
    if (pauseMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    left -= 1;
    if (action === 'kill' && left <= 0) process.kill(process.pid, 'SIGKILL');
    if (code !== undefined && left >= 0) throw Object.assign(new Error(`${code}: as LIUHEN_FAILPOINT says`), { code });
}
