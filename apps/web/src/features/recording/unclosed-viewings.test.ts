import { expect, test } from 'vitest';
import { toSend, type Unclosed } from './unclosed-viewings.ts';

const NOW = 1_000_000_000;
const left = (over: Partial<Unclosed>): Unclosed => ({
    personId: 'a',
    ended: false,
    seenAt: NOW,
    played: [{ startMs: 0, endMs: 900 }],
    ...over,
});

test('what a dead page left is sent in its own person’s name, what still plays or is on its way is not', () => {
    const all: [string, Unclosed][] = [
        ['plays', left({ seenAt: NOW - 60_000 })],
        ['crashed', left({ seenAt: NOW - 200_000 })],
        ['onItsWay', left({ ended: true, seenAt: NOW - 5_000 })],
        ['lost', left({ ended: true, seenAt: NOW - 20_000 })],
        ['another’s', left({ personId: 'b', ended: true, seenAt: 0 })],
    ];
    expect(toSend(all, 'a', NOW, undefined).map(([id]) => id)).toEqual(['crashed', 'lost']);
    expect(toSend(all, 'b', NOW, undefined)).toEqual([['another’s', { played: [{ startMs: 0, endMs: 900 }] }]]);
});

test('where pages hold locks, a dead one’s is sent at once and a sleeping one’s never', () => {
    const leftOut = { ranges: 3, ms: 120 };
    const all: [string, Unclosed][] = [
        ['died', left({ locked: true, seenAt: NOW - 1_000, leftOut })],
        ['sleeps', left({ locked: true, seenAt: NOW - 900_000 })],
        ['opens', left({ seenAt: NOW - 100 })],
    ];
    expect(toSend(all, 'a', NOW, new Set(['sleeps']))).toEqual([['died', { played: [{ startMs: 0, endMs: 900 }], leftOut }]]);
});
