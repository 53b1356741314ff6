/** Places where a test may end the process as a power cut would. */
export type Failpoint =
    | 'command.beforeCommit'
    | 'command.afterCommit'
    | 'job.begun'
    | 'upload.write'
    | 'upload.synced'
    | 'upload.committed'
    | 'upload.beforeRename'
    | 'upload.afterRename'
    | 'upload.afterSealed'
    | 'storage.partSent'
    | 'move.copied'
    | 'move.noted'
    | 'move.eraseNoted'
    | 'move.erased'
    | 'dock.journalWritten'
    | 'dock.compacted'
    | 'dock.compactionNamed'
    | 'dock.read'
    | 'dock.spooled'
    | 'dock.sent'
    | 'dock.receipted'
    | 'dock.erasing'
    | 'dock.erased';

const [wanted, action, times] = (process.env.LIUHEN_FAILPOINT ?? '').split(':');
let left = Number(times ?? 1);

/** Kills the process here when LIUHEN_FAILPOINT=<name>:kill[:<n>] says so, at the n-th passing. Otherwise nothing. */
export function failpoint(name: Failpoint): void {
    if (name !== wanted || action !== 'kill') return;
    left -= 1;
    if (left <= 0) process.kill(process.pid, 'SIGKILL');
}
