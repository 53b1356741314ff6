import { fill } from '@liuhen/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../app/language.tsx';
import { clockAhead, isReached, lastAnswer, useReached } from '../../app/offline/contact.ts';
import { MOST_APART_MS } from '../../app/offline/kept-answers.ts';
import { forgetSession, sessionQuery } from '../../app/session.ts';

const WARN_MS = 120_000;

/**
 * Warns before the idle limit signs the person out. Every answered request moves the limit; where somebody is at work
 * without requests (typing a form), the session is asked for now and then, so that the server knows it too.
 */
export function IdleWarning() {
    const text = useText();
    const navigate = useNavigate();
    const { data, dataUpdatedAt, refetch } = useQuery(sessionQuery);
    const href = useRouterState({ select: (state) => state.location.href });
    const [left, setLeft] = useState<{ idle: number; all: number }>();
    const active = useRef(Date.now());
    const reached = useReached();
    /** What was known before the server could be reached again says nothing about the session any more. */
    const backSince = useRef(reached ? 0 : Number.POSITIVE_INFINITY);
    useEffect(() => {
        if (!reached) backSince.current = Number.POSITIVE_INFINITY;
        else if (backSince.current === Number.POSITIVE_INFINITY) {
            backSince.current = Date.now();
            void refetch();
        }
    }, [reached, refetch]);
    useEffect(() => {
        const note = () => {
            active.current = Date.now();
        };
        for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) addEventListener(kind, note, { passive: true });
        return () => {
            for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) removeEventListener(kind, note);
        };
    }, []);
    useEffect(() => {
        if (data === undefined) return;
        // The limits are in the server's time; a device may be hours off.
        const idleMs = data.idleEndsAt - (dataUpdatedAt - clockAhead());
        const tick = setInterval(() => {
            const now = Date.now();
            const idle = Math.max(lastAnswer(), dataUpdatedAt) + idleMs - now;
            const all = data.endsAt - (now - clockAhead());
            // Without the server nobody could sign in again: at the scene the work goes on, for a day's work at most.
            if (!isReached() && now - lastAnswer() < MOST_APART_MS) return setLeft(undefined);
            if (dataUpdatedAt < backSince.current) return;
            if (idle <= 0 || all <= 0) {
                clearInterval(tick);
                const why = idle <= 0 ? 'idle' : 'ended';
                void navigate({ to: '/sign-in', search: { next: href, why } }).finally(forgetSession);
                return;
            }
            if (idle < idleMs / 2 && now - active.current < 30_000 && idle > WARN_MS) void refetch();
            setLeft(idle < WARN_MS || all < WARN_MS * 2.5 ? { idle, all } : undefined);
        }, 1_000);
        return () => clearInterval(tick);
    }, [data, dataUpdatedAt, refetch, navigate, href]);
    if (left === undefined) return null;
    if (left.idle >= WARN_MS) {
        return (
            <div className="strip no-print" role="status" style={{ position: 'fixed', bottom: 0, left: 0, right: 0, zIndex: 30 }}>
                <strong>{text.session.endsTitle}</strong> ·{' '}
                {fill(text.session.endsWhat, { minutes: Math.ceil(left.all / 60_000) })}
            </div>
        );
    }
    return (
        <Modal
            open
            centered
            closable={false}
            title={text.session.idleTitle}
            footer={
                <Button type="primary" autoFocus onClick={() => void refetch()}>
                    {text.session.idleStay}
                </Button>
            }
        >
            {fill(text.session.idleWhat, { seconds: Math.ceil(left.idle / 1_000) })}
        </Modal>
    );
}
