// Writes entry-v1.json anew: `node packages/domain/src/ledger/golden/make.mjs`. Run by hand, and only for a new example:
// bytes that once stood in the file stay as they are for ever, because logs in the field hold bytes made the same way.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { goldenDrafts, goldenStateRows, headOf, makeLog, ORG, rootOf } from './log.ts';
import { goldenTampers } from './tamper.ts';

const hash = (name) => (bytes) => new Uint8Array(createHash(name).update(bytes).digest());
const digest = { sha256: hash('sha256'), sm3: hash('sm3') };

const seed = Buffer.from(digest.sha256(Buffer.from('liuhen golden entry v1: test key, never trust it')));
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x, 'base64url');
const tools = { digest, keyId: 'golden-test-key', sign: (message) => new Uint8Array(sign(null, message, privateKey)) };

const stateRows = goldenStateRows(tools);
const log = makeLog(tools, goldenDrafts(stateRows, digest));
const file = {
    note: 'Golden bytes of entry format v1. Compared byte for byte by golden.test.ts; never edited, only added to.',
    key: {
        note: 'TEST KEY. Its private half is public: no log signed by it is evidence of anything.',
        id: tools.keyId,
        seed: seed.toString('hex'),
        publicKey: publicKey.toString('hex'),
    },
    org: ORG,
    stateRows,
    log,
    head: headOf(log),
    root: rootOf(digest, log),
    tampered: goldenTampers(tools, log),
};
writeFileSync(new URL('./entry-v1.json', import.meta.url), `${JSON.stringify(file, null, 1)}\n`);
