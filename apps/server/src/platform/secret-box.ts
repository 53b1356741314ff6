import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Seals small secrets with a key that lives in the data folder and not in the database (AES-256-GCM, NIST SP 800-38D). */
export type SecretBox = {
    /** `purpose` and `id` bind the sealed bytes to their place: moved to another row they do not open. */
    seal(purpose: string, id: string, secret: Uint8Array): Uint8Array;
    open(purpose: string, id: string, sealed: Uint8Array): Uint8Array;
};

const NONCE = 12;
const TAG = 16;

export async function openSecretBox(folder: string): Promise<SecretBox> {
    const key = await secretFile(join(folder, 'secret-box.key'));
    const context = (purpose: string, id: string) => Buffer.from(`liuhen/${purpose}/${id}`);
    return {
        seal(purpose, id, secret) {
            const nonce = randomBytes(NONCE);
            const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context(purpose, id));
            return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
        },
        open(purpose, id, sealed) {
            const bytes = Buffer.from(sealed);
            const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(context(purpose, id));
            decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
            return Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()]);
        },
    };
}

/** 32 random bytes in a file of mode 0600, made once. */
export async function secretFile(file: string): Promise<Buffer> {
    try {
        // A restored backup may have lost its mode.
        await chmod(file, 0o600);
        return await readFile(file);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const secret = randomBytes(32);
    const handle = await open(file, 'wx', 0o600);
    try {
        await handle.writeFile(secret);
        await handle.sync();
    } finally {
        await handle.close();
    }
    return secret;
}
