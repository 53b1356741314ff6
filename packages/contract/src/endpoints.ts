import { actEndpoints } from './nouns/act.ts';
import { actPartEndpoints } from './nouns/act-parts.ts';
import { attestationEndpoints } from './nouns/attestation.ts';
import { boardEndpoints } from './nouns/board.ts';
import { caseEndpoints } from './nouns/case.ts';
import { caseImportEndpoints } from './nouns/case-import.ts';
import { complaintEndpoints } from './nouns/complaint.ts';
import { deviceEndpoints } from './nouns/device.ts';
import { deviceLifeEndpoints } from './nouns/device-life.ts';
import { passportEndpoints } from './nouns/device-passport.ts';
import { dockEndpoints } from './nouns/dock.ts';
import { documentEndpoints } from './nouns/document.ts';
import { documentFlowEndpoints } from './nouns/document-flow.ts';
import { documentImportEndpoints } from './nouns/document-import.ts';
import { documentNumberEndpoints } from './nouns/document-number.ts';
import { documentPaperEndpoints } from './nouns/document-paper.ts';
import { documentPictureEndpoints } from './nouns/document-pictures.ts';
import { documentServiceEndpoints } from './nouns/document-service.ts';
import { avoidanceEndpoints, drawEndpoints } from './nouns/draw.ts';
import { findingEndpoints } from './nouns/finding.ts';
import { identityEndpoints } from './nouns/identity.ts';
import { inspectionEndpoints } from './nouns/inspection.ts';
import { inspectionComparisonEndpoints } from './nouns/inspection-comparison.ts';
import { inspectionSheetEndpoints } from './nouns/inspection-sheet.ts';
import { ledgerEndpoints } from './nouns/ledger.ts';
import { logCheckEndpoints } from './nouns/log-check.ts';
import { mediumEndpoints } from './nouns/medium.ts';
import { outcomeEndpoints } from './nouns/outcome.ts';
import { parameterEndpoints } from './nouns/parameter.ts';
import { partyEndpoints } from './nouns/party.ts';
import { partyGradeEndpoints } from './nouns/party-grade.ts';
import { planEndpoints } from './nouns/plan.ts';
import { recordingEndpoints } from './nouns/recording.ts';
import { recordingHeardEndpoints } from './nouns/recording-heard.ts';
import { recordingMarkEndpoints } from './nouns/recording-mark.ts';
import { retrievalEndpoints } from './nouns/retrieval.ts';
import { retrievalDiscEndpoints } from './nouns/retrieval-discs.ts';
import { serverClockEndpoints } from './nouns/server-clock.ts';
import { sessionEndpoints } from './nouns/session.ts';
import { statisticsEndpoints } from './nouns/statistics.ts';
import { taskEndpoints } from './nouns/task.ts';
import { taskImportEndpoints } from './nouns/task-import.ts';
import { templateEndpoints } from './nouns/template.ts';
import { trainingEndpoints } from './nouns/training.ts';
import { viewingEndpoints } from './nouns/viewing.ts';

/** Every endpoint of the system by its id. */
export const endpoints = {
    ...sessionEndpoints,
    ...identityEndpoints,
    ...partyGradeEndpoints,
    ...partyEndpoints,
    ...parameterEndpoints,
    ...caseEndpoints,
    ...caseImportEndpoints,
    ...deviceEndpoints,
    ...deviceLifeEndpoints,
    ...passportEndpoints,
    ...boardEndpoints,
    ...actEndpoints,
    ...actPartEndpoints,
    ...findingEndpoints,
    ...documentEndpoints,
    ...templateEndpoints,
    ...documentFlowEndpoints,
    ...documentImportEndpoints,
    ...documentNumberEndpoints,
    ...documentPaperEndpoints,
    ...documentPictureEndpoints,
    ...documentServiceEndpoints,
    ...recordingEndpoints,
    ...recordingMarkEndpoints,
    ...recordingHeardEndpoints,
    ...viewingEndpoints,
    ...dockEndpoints,
    ...taskEndpoints,
    ...taskImportEndpoints,
    ...planEndpoints,
    ...drawEndpoints,
    ...avoidanceEndpoints,
    ...complaintEndpoints,
    ...attestationEndpoints,
    ...outcomeEndpoints,
    ...trainingEndpoints,
    ...mediumEndpoints,
    ...retrievalDiscEndpoints,
    ...retrievalEndpoints,
    ...statisticsEndpoints,
    ...inspectionEndpoints,
    ...inspectionSheetEndpoints,
    ...inspectionComparisonEndpoints,
    ...ledgerEndpoints,
    ...logCheckEndpoints,
    ...serverClockEndpoints,
};
export type Endpoints = typeof endpoints;
export type EndpointId = keyof Endpoints;

/**
 * Routes that carry bytes or a protocol of their own and so have no Zod shape; they stand in the permission matrix all
 * the same.
 */
export const RAW_ROUTES = [
    { id: 'upload', path: '/api/uploads', summary: 'tus 1.0 uploads', permission: 'recording.upload' },
    {
        id: 'recording.content',
        path: '/api/recordings/:id/content',
        summary: 'Bytes of a recording by range, for an open viewing',
        permission: 'recording.play',
    },
    {
        id: 'document.scan',
        path: '/api/documents/:id/scans',
        summary: 'Picture of a signed, sealed or served paper (PDF, JPEG, PNG)',
        permission: 'document.write',
    },
    {
        id: 'document.scanContent',
        path: '/api/documents/:id/scans/:scanId',
        summary: 'Bytes of such a picture',
        permission: 'document.list',
    },
    {
        id: 'document.draft',
        path: '/api/documents/:id/draft.:format',
        summary: 'A document as it stands now as a draft with its marks, as PDF',
        permission: 'document.list',
    },
    {
        id: 'document.printPages',
        path: '/api/documents/:id/prints/:printId.:format',
        summary: 'The pages of a print that was noted, the same bytes each time',
        permission: 'document.list',
    },
    {
        id: 'template.sample',
        path: '/api/document-templates/:type/:version/sample.:format',
        summary: 'A form filled in with made-up content, to be compared with the printed sample, as PDF',
        permission: 'document.list',
    },
    { id: 'healthz', path: '/healthz', summary: 'The process answers', permission: 'public' },
    { id: 'readyz', path: '/readyz', summary: 'Database, schema and storage are usable', permission: 'public' },
    { id: 'metrics', path: '/metrics', summary: 'Prometheus figures, loopback only', permission: 'public' },
] as const;

/** Header that carries the command id of a mutating request. */
export const COMMAND_ID_HEADER = 'liuhen-command-id';
