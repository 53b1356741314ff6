// Writes proof-v1.json anew: `node packages/domain/src/proof/golden/make.mjs`. Run by hand, and only to add an example: SM2
// signatures are made with chance, and what once stood in the file stays as it is.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { sm2Signer } from '../../../../../apps/server/src/platform/sm2-signer.ts';
import { formatAddCheckpoint } from '../add-checkpoint.ts';
import { formatTlogProof } from '../tlog-proof.ts';
import { formatVerifierKey, NOTE_TYPE_SM2, verifierKey } from '../verifier-key.ts';
import { hashOf, leafData, sha256, signed, testKey, testSigner, testTree, testWitness } from './test-log.ts';

const ORIGIN = 'golden.example/log';
const SM_ORIGIN = 'golden.example/log/sm';
const SIZE = 11;
const TIME = 1_790_000_000n;
const text = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const hex = (bytes) => Buffer.from(bytes).toString('hex');

const log = testSigner(ORIGIN);
const [city, east, west] = ['city', 'east', 'west'].map((name) => testWitness(`golden.example/witness/${name}`));
const sm2Key = createHash('sha256').update('liuhen golden proof v1: SM2: test key, never trust it').digest('hex');
const sm2 = sm2Signer(sm2Key);
const smKey = verifierKey(sha256, SM_ORIGIN, NOTE_TYPE_SM2, sm2.publicKey);

const tree = testTree(SIZE);
const smTree = testTree(SIZE, hashOf('sm3'));
const body = (size) => tree.text(ORIGIN, size);
const smBody = smTree.text(SM_ORIGIN, SIZE);
const smNote = signed(smBody, {
    name: SM_ORIGIN,
    keyHash: smKey.keyHash,
    signature: sm2.sign(new TextEncoder().encode(smBody)),
});
const twoCosignatures = signed(body(SIZE), log.sign(body(SIZE)), city.cosign(body(SIZE), TIME), east.cosign(body(SIZE), TIME + 7n));
const policy = `# Golden policy: test keys, never trust them.
log ${formatVerifierKey(log.key)}
log ${formatVerifierKey(smKey)}
witness city ${formatVerifierKey(city.key)}
witness east ${formatVerifierKey(east.key)}
witness west ${formatVerifierKey(west.key)}
group districts 1 east west
group both all city districts
quorum both
`;
const proofOf = async (index, checkpoint = twoCosignatures) =>
    text(formatTlogProof({ index: BigInt(index), proof: await tree.inclusion(index, SIZE), checkpoint }));
const proof = await proofOf(3);
const smProof = text(formatTlogProof({ index: 3n, proof: await smTree.inclusion(3, SIZE), checkpoint: smNote }));

/** One defect each. `expect` is the code of the refusal, or `quorum` when the proof holds and too few have witnessed. */
const lines = proof.split('\n');
const change = (from, to) => {
    const changed = proof.replace(from, to);
    if (changed === proof) throw new Error(`nothing to change: ${from}`);
    return changed;
};
const lineOf = (start) => lines.find((line) => line.startsWith(start)) ?? '';
const spoil = (line) => line.slice(0, -12) + (line.at(-12) === 'A' ? 'B' : 'A') + line.slice(-11);
const tampered = [
    ['another type', change('@v1', '@v2'), 'tlogProof.malformed'],
    ['an index with a zero before it', change('index 3', 'index 03'), 'tlogProof.malformed'],
    ['another index', change('index 3', 'index 2'), 'tlogProof.notIncluded'],
    ['an index outside the tree', change('index 3', 'index 11'), 'tlogProof.notIncluded'],
    ['a hash changed', change(lines[2], spoil(lines[2])), 'tlogProof.notIncluded'],
    ['a hash left out', change(`${lines[2]}\n`, ''), 'tlogProof.notIncluded'],
    ['a hash twice', change(`${lines[2]}\n`, `${lines[2]}\n${lines[2]}\n`), 'tlogProof.notIncluded'],
    ['two hashes swapped', change(`${lines[2]}\n${lines[3]}`, `${lines[3]}\n${lines[2]}`), 'tlogProof.notIncluded'],
    ['no padding', change(lines[2], lines[2].slice(0, -1)), 'tlogProof.malformed'],
    ['no empty line', change(/\n\n[\s\S]*/, '\n'), 'tlogProof.malformed'],
    ['carriage returns', proof.replaceAll('\n', '\r\n'), 'tlogProof.malformed'],
    ['another size', change('\n11\n', '\n12\n'), 'note.badSignature'],
    ['a size with a zero before it', change('\n11\n', '\n011\n'), 'checkpoint.malformed'],
    ['another origin', change(`\n\n${ORIGIN}\n`, '\n\ngolden.example/other\n'), 'checkpoint.unknownLog'],
    ['the root of another tree', await rooted(), 'note.badSignature'],
    ['an extension line', change('\n\n\u2014', '\nmore\n\n\u2014'), 'note.badSignature'],
    ['no signature of the log', change(`${lineOf(`\u2014 ${ORIGIN} `)}\n`, ''), 'checkpoint.notByLog'],
    ['no signatures', change(/\u2014[\s\S]*/, ''), 'note.malformed'],
    ['a wrong signature of the log', change(lineOf(`\u2014 ${ORIGIN} `), spoil(lineOf(`\u2014 ${ORIGIN} `))), 'note.badSignature'],
    ['a wrong cosignature', change(lineOf(`\u2014 ${city.key.name}`), spoil(lineOf(`\u2014 ${city.key.name}`))), 'note.badSignature'],
    ['no final newline', proof.slice(0, -1), 'note.malformed'],
    ['a line at the end', `${proof}more\n`, 'note.malformed'],
    ['one cosignature left out', change(`${lineOf(`\u2014 ${east.key.name}`)}\n`, ''), 'quorum'],
    ['a witness renamed', change(`\u2014 ${city.key.name}`, `\u2014 ${city.key.name}s`), 'quorum'],
    ['cosignatures of strangers', await proofOf(3, byStrangers()), 'quorum'],
].map(([name, changed, expect]) => ({ name, proof: changed, expect }));

