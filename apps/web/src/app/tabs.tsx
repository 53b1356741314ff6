import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** Pages that belong together, as links in one row. Where the row is wider than the screen the page shown is brought into view. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
    const row = useRef<HTMLElement>(null);
    const href = useLocation({ select: (location) => location.href });
    // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another link to show
    useLayoutEffect(() => {
        const [box, shown] = [row.current, row.current?.querySelector<HTMLElement>('a.active')];
        if (box === null || shown === null || shown === undefined) return;
        // The row alone moves, never the page around it.
        box.scrollLeft = shown.offsetLeft - box.offsetLeft - (box.clientWidth - shown.offsetWidth) / 2;
    }, [href]);
    return (
        <nav className="tabs no-print" aria-label={label} ref={row}>
            {children}
        </nav>
    );
}
