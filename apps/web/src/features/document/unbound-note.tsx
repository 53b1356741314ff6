import { fill } from '@liuhen/contract';
import { useText } from '../../app/language.tsx';
import type { DocumentDetail } from './document-types.ts';
import { unboundNumber } from './offline-outbox.ts';

/** The number that a document bore on the device is not its own: it was given back or used elsewhere before it arrived. */
export function UnboundNote({ document }: { document: DocumentDetail }) {
    const text = useText();
    const number = unboundNumber(document.id);
    if (number === undefined || document.number !== null) return null;
    return (
        <p className="note note-act" role="alert">
            <strong>{fill(text.documentOffline.unbound, { number })}</strong> {text.documentOffline.unboundWhat}
        </p>
    );
}
