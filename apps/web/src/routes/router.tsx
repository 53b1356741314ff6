import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { isReached } from '../app/offline/contact.ts';
import { queryClient } from '../app/query.ts';
import { parseSearch, stringifySearch } from '../app/search-params.ts';
import { sessionQuery } from '../app/session.ts';
import { page, root, shell, signedIn } from './base.tsx';
import { complianceRoutes } from './compliance-routes.tsx';
import { CrashPage, NotFoundPage, PendingPage } from './fallbacks.tsx';
import { logRoutes } from './log-routes.tsx';
import { homeOf } from './nouns.ts';
import { searches } from './search.ts';

const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: searches.signIn,
    component: page(() => import('../features/session/sign-in-page.tsx'), 'SignInPage'),
});

const setup = createRoute({
    getParentRoute: () => root,
    path: '/setup',
    component: page(() => import('../features/setup/setup-page.tsx'), 'SetupPage'),
});

const firstPassword = createRoute({
    getParentRoute: () => signedIn,
    path: '/first-password',
    component: page(() => import('../features/session/first-password-page.tsx'), 'FirstPasswordPage'),
});

const home = createRoute({
    getParentRoute: () => shell,
    path: '/',
    beforeLoad: async () => {
        const { permissions, organisation } = await queryClient.ensureQueryData(sessionQuery);
        if (!isReached()) throw redirect({ to: '/on-device', replace: true });
        const to = homeOf(permissions, organisation.kind);
        if (to !== undefined) throw redirect({ to, replace: true });
    },
    component: page(() => import('./nothing-page.tsx'), 'NothingPage'),
});

const account = createRoute({
    getParentRoute: () => shell,
    path: '/account',
    component: page(() => import('../features/session/account-page.tsx'), 'AccountPage'),
});

const onDevice = createRoute({
    getParentRoute: () => shell,
    path: '/on-device',
    component: page(() => import('../features/kit/kit-page.tsx'), 'KitPage'),
});

const acts = createRoute({
    getParentRoute: () => shell,
    path: '/acts',
    validateSearch: searches.acts,
    component: page(() => import('../features/act/act-list-page.tsx'), 'ActListPage'),
});
const newAct = createRoute({
    getParentRoute: () => shell,
    path: '/acts/new',
    validateSearch: searches.newAct,
    component: page(() => import('../features/act/act-new-page.tsx'), 'ActNewPage'),
});
const act = createRoute({
    getParentRoute: () => shell,
    path: '/acts/$id',
    validateSearch: searches.actPage,
    component: page(() => import('../features/act/act-page.tsx'), 'ActPage'),
});

const recordings = createRoute({
    getParentRoute: () => shell,
    path: '/recordings',
    validateSearch: searches.recordings,
    component: page(() => import('../features/recording/recording-list-page.tsx'), 'RecordingListPage'),
});
const filing = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/filing',
    validateSearch: searches.filing,
    component: page(() => import('../features/recording/filing-page.tsx'), 'FilingPage'),
});
const recording = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/$id',
    component: page(() => import('../features/recording/recording-page.tsx'), 'RecordingPage'),
});

const retrievals = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/retrievals',
    validateSearch: searches.retrievals,
    component: page(() => import('../features/access/retrieval-list-page.tsx'), 'RetrievalListPage'),
});
const viewings = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/viewings',
    validateSearch: searches.viewings,
    component: page(() => import('../features/recording/viewing-list-page.tsx'), 'ViewingListPage'),
});
const retrieval = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/retrievals/$id',
    component: page(() => import('../features/access/retrieval-page.tsx'), 'RetrievalPage'),
});

const parties = createRoute({
    getParentRoute: () => shell,
    path: '/parties',
    validateSearch: searches.parties,
    component: page(() => import('../features/party/party-list-page.tsx'), 'PartyListPage'),
});
const party = createRoute({
    getParentRoute: () => shell,
    path: '/parties/$id',
    component: page(() => import('../features/party/party-page.tsx'), 'PartyPage'),
});

const partyMerges = createRoute({
    getParentRoute: () => shell,
    path: '/parties/merges',
    validateSearch: searches.partyMerges,
    component: page(() => import('../features/party/merge-list-page.tsx'), 'MergeListPage'),
});