async function rooted() {
    const other = testTree(SIZE, sha256, (at) => leafData(at + 1));
    const root = (each) => each.text(ORIGIN, SIZE).split('\n')[2];
    return change(root(tree), root(other));
}
function byStrangers() {
    const strangers = [city, east].map((each) => testWitness(each.key.name, testKey(`stranger ${each.key.name}`)));
    return signed(body(SIZE), log.sign(body(SIZE)), ...strangers.map((each) => each.cosign(body(SIZE), TIME)));
}

const request = async (from, to, oldSize = from) =>
    text(
        formatAddCheckpoint({
            oldSize: BigInt(oldSize),
            proof: await tree.consistency(from, to),
            checkpoint: signed(body(to), log.sign(body(to))),
        }),
    );
const forked = testTree(SIZE, sha256, (at) => leafData(at === 2 ? 99 : at));
const forkedText = forked.text(ORIGIN, SIZE);
const fork = async (from) => {
    const checkpoint = signed(forkedText, log.sign(forkedText));
    return text(formatAddCheckpoint({ oldSize: BigInt(from), proof: await forked.consistency(from, SIZE), checkpoint }));
};
const stranger = testSigner(ORIGIN, testKey('stranger'));
const strange = signed(body(SIZE), stranger.sign(body(SIZE)));
const witness = [
    { name: 'the first checkpoint', latest: 0, request: await request(0, 5), status: 200 },
    { name: 'what follows', latest: 5, request: await request(5, SIZE), status: 200 },
    { name: 'the same again', latest: SIZE, request: await request(SIZE, SIZE), status: 200 },
    { name: 'from a size it does not have', latest: 5, request: await request(4, SIZE), status: 409, answer: '5\n' },
    { name: 'another tree of the same size', latest: SIZE, request: await fork(SIZE), status: 409 },
    { name: 'a tree that does not follow', latest: 5, request: await fork(5), status: 422 },
    { name: 'backwards', latest: SIZE, request: await request(5, 5, SIZE), status: 400 },
    { name: 'no request', latest: 5, request: 'old 05\n\n', status: 400 },
    {
        name: 'signed by a stranger',
        latest: 5,
        request: text(formatAddCheckpoint({ oldSize: 5n, proof: await tree.consistency(5, SIZE), checkpoint: strange })),
        status: 403,
    },
    { name: 'an unknown log', latest: 5, request: (await request(5, SIZE)).replaceAll(ORIGIN, 'golden.example/other'), status: 404 },
];

const keyOf = (label, verifier) => ({ seed: hex(testKey(label).seed), vkey: formatVerifierKey(verifier.key) });
const file = {
    note: 'Golden bytes of checkpoints, witnesses and proofs. Never edited, only added to. Texts are UTF-8.',
    keys: {
        note: 'TEST KEYS. Their private halves are public: nothing signed by them is evidence of anything. Seeds are of RFC 8032.',
        log: keyOf(ORIGIN, log),
        city: keyOf(city.key.name, city),
        east: keyOf(east.key.name, east),
        west: keyOf(west.key.name, west),
        sm2: { privateKey: sm2Key, vkey: formatVerifierKey(smKey) },
    },
    leaves: Array.from({ length: SIZE }, (_, at) => hex(leafData(at))),
    roots: {
        sha256: Array.from({ length: SIZE + 1 }, (_, at) => hex(tree.root(at))),
        sm3: Array.from({ length: SIZE + 1 }, (_, at) => hex(smTree.root(at))),
    },
    policy,
    checkpoint: text(twoCosignatures),
    smCheckpoint: text(smNote),
    proofs: await Promise.all(Array.from({ length: SIZE }, (_, at) => proofOf(at))),
    smProof: { index: 3, proof: smProof, expect: 'quorum' },
    tampered: { index: 3, proofs: tampered },
    witness,
};
writeFileSync(new URL('./proof-v1.json', import.meta.url), `${JSON.stringify(file, null, 1)}\n`);
