import { describe, expect, it } from 'vitest';
import { createPasswordHashing, PASSWORD_COST } from './password-hashing.ts';

const cheap = createPasswordHashing({ memoryKib: 1024, passes: 1 });

describe('password hashing', () => {
    it('is argon2id with 64 MiB and three passes', async () => {
        const hash = await createPasswordHashing().hash('x');
        expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
        expect(PASSWORD_COST).toEqual({ memoryKib: 65_536, passes: 3 });
    });

    it('tells right from wrong, takes passwords as typed, and salts', async () => {
        const hash = await cheap.hash(' Ａ密码 ');
        expect(await cheap.hash(' Ａ密码 ')).not.toBe(hash);
        expect(await cheap.verify(hash, ' Ａ密码 ')).toBe(true);
        for (const wrong of ['Ａ密码', ' A密码 ', '']) expect(await cheap.verify(hash, wrong)).toBe(false);
    });

    it('says when a hash was made at another cost', async () => {
        const dearer = createPasswordHashing({ memoryKib: 2048, passes: 1 });
        const hash = await cheap.hash('x');
        expect([cheap.isOutdated(hash), dearer.isOutdated(hash)]).toEqual([false, true]);
        expect(await dearer.verify(hash, 'x')).toBe(true);
    });

    it('works as long for nobody’s password, and says no', async () => {
        const hashing = createPasswordHashing({ memoryKib: 16 * 1024, passes: 2 });
        const hash = await hashing.hash('x');
        const timeOf = async (stored: string | undefined): Promise<number> => {
            const start = performance.now();
            expect(await hashing.verify(stored, 'wrong')).toBe(false);
            return performance.now() - start;
        };
        const nobody: number[] = [];
        const somebody: number[] = [];
        for (let round = 0; round < 7; round++) {
            nobody.push(await timeOf(undefined));
            somebody.push(await timeOf(hash));
        }
        // The fastest of each, so that a busy machine does not matter; an answer without work would be a thousand times faster.
        expect(Math.min(...nobody)).toBeGreaterThan(Math.min(...somebody) / 3);
    });

    it('lets a flood wait in a short line and refuses the rest, and goes on afterwards', async () => {
        const flood = await Promise.allSettled(Array.from({ length: 100 }, () => cheap.hash('x')));
        const refused = flood.filter((each) => each.status === 'rejected');
        expect(refused).toHaveLength(100 - 2 - 64);
        expect(refused[0]?.reason).toMatchObject({ code: 'request.tooMany', params: { seconds: 10 } });
        expect(await cheap.hash('x')).toContain('argon2id');
    });
});
