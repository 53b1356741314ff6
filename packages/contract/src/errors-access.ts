/** Refusals about retrieval as evidence, with their HTTP status. */
export const ACCESS_ERRORS = {
    'retrieval.notFound': 404,
    'retrieval.nothing': 400,
    'retrieval.tooMany': 400,
    'retrieval.sourceUnclear': 400,
    'retrieval.notYours': 403,
    'retrieval.recordingUnusable': 409,
    'retrieval.wrongState': 409,
    'retrieval.ownRequest': 409,
    'retrieval.notVouched': 409,
    'retrieval.notPackaged': 404,
    'retrieval.downloadNotFound': 404,
    'retrieval.packageDamaged': 409,
    'retrieval.receivedBefore': 400,
    'retrieval.receivedInFuture': 400,
    'retrieval.tooManyPapers': 409,
    'retrieval.paperNotFound': 404,
} as const;
