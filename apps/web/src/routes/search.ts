import { CHECKED_LOGS, LICENCE_FILTERS } from '@liuhen/contract';
import {
    ACT_STATES,
    ATTESTATION_STATES,
    BLOCK_STATES,
    BOARD_KINDS,
    BOARD_STATES,
    BUILDS,
    CAMPAIGN_STATES,
    CASE_SOURCES,
    COMPARED_CHOICES,
    COMPARED_ORDERS,
    COMPLAINT_CHANNELS,
    COMPLAINT_STATES,
    COUNTED_FIGURES,
    DEVICE_KINDS,
    DEVICE_STATES,
    DOCUMENT_STATES,
    DOCUMENT_TYPE_IDS,
    EQUIPMENT,
    EVENT_KINDS,
    type EventKind,
    FILING_LEVELS,
    FINDING_STATES,
    FORCES,
    type GapPlace,
    type GapState,
    HEAD_HASHES,
    isScenarioKey,
    LOG_CHECK_STATES,
    MERGE_STATES,
    NOTICE_PARTS,
    NUMBER_STATES,
    OUTCOME_KINDS,
    PARAMETER_GROUPS,
    PARTY_KINDS,
    PARTY_STATES,
    PERSON_KINDS,
    PROCEDURES,
    RECORDING_STATES,
    RETRIEVAL_PURPOSES,
    RETRIEVAL_STATES,
    ROLES,
    ROOM_KINDS,
    RULE_IDS,
    SAME_NIGHT,
    SPECIALITIES,
    STANDINGS,
    STATISTIC_GROUPS,
    STATISTIC_MEASURES,
    STATISTIC_ORDERS,
    SUBJECT_KINDS,
    TASK_ORIGINS,
    TASK_STATES,
    TRAINING_STATES,
    TRAINING_TOPICS,
    VIEWING_KINDS,
} from '@liuhen/domain';
import { day, logIndex, month, oneOf, readSearch, type SearchOf, uuid, words } from '../app/search-params.ts';

/** A fixed scenario, or one that an organisation added, by its name. */
const scenarioKey = (raw: string) => (isScenarioKey(raw) ? raw : undefined);

const year = (raw: string) => (/^2\d{3}$/.test(raw) ? raw : undefined);

