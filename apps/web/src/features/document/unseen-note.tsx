import { Link } from '@tanstack/react-router';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import type { DocumentDetail } from './document-types.ts';

/** 样张未核对: said while writing, because nothing can be issued on the form before it was compared. */
export function UnseenNote({ document }: { document: DocumentDetail }) {
    const text = useText();
    const { data } = useAsk('template.list', { query: {} });
    const form = data?.items.find((each) => each.type === document.type && each.version === document.templateVersion);
    if (form === undefined || form.confirmed !== null) return null;
    return (
        <p className="note note-act">
            <strong>{text.document.unseen}</strong> {text.document.unseenWhat}{' '}
            <Link to="/documents/forms">{text.documentForms.title}</Link>
        </p>
    );
}
