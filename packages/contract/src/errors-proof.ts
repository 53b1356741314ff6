/** Refusals about daily sheets and time-stamps, with their HTTP status. */
export const PROOF_ERRORS = {
    'ledger.sheetNone': 404,
    'ledger.sheetUnreadable': 400,
    'timeStamp.unavailable': 503,
    'timeStamp.refused': 503,
    'timeStamp.unreadable': 503,
    'timeStamp.otherNonce': 503,
    'timeStamp.otherImprint': 503,
    'timeStamp.signature': 503,
    'timeStamp.certificateMissing': 503,
    'timeStamp.otherCertificate': 503,
    'timeStamp.purpose': 503,
    'timeStamp.notYetValid': 503,
    'timeStamp.expired': 503,
    'timeStamp.notTrusted': 503,
    'timeStamp.clock': 503,
    'timeStamp.rootsUnreadable': 503,
} as const;
