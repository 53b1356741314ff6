import { fill } from '@liuhen/contract';
import { PROCEDURE_TABLES, PROCEDURES, REMEDY_RESULTS } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { MediaCard } from '../access/media-card.tsx';
import { RetrievalsCard } from '../access/retrievals-card.tsx';
import { DocumentsCard } from '../document/documents-card.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { CaseEditDrawer } from './case-edit-drawer.tsx';
import { CaseEvidence } from './case-evidence.tsx';
import { CaseExclusions } from './case-exclusions.tsx';
import { CaseFigures } from './case-figures.tsx';
import { CaseNext } from './case-next.tsx';
import { CasePapers } from './case-papers.tsx';
import { CaseActs, CasePeople } from './case-parts.tsx';
import { CaseRemedies } from './case-remedies.tsx';
import { CaseTimeline } from './case-timeline.tsx';
import { type CaseDetail, useCaseWords } from './case-words.ts';
import { TermList } from './term-list.tsx';

export function CasePage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/cases/$id' });
    const { data, error, isPending, refetch } = useAsk('case.get', { params: { id } }, { refetchInterval: 60_000 });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/cases">{text.case.title}</Link>} />;
    return <Loaded key={data.id} of={data} />;
}

function Loaded({ of }: { of: CaseDetail }) {
    const text = useText();
    const links = { caseId: of.id, ...(of.party === null ? {} : { partyId: of.party.id }) };
    return (
        <>
            <Head of={of} />
            <Answers of={of} />
            <Card title={text.case.timeline} small={of.steps.length}>
                <CaseTimeline of={of} />
            </Card>
            <div className="two">
                <div>
                    <CaseNext of={of} />
                    <CasePapers of={of} links={links} />
                    <Card title={text.case.terms} small={of.countdowns.length}>
                        {of.countdowns.length === 0 ? (
                            <p className="empty-small">{text.case.noTerm}</p>
                        ) : (
                            <TermList of={of.countdowns.map((countdown) => ({ id: countdown.key, countdown }))} />
                        )}
                        <CaseExclusions of={of} />
                    </Card>
                    <CaseFigures of={of} />
                    <CaseRemedies of={of} />
                    <CaseEvidence of={of} />
                    <RetrievalsCard of={{ caseId: of.id }} />
                    <MediaCard of={{ caseId: of.id }} />
                </div>
                <div>
                    <DocumentsCard of={{ caseId: of.id }} links={links} />
                    <CaseActs of={of} />
                    <CasePeople of={of} />
                    <Card title={text.case.facts}>
                        <div className="body">
                            <CaseFactsList of={of} />
                            <ServingCases of={of} />
                        </div>
                    </Card>
                    <TraceCard objectId={of.id} />
                </div>
            </div>
        </>
    );
}

function Head({ of }: { of: CaseDetail }) {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    const may = useMay();
    const [editing, setEditing] = useState(false);
    return (
        <>
            <PageHead
                crumb={
                    <>
                        <Link to="/cases">{text.case.title}</Link>
                        {of.parent !== null && (
                            <>
                                {' › '}
                                <Link to="/cases/$id" params={{ id: of.parent.id }}>
                                    {of.parent.number}
                                </Link>
                            </>
                        )}
                    </>
                }
                title={of.title}
                tag={
                    <Tag status={of.endedAt === null ? (of.next?.state === 'late' ? 'broken' : 'brand') : undefined}>
                        {words.state(of.procedure, of.state)}
                    </Tag>
                }
                facts={
                    <Line
                        of={[
                            of.number,
                            words.procedure(of.procedure),
                            of.party !== null && (
                                <Link key="party" to="/parties/$id" params={{ id: of.party.id }}>
                                    {of.party.name}
                                </Link>
                            ),
                            of.imported === null ? text.case.sources[of.source] : fill(text.case.importing.from, of.imported),
                            `${text.case.openedAt} ${format.dateTime(of.openedAt)}`,
                        ]}
                    />
                }
                actions={
                    may('case.manage') &&
                    of.endedAt === null && <Button onClick={() => setEditing(true)}>{text.case.editTitle}</Button>
                }
            />
            {editing && <CaseEditDrawer of={of} onClose={() => setEditing(false)} />}
        </>
    );
}

function Answers({ of }: { of: CaseDetail }) {
    const text = useText();
    const why = ({ code, status, params }: CaseDetail['answers'][number]): string => {
        const words = text.case.answersWhy;
        switch (code) {
            case 'officers':
                return status === 'held' ? words.officersHeld : words.officersAct;
            case 'terms':
                return fill(status === 'held' ? words.termsHeld : status === 'act' ? words.termsAct : words.termsBroken, params);
            case 'termsUnset':
                return words.termsUnset;
            case 'termsDoubted':
                return words.termsDoubted;
            case 'documents':
                return status === 'held' ? words.documentsHeld : fill(words.documentsAct, params);
            case 'children':
                return fill(words.children, params);
            case 'contested':
                return fill(words.contested, params);
            case 'overturned':
                return fill(words.overturned, params);
            case 'evidence':
                return status === 'held' ? words.evidenceHeld : words.evidenceJudge;
        }
    };
    /** Kinds and results by their names. */
    const params = ({ kind, result, ...more }: CaseDetail['answers'][number]['params']) => ({
        ...more,
        ...(kind === 'review' || kind === 'lawsuit' ? { kind: text.case.remedies.kinds[kind] } : {}),
        result: REMEDY_RESULTS.filter((each) => each === result).map((each) => text.case.remedies.results[each])[0] ?? '',
    });
    return (
        <section className="card answer">
            {of.answers.map((answer) => (
                <div key={answer.code}>
                    <b>
                        <Dot status={answer.status} />
                        {fill(text.case.answers[answer.code], params(answer.params))}
                    </b>
                    <span className="why">{why(answer)}</span>
                </div>
            ))}
        </section>
    );
}

/** A hearing, a measure or a preservation that this case needs. */
function ServingCases({ of }: { of: CaseDetail }) {
    const text = useText();
    const words = useCaseWords();
    const may = useMay();
    const serving = PROCEDURES.filter((each) => PROCEDURE_TABLES[each].serves?.includes(of.procedure) === true);
    if (!may('case.manage') || of.endedAt !== null) return null;
    return (
        <p className="serving">
            {serving.map((procedure) => (
                <Link key={procedure} to="/cases/new" search={{ parentId: of.id, procedure }}>
                    {fill(text.case.childNew, { procedure: words.procedure(procedure) })}
                </Link>
            ))}
        </p>
    );
}

function CaseFactsList({ of }: { of: CaseDetail }) {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    return (
        <Facts
            of={[
                [text.case.number, of.number],
                [text.case.sourceNote, of.sourceNote],
                [text.case.summary, of.summary],
                [text.case.breachAt, of.breachAt === null ? null : format.date(of.breachAt)],
                [text.case.graveHarm, of.graveHarm ? text.case.yes : text.case.no],
                ...(of.children.length === 0
                    ? []
                    : [
                          [
                              text.case.children,
                              <Line
                                  key="children"
                                  of={of.children.map((child) => (
                                      <Link key={child.id} to="/cases/$id" params={{ id: child.id }}>
                                          {child.number} {words.state(child.procedure, child.state)}
                                      </Link>
                                  ))}
                              />,
                          ] as const,
                      ]),
            ]}
        />
    );
}
