import { expect, it } from 'vitest';
import { eachOrganisation } from './log-progress.ts';

it('an organisation that fails keeps no other from being looked at, and is said', async () => {
    const seen: string[] = [];
    const looked = eachOrganisation(['a', 'b', 'c', 'd'], async (orgId) => {
        await Promise.resolve();
        if (orgId === 'a' || orgId === 'c') throw new Error(`${orgId} failed`);
        seen.push(orgId);
    });
    await expect(looked).rejects.toThrow('a failed');
    expect(seen).toEqual(['b', 'd']);
    await expect(eachOrganisation([], () => Promise.reject(new Error('nobody')))).resolves.toBeUndefined();
});
