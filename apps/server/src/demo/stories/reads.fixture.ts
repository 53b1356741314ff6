/** What whoever walks over all that is read has seen so far. */
export type Seen = {
    readonly about: Readonly<Record<string, string>> & { readonly partyId: string };
    /** Ids of a list, by its address. */
    readonly things: Map<string, string[]>;
    /** What lies of each document: its prints, copies and scans. */
    readonly papers: Map<string, Record<'prints' | 'signedCopies' | 'scans', readonly { readonly id: string }[]>>;
};

const campaignOf = ({ about, things }: Seen) => ({ inspectionId: things.get('/api/inspections')?.[0] ?? about.partyId });

/** For an endpoint that answers nothing without a query: one that it answers. */
export const EXAMPLES: Readonly<Record<string, (seen: Seen) => Record<string, string>>> = {
    'party.timeline': ({ about }) => ({ partyId: about.partyId }),
    'party.previewMerge': ({ about }) => ({ survivorId: about.partyId }),
    'party.importRows': ({ about, things }) => ({ importId: things.get('/api/party-imports')?.[0] ?? about.partyId }),
    'document.draftPictures': () => ({ first: '1', last: '3' }),
    'document.printPictures': () => ({ first: '1', last: '3' }),
    'medium.list': ({ about }) => ({ actId: about.act ?? about.partyId }),
    'draw.candidates': () => ({ year: '2026' }),
    'logCheck.findings': ({ about }) => ({ checkId: about.partyId }),
    'ledger.compareSheet': () => ({ root: '00'.repeat(32) }),
    'inspection.compared': campaignOf,
    'inspection.frame': campaignOf,
    'inspection.sheets': campaignOf,
    'inspection.scores': campaignOf,
};

/** Of every document seen, each of its papers of one kind. */
const each =
    (kind: 'prints' | 'signedCopies' | 'scans', path: (document: string, paper: string) => string) =>
    ({ papers }: Seen): string[] =>
        [...papers].flatMap(([id, of]) => of[kind].map((paper) => path(id, paper.id)));

/** How that is asked which has several ids, or stands beside the contract because it answers with bytes. */
export const BESIDE: Readonly<Record<string, (seen: Seen) => readonly string[]>> = {
    '/api/documents/:id/draft.:format': ({ papers }) => [...papers.keys()].map((id) => `/api/documents/${id}/draft.pdf`),
    '/api/documents/:id/prints/:printId.:format': each('prints', (id, print) => `/api/documents/${id}/prints/${print}.pdf`),
    // Outlines of characters, of the same pages.
    '/api/documents/:id/prints/:printId/pictures': each(
        'prints',
        (id, print) => `/api/documents/${id}/prints/${print}/pictures?first=1&last=3`,
    ),
    '/api/documents/:id/signed-copies/:copyId.:format': each(
        'signedCopies',
        (id, copy) => `/api/documents/${id}/signed-copies/${copy}.pdf`,
    ),
    '/api/documents/:id/scans/:paperId': each('scans', (id, scan) => `/api/documents/${id}/scans/${scan}`),
    '/api/document-templates/:type/:version/sample.:format': () => ['/api/document-templates/sceneRecord/1/sample.pdf'],
    '/api/document-templates/:type/beginning': ({ about }) =>
        ['sceneRecord', 'penaltyDecision', 'complaintReply'].map((type) => {
            const { partyId, act: actId = '', case: caseId = '' } = about;
            return `/api/document-templates/${type}/beginning?${new URLSearchParams({ partyId, actId, caseId })}`;
        }),
    '/api/devices/:id/papers/:paperId': ({ things, about }) =>
        (things.get('/api/devices') ?? []).map((id) => `/api/devices/${id}/papers/${about.partyId}`),
    '/api/attestation-entries/:id/papers/:paperId': ({ about }) => [
        `/api/attestation-entries/${about.partyId}/papers/${about.partyId}`,
    ],
    '/api/retrievals/:id/package': ({ about }) => [`/api/retrievals/${about.partyId}/package`],
    '/api/retrievals/:id/discs/:discId': ({ about }) => [`/api/retrievals/${about.partyId}/discs/${about.partyId}`],
    '/api/retrievals/:id/disc-sets/:setId/labels.:format': ({ about }) => [
        `/api/retrievals/${about.partyId}/disc-sets/${about.partyId}/labels.pdf`,
    ],
    '/api/retrievals/:id/receipt.:format': ({ about }) => [`/api/retrievals/${about.partyId}/receipt.pdf`],
    '/api/retrievals/:id/receipts/:paperId': ({ about }) => [`/api/retrievals/${about.partyId}/receipts/${about.partyId}`],
    // Sound and pictures are no words; without an open viewing nobody gets a byte of them.
    '/api/recordings/:id/content': ({ things }) =>
        (things.get('/api/recordings') ?? []).map((id) => `/api/recordings/${id}/content`),
    '/api/recordings/:id/derived/:kind': ({ things }) =>
        (things.get('/api/recordings') ?? []).map((id) => `/api/recordings/${id}/derived/thumbnail`),
    '/api/ledger/:index/proof': () => ['/api/ledger/0/proof', '/api/ledger/0/proof?head=sm3'],
    '/api/ledger/policy': () => ['/api/ledger/policy'],
    '/api/ledger/consistency': () => ['/api/ledger/consistency?from=1&to=2'],
    '/api/ledger/sheets/:day/sheet.:format': () => ['/api/ledger/sheets/2026-11-16/sheet.pdf'],
    '/healthz': () => ['/healthz'],
    '/readyz': () => ['/readyz'],
    '/metrics': () => ['/metrics'],
};

/** What gave nothing to anybody, and so was not looked at. */
export const SILENT: Readonly<Record<string, string>> = {
    '/api/ledger/checks/findings': 'nothing is checked yet in the stories',
    '/api/exports/:list logCheck.findings': 'the same',
    '/api/retrievals/:id': 'nothing is retrieved in the stories',
    '/api/retrievals/:id/package': 'the same',
    '/api/retrievals/:id/discs/:discId': 'the same',
    '/api/retrievals/:id/disc-sets/:setId/labels.:format': 'the same',
    '/api/retrievals/:id/receipt.:format': 'the same',
    '/api/retrievals/:id/receipts/:paperId': 'the same',
    '/api/devices/:id/papers/:paperId': 'no recorder of the demo has a paper',
    '/api/attestation-entries/:id/papers/:paperId': 'no confirmation of the demo has a picture of its paper',
    '/api/ledger/consistency': 'digests only, and which sizes were signed is not known here',
    '/api/ledger/sheets/:day/sheet.:format': 'nothing is signed in the stories; it holds roots and keys',
    '/api/dock/settings': 'for computers at docks only, of which none signs in here',
    '/api/documents/:id/scans/:paperId': 'the stories keep prints and no scans',
    '/api/documents/:id/signed-copies/:copyId.:format': 'nobody in the stories signs on a screen',
    '/api/party-imports/:id': 'no party of the demo came from a list',
    '/api/party-import-rows': 'the same',
    '/api/exports/:list party.importRows': 'the same',
    '/api/task-imports/:id': 'no task of the demo came from a list',
    '/api/recordings/:id/content': 'bytes of sound and pictures, for an open viewing only',
    '/api/recordings/:id/derived/:kind': 'the same',
};
