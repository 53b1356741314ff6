import type { Scenario } from '../act/act.ts';

/** Where a task comes from. Lists of the national and city platforms are imported first, made here second. */
export const TASK_ORIGINS = [
    'nationalPlatform',
    'cityPlatform',
    'ownPlan',
    'doubleRandom',
    'complaint',
    'followUp',
    'licenceReview',
] as const;
export type TaskOrigin = (typeof TASK_ORIGINS)[number];

/** Lists that come from elsewhere, with a number of their own for each task. */
export const IMPORT_ORIGINS = ['nationalPlatform', 'cityPlatform'] as const satisfies readonly TaskOrigin[];
export type ImportOrigin = (typeof IMPORT_ORIGINS)[number];

/** What somebody may enter by hand. Draws and imports make theirs themselves. */
export const MANUAL_ORIGINS = ['ownPlan', 'complaint', 'followUp', 'licenceReview'] as const satisfies readonly TaskOrigin[];
export type ManualOrigin = (typeof MANUAL_ORIGINS)[number];

export const TASK_STATES = ['open', 'assigned', 'started', 'done', 'returned'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** States in which a task still has to be done. */
export const PENDING_TASK_STATES = ['open', 'assigned', 'started'] as const satisfies readonly TaskState[];

/** In which part somebody is on a task. Assistants support and never count towards the two officers (附件1 第5条). */
export const TASK_PARTS = ['officer', 'assistant'] as const;
export type TaskPart = (typeof TASK_PARTS)[number];

/** What came of it. */
export const TASK_RESULTS = ['nothingFound', 'orderedToCorrect', 'suspectedBreach', 'couldNotInspect'] as const;
export type TaskResult = (typeof TASK_RESULTS)[number];

/** The scenario an act of the task begins with, unless the task says otherwise. */
export const SCENARIO_OF_ORIGIN: Readonly<Record<TaskOrigin, Scenario>> = {
    nationalPlatform: 'doubleRandomInspection',
    cityPlatform: 'doubleRandomInspection',
    ownPlan: 'routineInspection',
    doubleRandom: 'doubleRandomInspection',
    complaint: 'complaintHandling',
    followUp: 'routineInspection',
    licenceReview: 'licenceSiteReview',
};

/**
 * Inspections that count against the yearly cap of 国办发〔2024〕54号. Complaints, what other agencies send on, follow-up
 * checks and site reviews for a licence do not.
 */
export const CAPPED_SCENARIOS = ['doubleRandomInspection', 'routineInspection'] as const satisfies readonly Scenario[];
export const UNCAPPED_ORIGINS = ['complaint', 'followUp', 'licenceReview'] as const satisfies readonly TaskOrigin[];

/** How a row of an imported list stands. Nothing is dropped: a row that makes no task says why. */
export const IMPORT_ROW_STATES = [
    'matched',
    'proposed',
    'unmatched',
    'faulty',
    'known',
    'changed',
    'applied',
    'skipped',
] as const;
export type ImportRowState = (typeof IMPORT_ROW_STATES)[number];

export const PLAN_STATES = ['draft', 'submitted', 'approved', 'published', 'withdrawn'] as const;
export type PlanState = (typeof PLAN_STATES)[number];
