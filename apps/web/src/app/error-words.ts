import { RequestError } from '@liuhen/contract';
import { outcomeUnknown } from './command-id.ts';

export type ErrorKind = 'refused' | 'unknown' | 'read';
export type NextStep = 'fix' | 'retry' | 'reload' | 'signIn' | 'ask';

/** A failure of any origin as one of the catalogue; what is not known is the server's failing, never hidden. */
export const asRequestError = (error: unknown): RequestError =>
    error instanceof RequestError
        ? error
        : new RequestError(0, { code: 'server.failed', params: { requestId: '—' }, requestId: '' });

/** What is safe: a read changes nothing, a refusal changed nothing, everything else may have been done. */
export const safetyOf = (error: unknown, of: 'read' | 'command'): ErrorKind =>
    of === 'read' ? 'read' : outcomeUnknown(error) ? 'unknown' : 'refused';

export function nextStepOf(error: RequestError): NextStep {
    switch (error.code) {
        case 'conflict.changedMeanwhile':
            return 'reload';
        case 'access.signInFirst':
            return 'signIn';
        case 'access.denied':
            return 'ask';
        default:
            return outcomeUnknown(error) ? 'retry' : 'fix';
    }
}
