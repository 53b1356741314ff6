/** Where a test ends the process as a power cut would: `LIUHEN_FAILPOINT=<name>:kill`. Otherwise nothing. */
export function failpoint(name: 'witness.kept' | 'mirror.kept'): void {
    if (process.env.LIUHEN_FAILPOINT === `${name}:kill`) process.kill(process.pid, 'SIGKILL');
}
