import { describe, expect, it } from 'vitest';
import { ed25519Verify, signed, testKey, testSigner, testTree } from './golden/test-log.ts';
import { signedByLog } from './signed-by-log.ts';

const ORIGIN = 'example.org/log';
const log = testSigner(ORIGIN);
const tree = testTree(5);
const text = tree.text(ORIGIN, 5);
const of = (bytes: Uint8Array, keys = [log.key]) => signedByLog(bytes, { origin: ORIGIN, keys }, ed25519Verify);

describe('a checkpoint that is to be of a log', () => {
    it('is it when a key of the log signed it', async () => {
        expect(await of(signed(text, log.sign(text)))).toMatchObject({ origin: ORIGIN, size: 5n });
    });

    it('is none when it says another name, or nobody known signed it', async () => {
        const other = tree.text('example.org/other', 5);
        // Signed by the log, under its name, and yet of another.
        expect(await of(signed(other, log.sign(other)))).toBeUndefined();
        const thief = testSigner(ORIGIN, testKey('thief'));
        expect(await of(signed(text, thief.sign(text)))).toBeUndefined();
        expect(await of(signed(text, log.sign(text)), [])).toBeUndefined();
        const stranger = testSigner('example.org/other');
        expect(await of(signed(text, stranger.sign(text)), [log.key, stranger.key])).toBeUndefined();
    });
});
