import type { ReactNode } from 'react';

/** A table that may be wider than the screen: moved sideways by finger, by wheel, and by key once it has the focus. */
export function TableScroll({ label, children }: { label: string; children: ReactNode }) {
    return (
        // biome-ignore lint/a11y/useSemanticElements: no set of fields, and the card around it is the landmark
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what moves sideways has to be reached by key
        <div className="table-scroll" role="group" aria-label={label} tabIndex={0}>
            {children}
        </div>
    );
}
