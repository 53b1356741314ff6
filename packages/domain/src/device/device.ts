/** Kinds of recording and enforcement equipment (正文二(二)2、3, 正文二(三)). */
export const DEVICE_KINDS = ['recorder', 'roomCamera', 'mobileTerminal'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** `faulty`: somebody said that it does not work, and it is not in repair yet (附件1 第15条). */
export const DEVICE_STATES = ['inService', 'faulty', 'inRepair', 'lost', 'retired'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];

/**
 * Why somebody has a device. `personal`: their own, one each (附件1 第3条) · `shift`: from the pool until the end of a shift ·
 * `spare`: handed out by the manager while their own is in repair, which is an issue and no lending (附件1 第15条).
 */
export const ISSUE_BASES = ['personal', 'shift', 'spare'] as const;
export type IssueBasis = (typeof ISSUE_BASES)[number];
