import { mkdir } from 'node:fs/promises';
import { fill } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { lockFolder } from '../../platform/embedded-postgres/folder-lock.ts';
import { UsageError } from '../io.ts';
import type { DockWords } from './words-dock.ts';

/** One process at a time writes a journal; the kernel lets go however that process ends. */
export async function holdState(folder: string, words: DockWords): Promise<() => void> {
    try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        return lockFolder(folder);
    } catch (error) {
        if (error instanceof DomainError) throw new UsageError(fill(words.stateBusy, { folder }));
        throw new UsageError(fill(words.stateUnusable, { folder, reason: (error as { code?: string }).code ?? '' }));
    }
}
