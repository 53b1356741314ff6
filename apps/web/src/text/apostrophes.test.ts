import { expect, it } from 'vitest';
import { en } from './en.ts';

const sentences = (of: unknown): string[] =>
    typeof of === 'string' ? [of] : typeof of === 'object' && of !== null ? Object.values(of).flatMap(sentences) : [];

it('English has one apostrophe', () => {
    expect(sentences(en).length).toBeGreaterThan(1_000);
    expect(sentences(en).filter((each) => /\w’/.test(each))).toEqual([]);
});
