import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../kernel/base64.ts';
import { verifyConsistency, verifyInclusion } from './merkle-proof.ts';

/**
 * The sound proofs of the test data of github.com/transparency-dev/merkle (Apache-2.0; testdata/consistency/0 to 4 and
 * testdata/inclusion/0 to 4, happy-path.json), as plain values. The spoilt ones beside them there are spoilt here in the
 * same ways, which their names say.
 */
const H = {
    one: 'bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=',
    three: 'rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=',
    five: 'Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=',
    six: 'duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=',
    seven: '3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=',
    eight: 'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
    a: 'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
    ab: '+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=',
    c: 'ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=',
    cd: 'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
    abcd: '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=',
    e: 'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=',
    f: 'QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=',
    ef: 'DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=',
    g: 'sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=',
    gh: 'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=',
    efgh: 'a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=',
};
type Name = keyof typeof H;
const CONSISTENCY: readonly [size1: number, size2: number, root1: Name, root2: Name, proof: readonly Name[]][] = [
    [1, 1, 'one', 'one', []],
    [1, 8, 'one', 'eight', ['a', 'cd', 'efgh']],
    [6, 8, 'six', 'eight', ['ef', 'gh', 'abcd']],
    [2, 5, 'ab', 'five', ['cd', 'e']],
    [6, 7, 'six', 'seven', ['ef', 'g', 'abcd']],
];
const INCLUSION: readonly [leafIdx: number, treeSize: number, root: Name, leaf: Name, proof: readonly Name[]][] = [
    [0, 1, 'one', 'one', []],
    [0, 8, 'eight', 'one', ['a', 'cd', 'efgh']],
    [5, 8, 'eight', 'f', ['e', 'gh', 'abcd']],
    [2, 3, 'three', 'c', ['ab']],
    [1, 5, 'five', 'a', ['one', 'cd', 'e']],
];

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const hashes = (...names: readonly Name[]): Uint8Array[] => names.map((name) => fromBase64(H[name]) ?? new Uint8Array(0));
const hash = (name: Name): Uint8Array => hashes(name)[0] ?? new Uint8Array(0);
const random = sha256(Uint8Array.of(1, 2, 3));
const bit = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at >> 3, (bytes[at >> 3] ?? 0) ^ (1 << (at & 7)));

type Spoilt<Claim> = readonly (readonly [name: string, claim: Claim])[];
/** Ways to spoil a proof that both kinds have. */
const spoiltProofs = (proof: readonly Uint8Array[], at: number, ...more: readonly (readonly [string, Uint8Array])[]) =>
    [
        ['preceding-garbage', [new Uint8Array(0), ...proof]],
        ['trailing-garbage', [...proof, new Uint8Array(0)]],
        ['truncated-proof', proof.slice(0, -1)],
        ['removed-component', proof.slice(1)],
        ['inserted-component', proof.toSpliced(1, 0, random)],
        ...more.map(([name, each]) => [`preceding-${name}`, [each, ...proof]] as const),
        ...more.map(([name, each]) => [`trailing-${name}`, [...proof, each]] as const),
        ...proof.map((each, index) => [`modified-proof[${index}]-bit-${at}`, proof.with(index, bit(each, at))] as const),
    ] as readonly (readonly [string, Uint8Array[]])[];

describe('consistency proofs of transparency-dev/merkle', () => {
    it.each(CONSISTENCY)('from %i to %i: sound, and refused in every way it is spoilt', (size1, size2, root1, root2, names) => {
        const proof = hashes(...names);
        const claim = { first: BigInt(size1), second: BigInt(size2), firstRoot: hash(root1), secondRoot: hash(root2), proof };
        expect(verifyConsistency(sha256, claim)).toBe(true);
        const { first, second, firstRoot, secondRoot } = claim;
        const spoilt: Spoilt<typeof claim> = [
            ['empty-proof', { ...claim, proof: [] }],
            ['swapped-roots', { ...claim, firstRoot: secondRoot, secondRoot: firstRoot }],
            ['wrong-root1', { ...claim, firstRoot: random }],
            ['wrong-root2', { ...claim, secondRoot: random }],
            ['size1-plus-1', { ...claim, first: first + 1n }],
            ['size1-sub-1', { ...claim, first: first - 1n }],
            ['size1-XOR-2', { ...claim, first: first ^ 2n }],
            ['size2-mul-2', { ...claim, second: second * 2n }],
            ['size2-div-2', { ...claim, second: second / 2n }],
            ...spoiltProofs(proof, 4, ['root1', firstRoot], ['root2', secondRoot]).map(
                ([name, other]) => [name, { ...claim, proof: other }] as const,
            ),
        ];
        for (const [name, other] of spoilt) {
            if (!same(other, claim)) expect(verifyConsistency(sha256, other), name).toBe(false);
        }
    });
});

describe('inclusion proofs of transparency-dev/merkle', () => {
    it.each(INCLUSION)(
        'of entry %i in %i: sound, and refused in every way it is spoilt',
        (leafIdx, treeSize, root, leaf, names) => {
            const proof = hashes(...names);
            const claim = { index: BigInt(leafIdx), size: BigInt(treeSize), root: hash(root), leaf: hash(leaf), proof };
            expect(verifyInclusion(sha256, claim)).toBe(true);
            const { index, size } = claim;
            const spoilt: Spoilt<typeof claim> = [
                ['empty-root', { ...claim, root: new Uint8Array(0) }],
                ['random-root', { ...claim, root: random }],
                ['wrong-leaf', { ...claim, leaf: random }],
                ['leafIdx-plus-1', { ...claim, index: index + 1n }],
                ['leafIdx-sub-1', { ...claim, index: index - 1n }],
                ['leafIdx-XOR-2', { ...claim, index: index ^ 2n }],
                ['treeSize-mul-2', { ...claim, size: size * 2n }],
                ['treeSize-div-2', { ...claim, size: size / 2n }],
                ...spoiltProofs(proof, 3, ['root', claim.root]).map(
                    ([name, other]) => [name, { ...claim, proof: other }] as const,
                ),
            ];
            for (const [name, other] of spoilt) {
                if (!same(other, claim)) expect(verifyInclusion(sha256, other), name).toBe(false);
            }
        },
    );
});

/** Whether spoiling changed nothing, as taking away from an empty proof does. */
const same = (one: object, other: object): boolean => text(one) === text(other);
const text = (value: object): string =>
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
