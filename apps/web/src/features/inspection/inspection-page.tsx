import { fill } from '@liuhen/contract';
import type { ScenarioKey } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { Hash } from '../../app/copy.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { ComparedCard } from './compared-card.tsx';
import { DrawDialogue } from './draw-dialogue.tsx';
import { FrameCard } from './frame-card.tsx';
import { InspectionDrawer } from './inspection-drawer.tsx';
import { daysOf, INSPECTION_STATUS } from './inspection-list-page.tsx';
import type { Inspection } from './inspection-types.ts';
import { ParallelCard } from './parallel-card.tsx';
import { RecomputeSample } from './recompute-sample.tsx';
import { ScoresCard } from './scores-card.tsx';
import { SheetsCard } from './sheets-card.tsx';
import { stratumWords } from './stratum-words.ts';

export function InspectionPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/inspections/$id' });
    const { data, error, isPending, refetch } = useAsk('inspection.get', { params: { id } });
    if (isPending) return <Waiting />;
    const back = <Link to="/inspections">{text.inspection.title}</Link>;
    if (data === undefined) return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    return <Loaded key={data.id} of={data} />;
}

function Loaded({ of }: { of: Inspection }) {
    const text = useText();
    const format = useFormat();
    const words = text.inspection;
    const drawn = of.state === 'drawn' || of.state === 'ended';
    return (
        <>
            <PageHead
                crumb={<Link to="/inspections">{words.title}</Link>}
                title={of.title}
                tag={<Tag status={INSPECTION_STATUS[of.state]}>{words.states[of.state]}</Tag>}
                facts={
                    <Line
                        of={[
                            of.number,
                            of.by.name,
                            `${words.period} ${daysOf(format, of)}`,
                            of.progress.sheets > 0 && fill(words.progressOf, of.progress),
                        ]}
                    />
                }
                actions={<Actions of={of} />}
            />
            <div className="two">
                <div>
                    {drawn && <ScoresCard of={of} />}
                    {drawn && <SheetsCard of={of} />}
                    {drawn && <ComparedCard of={of} />}
                    {drawn && <FrameCard of={of} />}
                    {!drawn && <SchemeCard of={of} />}
                </div>
                <div>
                    <SeedCard of={of} />
                    {(of.committedAt !== null || of.parallel.length > 0) && <ParallelCard of={of} />}
                    <RulesCard of={of} />
                    {drawn && <SchemeCard of={of} />}
                    {of.own && <TraceCard objectId={of.id} />}
                </div>
            </div>
        </>
    );
}

function Actions({ of }: { of: Inspection }) {
    const text = useText();
    const words = text.inspection;
    const may = useMay();
    const { message } = App.useApp();
    const [open, setOpen] = useState<'edit' | 'commit' | 'draw' | 'abandon' | 'end'>();
    const close = () => setOpen(undefined);
    const commit = useCommand('inspection.commit', { onDone: close });
    const abandon = useCommand('inspection.abandon', { onDone: close });
    const end = useCommand('inspection.end', { onDone: close });
    const params = { id: of.id };
    const manages = of.own && may('inspection.manage');
    const pending = of.state === 'draft' || of.state === 'committed';
    return (
        <>
            {(of.state === 'drawn' || of.state === 'ended') && <Button onClick={() => window.print()}>{words.print}</Button>}
            {manages && pending && <Button onClick={() => setOpen('abandon')}>{words.abandon}</Button>}
            {manages && of.state === 'draft' && (
                <>
                    <Button onClick={() => setOpen('edit')}>{words.edit}</Button>
                    <Button type="primary" onClick={() => setOpen('commit')}>
                        {words.commit}
                    </Button>
                </>
            )}
            {manages && of.state === 'committed' && (
                <Button type="primary" onClick={() => setOpen('draw')}>
                    {words.draw}
                </Button>
            )}
            {manages && of.state === 'drawn' && <Button onClick={() => setOpen('end')}>{words.end}</Button>}
            {open === 'edit' && <InspectionDrawer of={of} onClose={close} />}
            {open === 'commit' && (
                <ConfirmDialogue
                    title={words.commit}
                    what={words.commitWhat}
                    error={commit.error}
                    busy={commit.isPending}
                    onClose={close}
                    onConfirm={() => commit.mutate({ params })}
                />
            )}
            {open === 'draw' && (
                <DrawDialogue
                    of={of}
                    onClose={close}
                    onDrawn={(done) => {
                        void message.success(fill(words.drawnNow, done));
                        close();
                    }}
                />
            )}
            {open === 'abandon' && (
                <ReasonDialogue
                    title={words.abandon}
                    what={words.abandonWhat}
                    label={words.reason}
                    error={abandon.error}
                    busy={abandon.isPending}
                    danger
                    onClose={close}
                    onSubmit={(reason) => abandon.mutate({ params, body: { reason } })}
                />
            )}
            {open === 'end' && (
                <ConfirmDialogue
                    title={words.end}
                    what={words.endWhat}
                    error={end.error}
                    busy={end.isPending}
                    onClose={close}
                    onConfirm={() => end.mutate({ params })}
                />
            )}
        </>
    );
}