/** The filters of every list as they stand in the address. */
const acts = {
    q: words(),
    scenario: scenarioKey,
    mandatory: oneOf(['yes']),
    standing: oneOf(['held', 'act', 'judge', 'broken']),
    state: oneOf(ACT_STATES),
    personId: uuid,
    partyId: uuid,
    from: day,
    to: day,
    order: oneOf(['newest', 'oldest']),
};
const recordings = {
    q: words(),
    state: oneOf(RECORDING_STATES),
    deviceId: uuid,
    officerId: uuid,
    actId: uuid,
    partyId: uuid,
    filed: oneOf(['yes', 'no']),
    findings: oneOf(['yes', 'no']),
    evidence: oneOf(['yes', 'no']),
    from: day,
    to: day,
    keptTo: day,
};
const filing = {
    level: oneOf(FILING_LEVELS),
    mine: oneOf(['yes']),
};
const parties = {
    q: words(),
    kind: oneOf(PARTY_KINDS),
    state: oneOf(PARTY_STATES),
    speciality: oneOf(SPECIALITIES),
    licence: oneOf(LICENCE_FILTERS),
};
const partyMerges = { state: oneOf(MERGE_STATES) };
const tasks = {
    q: words(),
    whose: oneOf(['me', 'all']),
    state: oneOf(['pending', ...TASK_STATES]),
    due: oneOf(['late', 'soon']),
    origin: oneOf(TASK_ORIGINS),
    partyId: uuid,
    drawId: uuid,
    planItemId: uuid,
};
const complaints = {
    q: words(),
    channel: oneOf(COMPLAINT_CHANNELS),
    state: oneOf(COMPLAINT_STATES),
    due: oneOf(['late', 'soon', 'none']),
    partyId: uuid,
    order: oneOf(['newest', 'due']),
};
const devices = { q: words(), kind: oneOf(DEVICE_KINDS), state: oneOf(DEVICE_STATES), model: words(80), holderId: uuid };
const deviceCoverage = {
    q: words(),
    kind: oneOf(['officer', 'assistant']),
    equipment: oneOf(EQUIPMENT),
    short: oneOf(['yes']),
    withoutTerminal: oneOf(['yes']),
    departmentId: uuid,
    order: oneOf(['name', 'department']),
};
const rooms = { q: words(), kind: oneOf(ROOM_KINDS), closed: oneOf(['yes']) };
const models = { q: words(), kind: oneOf(DEVICE_KINDS) };
const useRecords = { personId: uuid, deviceId: uuid, kind: oneOf(['recording', 'act', 'issue']), from: day, to: day };
const checking = { deviceId: uuid };
const board = {
    kind: oneOf(BOARD_KINDS),
    state: oneOf(BOARD_STATES),
    personId: uuid,
    deviceId: uuid,
    departmentId: uuid,
    mine: oneOf(['yes']),
    escalated: oneOf(['yes']),
};
const sameNight = { kind: oneOf(SAME_NIGHT), personId: uuid, deviceId: uuid, mine: oneOf(['yes']) };
const persons = {
    q: words(),
    kind: oneOf(PERSON_KINDS),
    role: oneOf(ROLES),
    departmentId: uuid,
    left: oneOf(['no', 'yes', 'all']),
};
const log = {
    kind: oneOf(Object.keys(EVENT_KINDS) as EventKind[]),
    objectId: uuid,
    actorId: uuid,
    from: day,
    to: day,
    entry: logIndex,
};
const checkpoints = { head: oneOf(HEAD_HASHES), from: day, to: day };
const sheets = { from: day, to: day };
const checks = { state: oneOf(LOG_CHECK_STATES), log: oneOf(CHECKED_LOGS), from: day, to: day, check: uuid };
const documents = {
    q: words(),
    type: oneOf(DOCUMENT_TYPE_IDS),
    state: oneOf(DOCUMENT_STATES),
    waiting: oneOf(['me']),
    actId: uuid,
    caseId: uuid,
    partyId: uuid,
    authorId: uuid,
    from: day,
    to: day,
};
/** `series` is the id of a register. */
const documentNumbers = {
    q: words(),
    year: year,
    series: uuid,
    state: oneOf(NUMBER_STATES),
};
const documentBlocks = { state: oneOf(BLOCK_STATES), personId: uuid };
const documentSeals = { q: words(), personId: uuid, scanned: oneOf(['yes', 'no']), from: day, to: day };
const cases = {
    q: words(),
    procedure: oneOf(PROCEDURES),
    ended: oneOf(['yes', 'no']),
    source: oneOf(CASE_SOURCES),
    personId: uuid,
    partyId: uuid,
    actId: uuid,
    from: day,
    to: day,
    order: oneOf(['newest', 'oldest']),
};
const caseDeadlines = {
    state: oneOf(['late', 'soon', 'running', 'suspended', 'unset']),
    procedure: oneOf(PROCEDURES),
    personId: uuid,
};
const newCase = { partyId: uuid, actId: uuid, parentId: uuid, procedure: oneOf(PROCEDURES) };
const compliance = { q: words(), part: oneOf(NOTICE_PARTS), build: oneOf(BUILDS), force: oneOf(FORCES) };
export const GAP_STATES = [
    'open',
    'explained',
    'exempt',
    'exemptWaiting',
    'notDue',
    'tolerated',
] as const satisfies readonly GapState[];
export const GAP_PLACES = ['whole', 'leading', 'between', 'trailing'] as const satisfies readonly GapPlace[];
const findings = {
    q: words(),
    state: oneOf([...FINDING_STATES, 'unanswered']),
    subject: oneOf(SUBJECT_KINDS),
    rule: oneOf(RULE_IDS),
    clause: words(),
    modal: oneOf(['must', 'should']),
    ownerId: uuid,
    mine: oneOf(['yes']),
    toDecide: oneOf(['yes']),
    overdue: oneOf(['yes']),
    withoutOutcome: oneOf(['yes']),
    overtaken: oneOf(['yes', 'mine']),
    organisationId: uuid,
    order: oneOf(['newest', 'oldest', 'due']),
    from: day,
    to: day,
};
const interruptions = {
    ...{ state: oneOf(GAP_STATES), place: oneOf(GAP_PLACES), personId: uuid, organisationId: uuid, from: day, to: day },
};
const attestations = { q: words(), state: oneOf(ATTESTATION_STATES), organisationId: uuid };
const trainings = { q: words(), topic: oneOf(TRAINING_TOPICS), organisationId: uuid, from: day, to: day };
const trainingDue = { q: words(), topic: oneOf(TRAINING_TOPICS), state: oneOf(TRAINING_STATES), departmentId: uuid };
const retrievals = {
    q: words(),
    state: oneOf(RETRIEVAL_STATES),
    purpose: oneOf(RETRIEVAL_PURPOSES),
    sort: oneOf(['earliest', 'largest']),
    from: day,
    to: day,
};
const viewings = {
    q: words(),
    kind: oneOf(VIEWING_KINDS),
    personId: uuid,
    recordingId: uuid,
    from: day,
    to: day,
};
const outcomes = {
    q: words(),
    kind: oneOf(OUTCOME_KINDS),
    state: oneOf(['standing', 'ended', 'all']),
    basis: oneOf(['changed']),
    personId: uuid,
    organisationId: uuid,
    from: day,
    to: day,
};
const statistics = {
    by: oneOf(STATISTIC_GROUPS),
    from: month,
    to: month,
    organisationId: uuid,
    departmentId: uuid,
    personId: uuid,
    scenario: scenarioKey,
    order: oneOf(STATISTIC_ORDERS),
    /** What is drawn month by month. */
    trend: oneOf(STATISTIC_MEASURES),
};
const orNone =
    <T>(read: (raw: string) => T | undefined) =>
    (raw: string) =>
        raw === 'none' ? ('none' as const) : read(raw);
