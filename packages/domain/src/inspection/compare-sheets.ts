import type { Id } from '../kernel/ids.ts';
import type { ScoreItem } from './scheme.ts';
import { answersThatCount, type Permille, sheetScore } from './score.ts';
import type { CorrectedPoints, SheetAnswer } from './sheet.ts';

/** A sheet that was handed in, by the scheme of its own inspection. */
export type HandedIn = {
    readonly scheme: readonly ScoreItem[];
    readonly answers: readonly SheetAnswer[];
    /** Points that upheld objections changed, in the order decided. */
    readonly corrected: readonly CorrectedPoints[];
};

/** What a sheet says under an item. */
export type ComparedAnswer = {
    readonly most: number;
    readonly weight: number;
    /** As they count now; null: the item does not apply to the act. */
    readonly points: number | null;
    /** What the reviewer gave, where an upheld objection changed it. */
    readonly given?: number;
    /** The item in the words of this scheme. */
    readonly item: string;
    readonly words?: string;
};

/** How two sheets answer one item. `onlyHere` and `onlyThere`: by the other one it does not apply to the act; `neither`: by both. */
export const COMPARED_STATES = ['same', 'differs', 'onlyHere', 'onlyThere', 'neither'] as const;
export type ComparedState = (typeof COMPARED_STATES)[number];

export type ComparedItem = {
    /** Its key in this scheme. */
    readonly key: string;
    readonly clause?: string;
    readonly here: ComparedAnswer;
    readonly there: ComparedAnswer;
    readonly state: ComparedState;
};

export type Comparison = {
    readonly here: Permille | null;
    readonly there: Permille | null;
    /** `there` less `here`; null where one of them has no score. Each by its own scheme, so it says little where these differ. */
    readonly difference: Permille | null;
    /** Whether both schemes ask the same, for as many points and with the same weight. */
    readonly sameScheme: boolean;
    /** What both schemes ask, in the order of this one. */
    readonly items: readonly ComparedItem[];
    /** How many of them are not answered alike. */
    readonly differing: number;
    /** Both scores over the items that both schemes ask and both found to apply, by the points and weights of this one; null without any. */
    readonly alike: { readonly here: Permille; readonly there: Permille } | null;
};

/**
 * Sets another sheet about the same act beside this one. What the other asks and this one does not is in its score and nowhere else: there is
 * nothing to hold it against.
 */
export function compareSheets(here: HandedIn, there: HandedIn): Comparison {
    const pairs = sharedItems(here.scheme, there.scheme);
    const [mine, theirs] = [counted(here), counted(there)];
    const items = pairs.map(([own, other]): ComparedItem => {
        const [a, b] = [answered(here, mine, own), answered(there, theirs, other)];
        return {
            key: own.key,
            ...(own.clause === undefined ? {} : { clause: own.clause }),
            here: a,
            there: b,
            state: stateOf(a, b),
        };
    });
    const scores = { here: sheetScore(here.scheme, mine) ?? null, there: sheetScore(there.scheme, theirs) ?? null };
    return {
        ...scores,
        difference: scores.here === null || scores.there === null ? null : scores.there - scores.here,
        sameScheme:
            pairs.length === here.scheme.length &&
            pairs.length === there.scheme.length &&
            pairs.every(([a, b]) => a.most === b.most && a.weight === b.weight),
        items,
        differing: items.filter(({ state }) => state !== 'same' && state !== 'neither').length,
        alike: scoreAlike(items),
    };
}

/**
 * What two schemes both ask. By the clause, where it stands once in each: its words may be put differently. Else by the very words, unless
 * these cite different clauses. Never by the key: items that units add are numbered anew in each scheme.
 */
export function sharedItems(here: readonly ScoreItem[], there: readonly ScoreItem[]): [ScoreItem, ScoreItem][] {
    const once = (scheme: readonly ScoreItem[], clause: string) => scheme.filter((each) => each.clause === clause).length === 1;
    const byClause = new Map<ScoreItem, ScoreItem>();
    for (const item of here) {
        const { clause, words } = item;
        if (clause === undefined) continue;
        const single = once(here, clause) && once(there, clause);
        const other = there.find((each) => each.clause === clause && (single || each.words === words));
        if (other !== undefined) byClause.set(item, other);
    }
    const taken = new Set(byClause.values());
    return here.flatMap((item): [ScoreItem, ScoreItem][] => {
        const other =
            byClause.get(item) ??
            there.find(
                (each) =>
                    !taken.has(each) && each.words === item.words && (each.clause === undefined || item.clause === undefined),
            );
        return other === undefined ? [] : [[item, other]];
    });
}