const tasks = createRoute({
    getParentRoute: () => shell,
    path: '/tasks',
    validateSearch: searches.tasks,
    component: page(() => import('../features/task/task-list-page.tsx'), 'TaskListPage'),
});
const task = createRoute({
    getParentRoute: () => shell,
    path: '/tasks/$id',
    component: page(() => import('../features/task/task-page.tsx'), 'TaskPage'),
});
const taskLists = createRoute({
    getParentRoute: () => shell,
    path: '/task-lists',
    component: page(() => import('../features/task/import-list-page.tsx'), 'ImportListPage'),
});
const taskList = createRoute({
    getParentRoute: () => shell,
    path: '/task-lists/$id',
    component: page(() => import('../features/task/import-page.tsx'), 'ImportPage'),
});
const plans = createRoute({
    getParentRoute: () => shell,
    path: '/plans',
    component: page(() => import('../features/task/plan-list-page.tsx'), 'PlanListPage'),
});
const plan = createRoute({
    getParentRoute: () => shell,
    path: '/plans/$id',
    component: page(() => import('../features/task/plan-page.tsx'), 'PlanPage'),
});
const draws = createRoute({
    getParentRoute: () => shell,
    path: '/draws',
    component: page(() => import('../features/task/draw-list-page.tsx'), 'DrawListPage'),
});
const newDraw = createRoute({
    getParentRoute: () => shell,
    path: '/draws/new',
    validateSearch: searches.newDraw,
    component: page(() => import('../features/task/draw-new-page.tsx'), 'DrawNewPage'),
});
const checkDraw = createRoute({
    getParentRoute: () => shell,
    path: '/draws/check',
    component: page(() => import('../features/task/draw-check-page.tsx'), 'DrawCheckPage'),
});
const draw = createRoute({
    getParentRoute: () => shell,
    path: '/draws/$id',
    component: page(() => import('../features/task/draw-page.tsx'), 'DrawPage'),
});
const inspections = createRoute({
    getParentRoute: () => shell,
    path: '/inspections',
    validateSearch: searches.inspections,
    component: page(() => import('../features/inspection/inspection-list-page.tsx'), 'InspectionListPage'),
});
const inspection = createRoute({
    getParentRoute: () => shell,
    path: '/inspections/$id',
    validateSearch: searches.inspection,
    component: page(() => import('../features/inspection/inspection-page.tsx'), 'InspectionPage'),
});
const sheet = createRoute({
    getParentRoute: () => shell,
    path: '/inspections/sheets/$id',
    component: page(() => import('../features/inspection/sheet-page.tsx'), 'SheetPage'),
});
const complaints = createRoute({
    getParentRoute: () => shell,
    path: '/complaints',
    validateSearch: searches.complaints,
    component: page(() => import('../features/complaint/complaint-list-page.tsx'), 'ComplaintListPage'),
});
const complaint = createRoute({
    getParentRoute: () => shell,
    path: '/complaints/$id',
    component: page(() => import('../features/complaint/complaint-page.tsx'), 'ComplaintPage'),
});

const partyImports = createRoute({
    getParentRoute: () => shell,
    path: '/parties/imports',
    component: page(() => import('../features/party/import-page.tsx'), 'ImportPage'),
});
const partyImport = createRoute({
    getParentRoute: () => shell,
    path: '/parties/imports/$id',
    component: page(() => import('../features/party/import-detail-page.tsx'), 'ImportDetailPage'),
});

const devices = createRoute({
    getParentRoute: () => shell,
    path: '/devices',
    validateSearch: searches.devices,
    component: page(() => import('../features/device/device-list-page.tsx'), 'DeviceListPage'),
});
const device = createRoute({
    getParentRoute: () => shell,
    path: '/devices/$id',
    component: page(() => import('../features/device/device-page.tsx'), 'DevicePage'),
});
const devicePassport = createRoute({
    getParentRoute: () => shell,
    path: '/devices/$id/passport',
    component: page(() => import('../features/device/passport-page.tsx'), 'PassportPage'),
});

const board = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/board',
    validateSearch: searches.board,
    component: page(() => import('../features/board/board-page.tsx'), 'BoardPage'),
});
const sameNight = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/same-night',
    validateSearch: searches.sameNight,
    component: page(() => import('../features/board/same-night-page.tsx'), 'SameNightPage'),
});
const useRecords = createRoute({
    getParentRoute: () => shell,
    path: '/recordings/use-records',
    validateSearch: searches.useRecords,
    component: page(() => import('../features/device/use-record-page.tsx'), 'UseRecordPage'),
});
const deviceCheck = createRoute({
    getParentRoute: () => shell,
    path: '/devices/check',
    validateSearch: searches.checking,
    component: page(() => import('../features/device/check-page.tsx'), 'CheckPage'),
});
const deviceCoverage = createRoute({
    getParentRoute: () => shell,
    path: '/devices/coverage',
    validateSearch: searches.deviceCoverage,
    component: page(() => import('../features/device/coverage-page.tsx'), 'CoveragePage'),
});
const rooms = createRoute({
    getParentRoute: () => shell,
    path: '/devices/rooms',
    validateSearch: searches.rooms,
    component: page(() => import('../features/device/room-list-page.tsx'), 'RoomListPage'),
});
const room = createRoute({
    getParentRoute: () => shell,
    path: '/devices/rooms/$id',
    component: page(() => import('../features/device/room-page.tsx'), 'RoomPage'),
});
const models = createRoute({
    getParentRoute: () => shell,
    path: '/devices/models',
    validateSearch: searches.models,
    component: page(() => import('../features/device/model-list-page.tsx'), 'ModelListPage'),
});
const model = createRoute({
    getParentRoute: () => shell,
    path: '/devices/models/$id',
    component: page(() => import('../features/device/model-page.tsx'), 'ModelPage'),
});

