// Cases of time-stamps and of the second head for make.mjs. What is made with chance (tokens of OpenSSL, signatures of SM2) stands in
// made-once.json, which `node packages/domain/src/proof/package/golden/make.mjs --once` writes anew by hand, and never over what is there.
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sm2Signer } from '../../../../../../apps/server/src/platform/sm2-signer.ts';
import { tokenOfResponse } from '../../../../../../apps/server/src/platform/time-stamp/read-token.ts';
import { timeStampRequest } from '../../../../../../apps/server/src/platform/time-stamp/time-stamp-request.ts';
import { TSA_EXTENSIONS, timeStampAuthority } from '../../../../../../apps/server/src/testing/time-stamp-authority.ts';
import { formatAddCheckpoint } from '../../add-checkpoint.ts';
import { formatPolicy, parsePolicy } from '../../policy.ts';
import { timeStampResponse } from '../../time-stamp/time-stamp-token.ts';
import { formatTlogProof } from '../../tlog-proof.ts';
import { formatVerifierKey, NOTE_TYPE_SM2, verifierKey } from '../../verifier-key.ts';
import { hashOf, sha256, signed, testKey, testSigner, testTree } from '../../golden/test-log.ts';
import { PACKAGE_PATHS } from '../package-paths.ts';

const ONCE = new URL('./made-once.json', import.meta.url);
const text = (string) => new TextEncoder().encode(string);
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const SM_ORIGIN = 'golden.example/east/sm';
const seed = (label) => createHash('sha256').update(`liuhen golden package: ${label}: test key, never trust it`).digest('hex');
const smSigner = sm2Signer(seed('SM2'));
const smStranger = sm2Signer(seed('another SM2'));
const smKey = verifierKey(sha256, SM_ORIGIN, NOTE_TYPE_SM2, smSigner.publicKey);

/** Checkpoints of these sizes as the log publishes them, before witnesses saw them; `later` has two entries more than the package. */
function heads({ own, make, ORG, ownLog }) {
    const later = [...own, make(ORG, 'act.changed'), make(ORG, 'act.ended')];
    const tree = testTree(later.length, sha256, (at) => later[at].bytes);
    const smTree = testTree(own.length, hashOf('sm3'), (at) => own[at].bytes);
    const note = (size, by = ownLog) => signed(tree.text(ownLog.key.name, size), by.sign(tree.text(ownLog.key.name, size)));
    const smText = smTree.text(SM_ORIGIN, own.length);
    return { tree, smTree, note, smText, forged: note(5, testSigner(ownLog.key.name, testKey('stranger'))) };
}

/** Tokens about the notes and signatures of SM2, once. */
export async function makeOnce(context) {
    if (existsSync(ONCE)) throw new Error('made-once.json is there: packages were made of it, and stay as they are');
    const { note, smText, forged } = heads(context);
    const authority = await timeStampAuthority();
    const tokenFor = async (bytes) => tokenOfResponse(await authority.reply(timeStampRequest(bytes).bytes));
    const der = async (name) => base64(new X509Certificate(readFileSync(`${authority.path}/${name}.pem`)).raw);
    await authority.certificate('codes', { extensions: 'extendedKeyUsage=critical,codeSigning\n' });
    await authority.certificate('old', { extensions: TSA_EXTENSIONS, until: '20210101000000Z' });
    await authority.certificate('curve', { extensions: TSA_EXTENSIONS, key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] });
    await authority.root('stranger');
    await authority.certificate('theirs', { extensions: TSA_EXTENSIONS }, 'stranger');
    const five = await tokenFor(note(5));
    const by = async (name) => base64(timeStampResponse(await authority.signedBy(five, name)));
    writeFileSync(
        ONCE,
        `${JSON.stringify(
            {
                root: await der('root'),
                tokens: {
                    2: base64(timeStampResponse(await tokenFor(note(2)))),
                    4: base64(timeStampResponse(await tokenFor(note(4)))),
                    5: base64(timeStampResponse(five)),
                    7: base64(timeStampResponse(await tokenFor(note(7)))),
                    forged: base64(timeStampResponse(await tokenFor(forged))),
                    codes: await by('codes'),
                    old: await by('old'),
                    curve: await by('curve'),
                    theirs: await by('theirs'),
                },
                sm: { own: base64(smSigner.sign(text(smText))), stranger: base64(smStranger.sign(text(smText))) },
            },
            null,
            1,
        )}\n`,
    );
    await authority.remove();
}

/** The policy with the authority, and with the key of the second head. */
export function morePolicies(policy) {
    const { root } = JSON.parse(readFileSync(ONCE, 'utf8'));
    const stamped = parsePolicy(sha256, text(policy));
    return {
        stamped: Buffer.from(formatPolicy(sha256, { ...stamped, authorities: [new Uint8Array(Buffer.from(root, 'base64'))] })).toString(),
        sm: `log ${formatVerifierKey(smKey)}\n${policy}`,
    };
}

