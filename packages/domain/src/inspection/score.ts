import type { Id } from '../kernel/ids.ts';
import type { CampaignResult } from './campaign.ts';
import type { ScoreItem } from './scheme.ts';
import type { CorrectedPoints, SheetAnswer } from './sheet.ts';

/** Thousandths of what could be reached, 0 … 1000. */
export type Permille = number;

/** The answers as they count: with the points that upheld appeals changed, the last of each item. */
export const answersThatCount = (
    answers: readonly SheetAnswer[],
    corrected: readonly CorrectedPoints[],
): readonly SheetAnswer[] => {
    const points = new Map(corrected.map((each) => [each.item, each.points]));
    return answers.map((each) => ({ ...each, ...(points.has(each.item) ? { points: points.get(each.item) ?? 0 } : {}) }));
};

/**
 * Score of one act: its points by weight, of the most that the items that apply could give. Thousandths, rounded to the nearest;
 * `undefined` when no item applies or none is answered. What is not answered counts nothing, as what does not apply.
 */
export function sheetScore(scheme: readonly ScoreItem[], answers: readonly SheetAnswer[]): Permille | undefined {
    let reached = 0;
    let most = 0;
    for (const item of scheme) {
        const points = answers.find((each) => each.item === item.key)?.points;
        if (points === undefined) continue;
        reached += points * item.weight;
        most += item.most * item.weight;
    }
    return most === 0 ? undefined : Math.round((reached * 1_000) / most);
}

export type ScoredSheet = {
    readonly organisation: Id;
    readonly stratum: string;
    readonly score: Permille;
    readonly officers: readonly Id[];
};

/**
 * Score of an organisation, or of all of them: the mean of its acts in each stratum, weighted by how many acts it has there. An act
 * drawn from many thus stands for many, so that a stratum of which more were drawn does not count more. Strata without a
 * finished sheet of the organisation say nothing. `undefined` without any sheet.
 */
export function organisationScore(
    shares: CampaignResult['shares'],
    sheets: readonly ScoredSheet[],
    organisation?: Id,
): Permille | undefined {
    const key = (each: { organisation: Id; stratum: string }) =>
        organisation === undefined ? each.stratum : `${each.organisation} ${each.stratum}`;
    const own = (each: { organisation: Id }) => organisation === undefined || each.organisation === organisation;
    const acts = new Map<string, number>();
    for (const each of shares.filter(own)) acts.set(key(each), (acts.get(key(each)) ?? 0) + each.acts);
    let sum = 0;
    let weight = 0;
    for (const [stratum, members] of Map.groupBy(sheets.filter(own), key)) {
        const count = acts.get(stratum) ?? 0;
        sum += count * mean(members.map((each) => each.score));
        weight += count;
    }
    return weight === 0 ? undefined : Math.round(sum / weight);
}

/** Score of an officer: the plain mean of the acts drawn in which the officer took part, and of how many. */
export function officerScores(sheets: readonly ScoredSheet[]): Map<Id, { score: Permille; acts: number }> {
    const of = new Map<Id, Permille[]>();
    for (const { officers, score } of sheets)
        for (const each of new Set(officers)) of.set(each, [...(of.get(each) ?? []), score]);
    return new Map([...of].map(([id, scores]) => [id, { score: Math.round(mean(scores)), acts: scores.length }]));
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
