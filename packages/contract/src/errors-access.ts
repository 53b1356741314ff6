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
} as const;
