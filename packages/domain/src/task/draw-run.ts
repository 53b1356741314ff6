import { sample, shareOf } from '../chance/draw-sample.ts';
import { drawStream, type UniformBelow } from '../chance/draw-stream.ts';
import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import type { Id } from '../kernel/ids.ts';
import type { HashFunction } from '../ledger/digest.ts';
import type { DrawLists, DrawObject, DrawPick, DrawResult, DrawRules, Exclusion } from './draw.ts';
import { listsDigest, normalLists } from './draw-lists.ts';

/** What is published before anything is drawn: it fixes the secret and the lists, and betrays nothing of the secret. */
export const drawCommitment = (sha256: HashFunction, secret: Uint8Array, digestOfLists: Uint8Array): Uint8Array =>
    sha256(concatBytes(utf8Bytes('liuhen.draw.commitment.v1\n'), secret, digestOfLists));

/**
 * The key all chance of a draw follows from: secret, lists, and the public value that nobody knew when the secret was
 * fixed. Without a public value its text is empty, and whoever made the secret made the result.
 */
export const drawKey = (
    sha256: HashFunction,
    secret: Uint8Array,
    digestOfLists: Uint8Array,
    publicValue: string | undefined,
): Uint8Array =>
    sha256(
        concatBytes(
            utf8Bytes('liuhen.draw.key.v1\n'),
            secret,
            digestOfLists,
            sha256(utf8Bytes((publicValue ?? '').normalize('NFC'))),
        ),
    );

/** Draws objects and officers. The same lists, secret and public value give the same result, always and everywhere. */
export function runDraw(sha256: HashFunction, lists: DrawLists, secret: Uint8Array, publicValue: string | undefined): DrawResult {
    const normal = normalLists(lists);
    const key = drawKey(sha256, secret, listsDigest(sha256, normal), publicValue);
    return drawFrom(normal, (label) => drawStream(sha256, key, label));
}

/** The draw over any source of chance: one stream for each stratum, `objects/<grade>`, and one for the officers. */
export function drawFrom(normal: DrawLists, streamOf: (label: string) => UniformBelow): DrawResult {
    const { objects, rules } = normal;
    const excluded = objects.flatMap((object) => {
        const reason = exclusionOf(object, rules);
        return reason === undefined ? [] : [{ object: object.id, reason }];
    });
    const out = new Set(excluded.map((each) => each.object));
    const strata: { grade: string; eligible: number; taken: number }[] = [];
    const drawn: DrawObject[] = [];
    for (const { grade, take } of rules.strata) {
        const eligible = objects.filter((each) => each.grade === grade && !out.has(each.id));
        const taken = sample(eligible, shareOf(take, eligible.length), (each) => each.weight, streamOf(`objects/${grade}`));
        strata.push({ grade, eligible: eligible.length, taken: taken.length });
        drawn.push(...taken);
    }
    return { v: 1, strata, picks: staff(drawn, normal, streamOf('officers')), excluded };
}

/** Why an object takes no part; `undefined` when it does. */
export function exclusionOf(object: DrawObject, { strata, capPerYear }: DrawRules): Exclusion | undefined {
    if (object.closed) return 'closed';
    if (object.exempt !== undefined) return 'exempt';
    if (object.openTask) return 'openTask';
    if (capPerYear !== undefined && object.inspections >= capPerYear) return 'capReached';
    if (!strata.some((each) => each.grade === object.grade)) return 'noStratum';
    return undefined;
}

/**
 * Officers for each object in the order drawn. Of those who need not keep away from it and have room left, the ones with
 * the fewest objects so far are taken first, by lot among equals. Where fewer remain than are needed, nobody is drawn:
 * no rule is bent to fill a place.
 */
function staff(drawn: readonly DrawObject[], { officers, avoidances, rules }: DrawLists, below: UniformBelow): DrawPick[] {
    const away = new Set(avoidances.map(({ officer, object }) => `${officer} ${object}`));
    const load = new Map<Id, number>(officers.map((each) => [each.id, 0]));
    const loadOf = (id: Id) => load.get(id) ?? 0;
    const most = rules.mostPerOfficer ?? Number.POSITIVE_INFINITY;
    return drawn.map(({ id, grade }, at) => {
        let free = officers.map((each) => each.id).filter((each) => !away.has(`${each} ${id}`) && loadOf(each) < most);
        const chosen: Id[] = [];
        while (free.length > 0 && free.length + chosen.length >= rules.officersPerObject) {
            if (chosen.length === rules.officersPerObject) break;
            const least = Math.min(...free.map(loadOf));
            const [next] = sample(
                free.filter((each) => loadOf(each) === least),
                1,
                () => 1,
                below,
            );
            if (next === undefined) break;
            chosen.push(next);
            free = free.filter((each) => each !== next);
        }
        for (const each of chosen) load.set(each, loadOf(each) + 1);
        return { place: at + 1, object: id, grade, officers: chosen };
    });
}
