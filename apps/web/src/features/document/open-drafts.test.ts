import { beforeEach, expect, it } from 'vitest';
import { ask, queryClient } from '../../app/query.ts';
import type { DocumentDetail } from './document-types.ts';
import { noteStepped, versionOnceSaved } from './open-drafts.ts';

const read = (id: string, version: number) =>
    queryClient.setQueryData(ask('document.get', { params: { id } }).queryKey, { id, version } as DocumentDetail);

beforeEach(() => queryClient.clear());

it('goes on from the own last step while the page still shows what it read before', async () => {
    read('a', 3);
    noteStepped('a', 4);
    expect(await versionOnceSaved({ id: 'a', version: 3 })).toBe(4);
    read('a', 5);
    expect(await versionOnceSaved({ id: 'a', version: 3 })).toBe(5);
});

it('goes on from what was read where no step was taken, and knows one document from another', async () => {
    noteStepped('b', 9);
    expect(await versionOnceSaved({ id: 'c', version: 2 })).toBe(2);
    read('c', 3);
    expect(await versionOnceSaved({ id: 'c', version: 2 })).toBe(3);
});
