import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clockAhead, isAway, isReached, lastAnswer, noteAnswer, noteKeptSince } from './contact.ts';

const NOW = Date.parse('2026-11-18T09:00:00Z');
beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

it('a server is away where nothing or only a proxy answers; an error of its own is an answer', () => {
    expect([0, 502, 503, 504].map(isAway)).toEqual([true, true, true, true]);
    expect([200, 304, 401, 404, 500, 501, 505].map(isAway)).toEqual(Array.from({ length: 7 }, () => false));
});

it('the last answer is one that moved the session: neither a refusal nor a proxy does', () => {
    noteAnswer(200);
    expect([isReached(), lastAnswer()]).toEqual([true, NOW]);
    vi.setSystemTime(NOW + 1_000);
    noteAnswer(401);
    expect([isReached(), lastAnswer()]).toEqual([true, NOW]);
    noteAnswer(503);
    expect([isReached(), lastAnswer()]).toEqual([false, NOW]);
    noteAnswer(400);
    expect([isReached(), lastAnswer()]).toEqual([true, NOW]);
    noteAnswer(399);
    expect([isReached(), lastAnswer()]).toEqual([true, NOW + 1_000]);
});

it('pages that were opened from what is kept are as old as that, and never newer than now', () => {
    noteKeptSince(NOW - 5_000);
    expect([isReached(), lastAnswer()]).toEqual([false, NOW - 5_000]);
    noteKeptSince(NOW + 5_000);
    expect([isReached(), lastAnswer()]).toEqual([false, NOW]);
});

it('how far the clock of the device is ahead is what the last answer of the server itself says', () => {
    noteAnswer(200, new Date(NOW - 90_000).toUTCString());
    expect(clockAhead()).toBe(90_000);
    // A proxy’s clock is none of ours, and no date says nothing.
    noteAnswer(502, new Date(NOW - 7_000_000).toUTCString());
    noteAnswer(200);
    noteAnswer(200, 'not a date');
    expect(clockAhead()).toBe(90_000);
    noteAnswer(404, new Date(NOW + 30_000).toUTCString());
    expect(clockAhead()).toBe(-30_000);
});
