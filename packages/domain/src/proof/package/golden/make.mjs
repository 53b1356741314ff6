// Writes package-v1.json anew: `node packages/domain/src/proof/package/golden/make.mjs`. The same every time. Only ever added to.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { canonicalBytes } from '../../../kernel/canonical-json.ts';
import { bodyHash, entryBytes, entrySigningMessage, parseEntry } from '../../../ledger/entry.ts';
import { hashOf, signed, testKey, testSigner, testTree, testWitness } from '../../golden/test-log.ts';
import { formatTlogProof } from '../../tlog-proof.ts';
import { formatVerifierKey } from '../../verifier-key.ts';
import { formatManifest, sortEntryRefs, sortPackageFiles } from '../package-manifest.ts';
import { KEY_LOG, PACKAGE_PATHS } from '../package-paths.ts';
import { makeOnce, morePolicies, stampedCases } from './make-stamped.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const digest = { sha256: hashOf('sha256'), sm3: hashOf('sm3') };
const sha256 = (bytes) => hex(digest.sha256(bytes));
const text = (string) => new TextEncoder().encode(string);
const idOf = (label) => {
    const h = createHash('sha256').update(`liuhen golden package: ${label}`).digest('hex');
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-7${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
};
const AT = 1_790_000_000_000;
const ORG = idOf('organisation');
const app = { name: 'golden-app', key: testKey('application') };
const stranger = { name: 'golden-app', key: testKey('another application') };
const saltOf = (label) => digest.sha256(text(`salt ${label}`));

function makeEntry(org, kind, { objects = [], content = [], body = {}, by = app, salt }) {
    const bytes = canonicalBytes(body);
    const unsigned = {
        v: 1, kind, bodySchema: 1, at: AT, org, actor: idOf('actor'), commandId: idOf(`command ${kind}`),
        objects: objects.map((id) => ({ id, seq: 0 })), rows: [], content,
        bodyHash: hex(bodyHash(digest, salt, bytes)), app: by.name,
    };
    return entryBytes({ ...unsigned, sig: hex(by.key.sign(entrySigningMessage(unsigned))) });
}
const make = (org, kind, options = {}) => {
    const salt = saltOf(kind);
    return { bytes: makeEntry(org, kind, { ...options, salt }), body: Buffer.concat([salt, canonicalBytes(options.body ?? {})]) };
};
const contentOf = (bytes) => ({ sha256: sha256(bytes), sm3: hex(digest.sm3(bytes)), size: String(bytes.length), chunkRoot: sha256(text('chunks')) });

/** The bytes of a recording and of a document's pages. No real media: a verifier looks at bytes only. */
const recording = text('golden recording '.repeat(40));
const pages = text('%PDF golden pages');
const [recordingId, documentId, packageId] = ['recording', 'document', 'package'].map(idOf);
const keyBody = (key) => ({ keyId: app.name, algorithm: 'Ed25519', publicKey: hex(key.publicKey) });
const system = [make(KEY_LOG, 'key.introduced', { body: keyBody(app.key) }), make(KEY_LOG, 'system.initialised')];
const own = [
    make(ORG, 'organisation.created'),
    make(ORG, 'recording.registered', { objects: [recordingId], content: [contentOf(recording)] }),
    make(ORG, 'document.printed', { objects: [documentId], content: [contentOf(pages)] }),
    make(ORG, 'retrieval.consented', { objects: [packageId] }),
    make(ORG, 'act.created'),
];
const [systemLog, ownLog, strangeLog] = ['golden.example/system', 'golden.example/east', 'golden.example/strange'].map((name) => testSigner(name));
const [city, west] = ['city', 'west'].map((name) => testWitness(`golden.example/witness/${name}`));
const WITNESSED = BigInt(AT / 1000 + 60);

async function proofOf(log, entries, index, { cosigned = [city, west], as = log, place = index } = {}) {
    const tree = testTree(entries.length, digest.sha256, (at) => entries[at].bytes);
    const body = tree.text(log.key.name, entries.length);
    const note = signed(body, as.sign(body), ...cosigned.map((each) => each.cosign(body, WITNESSED)));
    return formatTlogProof({ index: BigInt(place), proof: await tree.inclusion(index, entries.length), checkpoint: note });
}
const policyOf = (quorum) => `# TEST KEYS, never trust them.
log ${formatVerifierKey(systemLog.key)}
log ${formatVerifierKey(ownLog.key)}
witness city ${formatVerifierKey(city.key)}
witness west ${formatVerifierKey(west.key)}
group both 2 city west
quorum ${quorum}
`;
const keyRef = { org: KEY_LOG, index: 0 };
const [recordingRef, documentRef, consentRef] = [1, 2, 3].map((index) => ({ org: ORG, index }));

/** A package of these files with a manifest that fits them; `change` alters the manifest. */
function packed(files, change = (manifest) => manifest) {
    const listed = Object.entries(files).map(([path, bytes]) => ({ path, size: String(bytes.length), sha256: sha256(bytes) }));
    const item = (id, kind, name, bytes, extension, entry) => {
        const { chunkRoot: _, ...digests } = contentOf(bytes);
        return { id, kind, name, path: PACKAGE_PATHS.content(digests.sha256, extension), ...digests, entry, also: [] };
    };
    const manifest = change({
        type: 'liuhen/evidence-package', v: 1, id: packageId, madeAt: AT,
        issuer: { org: ORG, name: '样例区卫生健康委员会' }, maker: '样例制作人', recipient: '样例人民法院', purpose: '行政诉讼', basis: '',
        consent: consentRef,
        items: [
            item(recordingId, 'recording', '样例录像.mp4', recording, 'mp4', recordingRef),
            item(documentId, 'document', '样例文书', pages, 'pdf', documentRef),
        ],
        entries: sortEntryRefs([keyRef, recordingRef, documentRef, consentRef]),
        keys: [{ app: app.name, publicKey: hex(app.key.publicKey), entry: keyRef }],
        files: sortPackageFiles(listed),
    });
    return { ...files, 'manifest.json': formatManifest(manifest) };
}
async function filesWith({ entries = own, systemEntries = system, options = {} } = {}) {
    const files = {
        [PACKAGE_PATHS.content(sha256(recording), 'mp4')]: recording,
        [PACKAGE_PATHS.content(sha256(pages), 'pdf')]: pages,
        [PACKAGE_PATHS.policy]: text(policyOf('both')),
        [PACKAGE_PATHS.readme]: text('样例\n'),
        [PACKAGE_PATHS.body(keyRef)]: systemEntries[0].body,
        [PACKAGE_PATHS.entry(keyRef)]: systemEntries[0].bytes,
        [PACKAGE_PATHS.proof(keyRef)]: await proofOf(systemLog, systemEntries, 0),
    };
    for (const ref of [recordingRef, documentRef, consentRef]) {
        files[PACKAGE_PATHS.entry(ref)] = entries[ref.index].bytes;
        files[PACKAGE_PATHS.proof(ref)] = await proofOf(ownLog, entries, ref.index, options);
    }
    return files;
}
async function receiptOf(manifest, kind = 'retrieval.packaged', by = app) {
    const issued = make(ORG, kind, { objects: [packageId], content: [contentOf(manifest)], by });
    const entries = [...own, issued];
    return { [PACKAGE_PATHS.receiptEntry]: issued.bytes, [PACKAGE_PATHS.receiptProof]: await proofOf(ownLog, entries, entries.length - 1) };
}

const context = { own, make, ORG, ownLog, packed, refs: [recordingRef, documentRef, consentRef] };
if (process.argv[2] === '--once') {
    await makeOnce(context);
    process.exit();
}
const files = await filesWith();
const base = packed(files);
const sound = { ...base, ...(await receiptOf(base['manifest.json'])) };
const spoilt = (bytes, at = 20) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const without = (of, ...paths) => Object.fromEntries(Object.entries(of).filter(([path]) => !paths.includes(path)));
const edited = (of, path, from, to) => {
    const before = Buffer.from(of[path]).toString('utf8');
    if (!before.includes(from)) throw new Error(`nothing to change: ${from}`);
    return { ...of, [path]: text(before.replace(from, to)) };
};
const content = PACKAGE_PATHS.content(sha256(recording), 'mp4');
const [entryPath, proofPath, bodyPath] = [PACKAGE_PATHS.entry(recordingRef), PACKAGE_PATHS.proof(recordingRef), PACKAGE_PATHS.body(keyRef)];
const doctored = text('doctored recording');
const doctoredPath = PACKAGE_PATHS.content(sha256(doctored), 'mp4');
const swapped = (manifest) => {
    const { chunkRoot: _, ...digests } = contentOf(doctored);
    return { ...manifest, items: [{ ...manifest.items[0], ...digests, path: doctoredPath }, manifest.items[1]] };
};
/** The log with a recording's entry made otherwise, everything else put right. */
const otherwise = async (kind, options) => packed(await filesWith({ entries: own.map((each, at) => (at === 1 ? make(ORG, kind, options) : each)) }));
const consented = async (kind) => packed(await filesWith({ entries: own.map((each, at) => (at === 3 ? make(ORG, kind) : each)) }));
/** The recording's entry and its proof under the name of another place, and the manifest after it. */
const elsewhereRef = { org: ORG, index: 4 };
const elsewhere = packed(
    {
        ...without(files, entryPath, proofPath),
        [PACKAGE_PATHS.entry(elsewhereRef)]: files[entryPath],
        [PACKAGE_PATHS.proof(elsewhereRef)]: files[proofPath],
    },
    (m) => ({
        ...m,
        items: [{ ...m.items[0], entry: elsewhereRef }, m.items[1]],
        entries: sortEntryRefs([keyRef, documentRef, consentRef, elsewhereRef]),
    }),
);
const registered = { objects: [recordingId], content: [contentOf(recording)] };
const otherEntry = parseEntry(own[1].bytes);
const entryText = (change) => canonicalBytes({ ...otherEntry, ...change });
const proved = async (options) => packed({ ...files, [proofPath]: await proofOf(ownLog, own, 1, options) });
const manifestText = (change) => ({ ...base, 'manifest.json': canonicalBytes({ ...JSON.parse(Buffer.from(base['manifest.json']).toString('utf8')), ...change }) });

/** One defect each: name, files, result, code of a finding, and what is given otherwise. */
const cases = [
    ['sound, with its receipt', sound, 'valid'],
    ['sound, without a receipt', base, 'valid'],
    ['sound, without a policy from elsewhere', sound, 'incomplete', 'package.ownPolicy', { policy: 'none' }],
    ['no policy at all', packed(without(files, PACKAGE_PATHS.policy)), 'incomplete', 'package.noPolicy', { policy: 'none' }],
    ['a bit of a recording turned over', { ...sound, [content]: spoilt(recording) }, 'invalid', 'package.fileDiffers'],
    ['a recording cut short', { ...sound, [content]: recording.slice(0, -1) }, 'invalid', 'package.fileDiffers'],
    ['a recording made longer', { ...sound, [content]: Buffer.concat([recording, text('x')]) }, 'invalid', 'package.fileDiffers'],
    ['a recording left out', without(sound, content), 'incomplete', 'package.fileMissing'],
    ['a document exchanged for the recording', { ...sound, [content]: pages }, 'invalid', 'package.fileDiffers'],
    ['a doctored recording with a manifest that fits', packed({ ...without(files, content), [doctoredPath]: doctored }, swapped), 'invalid', 'package.itemUnbound'],
    ['another SM3 digest in the manifest', packed(files, (m) => ({ ...m, items: [{ ...m.items[0], sm3: '00'.repeat(32) }, m.items[1]] })), 'invalid', 'package.itemUnbound'],
    ['an item that points to the entry of another', packed(files, (m) => ({ ...m, items: [{ ...m.items[0], entry: documentRef }, m.items[1]] })), 'invalid', 'package.itemUnbound'],
    ['an item under the name of another object', packed(files, (m) => ({ ...m, items: [{ ...m.items[0], id: documentId }, m.items[1]] })), 'invalid', 'package.itemUnbound'],
    ['an entry that vouches for other bytes', await otherwise('recording.registered', { ...registered, content: [contentOf(pages)] }), 'invalid', 'package.itemUnbound'],
    ['an entry about another object', await otherwise('recording.registered', { ...registered, objects: [documentId] }), 'invalid', 'package.itemUnbound'],
    ['an entry changed in its file only', { ...sound, [entryPath]: spoilt(own[1].bytes) }, 'invalid', 'package.fileDiffers'],
    ['an entry with another time', packed({ ...files, [entryPath]: entryText({ at: AT + 1 }) }), 'invalid', 'package.entrySignature'],
    ['an entry with another time, its proof', packed({ ...files, [entryPath]: entryText({ at: AT + 1 }) }), 'invalid', 'package.proof'],
    ['an entry that is not canonical', packed({ ...files, [entryPath]: Buffer.concat([text(' '), own[1].bytes]) }), 'invalid', 'package.entryMalformed'],
    ['an entry of a newer form', packed({ ...files, [entryPath]: entryText({ v: 2 }) }), 'invalid', 'package.entryMalformed'],
    ['an entry signed by another key', await otherwise('recording.registered', { ...registered, by: stranger }), 'invalid', 'package.entrySignature'],
    ['an entry of another organisation', packed({ ...files, [entryPath]: make(idOf('other'), 'recording.registered', registered).bytes }), 'invalid', 'package.entryElsewhere'],
    ['an entry left out', without(sound, entryPath), 'incomplete', 'package.fileMissing'],
    ['a proof left out', without(sound, proofPath), 'incomplete', 'package.fileMissing'],
    ['the proof of another entry', packed({ ...files, [proofPath]: files[PACKAGE_PATHS.proof(documentRef)] }), 'invalid', 'package.proof'],
    ['a proof with another place', await proved({ place: 2 }), 'invalid', 'package.proof'],
    ['a proof signed by a stranger under the name of the log', await proved({ as: testSigner(ownLog.key.name, testKey('stranger')) }), 'invalid', 'package.proof'],
    ['a proof of a log that the policy does not know', packed({ ...files, [proofPath]: await proofOf(strangeLog, own, 1) }), 'incomplete', 'package.unknownLog'],
    ['a proof that one witness has seen', await proved({ cosigned: [city] }), 'incomplete', 'package.quorum'],
    ['a proof that nobody has seen', await proved({ cosigned: [] }), 'incomplete', 'package.quorum'],
    ['a wrong cosignature', await proved({ cosigned: [city, testWitness(west.key.name, testKey('forger'))] }), 'incomplete', 'package.quorum'],
    ['a checkpoint of another size', edited(files, proofPath, '\n5\n', '\n6\n'), 'invalid', 'package.proof', { pack: true }],
    ['no key', packed(files, (m) => ({ ...m, keys: [] })), 'incomplete', 'package.keyMissing'],
    ['another key in the manifest', packed(files, (m) => ({ ...m, keys: [{ ...m.keys[0], publicKey: hex(stranger.key.publicKey) }] })), 'invalid', 'package.entrySignature'],
    ['a key that another entry is to have introduced', packed(files, (m) => ({ ...m, keys: [{ ...m.keys[0], entry: recordingRef }] })), 'incomplete', 'package.keyUnproven'],
    ['an introduction without its body', packed(without(files, bodyPath)), 'incomplete', 'package.keyUnproven'],
    ['an introduction with another body', packed({ ...files, [bodyPath]: spoilt(system[0].body, 3) }), 'invalid', 'package.bodyDiffers'],
    ['an introduction that says another key', packed(await filesWith({ systemEntries: [make(KEY_LOG, 'key.introduced', { body: keyBody(stranger.key) }), system[1]] })), 'invalid', 'package.keyDiffers'],
    ['a refusal in place of the consent', await consented('retrieval.refused'), 'invalid', 'package.consent'],
    ['a file that nobody lists', { ...sound, 'documents/more.pdf': pages }, 'invalid', 'package.fileSurplus'],
    ['the receipt of another manifest', { ...base, ...(await receiptOf(text('another'))) }, 'invalid', 'package.receiptDiffers'],
    ['a receipt of another kind', { ...base, ...(await receiptOf(base['manifest.json'], 'retrieval.requested')) }, 'invalid', 'package.receiptDiffers'],
    ['a receipt signed by another key', { ...base, ...(await receiptOf(base['manifest.json'], 'retrieval.packaged', stranger)) }, 'invalid', 'package.entrySignature'],
    ['another recipient beside the receipt', edited(sound, 'manifest.json', '样例人民法院', '另一人民法院'), 'invalid', 'package.receiptDiffers'],
    ['no manifest', without(sound, 'manifest.json'), 'unreadable', 'package.noManifest'],
    ['a manifest of a newer form', manifestText({ v: 2 }), 'unreadable', 'package.manifest'],
    ['a manifest with a member more', manifestText({ more: 1 }), 'unreadable', 'package.manifest'],
    ['a manifest cut short', { ...sound, 'manifest.json': base['manifest.json'].slice(0, -1) }, 'unreadable', 'package.manifest'],
    ['an entry and its proof under the name of another place', elsewhere, 'invalid', 'package.entryElsewhere'],
    ...(await stampedCases({ ...context, files })),
];

const of = (each) => Object.fromEntries(Object.entries(each).map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]));
const baseFiles = of(sound);
const file = {
    note: 'Golden evidence packages, signed with test keys whose private halves are public. Files are base64. Each case is the first one with `set` files in place and `remove` files gone; verified with `policy`, or with the one of `policies` that it names, or with none.',
    policy: policyOf('both'),
    policies: morePolicies(policyOf('both')),
    files: baseFiles,
    cases: cases.map(([name, changed, expect, code, { policy, pack } = {}]) => {
        const now = of(pack ? packed(changed) : changed);
        const set = Object.fromEntries(Object.entries(now).filter(([path, bytes]) => baseFiles[path] !== bytes));
        const remove = Object.keys(baseFiles).filter((path) => !(path in now));
        return { name, expect, ...(code ? { code } : {}), ...(policy ? { policy } : {}), set, remove };
    }),
};
writeFileSync(new URL('./package-v1.json', import.meta.url), `${JSON.stringify(file, null, 1)}\n`);
