import { PROCEDURES } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Dot } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { RelatedCard } from '../../app/related-card.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { CasePick } from './case-pick.tsx';
import { TERM_STATUS, useCaseWords } from './case-words.ts';

type Of = { actId: string; partyId?: string } | { partyId: string };

/** Cases of an act or of a party, on its page. Absent where cases may not be read. */
export function CasesCard({ of }: { of: Of }) {
    const may = useMay();
    return may('case.list') ? <Cases of={of} /> : null;
}

const SHOWN = 10;

function Cases({ of }: { of: Of }) {
    const text = useText();
    const words = useCaseWords();
    const may = useMay();
    const [linking, setLinking] = useState(false);
    const filter = 'actId' in of ? { actId: of.actId } : of;
    const found = useAsk('case.list', { query: { ...filter, limit: SHOWN } });
    return (
        <RelatedCard
            title={text.case.here}
            all={
                <Link to="/cases" search={filter}>
                    {text.case.all}
                </Link>
            }
            found={found}
            empty={text.case.hereEmpty}
            className="people"
            row={(item) => (
                <div>
                    <Link to="/cases/$id" params={{ id: item.id }}>
                        {item.title}
                    </Link>
                    <span className="second">
                        {item.number} · {words.state(item.procedure, item.state)}
                    </span>
                    {item.next !== null && (
                        <span className="second status">
                            <Dot status={TERM_STATUS[item.next.state]} />
                            {words.term(item.next.key)} · {words.termLine(item.next)}
                        </span>
                    )}
                </div>
            )}
            actions={
                may('case.manage') && (
                    <>
                        <LinkButton to="/cases/new" search={of}>
                            {text.case.new}
                        </LinkButton>
                        {'actId' in of && <Button onClick={() => setLinking(true)}>{text.case.linkHere}</Button>}
                    </>
                )
            }
        >
            {linking && 'actId' in of && <LinkDialogue actId={of.actId} onClose={() => setLinking(false)} />}
        </RelatedCard>
    );
}

/** Puts the act into a case that runs already; an act may serve several. */
function LinkDialogue({ actId, onClose }: { actId: string; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [caseId, setCaseId] = useState<string>();
    const link = useCommand('case.linkAct', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const submit = () => {
        if (caseId !== undefined) link.mutate({ params: { id: caseId }, body: { actId } });
    };
    return (
        <Modal
            open
            title={text.case.linkHere}
            okText={text.case.linkHere}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: caseId === undefined || link.isPending }}
        >
            <p className="soft">{text.case.linkHereWhat}</p>
            <ErrorNote error={link.error} of="command" onRetry={submit} />
            <CasePick
                label={text.case.linkHere}
                of={PROCEDURES}
                {...(caseId === undefined ? {} : { value: caseId })}
                onChange={setCaseId}
            />
        </Modal>
    );
}
