import { DomainError, parseCanonical, type VerifySignature } from '@liuhen/domain';
import type pg from 'pg';
import { ed25519KeyOf, keyIdOf, verifyAside } from '../../platform/signer.ts';
import type { Findings, KeyFindingCode } from './verify-report.ts';
import { rowsOf } from './verify-rows.ts';

/** A key the caller knows from elsewhere than this database. */
export type TrustedKey = { readonly keyId: string; readonly publicKey: Uint8Array };

export type KeyCheck = {
    verifySignature: VerifySignature;
    /** Takes the body of a sound `key.introduced` entry of the system log. */
    introduce(body: Uint8Array): void;
    /** Compares what the database, the system log and the caller say of the keys. */
    finish(findings: Findings): void;
};

/** The keys that may have signed entries. The table alone proves nothing: whoever can write it can add a key. */
export async function readKeys(client: pg.ClientBase, trusted: readonly TrustedKey[] | undefined): Promise<KeyCheck> {
    const stored = new Map(
        (await rowsOf<{ key_id: string; public_key: Uint8Array }>(client, 'select key_id, public_key from ledger.app_key')).map(
            (row) => [row.key_id, row.public_key],
        ),
    );
    const keys = new Map([...stored].map(([keyId, publicKey]) => [keyId, ed25519KeyOf(publicKey)]));
    const introduced = new Map<string, string>();
    return {
        verifySignature(keyId, message, signature) {
            const key = keys.get(keyId);
            if (key === undefined) throw new DomainError('log.unknownKey', { key: keyId });
            return verifyAside(null, message, key, signature);
        },
        introduce(body) {
            const { keyId, publicKey } = parseCanonical(body) as { keyId?: unknown; publicKey?: unknown };
            // The first word counts: a later entry cannot give a known name to another key.
            if (typeof keyId === 'string' && typeof publicKey === 'string' && !introduced.has(keyId))
                introduced.set(keyId, publicKey);
        },
        finish(findings) {
            const add = (code: KeyFindingCode, key: string) => findings.add({ about: 'key', code, params: { key } });
            for (const [keyId, publicKey] of stored) {
                const hex = Buffer.from(publicKey).toString('hex');
                if (keyIdOf(publicKey) !== keyId) add('key.misnamed', keyId);
                if (!introduced.has(keyId)) add('key.notIntroduced', keyId);
                else if (introduced.get(keyId) !== hex) add('key.introducedOtherwise', keyId);
                if (trusted !== undefined && !trusted.some((each) => Buffer.from(each.publicKey).toString('hex') === hex))
                    add('key.notTrusted', keyId);
            }
        },
    };
}
