import { hasItemList } from '@liuhen/domain';
import { Button } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useMay } from '../../app/session.ts';
import type { DocumentDetail } from './document-types.ts';
import { useBeginDocument } from './use-begin-document.ts';

/** Begins the list of what a decision holds: attached to it, it names it by title and number on every page. */
export function ItemListButton({ document }: { document: DocumentDetail }) {
    const text = useText();
    const may = useMay();
    const { id: parentId, act, case: ofCase, party, state, type } = document;
    const { begin, busy, error } = useBeginDocument({
        parentId,
        ...(act === null ? {} : { actId: act.id }),
        ...(ofCase === null ? {} : { caseId: ofCase.id }),
        ...(party === null ? {} : { partyId: party.id }),
    });
    if (!hasItemList(type) || state === 'voided' || !may('document.write')) return null;
    return (
        <div className="paper-do">
            <ErrorNote error={error} of="command" />
            <Button disabled={busy} onClick={() => begin('itemList')}>
                {text.document.itemList}
            </Button>
        </div>
    );
}
