import { type CertificateCrypto, ecdsaNumbers, type SignatureScheme } from '@liuhen/domain';
import { ed25519 } from '@noble/curves/ed25519.js';

/**
 * Digests and signatures of time-stamps by the WebCrypto of the browser or of Node: authorities sign with RSA and ECDSA, of which the other
 * checks here need nothing. A key that is none, or a signature of another form, is a wrong signature.
 */
export const certificateCrypto: CertificateCrypto = {
    digest: async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, Uint8Array.from(bytes))),
    async verify(scheme, publicKey, message, signature) {
        try {
            if (scheme.name === 'Ed25519') return ed25519.verify(signature, message, publicKey.slice(-32), { zip215: false });
            const key = await crypto.subtle.importKey('spki', Uint8Array.from(publicKey), importOf(scheme), false, ['verify']);
            const bytes = scheme.name === 'ECDSA' ? ecdsaNumbers(signature, scheme.curve) : signature;
            return await crypto.subtle.verify(checkOf(scheme), key, Uint8Array.from(bytes), Uint8Array.from(message));
        } catch (error) {
            // Without WebCrypto nothing is known of any signature.
            if (globalThis.crypto?.subtle === undefined) throw error;
            return false;
        }
    },
};

type Imported = Exclude<SignatureScheme, { name: 'Ed25519' }>;

const importOf = (scheme: Imported) =>
    scheme.name === 'ECDSA' ? { name: scheme.name, namedCurve: scheme.curve } : { name: scheme.name, hash: scheme.digest };

const checkOf = (scheme: Imported) => {
    if (scheme.name === 'ECDSA') return { name: scheme.name, hash: scheme.digest };
    return scheme.name === 'RSA-PSS' ? { name: scheme.name, saltLength: scheme.saltLength } : { name: scheme.name };
};
