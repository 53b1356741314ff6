import { randomBytes } from 'node:crypto';
import { fromHex, toHex } from '@liuhen/domain';
import { sm2 } from 'sm-crypto-v2';
import { keyIdOf, readKeyFile, type Signer } from './signer.ts';
import { writeDurable } from './storage/durable.ts';

/**
 * A signer of SM2 with SM3 (GB/T 32918, curve of GB/T 32918.5, user id 1234567812345678) in software. Its signatures are the
 * DER of GB/T 35276: SEQUENCE { r INTEGER, s INTEGER }; its public key is 0x04 ‖ x ‖ y, 65 bytes.
 *
 * The key never goes through node:crypto: there SM2 keys sign with another user id than the standard names or cannot be
 * verified at all, correct signatures are refused, and one export ends the process.
 */

/** PKCS #8 (RFC 5208, 5915) of a key on the curve 1.2.156.10197.1.301, as OpenSSL writes it: the private and the public key. */
const BEFORE_KEY = '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420';
const BEFORE_POINT = 'a144034200';
const PEM = /^-----BEGIN PRIVATE KEY-----\n([A-Za-z0-9+/=\n]+)\n-----END PRIVATE KEY-----\n$/;

/** Keys are from 1 to the order of the curve less 2 (GB/T 32918.1-2016 section 6.1). */
const LARGEST_KEY = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54121n;

/** The SM2 key in `file`; undefined where there is none. Throws when the file holds something else. */
export async function openSm2Key(file: string): Promise<Signer | undefined> {
    const pem = await readKeyFile(file);
    return pem === undefined ? undefined : sm2Signer(readPem(pem, file));
}

/** Makes an SM2 key in a file that is not there yet (file mode 0600, fsynced): whole or absent after a crash. */
export async function makeSm2Key(file: string): Promise<Signer> {
    const key = newSm2Key();
    await writeDurable(file, `${file}.new`, Buffer.from(sm2Pem(key)), 0o600);
    return sm2Signer(key);
}

/** A signer with this private key, 64 hex digits. */
export function sm2Signer(privateKey: string): Signer {
    const point = publicPoint(privateKey);
    const publicKey = fromHex(point);
    return {
        keyId: keyIdOf(publicKey),
        publicKey,
        // The default user id of the library is the one of the standard; it is given so that it stays.
        sign: (message) =>
            fromHex(
                sm2.doSignature(message, privateKey, { hash: true, der: true, publicKey: point, userId: '1234567812345678' }),
            ),
    };
}

/** A private key as a PEM that OpenSSL reads. */
export function sm2Pem(privateKey: string): string {
    const bytes = Buffer.from(BEFORE_KEY + privateKey + BEFORE_POINT + publicPoint(privateKey), 'hex');
    const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
    return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

/** A new private key, 64 hex digits. */
export function newSm2Key(): string {
    for (;;) {
        const key = toHex(randomBytes(32));
        if (isKey(key)) return key;
    }
}

function readPem(pem: string, file: string): string {
    const hex = Buffer.from(PEM.exec(pem)?.[1] ?? '', 'base64').toString('hex');
    const key = hex.slice(BEFORE_KEY.length, BEFORE_KEY.length + 64);
    // Only what this program and OpenSSL write: the public key of the file is not believed but worked out again.
    if (!isKey(key) || sm2Pem(key) !== pem) throw new Error(`${file} does not hold an SM2 key`);
    return key;
}

function isKey(key: string): boolean {
    const number = /^[0-9a-f]{64}$/.test(key) ? BigInt(`0x${key}`) : 0n;
    return number >= 1n && number <= LARGEST_KEY;
}

const publicPoint = (privateKey: string): string => sm2.getPublicKeyFromPrivateKey(privateKey);
