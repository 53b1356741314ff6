import { mediumHandlers } from './features/access/medium.routes.ts';
import { retrievalHandlers } from './features/access/retrieval.routes.ts';
import { actHandlers } from './features/act/act.routes.ts';
import { boardHandlers } from './features/board/board.routes.ts';
import { caseHandlers } from './features/case/case.routes.ts';
import { complaintHandlers } from './features/complaint/complaint.routes.ts';
import { attestationHandlers } from './features/compliance/attestation.routes.ts';
import { findingHandlers } from './features/compliance/finding.routes.ts';
import { outcomeHandlers } from './features/compliance/outcome.routes.ts';
import { statisticsHandlers } from './features/compliance/statistics.routes.ts';
import { trainingHandlers } from './features/compliance/training.routes.ts';
import { deviceHandlers } from './features/device/device.routes.ts';
import { documentHandlers } from './features/document/document.routes.ts';
import { inspectionHandlers } from './features/inspection/inspection.routes.ts';
import { parameterHandlers } from './features/parameter/parameter.routes.ts';
import { partyHandlers } from './features/party/party.routes.ts';
import { dockHandlers } from './features/recording/docking.routes.ts';
import { recordingHandlers } from './features/recording/recording.routes.ts';
import { viewingHandlers } from './features/recording/viewing.routes.ts';
import { taskHandlers } from './features/task/task.routes.ts';
import { templateHandlers } from './features/template/template.routes.ts';
import type { Services } from './platform/services.ts';

/** What enforcement itself is done with: by people over HTTP, and by those of the demo's stories. */
export const enforcementHandlers = (services: Services) => ({
    ...partyHandlers(services),
    ...parameterHandlers(services),
    ...caseHandlers(services),
    ...deviceHandlers(services),
    ...boardHandlers(services),
    ...actHandlers(services),
    ...findingHandlers(services),
    ...documentHandlers(services),
    ...templateHandlers(services),
    ...recordingHandlers(services),
    ...viewingHandlers(services),
    ...dockHandlers(services),
    ...taskHandlers(services),
    ...complaintHandlers(services),
    ...attestationHandlers(services),
    ...outcomeHandlers(services),
    ...trainingHandlers(services),
    ...mediumHandlers(services),
    ...retrievalHandlers(services),
    ...statisticsHandlers(services),
    ...inspectionHandlers(services),
});