/** Commitment first, seed later: what is published when, to be compared by whoever wants to. */
function SeedCard({ of }: { of: Inspection }) {
    const text = useText();
    const format = useFormat();
    const words = text.inspection;
    const hash = (name: string, value: string | null): (readonly [string, React.ReactNode])[] =>
        value === null ? [] : [[name, <Hash key={name} value={value} label={name} />]];
    return (
        <Card title={words.seed}>
            <div className="body">
                <Facts
                    of={[
                        ...(of.committedAt === null ? [] : [[words.committed, format.dateTime(of.committedAt)] as const]),
                        ...hash(words.rulesDigest, of.rulesDigest),
                        ...hash(words.commitment, of.commitment),
                        ...(of.publicValueIs === null
                            ? []
                            : [[words.publicValue, <Line key="value" of={[of.publicValueIs, of.publicValue]} />] as const]),
                        ...(of.secret === null ? [[words.secret, words.sealed] as const] : hash(words.secret, of.secret)),
                        ...(of.drawnAt === null ? [] : [[words.drawn, format.dateTime(of.drawnAt)] as const]),
                        ...hash(words.frameDigest, of.frameDigest),
                        ...(of.abandonReason === null ? [] : [[words.reason, of.abandonReason] as const]),
                    ]}
                />
                {of.frameDigest !== null && <RecomputeSample id={of.id} number={of.number} />}
            </div>
        </Card>
    );
}

function RulesCard({ of }: { of: Inspection }) {
    const text = useText();
    const format = useFormat();
    const words = text.inspection;
    const { take, organisations, scenarios } = of.rules;
    return (
        <Card title={words.strata}>
            <div className="body">
                <Facts
                    of={[
                        [words.inspected, format.list(organisations.map((each) => each.name))],
                        [
                            words.scenarios,
                            scenarios.length === 0
                                ? words.allScenarios
                                : format.list(scenarios.map((each) => scenarioWords(text, each as ScenarioKey))),
                        ],
                        [
                            words.take,
                            'number' in take
                                ? fill(words.ofNumber, { count: take.number })
                                : fill(text.plan.ofShare, { percent: take.permille / 10 }),
                        ],
                        ...(of.own ? [[words.reviewers, format.list(of.reviewers.map((each) => each.name))] as const] : []),
                        ...(of.appealDays === null ? [] : [[words.appealDays, format.count(of.appealDays)] as const]),
                        ...of.strata.map(
                            (each) =>
                                [
                                    stratumWords(text, of.rules.organisations, each.stratum),
                                    `${words.taken} ${format.count(each.taken)} / ${words.eligible} ${format.count(each.eligible)}`,
                                ] as const,
                        ),
                    ]}
                />
            </div>
        </Card>
    );
}

function SchemeCard({ of }: { of: Inspection }) {
    const text = useText();
    const words = text.inspection;
    return (
        <Card title={words.scheme}>
            <div className="body">
                <Facts
                    of={of.scheme.map(
                        (each) => [each.words, fill(text.sheet.of, { most: each.most, weight: each.weight })] as const,
                    )}
                />
                <p className="faint">{words.schemeOwn}</p>
            </div>
        </Card>
    );
}
