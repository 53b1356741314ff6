import type { DrawShare } from '../chance/draw-sample.ts';
import type { Day } from '../kernel/day.ts';
import type { Id } from '../kernel/ids.ts';
import type { GradeScheme, GradeWeight } from '../party/grade.ts';

/** Who may be drawn as an object of inspection. All facts that decide about it stand here: nothing is looked up later. */
export type DrawObject = {
    readonly id: Id;
    readonly name: string;
    readonly creditCode?: string;
    /** Risk grade or speciality: the stratum it is drawn from. */
    readonly grade: string;
    /** How many lots it has in its stratum: by its stored grades and the table in the rules, else one. */
    readonly weight: number;
    /** Its stored grades on the day of the commitment that the table knows. */
    readonly graded?: readonly ObjectGrade[];
    /** Why its weight is another one than that. */
    readonly weightReason?: string;
    /** Inspections in the year that count against the cap; `counts` says which. */
    readonly inspections: number;
    readonly closed: boolean;
    /** A task to inspect it is open already. */
    readonly openTask: boolean;
    /** Why it is left out by hand (无事不扰 and the like). */
    readonly exempt?: string;
};

export type ObjectGrade = {
    readonly scheme: GradeScheme;
    readonly grade: string;
    readonly fromDay: Day;
    readonly weight: number;
};

export type DrawOfficer = { readonly id: Id; readonly name: string; readonly certificateNumber: string };

/** 回避: declared (relatives, interests), area (does not inspect where he or she usually works), the visit before. */
export const AVOIDANCE_REASONS = ['declared', 'area', 'lastVisit'] as const;
export type AvoidanceReason = (typeof AVOIDANCE_REASONS)[number];

export type Avoidance = { readonly officer: Id; readonly object: Id; readonly reason: AvoidanceReason };

export type DrawStratum = { readonly grade: string; readonly take: DrawShare };

export type DrawRules = {
    readonly strata: readonly DrawStratum[];
    /** 行政处罚法 第42条: two at least. */
    readonly officersPerObject: number;
    /** An officer gets no more objects than this; absent: no limit. */
    readonly mostPerOfficer?: number;
    /** 国办发〔2024〕54号: who was inspected so often in the year is left out; absent: the cap is not known, nobody is. */
    readonly capPerYear?: number;
    /** What grades weigh, as the parameters in force said; absent: draws from before grades were kept. */
    readonly gradeWeights?: { readonly [scheme in GradeScheme]: readonly GradeWeight[] };
};

/** The frozen lists: everything but chance that a result follows from. */
export type DrawLists = {
    readonly v: 1;
    readonly title: string;
    readonly year: number;
    readonly objects: readonly DrawObject[];
    readonly officers: readonly DrawOfficer[];
    readonly avoidances: readonly Avoidance[];
    readonly rules: DrawRules;
    /** The later public value that is mixed into the seed, in words; absent: none is. */
    readonly publicValueIs?: string;
};

/** Why an object takes no part, the first that applies in this order. */
export const EXCLUSIONS = ['closed', 'exempt', 'openTask', 'capReached', 'noStratum'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export type DrawPick = {
    /** 1, 2, 3 … in the order drawn. */
    readonly place: number;
    readonly object: Id;
    readonly grade: string;
    /** Empty where the rules leave too few: somebody is named by hand, with a reason. */
    readonly officers: readonly Id[];
};

export type DrawResult = {
    readonly v: 1;
    readonly strata: readonly { readonly grade: string; readonly eligible: number; readonly taken: number }[];
    readonly picks: readonly DrawPick[];
    readonly excluded: readonly { readonly object: Id; readonly reason: Exclusion }[];
};

export const DRAW_STATES = ['committed', 'revealed', 'abandoned'] as const;
export type DrawState = (typeof DRAW_STATES)[number];

/** Lists longer than this are drawn in parts. */
export const MOST_DRAW_OBJECTS = 5_000;
export const MOST_DRAW_WEIGHT = 1_000;
