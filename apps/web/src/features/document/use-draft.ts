import { type Endpoints, RequestError, type ResponseOf } from '@liuhen/contract';
import type { DocumentContent, FieldValue } from '@liuhen/domain';
import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../app/client.ts';
import { newCommandId } from '../../app/command-id.ts';
import { refreshAll } from '../../app/query.ts';
import { dropDraft, type KeptDraft, keepDraft } from './draft-store.ts';
import { noteSaved, showsDraft } from './open-drafts.ts';
import { setAhead } from './pages-ahead.ts';

export type Stated = { readonly startedAt: number | null; readonly endedAt: number | null };
export type DraftState = Stated & { readonly content: DocumentContent };
type Answer = ResponseOf<Endpoints['document.save']>;
export type Conflict = Extract<Answer, { outcome: 'conflict' }>;

/** Where the typed text is: on the server, on the way, on this device only, or nowhere but on the screen. */
export type SaveStatus = 'saved' | 'unsaved' | 'saving' | 'offline' | 'failed' | 'conflict';

const QUIET_MS = 1_200;
/** The pages of what was typed are set in the second half of that. */
const AHEAD_MS = 600;
const RETRY_MS = 5_000;
/** All else on the page is asked for anew only after the pages, which the writer waits for. */
const AFTER_PAGES_MS = 300;

/**
 * A draft that saves itself: every change is kept on this device at once and sent after a quiet moment; one request at a
 * time, each on the revision that the last one gave. What another person saved meanwhile is never overwritten.
 */
export function useDraft(id: string, personId: string, initial: DraftState & { revision: number }) {
    const [state, setState] = useState<DraftState>(initial);
    const [status, setStatus] = useState<SaveStatus>('saved');
    const [savedAt, setSavedAt] = useState<number>();
    const [conflict, setConflict] = useState<Conflict>();
    const [error, setError] = useState<unknown>();
    const [unkept, setUnkept] = useState(false);
    const latest = useRef<DraftState>(initial);
    const revision = useRef(initial.revision);
    const sent = useRef<DraftState>(initial);
    const busy = useRef(false);
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
    const ahead = useRef<ReturnType<typeof setTimeout>>(undefined);
    const refreshing = useRef<ReturnType<typeof setTimeout>>(undefined);
    /** The command id of an attempt whose answer did not come: the same content goes out under it again. */
    const attempt = useRef<{ of: DraftState; commandId: string }>(undefined);

    const send = useCallback(async (): Promise<boolean> => {
        clearTimeout(timer.current);
        clearTimeout(ahead.current);
        if (busy.current) return false;
        if (latest.current === sent.current) return true;
        busy.current = true;
        setStatus('saving');
        const going = latest.current;
        if (attempt.current?.of !== going) attempt.current = { of: going, commandId: newCommandId() };
        try {
            const { content, startedAt, endedAt } = going;
            const answer = await client.call(
                'document.save',
                { params: { id }, body: { revision: revision.current, content, startedAt, endedAt } },
                { commandId: attempt.current.commandId },
            );
            attempt.current = undefined;
            setError(undefined);
            if (answer.outcome === 'conflict') {
                setConflict(answer);
                setStatus('conflict');
                return false;
            }
            revision.current = answer.revision;
            sent.current = going;
            noteSaved(id, { ...going, revision: answer.revision, version: answer.version, savedAt: answer.savedAt });
            setSavedAt(answer.savedAt);
            if (latest.current === going) {
                setStatus('saved');
                await dropDraft(id).catch(() => undefined);
                clearTimeout(refreshing.current);
                refreshing.current = setTimeout(() => void refreshAll(), AFTER_PAGES_MS);
                return true;
            }
            timer.current = setTimeout(() => void send(), QUIET_MS);
            setStatus('unsaved');
            return false;
        } catch (failure) {
            const unreachable = !(failure instanceof RequestError) || failure.status === 0 || failure.status >= 500;
            setStatus(unreachable ? 'offline' : 'failed');
            setError(unreachable ? undefined : failure);
            if (unreachable) timer.current = setTimeout(() => void send(), RETRY_MS);
            return false;
        } finally {
            busy.current = false;
        }
    }, [id]);

    const change = useCallback(
        (next: Partial<DraftState>) => {
            latest.current = { ...latest.current, ...next };
            setState(latest.current);
            setStatus((before) => (before === 'conflict' ? before : 'unsaved'));
            const written = latest.current;
            void keepDraft({ id, personId, revision: revision.current, ...written, keptAt: Date.now() })
                .then(() => setUnkept(false))
                .catch(() => setUnkept(true));
            clearTimeout(timer.current);
            clearTimeout(ahead.current);
            timer.current = setTimeout(() => void send(), QUIET_MS);
            ahead.current = setTimeout(() => setAhead(id, written), AHEAD_MS);
        },
        [id, personId, send],
    );
    const setField = useCallback(
        (key: string, value: FieldValue) => change({ content: { ...latest.current.content, [key]: value } }),
        [change],
    );
    /**
     * Goes on with what was typed here earlier, on the revision it was typed on: whatever was saved elsewhere since comes
     * back as a conflict and is not written over.
     */
    const resume = useCallback(
        ({ content, startedAt, endedAt, revision: typedOn }: KeptDraft) => {
            revision.current = Math.min(typedOn, revision.current);
            change({ content, startedAt, endedAt });
        },
        [change],
    );
    /** Goes on from what the other person saved, with the fields that were chosen. */
    const settle = useCallback(
        (onRevision: number, content: DocumentContent) => {
            revision.current = onRevision;
            setConflict(undefined);
            setStatus('unsaved');
            change({ content });
        },
        [change],
    );

    useEffect(() => showsDraft(id, send), [id, send]);
    useEffect(() => {
        const online = () => void send();
        const leaving = (event: BeforeUnloadEvent) => {
            if (latest.current !== sent.current) event.preventDefault();
        };
        window.addEventListener('online', online);
        window.addEventListener('beforeunload', leaving);
        return () => {
            window.removeEventListener('online', online);
            window.removeEventListener('beforeunload', leaving);
            clearTimeout(timer.current);
            // Leaving the page inside the application sends what is there; it is kept on the device in any case.
            void send();
        };
    }, [send]);

    return { state, status, savedAt, conflict, error, unkept, change, resume, setField, settle, send };
}
export type Draft = ReturnType<typeof useDraft>;
