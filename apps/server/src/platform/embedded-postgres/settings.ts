import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';

/** Server settings by name, given on the command line so that no `ALTER SYSTEM` can loosen them. */
export type Settings = Readonly<Record<string, string>>;

/** Size at which the server begins a new log file. With `KEPT_LOG_FILES` this bounds the log folder to about 80 MB. */
const LOG_FILE_SIZE = '10MB';

/**
 * All settings but the port. Durability comes first and may be overridden by the caller (bench, throw-away tests);
 * loopback, no socket file and the log rules may not.
 */
export function serverSettings(folder: string, binaries: Binaries, extra: Settings): Settings {
    const settings: Settings = {
        fsync: 'on',
        full_page_writes: 'on',
        synchronous_commit: 'on',
        timezone: 'UTC',
        ...extra,
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        password_encryption: 'scram-sha-256',
        lc_messages: 'C',
        log_timezone: 'UTC',
        logging_collector: 'on',
        log_destination: 'stderr',
        log_directory: join(folder, 'log'),
        log_filename: 'server-%Y%m%d-%H%M%S.log',
        log_file_mode: '0600',
        log_rotation_age: '1d',
        log_rotation_size: LOG_FILE_SIZE,
        log_line_prefix: '%m [%p] ',
        // Neither statements (passwords of CREATE ROLE) nor DETAIL lines (names of persons in a violated key) get into the log.
        log_min_error_statement: 'panic',
        log_error_verbosity: 'terse',
    };
    return { ...settings, cluster_name: fingerprint(settings, binaries) };
}

/** Command-line arguments of `postgres` for these settings. */
export const settingArguments = (settings: Settings): string[] =>
    Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** A running server that answers with this name runs these programs with these settings: it can be adopted as it is. */
function fingerprint(settings: Settings, binaries: Binaries): string {
    const text = JSON.stringify([binaries.bin, binaries.version, Object.entries(settings).sort()]);
    return `liuhen-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
