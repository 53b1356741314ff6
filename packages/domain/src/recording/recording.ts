/** Where a file came from; every item states it. `upload` = handed in through the browser or the command line. */
export const RECORDING_SOURCES = ['recorder', 'stationCopy', 'room', 'phone', 'upload'] as const;
export type RecordingSource = (typeof RECORDING_SOURCES)[number];

/**
 * `registered`: bytes are durable and named in the log · `sealed`: what is stored was read again and equals the log ·
 * `quarantined`: kept, but a declared digest did not match, or nobody can say whose it is · `damaged`: stored bytes no
 * longer equal their digest.
 */
export const RECORDING_STATES = ['registered', 'sealed', 'quarantined', 'damaged'] as const;
export type RecordingState = (typeof RECORDING_STATES)[number];

/** Originals are bit-identical for ever; everything else is derived and names its parent. */
export const ITEM_ROLES = ['original', 'derived'] as const;
export type ItemRole = (typeof ITEM_ROLES)[number];
