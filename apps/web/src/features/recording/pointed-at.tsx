import { fill } from '@liuhen/contract';
import type { Instant } from '@liuhen/domain';
import { useEffect, useRef } from 'react';
import { useText } from '../../app/language.tsx';
import { momentWords, type RecordingMoment } from './moment-link.tsx';

/** Where the players stand because a link led to a moment; says so too where that moment cannot be shown. */
export function PointedAt({
    name,
    moment,
    at,
}: {
    name: string | undefined;
    moment: RecordingMoment;
    /** Undefined: no player shows it. */
    at: Instant | undefined;
}) {
    const text = useText();
    const line = useRef<HTMLParagraphElement>(null);
    useEffect(() => line.current?.scrollIntoView({ block: 'center' }), []);
    return (
        <p ref={line} className="empty-small">
            {fill(at === undefined ? text.moment.gone : text.moment.opened, { at: momentWords(name ?? '', moment).trim() })}
        </p>
    );
}
