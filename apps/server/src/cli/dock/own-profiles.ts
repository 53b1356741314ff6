import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fill } from '@liuhen/contract';
import { type RecorderProfile, readProfile, SHIPPED_PROFILES } from '@liuhen/domain';
import { UsageError } from '../io.ts';
import type { DockWords } from './words-dock.ts';

/** The organisation's own profiles before the shipped ones: of two that explain a volume alike, its own is taken. */
export async function allProfiles(folder: string | undefined, words: DockWords): Promise<readonly RecorderProfile[]> {
    if (folder === undefined) return SHIPPED_PROFILES;
    const names = await readdir(folder).catch((error: { code?: string }) => {
        throw new UsageError(fill(words.profileUnreadable, { file: folder, reason: error.code ?? '' }));
    });
    const own: RecorderProfile[] = [];
    for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
        const profile = await readOwn(join(folder, name), words);
        if (own.some((each) => each.id === profile.id))
            throw new UsageError(fill(words.profileSame, { file: name, id: profile.id }));
        own.push(profile);
    }
    // One of its own takes the place of a shipped one with the same id.
    return [...own, ...SHIPPED_PROFILES.filter((each) => !own.some((other) => other.id === each.id))];
}

async function readOwn(file: string, words: DockWords): Promise<RecorderProfile> {
    let value: unknown;
    try {
        value = JSON.parse(await readFile(file, 'utf8'));
    } catch (error) {
        throw new UsageError(fill(words.profileUnreadable, { file, reason: (error as Error).message }));
    }
    const read = readProfile(value);
    if ('profile' in read) return read.profile;
    const [fault] = read.faults;
    throw new UsageError(
        fill(words.profileWrong, { file, rule: fault?.at ?? 0, fault: words.faults[fault?.code ?? 'profile.shape'] }),
    );
}