const persons = createRoute({
    getParentRoute: () => shell,
    path: '/persons',
    validateSearch: searches.persons,
    component: page(() => import('../features/identity/person-list-page.tsx'), 'PersonListPage'),
});
const person = createRoute({
    getParentRoute: () => shell,
    path: '/persons/$id',
    component: page(() => import('../features/identity/person-page.tsx'), 'PersonPage'),
});

const documents = createRoute({
    getParentRoute: () => shell,
    path: '/documents',
    validateSearch: searches.documents,
    component: page(() => import('../features/document/document-list-page.tsx'), 'DocumentListPage'),
});
const documentForms = createRoute({
    getParentRoute: () => shell,
    path: '/documents/forms',
    component: page(() => import('../features/document/document-forms-page.tsx'), 'DocumentFormsPage'),
});
const document = createRoute({
    getParentRoute: () => shell,
    path: '/documents/$id',
    component: page(() => import('../features/document/document-page.tsx'), 'DocumentPage'),
});

const documentNumbers = createRoute({
    getParentRoute: () => shell,
    path: '/documents/numbers',
    validateSearch: searches.documentNumbers,
    component: page(() => import('../features/document/number-register-page.tsx'), 'NumberRegisterPage'),
});
const documentBlocks = createRoute({
    getParentRoute: () => shell,
    path: '/documents/blocks',
    validateSearch: searches.documentBlocks,
    component: page(() => import('../features/document/block-list-page.tsx'), 'BlockListPage'),
});
const documentSeals = createRoute({
    getParentRoute: () => shell,
    path: '/documents/seals',
    validateSearch: searches.documentSeals,
    component: page(() => import('../features/document/seal-register-page.tsx'), 'SealRegisterPage'),
});
const documentImport = createRoute({
    getParentRoute: () => shell,
    path: '/documents/import',
    component: page(() => import('../features/document/document-import-page.tsx'), 'DocumentImportPage'),
});
const documentOffline = createRoute({
    getParentRoute: () => shell,
    path: '/documents/offline/$id',
    component: page(() => import('../features/document/offline-draft-page.tsx'), 'OfflineDraftPage'),
});
const documentSign = createRoute({
    getParentRoute: () => shell,
    path: '/documents/$id/sign',
    component: page(() => import('../features/document/document-sign-page.tsx'), 'DocumentSignPage'),
});

const parameters = createRoute({
    getParentRoute: () => shell,
    path: '/parameters',
    validateSearch: searches.parameters,
    component: page(() => import('../features/parameter/parameter-page.tsx'), 'ParameterPage'),
});

const cases = createRoute({
    getParentRoute: () => shell,
    path: '/cases',
    validateSearch: searches.cases,
    component: page(() => import('../features/case/case-list-page.tsx'), 'CaseListPage'),
});
const caseDeadlines = createRoute({
    getParentRoute: () => shell,
    path: '/cases/deadlines',
    validateSearch: searches.caseDeadlines,
    component: page(() => import('../features/case/deadline-list-page.tsx'), 'DeadlineListPage'),
});
const newCase = createRoute({
    getParentRoute: () => shell,
    path: '/cases/new',
    validateSearch: searches.newCase,
    component: page(() => import('../features/case/case-new-page.tsx'), 'CaseNewPage'),
});
const importCases = createRoute({
    getParentRoute: () => shell,
    path: '/cases/import',
    component: page(() => import('../features/case/case-import-page.tsx'), 'CaseImportPage'),
});
const caseOf = createRoute({
    getParentRoute: () => shell,
    path: '/cases/$id',
    component: page(() => import('../features/case/case-page.tsx'), 'CasePage'),
});

export const router = createRouter({
    routeTree: root.addChildren([
        signIn,
        setup,
        signedIn.addChildren([
            firstPassword,
            shell.addChildren([
                home,
                account,
                onDevice,
                acts,
                newAct,
                act,
                recordings,
                filing,
                recording,
                retrievals,
                retrieval,
                viewings,
                parties,
                party,
                partyMerges,
                tasks,
                task,
                taskLists,
                taskList,
                plans,
                plan,
                draws,
                newDraw,
                checkDraw,
                inspections,
                inspection,
                sheet,
                draw,
                complaints,
                complaint,
                partyImports,
                partyImport,
                devices,
                device,
                devicePassport,
                board,
                sameNight,
                useRecords,
                deviceCheck,
                deviceCoverage,
                rooms,
                room,
                models,
                model,
                persons,
                person,
                documents,
                documentForms,
                document,
                documentNumbers,
                documentBlocks,
                documentSeals,
                documentImport,
                documentOffline,
                documentSign,
                ...logRoutes,
                ...complianceRoutes,
                parameters,
                cases,
                caseDeadlines,
                newCase,
                importCases,
                caseOf,
            ]),
        ]),
    ]),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    // The shell and the previous page stay on screen while the next page's code comes; then there are words.
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PendingPage,
});

declare module '@tanstack/react-router' {
    interface Register {
        router: typeof router;
    }
}
