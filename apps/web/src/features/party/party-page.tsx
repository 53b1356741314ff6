import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { PartyDrawer } from './party-drawer.tsx';
import { PremisesCard } from './premises-card.tsx';

type Party = ResponseOf<Endpoints['party.get']>;

/** One party, one file: everything about it on one page. */
export function PartyPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/parties/$id' });
    const { data, error, isPending, refetch } = useAsk('party.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/parties">{text.party.title}</Link>} />;
    return <Loaded key={data.id} party={data} />;
}

function Loaded({ party }: { party: Party }) {
    const text = useText();
    const may = useMay();
    const [editing, setEditing] = useState(false);
    return (
        <>
            <PageHead
                crumb={<Link to="/parties">{text.party.title}</Link>}
                title={party.name}
                tag={party.state === 'closed' && <Tag>{text.party.states.closed}</Tag>}
                facts={
                    <Line
                        of={[
                            text.party.kinds[party.kind],
                            party.creditCode,
                            party.address,
                            <Link key="acts" to="/acts" search={{ partyId: party.id }}>
                                {fill(text.party.actsCount, { count: party.actCount })}
                            </Link>,
                            <Link key="recordings" to="/recordings" search={{ partyId: party.id }}>
                                {fill(text.party.recordings, { count: party.recordingCount })}
                            </Link>,
                        ]}
                    />
                }
                actions={
                    <>
                        {may('party.manage') && <Button onClick={() => setEditing(true)}>{text.party.editTitle}</Button>}
                        {may('act.manage') && party.state === 'active' && (
                            <LinkButton primary to="/acts/new" search={{ partyId: party.id }}>
                                {text.party.newAct}
                            </LinkButton>
                        )}
                    </>
                }
            />
            <div className="two">
                <div>
                    <ActsCard party={party} />
                    <PremisesCard party={party} />
                </div>
                <div>
                    <Card title={text.party.facts}>
                        <div className="body">
                            <Facts
                                of={[
                                    [text.party.kind, text.party.kinds[party.kind]],
                                    [text.party.creditCode, party.creditCode],
                                    [text.party.legalRepresentative, party.legalRepresentative],
                                    [text.party.phone, party.phone],
                                    [text.party.address, party.address],
                                    [text.party.state, text.party.states[party.state]],
                                ]}
                            />
                        </div>
                    </Card>
                    <TraceCard objectId={party.id} />
                </div>
            </div>
            {editing && <PartyDrawer party={party} onClose={() => setEditing(false)} />}
        </>
    );
}

function ActsCard({ party }: { party: Party }) {
    const text = useText();
    const format = useFormat();
    const acts = useAsk('act.list', { query: { partyId: party.id, limit: 200 } }).data?.items ?? [];
    return (
        <Card title={text.party.acts} small={party.actCount}>
            {acts.length === 0 ? (
                <p className="empty-small">{text.party.actsEmpty}</p>
            ) : (
                <ol className="timeline">
                    {acts.map((act) => (
                        <li key={act.id}>
                            <Link to="/acts/$id" params={{ id: act.id }}>
                                {text.act.scenarios[act.scenario]}
                            </Link>
                            <span className="second">
                                <Line
                                    of={[
                                        format.period(act.startsAt, act.endsAt),
                                        act.place,
                                        format.list(act.participants.map((each) => each.name)),
                                        fill(text.party.recordings, { count: act.recordingCount }),
                                    ]}
                                />
                            </span>
                        </li>
                    ))}
                </ol>
            )}
        </Card>
    );
}
