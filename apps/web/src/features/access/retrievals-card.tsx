import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Line, Tag } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { RetrievalDrawer } from './retrieval-drawer.tsx';
import { RETRIEVAL_STATUS } from './retrieval-words.ts';

/** Retrievals of an act or a case, and the way to ask for one. */
export function RetrievalsCard({ of }: { of: { readonly actId: string } | { readonly caseId: string } }) {
    const may = useMay();
    return may('retrieval.list') ? <Register of={of} mayAsk={may('retrieval.request')} /> : null;
}

function Register({ of, mayAsk }: { of: { readonly actId: string } | { readonly caseId: string }; mayAsk: boolean }) {
    const text = useText();
    const format = useFormat();
    const [asking, setAsking] = useState(false);
    const { items, total } = usePages('retrieval.list', of);
    if (!mayAsk && items.length === 0) return null;
    return (
        <Card
            title={text.retrieval.card}
            small={total ?? 0}
            right={
                mayAsk && (
                    <Button size="small" className="no-print" onClick={() => setAsking(true)}>
                        {text.retrieval.new}
                    </Button>
                )
            }
        >
            {items.length === 0 && <p className="empty-small">{text.retrieval.cardNone}</p>}
            <ul className="people">
                {items.map((each) => (
                    <li key={each.id}>
                        <div>
                            <Link to="/recordings/retrievals/$id" params={{ id: each.id }}>
                                {each.number}
                            </Link>
                            <span className="second">
                                <Line
                                    of={[
                                        text.retrieval.purposes[each.purpose],
                                        each.proceeding,
                                        format.dateTime(each.requestedAt),
                                    ]}
                                />
                            </span>
                        </div>
                        <Tag status={RETRIEVAL_STATUS[each.state]}>{text.retrieval.states[each.state]}</Tag>
                    </li>
                ))}
            </ul>
            {asking && <RetrievalDrawer of={of} onClose={() => setAsking(false)} />}
        </Card>
    );
}
