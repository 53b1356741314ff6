import { expect, test } from 'vitest';
import { askedNow, cameOf, partOf } from './copy-state.ts';

type Recording = Parameters<typeof askedNow>[0];
type Item = Recording['derivedItems'][number];

const item = (kind: Item['kind'], over: Partial<Item> = {}): Item => ({
    kind,
    state: 'made',
    fromSha256: '',
    sha256: 'aa',
    size: '1',
    program: 'ffmpeg',
    programVersion: '7',
    arguments: [],
    reason: null,
    durationMs: 1_000,
    rebuilt: null,
    dull: null,
    madeAt: 5_000,
    ...over,
});
const recording = (derivedItems: Item[], making: Recording['making'] = []): Recording => ({ derivedItems, making });

test('what was asked for is known by what stood there before, not by another item and not by a clock', () => {
    const failed = item('playable', { state: 'failed', reason: 'timedOut', sha256: null });
    const asked = askedNow(recording([failed, item('repaired')]), 'playable');
    expect(cameOf(recording([failed, item('repaired', { madeAt: 9_000 })]), asked)).toBeUndefined();
    // Made at an earlier time than the failed one: the clock of the server was set back.
    const made = item('playable', { madeAt: 4_000 });
    expect(cameOf(recording([made, item('repaired')]), asked)).toBe(made);
    const again = { ...failed, madeAt: 5_001 };
    expect(cameOf(recording([again]), asked)).toBe(again);
    expect(cameOf(recording([made]), askedNow(recording([]), 'playable'))).toBe(made);
});

test('how far it is, of the item that is asked about only', () => {
    const making: Recording['making'] = [{ kind: 'storyboard', partMilli: 700 }];
    expect(partOf(recording([], making), 'playable')).toBeUndefined();
    expect(partOf(recording([], making), 'storyboard')).toBe(700);
});
