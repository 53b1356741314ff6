/**
 * A file of text. `timed`: its lines bear times; `keyed`: key=value; `plain`: neither, so that it is a log only where a profile names
 * it one. `cut`: only its beginning was looked at.
 */
export type FileLog = {
    readonly form: 'timed' | 'keyed' | 'plain';
    readonly encoding: 'utf-8' | 'utf-16le' | 'gb18030';
    /** Lines that were looked at, without empty ones. */
    readonly lines: number;
    readonly cut?: boolean;
};
