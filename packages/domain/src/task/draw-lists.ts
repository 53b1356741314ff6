import { isDrawShare } from '../chance/draw-sample.ts';
import { canonicalBytes } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import type { HashFunction } from '../ledger/digest.ts';
import { type Avoidance, type DrawLists, type DrawObject, MOST_DRAW_OBJECTS, MOST_DRAW_WEIGHT } from './draw.ts';

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const avoidanceKey = ({ officer, object, reason }: Avoidance): string => `${officer} ${object} ${reason}`;

/**
 * The lists in their one form: sorted by id, nothing twice. In which order somebody put them together has no influence.
 * Throws `draw.listInvalid` with what is wrong.
 */
export function normalLists(lists: DrawLists): DrawLists {
    const { objects, officers, avoidances, rules } = lists;
    const invalid = (reason: string): never => {
        throw new DomainError('draw.listInvalid', { reason });
    };
    if (objects.length === 0) invalid('noObjects');
    if (objects.length > MOST_DRAW_OBJECTS) invalid('tooManyObjects');
    if (!unique(objects.map((each) => each.id))) invalid('objectTwice');
    if (!unique(officers.map((each) => each.id))) invalid('officerTwice');
    if (!unique(rules.strata.map((each) => each.grade))) invalid('stratumTwice');
    if (rules.strata.length === 0) invalid('noStratum');
    if (rules.officersPerObject < 2) invalid('twoOfficers');
    if (officers.length < rules.officersPerObject) invalid('tooFewOfficers');
    if (!objects.every(hasFairWeight)) invalid('weight');
    if (!objects.every((each) => isExplained(each, rules))) invalid('weightUnexplained');
    if (!rules.strata.every((each) => isDrawShare(each.take, MOST_DRAW_OBJECTS))) invalid('share');
    const known = new Set([...objects, ...officers].map((each) => each.id));
    if (!avoidances.every((each) => known.has(each.object) && known.has(each.officer))) invalid('avoidanceUnknown');
    return {
        ...lists,
        objects: objects.toSorted((a, b) => before(a.id, b.id)),
        officers: officers.toSorted((a, b) => before(a.id, b.id)),
        avoidances: [...new Map(avoidances.map((each) => [avoidanceKey(each), each])).values()].toSorted((a, b) =>
            before(avoidanceKey(a), avoidanceKey(b)),
        ),
        rules: { ...rules, strata: rules.strata.toSorted((a, b) => before(a.grade, b.grade)) },
    };
}

const unique = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

const hasFairWeight = ({ weight }: DrawObject): boolean =>
    Number.isSafeInteger(weight) && weight >= 1 && weight <= MOST_DRAW_WEIGHT;

/** The weights of its grades together, one where it has none. */
export const gradedWeight = (graded: readonly { readonly weight: number }[] | undefined): number =>
    Math.min(
        MOST_DRAW_WEIGHT,
        (graded ?? []).reduce((product, each) => product * each.weight, 1),
    );

/** Of a list that names its table, a weight follows from it or says why it does not, and a grade weighs what the table says. */
function isExplained({ weight, graded, weightReason }: DrawObject, { gradeWeights }: DrawLists['rules']): boolean {
    if (gradeWeights === undefined) return true;
    const known = (graded ?? []).every((each) =>
        gradeWeights[each.scheme].some((line) => line.grade === each.grade && line.weight === each.weight),
    );
    return known && (weight === gradedWeight(graded) || weightReason !== undefined);
}

/** SHA-256 of the canonical bytes of the lists in their one form. */
export const listsDigest = (sha256: HashFunction, normal: DrawLists): Uint8Array => sha256(canonicalBytes(normal));

export const listsDigestHex = (sha256: HashFunction, normal: DrawLists): string => toHex(listsDigest(sha256, normal));
