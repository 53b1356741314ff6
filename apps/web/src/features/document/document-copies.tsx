import { Button } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { copiesOf } from './copies.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { useSignedCopy } from './use-signed-copy.ts';

/** Which copy to print or to hand out, by name: nobody hands over a draft, or pages without the signatures that were given. */
export function DocumentCopies({ document, paper }: { document: DocumentDetail; paper: Paper }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { make, busy, error } = useSignedCopy(document.id);
    const copies = copiesOf(document, paper);
    const words = text.documentCopies;
    if (copies.length === 0) return null;
    return (
        <section className="paper-part" aria-label={words.title}>
            <h3>{words.title}</h3>
            <ul className="copies">
                {copies.map((copy, place) => (
                    <li key={copy.kind}>
                        <span className="copy-words">
                            <strong>{words.kinds[copy.kind].name}</strong>
                            {place === 0 && copies.length > 1 && <Tag status="held">{words.first}</Tag>}
                            <span className="soft">
                                {words.kinds[copy.kind].what}
                                {copy.at !== null && ` · ${format.dateTime(copy.at)}`}
                            </span>
                        </span>
                        {'href' in copy ? (
                            <Button href={copy.href} target="_blank" rel="noreferrer">
                                {words.kinds[copy.kind].open}
                            </Button>
                        ) : may('document.write') ? (
                            <Button disabled={busy} onClick={() => make(copy.makeFrom)}>
                                {busy ? text.documentPaper.printing : words.make}
                            </Button>
                        ) : (
                            <span className="faint">{words.notMade}</span>
                        )}
                    </li>
                ))}
            </ul>
            <ErrorNote error={error} of="command" />
        </section>
    );
}