const counted = ({ answers, corrected }: HandedIn) => answersThatCount(answers, corrected);

function answered({ answers }: HandedIn, counting: readonly SheetAnswer[], item: ScoreItem): ComparedAnswer {
    const [given, counts] = [answers, counting].map((of) => of.find((each) => each.item === item.key));
    const points = counts?.points ?? null;
    return {
        ...{ most: item.most, weight: item.weight, item: item.words, points },
        ...(given?.points === undefined || given.points === points ? {} : { given: given.points }),
        ...(given?.words === undefined ? {} : { words: given.words }),
    };
}

/** Points are held against each other as a share of the most, without rounding. */
function stateOf(a: ComparedAnswer, b: ComparedAnswer): ComparedState {
    if (a.points === null) return b.points === null ? 'neither' : 'onlyThere';
    if (b.points === null) return 'onlyHere';
    return a.points * b.most === b.points * a.most ? 'same' : 'differs';
}

function scoreAlike(items: readonly ComparedItem[]): Comparison['alike'] {
    let [here, there, most] = [0, 0, 0];
    for (const { here: a, there: b } of items) {
        if (a.points === null || b.points === null) continue;
        here += a.points * a.weight;
        there += (b.points * a.most * a.weight) / b.most;
        most += a.most * a.weight;
    }
    const permille = (reached: number) => Math.round((reached * 1_000) / most);
    return most === 0 ? null : { here: permille(here), there: permille(there) };
}

export type SheetOwners = { readonly organisation: Id; readonly actOrganisation: Id };

/**
 * Whether an organisation reads what was handed in about an act (统一领导、分级管理): its own sheets, those about its own acts, and those of
 * whoever it may inspect, about acts that it may inspect as well. Never what a neighbour is told of its own.
 */
export const readsHandedIn = (own: Id, inspectable: readonly Id[], { organisation, actOrganisation }: SheetOwners): boolean =>
    organisation === own ||
    actOrganisation === own ||
    (inspectable.includes(organisation) && inspectable.includes(actOrganisation));

/**
 * Whether a reader must not see the points of a sheet yet: whoever is still to hand in a sheet about the act reads no other one before that,
 * so that each review is made for itself. `toHandIn` are the acts of the reader's own open sheets.
 */
export const isWithheld = (
    { reviewerId, actId }: { readonly reviewerId: Id | null; readonly actId: Id },
    reader: { readonly personId: Id; readonly toHandIn: Pick<ReadonlySet<Id>, 'has'> },
): boolean => reviewerId !== reader.personId && reader.toHandIn.has(actId);

/** In what order what was compared is listed; `largest`: by the size of the difference. */
export const COMPARED_ORDERS = ['place', 'largest', 'lowestHere', 'lowestThere'] as const;
export type ComparedOrder = (typeof COMPARED_ORDERS)[number];
/** Which of them are shown: those answered otherwise, or whose score in the other inspection is higher, lower or the same. */
export const COMPARED_CHOICES = ['differs', 'higher', 'lower', 'same'] as const;
export type ComparedChoice = (typeof COMPARED_CHOICES)[number];

export const isChosen = ({ difference, differing }: Comparison, choice: ComparedChoice): boolean => {
    if (choice === 'differs') return differing > 0 || (difference !== null && difference !== 0);
    if (difference === null) return false;
    return choice === 'same' ? difference === 0 : choice === 'higher' ? difference > 0 : difference < 0;
};

/** Many comparisons in one line: how often the other score is higher, lower or the same, and by how much on average. */
export type ComparedSummary = {
    readonly pairs: number;
    readonly higher: number;
    readonly lower: number;
    readonly same: number;
    /** Mean of the differences there are, thousandths; null without one. */
    readonly mean: Permille | null;
};

export function summaryOf(comparisons: readonly Comparison[]): ComparedSummary {
    const count = (choice: ComparedChoice) => comparisons.filter((each) => isChosen(each, choice)).length;
    const differences = comparisons.flatMap((each) => each.difference ?? []);
    const sum = differences.reduce((all, each) => all + each, 0);
    return {
        ...{ pairs: comparisons.length, higher: count('higher'), lower: count('lower'), same: count('same') },
        mean: differences.length === 0 ? null : Math.round(sum / differences.length),
    };
}
