import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { CasesCard } from '../case/cases-card.tsx';
import { DocumentsCard } from '../document/documents-card.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { DuplicatesCard } from './duplicates-card.tsx';
import { GradeCard } from './grade-card.tsx';
import { LicenceCard } from './licence-card.tsx';
import { MergeCard } from './merge-card.tsx';
import { MergeDrawer } from './merge-drawer.tsx';
import { NamesCard } from './names-card.tsx';
import { PartyAnswer } from './party-answer.tsx';
import { PartyDrawer } from './party-drawer.tsx';
import { PremisesCard } from './premises-card.tsx';
import { TimelineCard } from './timeline-card.tsx';

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
    const [merging, setMerging] = useState<{ otherId?: string }>();
    const mayMerge = may('party.merge') && party.state !== 'merged';
    const mayChange = may('party.manage') && party.state !== 'merged';
    return (
        <>
            <PageHead
                crumb={<Link to="/parties">{text.party.title}</Link>}
                title={party.name}
                tag={party.state !== 'active' && <Tag>{text.party.states[party.state]}</Tag>}
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
                        {mayMerge && <Button onClick={() => setMerging({})}>{text.merge.propose}</Button>}
                        {mayChange && <Button onClick={() => setEditing(true)}>{text.party.editTitle}</Button>}
                        {may('act.manage') && party.state === 'active' && (
                            <LinkButton primary to="/acts/new" search={{ partyId: party.id }}>
                                {text.party.newAct}
                            </LinkButton>
                        )}
                    </>
                }
            />
            {party.mergedInto !== null && <MergedNote into={party.mergedInto} />}
            {party.state !== 'merged' && <PartyAnswer party={party} />}
            {party.state !== 'merged' && (
                <DuplicatesCard party={party} onMerge={mayMerge ? (otherId) => setMerging({ otherId }) : undefined} />
            )}
            <MergeCard partyId={party.id} />
            <div className="two">
                <div>
                    <TimelineCard partyId={party.id} />
                    <CasesCard of={{ partyId: party.id }} />
                    <DocumentsCard of={{ partyId: party.id }} links={{ partyId: party.id }} />
                    <NamesCard party={party} mayChange={mayChange} />
                </div>
                <div>
                    <FactsCard party={party} />
                    <LicenceCard party={party} mayChange={mayChange} />
                    <GradeCard partyId={party.id} mayChange={mayChange} />
                    <PremisesCard party={party} mayChange={mayChange} />
                    <TraceCard objectId={party.id} />
                </div>
            </div>
            {merging !== undefined && (
                <MergeDrawer party={party} otherId={merging.otherId} onClose={() => setMerging(undefined)} />
            )}
            {editing && <PartyDrawer party={party} onClose={() => setEditing(false)} />}
        </>
    );
}

function MergedNote({ into }: { into: { id: string; name: string } }) {
    const text = useText();
    const [before = '', after = ''] = text.party.mergedWhat.split('{name}');
    return (
        <div className="note" role="status">
            {before}
            <Link to="/parties/$id" params={{ id: into.id }}>
                {into.name}
            </Link>
            {after}
        </div>
    );
}

function FactsCard({ party }: { party: Party }) {
    const text = useText();
    const merged = party.mergedFrom.map((each) => (
        <div key={each.id}>
            <Link to="/parties/$id" params={{ id: each.id }}>
                {each.name}
            </Link>
        </div>
    ));
    return (
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
                        ...(merged.length === 0 ? [] : [[text.party.mergedFrom, merged] as const]),
                    ]}
                />
            </div>
        </Card>
    );
}
