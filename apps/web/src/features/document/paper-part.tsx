import type { ReactNode } from 'react';
import { Tag } from '../../app/page.tsx';

type Props = {
    title: string;
    empty: string;
    count: number;
    note?: string | undefined;
    children: ReactNode;
};

/** One list on the card of what exists on paper; an empty one says what will stand there. */
export const PaperPart = ({ title, empty, count, note, children }: Props) => (
    <section className="paper-part" aria-label={title}>
        <h3>
            {title} {note !== undefined && <Tag status="act">{note}</Tag>}
        </h3>
        {count === 0 ? <p className="faint">{empty}</p> : <ul>{children}</ul>}
    </section>
);
