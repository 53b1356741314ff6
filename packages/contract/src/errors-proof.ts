/** Refusals about daily sheets and time-stamps, with their HTTP status. */
export const PROOF_ERRORS = {
    'ledger.sheetNone': 404,
    'ledger.sheetUnreadable': 400,
} as const;
