import { RequestError } from '@liuhen/contract';
import { expect, test } from 'vitest';
import { asRequestError, nextStepOf, safetyOf } from './error-words.ts';

const error = (status: number, code: RequestError['code']) => new RequestError(status, { code, params: {}, requestId: 'r' });

test('what is safe', () => {
    expect(safetyOf(error(409, 'act.notOpen'), 'command')).toBe('refused');
    expect(safetyOf(error(0, 'server.unavailable'), 'command')).toBe('unknown');
    expect(safetyOf(error(0, 'server.unavailable'), 'read')).toBe('read');
});
test('what now', () => {
    expect(nextStepOf(error(409, 'conflict.changedMeanwhile'))).toBe('reload');
    expect(nextStepOf(error(401, 'access.signInFirst'))).toBe('signIn');
    expect(nextStepOf(error(403, 'access.denied'))).toBe('ask');
    expect(nextStepOf(error(400, 'act.inFuture'))).toBe('fix');
    expect(nextStepOf(error(503, 'server.unavailable'))).toBe('retry');
});
test('an unknown failure is stated as one', () => {
    expect(asRequestError(new TypeError('x')).code).toBe('server.failed');
});
