/** Why a checkpoint has no time-stamp, or why one is not accepted (RFC 3161). */
export const TIME_STAMP_TROUBLES = [
    'timeStamp.unavailable',
    'timeStamp.refused',
    'timeStamp.unreadable',
    'timeStamp.otherNonce',
    'timeStamp.otherImprint',
    'timeStamp.signature',
    'timeStamp.certificateMissing',
    'timeStamp.otherCertificate',
    'timeStamp.purpose',
    'timeStamp.notYetValid',
    'timeStamp.expired',
    'timeStamp.notTrusted',
    'timeStamp.clock',
    'timeStamp.rootsUnreadable',
] as const;
export type TimeStampTroubleCode = (typeof TIME_STAMP_TROUBLES)[number];

export const isTimeStampTrouble = (code: string): code is TimeStampTroubleCode =>
    (TIME_STAMP_TROUBLES as readonly string[]).includes(code);