/** `packed` makes a package of files; `files` are those of a sound one; `refs` are its entries of the organisation's log. */
export async function stampedCases(context) {
    const { files, packed, refs } = context;
    const { tree, smTree, note, smText, forged } = heads(context);
    const made = JSON.parse(readFileSync(ONCE, 'utf8'));
    const token = (name) => new Uint8Array(Buffer.from(made.tokens[name], 'base64'));
    const growth = async (from, to) =>
        formatAddCheckpoint({ oldSize: BigInt(from), proof: await tree.consistency(from, to), checkpoint: note(to) });
    const stamped = (tokenBytes, checkpoint, joined) =>
        packed({
            ...files,
            [PACKAGE_PATHS.timestamp('one')]: tokenBytes,
            ...(checkpoint ? { [PACKAGE_PATHS.checkpoint('one')]: checkpoint } : {}),
            ...(joined ? { [PACKAGE_PATHS.growth('one')]: joined } : {}),
        });
    const spoilt = (bytes, at) => bytes.map((byte, index) => (index === (at < 0 ? bytes.length + at : at) ? byte ^ 1 : byte));
    const by = { policy: 'stamped' };
    const withSm = { policy: 'sm' };

    const smProof = async (index, { at = index, place = index, signature = made.sm.own, change = (each) => each } = {}) =>
        formatTlogProof({
            index: BigInt(place),
            proof: change(await smTree.inclusion(at, 5)),
            checkpoint: signed(smText, {
                name: SM_ORIGIN,
                keyHash: smKey.keyHash,
                signature: new Uint8Array(Buffer.from(signature, 'base64')),
            }),
        });
    const withProofs = async (options) =>
        packed({
            ...files,
            ...Object.fromEntries(
                await Promise.all(
                    refs.map(async (ref) => [PACKAGE_PATHS.smProof(ref), await smProof(ref.index, ref.index === 1 ? options : {})]),
                ),
            ),
        });
    const edited = async (from, to) => {
        const proof = Buffer.from(await smProof(1)).toString();
        if (!proof.includes(from)) throw new Error(`nothing to change: ${from}`);
        return packed({ ...files, [PACKAGE_PATHS.smProof(refs[0])]: text(proof.replace(from, to)) });
    };
    return [
        ['time-stamped, the checkpoint of the proofs', stamped(token(5), note(5)), 'valid', undefined, by],
        ['time-stamped by an authority with ECDSA', stamped(token('curve'), note(5)), 'valid', undefined, by],
        ['time-stamped, an earlier checkpoint that is joined', stamped(token(4), note(4), await growth(4, 5)), 'valid', undefined, by],
        ['time-stamped, a checkpoint before the document', stamped(token(2), note(2), await growth(2, 5)), 'valid', undefined, by],
        ['time-stamped, a later checkpoint that is joined', stamped(token(7), note(7), await growth(5, 7)), 'valid', undefined, by],
        ['time-stamped, and the policy names no authority', stamped(token(5), note(5)), 'valid'],
        ['a time-stamp with its signature spoilt', stamped(spoilt(token(5), -5), note(5)), 'invalid', 'package.timestamp', by],
        ['a time-stamp cut short', stamped(token(5).slice(0, -1), note(5)), 'invalid', 'package.timestamp', by],
        ['a time-stamp of another checkpoint', stamped(token(4), note(5)), 'invalid', 'package.timestamp', by],
        ['a time-stamp by a certificate for programs', stamped(token('codes'), note(5)), 'invalid', 'package.timestamp', by],
        ['a time-stamp by a certificate that had ended', stamped(token('old'), note(5)), 'invalid', 'package.timestamp', by],
        ['a time-stamp by an authority that nobody believes', stamped(token('theirs'), note(5)), 'incomplete', 'package.timestampAuthority', by],
        ['a time-stamp without its checkpoint', stamped(token(5)), 'incomplete', 'package.timestampApart', by],
        ['a time-stamped checkpoint that nothing joins', stamped(token(4), note(4)), 'incomplete', 'package.timestampApart', by],
        ['a time-stamped checkpoint joined from another size', stamped(token(4), note(4), await growth(2, 5)), 'incomplete', 'package.timestampApart', by],
        ['a time-stamped checkpoint with a wrong joining', stamped(token(4), note(4), spoiltHash(await growth(4, 5))), 'invalid', 'package.checkpoint', by],
        ['a time-stamped checkpoint with a joining that is none', stamped(token(4), note(4), text('old 04\n\n')), 'invalid', 'package.checkpoint', by],
        ['a time-stamped checkpoint that a stranger signed', stamped(token('forged'), forged), 'invalid', 'package.checkpoint', by],
        ['with proofs of the second head', await withProofs(), 'valid', undefined, withSm],
        ['with proofs of a second head that the policy does not know', await withProofs(), 'valid'],
        ['the second head: a hash changed', await withProofs({ change: ([first, ...more]) => [spoilt(first, 3), ...more] }), 'invalid', 'package.smProof', withSm],
        ['the second head: the proof of another entry', await withProofs({ at: 2 }), 'invalid', 'package.smProof', withSm],
        ['the second head: another place', await withProofs({ at: 2, place: 2 }), 'invalid', 'package.smProof', withSm],
        ['the second head: signed by another key of SM2', await withProofs({ signature: made.sm.stranger }), 'invalid', 'package.smProof', withSm],
        ['the second head: a signature of the first', await withProofs({ signature: base64(testKey('stranger').sign(text(smText))) }), 'invalid', 'package.smProof', withSm],
        ['the second head: another size', await edited('\n5\n', '\n6\n'), 'invalid', 'package.smProof', withSm],
        ['the second head: a proof of the first', packed({ ...files, [PACKAGE_PATHS.smProof(refs[0])]: files[PACKAGE_PATHS.proof(refs[0])] }), 'invalid', 'package.smProof', withSm],
    ];
}

/** The last letter of a hash with another value. */
function spoiltHash(growth) {
    const lines = Buffer.from(growth).toString().split('\n');
    lines[1] = `${lines[1][0] === 'A' ? 'B' : 'A'}${lines[1].slice(1)}`;
    return text(lines.join('\n'));
}
