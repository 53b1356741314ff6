import { EVENT_KINDS } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../endpoints.ts';
import { ERRORS } from '../errors.ts';
import { errorsEn } from './errors.en.ts';
import { errorsZh } from './errors.zh-CN.ts';
import { eventsEn, eventsZh } from './events.ts';
import { errorText } from './index.ts';

const placeholders = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('the error catalogue', () => {
    it('has exactly its sentences, in both languages', () => {
        expect(Object.keys(errorsZh).sort()).toEqual(Object.keys(ERRORS).sort());
        expect(Object.keys(errorsEn).sort()).toEqual(Object.keys(ERRORS).sort());
    });

    it.each(Object.keys(errorsZh) as (keyof typeof errorsZh)[])('%s says the same in both languages', (code) => {
        expect(placeholders(errorsEn[code])).toEqual(placeholders(errorsZh[code]));
        expect(errorsZh[code]).toMatch(/\p{Script=Han}/u);
        expect(errorsEn[code]).not.toMatch(/\p{Script=Han}/u);
    });

    it('fills its placeholders and shows a missing one', () => {
        expect(errorText('en', 'session.locked', { minutes: 3 })).toContain('in 3 minutes');
        expect(errorText('en', 'session.locked')).toContain('{minutes}');
    });
});

describe('the kinds of log entries', () => {
    it('each have a name in both languages, and no other', () => {
        expect(Object.keys(eventsZh).sort()).toEqual(Object.keys(EVENT_KINDS).sort());
        expect(Object.keys(eventsEn).sort()).toEqual(Object.keys(EVENT_KINDS).sort());
    });
});

describe('endpoints', () => {
    it('do not share a method and path', () => {
        const routes = Object.values(endpoints).map((each) => `${each.method} ${each.path}`);
        expect(new Set(routes).size).toBe(routes.length);
    });

    it('write only by commands', () => {
        const reads = Object.entries(endpoints).filter(([, { kind }]) => kind === 'query');
        // What is only set ahead is too long for an address.
        expect(reads.filter(([, { method }]) => method !== 'GET').map(([id]) => id)).toEqual(['document.setAhead']);
        for (const each of Object.values(endpoints)) if (each.method === 'GET') expect(each.kind).toBe('query');
    });
});

it('English has one apostrophe', () => {
    const sentences = [
        ...Object.values(errorsEn),
        ...Object.values(eventsEn),
        ...Object.values(endpoints).map((each) => each.summary),
    ];
    expect(sentences.filter((each) => each.includes('’'))).toEqual([]);
});
