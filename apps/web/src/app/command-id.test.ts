import { RequestError } from '@liuhen/contract';
import { describe, expect, test } from 'vitest';
import { Intent, newCommandId } from './command-id.ts';

const failure = (status: number, code: 'server.unavailable' | 'act.inFuture') =>
    new RequestError(status, { code, params: {}, requestId: '' });

test('ids are UUIDs in lower case and differ', () => {
    const some = Array.from({ length: 100 }, newCommandId);
    for (const each of some) expect(each).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(some).size).toBe(100);
});

describe('one intent, one command', () => {
    test('an unclear failure keeps the id', () => {
        const intent = new Intent();
        const first = intent.idFor({ a: 1 });
        intent.settled(failure(0, 'server.unavailable'));
        expect(intent.idFor({ a: 1 })).toBe(first);
        intent.settled(failure(503, 'server.unavailable'));
        expect(intent.idFor({ a: 1 })).toBe(first);
    });
    test('other input, a refusal and a success make a new one', () => {
        const intent = new Intent();
        const first = intent.idFor({ a: 1 });
        const second = intent.idFor({ a: 2 });
        expect(second).not.toBe(first);
        intent.settled(failure(400, 'act.inFuture'));
        const third = intent.idFor({ a: 2 });
        expect(third).not.toBe(second);
        intent.settled();
        expect(intent.idFor({ a: 2 })).not.toBe(third);
    });
});
