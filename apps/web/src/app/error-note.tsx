import { Button } from 'antd';
import { asRequestError, nextStepOf, safetyOf } from './error-words.ts';
import { useFormat, useText } from './language.tsx';

type Props = {
    error: unknown;
    /** Whether reading failed or a command. */
    of: 'read' | 'command';
    onRetry?: (() => void) | undefined;
    /** Said instead of the usual words where more is known about what is safe. */
    safe?: string;
    /** Reads the newest state, for `conflict.changedMeanwhile`. */
    onReload?: (() => void) | undefined;
};

/** Every failure is said here and in this order: what happened, what is safe, what to do now. */
export function ErrorNote({ error, of, safe, onRetry, onReload }: Props) {
    const text = useText();
    const format = useFormat();
    if (error === null || error === undefined) return null;
    const failure = asRequestError(error);
    const step = nextStepOf(failure);
    // What is safe and what to do is said below, once.
    const sentence =
        failure.code === 'server.unavailable'
            ? text.error[failure.status === 0 ? 'unreachable' : 'unavailable']
            : format.error(failure.code, { requestId: failure.requestId, ...failure.params });
    const safety = { refused: text.error.safeRefused, unknown: text.error.safeUnknown, read: text.error.safeRead }[
        safetyOf(error, of)
    ];
    // Nothing of what is saved was touched by looking for what is not there.
    const missing = of === 'read' && failure.status === 404;
    const now = {
        fix: of === 'command' ? text.error.nowFix : '',
        retry: text.error.nowRetry,
        reload: text.error.nowReload,
        signIn: text.error.nowSignIn,
        ask: text.error.nowAsk,
    }[step];
    return (
        <div className={`note ${step === 'fix' || step === 'reload' ? 'note-act' : 'note-bad'}`} role="alert">
            <strong>{sentence}</strong>
            <p>
                {missing ? text.common.notFoundWhat : step === 'ask' && of === 'read' ? '' : (safe ?? safety)}
                {now}
                {failure.requestId !== '' && failure.status >= 500 && !sentence.includes(failure.requestId) && (
                    <span className="faint"> {text.error.number.replace('{requestId}', failure.requestId)}</span>
                )}
            </p>
            {(step === 'reload' && onReload !== undefined && <Button onClick={onReload}>{text.common.reload}</Button>) ||
                (step !== 'fix' && step !== 'ask' && onRetry !== undefined && (
                    <Button onClick={onRetry}>{text.common.retry}</Button>
                ))}
        </div>
    );
}