const statisticsCounted = {
    figure: oneOf(COUNTED_FIGURES),
    from: month,
    to: month,
    organisationId: uuid,
    departmentId: orNone(uuid),
    personId: orNone(uuid),
    scenario: orNone(scenarioKey),
};
const parameters = { q: words(), group: oneOf(PARAMETER_GROUPS), standing: oneOf(['unsure', ...STANDINGS]) };
const signIn = { next: words(1_000), why: oneOf(['idle', 'ended', 'signedOut']) };
/** The item of a plan that a draw is for. */
const newDraw = { planItemId: uuid };
const inspections = { state: oneOf(CAMPAIGN_STATES) };
/** What of the acts that another inspection reviewed too is shown, and in what order. */
const inspection = { choice: oneOf(COMPARED_CHOICES), withId: uuid, order: oneOf(COMPARED_ORDERS) };
const newAct = { partyId: uuid };
/** A moment that somebody pointed at: a recording and the milliseconds in it. */
const actPage = { recordingId: uuid, at: logIndex };

export type InspectionSearch = SearchOf<typeof inspection>;
export type ActSearch = SearchOf<typeof acts>;
export type RecordingSearch = SearchOf<typeof recordings>;
export type PartySearch = SearchOf<typeof parties>;
export type DocumentSearch = SearchOf<typeof documents>;
export type TaskSearch = SearchOf<typeof tasks>;
export type ComplaintSearch = SearchOf<typeof complaints>;
export type DeviceSearch = SearchOf<typeof devices>;
export type RoomSearch = SearchOf<typeof rooms>;
export type ModelSearch = SearchOf<typeof models>;
export type PersonSearch = SearchOf<typeof persons>;
export type FindingSearch = SearchOf<typeof findings>;
export type AttestationSearch = SearchOf<typeof attestations>;
export type RetrievalSearch = SearchOf<typeof retrievals>;
export type ViewingSearch = SearchOf<typeof viewings>;
export type OutcomeSearch = SearchOf<typeof outcomes>;
export type TrainingSearch = SearchOf<typeof trainings>;
export type TrainingDueSearch = SearchOf<typeof trainingDue>;
export type StatisticsSearch = SearchOf<typeof statistics>;
export type CountedSearch = SearchOf<typeof statisticsCounted>;
export type LogSearch = SearchOf<typeof log>;
export type CheckpointSearch = SearchOf<typeof checkpoints>;

export const searches = {
    acts: readSearch(acts),
    recordings: readSearch(recordings),
    filing: readSearch(filing),
    parties: readSearch(parties),
    partyMerges: readSearch(partyMerges),
    tasks: readSearch(tasks),
    complaints: readSearch(complaints),
    devices: readSearch(devices),
    deviceCoverage: readSearch(deviceCoverage),
    rooms: readSearch(rooms),
    models: readSearch(models),
    useRecords: readSearch(useRecords),
    checking: readSearch(checking),
    board: readSearch(board),
    sameNight: readSearch(sameNight),
    documents: readSearch(documents),
    documentNumbers: readSearch(documentNumbers),
    documentBlocks: readSearch(documentBlocks),
    documentSeals: readSearch(documentSeals),
    persons: readSearch(persons),
    log: readSearch(log),
    checkpoints: readSearch(checkpoints),
    sheets: readSearch(sheets),
    checks: readSearch(checks),
    compliance: readSearch(compliance),
    attestations: readSearch(attestations),
    retrievals: readSearch(retrievals),
    viewings: readSearch(viewings),
    outcomes: readSearch(outcomes),
    findings: readSearch(findings),
    interruptions: readSearch(interruptions),
    trainings: readSearch(trainings),
    trainingDue: readSearch(trainingDue),
    statistics: readSearch(statistics),
    statisticsCounted: readSearch(statisticsCounted),
    parameters: readSearch(parameters),
    cases: readSearch(cases),
    caseDeadlines: readSearch(caseDeadlines),
    newCase: readSearch(newCase),
    signIn: readSearch(signIn),
    newAct: readSearch(newAct),
    newDraw: readSearch(newDraw),
    inspections: readSearch(inspections),
    inspection: readSearch(inspection),
    actPage: readSearch(actPage),
};
