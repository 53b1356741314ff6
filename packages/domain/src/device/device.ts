/** Kinds of recording and enforcement equipment (正文二(二)2、3, 正文二(三)). */
export const DEVICE_KINDS = ['recorder', 'roomCamera', 'mobileTerminal'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export const DEVICE_STATES = ['inService', 'inRepair', 'lost', 'retired'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];
