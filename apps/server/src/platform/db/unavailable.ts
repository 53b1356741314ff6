/** What PostgreSQL and the network say when the database is away, restarting or out of room. */
const CODES = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    '57P01',
    '57P02',
    '57P03',
    '53000',
    '53100',
    '53200',
    '53300',
    '08006',
    '08001',
    '08003',
    '25006',
]);

/** The driver's words, without a code, for a connection that broke off or was not to be had in time. */
const WORDS =
    /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/;

/** PostgreSQL has a code for a full disk only; a spent quota or a limit on files it calls an internal error, in the words of the system. */
const NO_ROOM = /: (?:File too large|Disk quota exceeded)$/;

/** Whether the same request may go through later. A command that failed so may have run: its id makes the retry safe. */
export function isUnavailable(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    const { code, severity } = error as { code?: string; severity?: string };
    // Whatever made it panic, it begins anew: a journal that cannot be written has many codes.
    if (severity === 'PANIC') return true;
    if (code === 'XX000') return NO_ROOM.test(error.message);
    return code === undefined ? WORDS.test(error.message) : CODES.has(code);
}
