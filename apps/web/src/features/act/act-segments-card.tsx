import { fill } from '@liuhen/contract';
import { aloneMs, coverageOf, formatPermille, type PersonCoverage, type StatementInput } from '@liuhen/domain';
import { App, Button } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { SegmentDrawer } from './segment-drawer.tsx';
import type { ActDetail } from './strip-chart-input.ts';

export type Segment = ActDetail['segments'][number];

/** The scenarios and sites of an act, each with its people and how far it is recorded. */
export function ActSegments({ act, facts }: { act: ActDetail; facts: StatementInput }) {
    const text = useText();
    const may = useMay();
    const { message } = App.useApp();
    const [editing, setEditing] = useState<Segment | 'new'>();
    const [removing, setRemoving] = useState<Segment>();
    const coverage = useMemo(() => coverageOf(facts), [facts]);
    const open = (act.state === 'open' || act.state === 'planned') && may('act.manage');
    const remove = useCommand('act.removeSegment', {
        onDone: () => {
            void message.success(text.common.done);
            setRemoving(undefined);
        },
    });
    return (
        <Card
            title={text.actPart.segment.title}
            small={act.segments.length}
            right={
                open && (
                    <Button size="small" className="no-print" onClick={() => setEditing('new')}>
                        {text.actPart.segment.add}
                    </Button>
                )
            }
        >
            <ol className="segments">
                {act.segments.map((segment, index) => (
                    <SegmentRow
                        key={segment.id}
                        act={act}
                        segment={segment}
                        number={index + 1}
                        facts={facts}
                        coverage={coverage}
                        actions={
                            open && (
                                <>
                                    <Button
                                        size="small"
                                        type="text"
                                        aria-label={fill(text.actPart.segment.editNumber, { number: index + 1 })}
                                        onClick={() => setEditing(segment)}
                                    >
                                        {text.actPart.segment.edit}
                                    </Button>
                                    {act.segments.length > 1 && (
                                        <Button
                                            size="small"
                                            type="text"
                                            aria-label={fill(text.actPart.segment.removeTitle, { number: index + 1 })}
                                            onClick={() => setRemoving(segment)}
                                        >
                                            {text.act.participantRemove}
                                        </Button>
                                    )}
                                </>
                            )
                        }
                    />
                ))}
            </ol>
            {editing !== undefined && (
                <SegmentDrawer
                    act={act}
                    segment={editing === 'new' ? undefined : editing}
                    onClose={() => setEditing(undefined)}
                />
            )}
            {removing !== undefined && (
                <ReasonDialogue
                    title={fill(text.actPart.segment.removeTitle, { number: act.segments.indexOf(removing) + 1 })}
                    label={text.act.reason}
                    error={remove.error}
                    busy={remove.isPending}
                    onClose={() => {
                        remove.reset();
                        setRemoving(undefined);
                    }}
                    onSubmit={(reason) => remove.mutate({ params: { id: act.id, segmentId: removing.id }, body: { reason } })}
                />
            )}
        </Card>
    );
}

type RowProps = {
    act: ActDetail;
    segment: Segment;
    number: number;
    facts: StatementInput;
    coverage: readonly PersonCoverage[];
    actions: ReactNode;
};

function SegmentRow({ act, segment, number, facts, coverage, actions }: RowProps) {
    const text = useText();
    const format = useFormat();
    const words = text.actPart.segment;
    const present = act.participants.filter((each) => each.presence.some((stay) => stay.segmentId === segment.id));
    const entitled = facts.participants.filter((each) => each.part === 'officer' && each.certificate !== 'invalid');
    const alone = aloneMs(
        facts.segments.filter((each) => each.id === segment.id),
        entitled,
    );
    const place = [segment.place, segment.site?.name, segment.room?.number].filter((each) => each != null).join(' · ');
    return (
        <li>
            <span className="segment-number">{number}</span>
            <div className="segment-what">
                <strong>{scenarioWords(text, segment.scenario)}</strong>
                <span className={segment.recording === 'must' ? 'tag tag-brand' : 'tag'}>{words[segment.recording]}</span>
                <span className="second">
                    {words.sites[segment.siteKind]} · {place}
                    {segment.substituteReason !== null && ` · ${words.substitute}：${segment.substituteReason}`}
                </span>
                <span className="second">{format.period(segment.startsAt, segment.endsAt)}</span>
            </div>
            <ul className="segment-people">
                {present.length === 0 && <li className="faint">{words.nobody}</li>}
                {present.map((each) => (
                    <li key={each.id}>
                        <span>
                            {each.name}
                            <span className="faint"> {text.act.parts[each.part]}</span>
                        </span>
                        <CoverageOf carrier={each.person?.id} segment={segment} coverage={coverage} />
                    </li>
                ))}
                {segment.siteKind === 'room' && (
                    <li>
                        <span>{words.roomJudged}</span>
                        <CoverageOf carrier={segment.room?.id ?? `segment/${segment.id}`} segment={segment} coverage={coverage} />
                    </li>
                )}
                {alone > 0 && <li className="warn">{`${words.alone} ${format.duration(alone)}`}</li>}
            </ul>
            {actions !== false && <span className="segment-do no-print">{actions}</span>}
        </li>
    );
}

/** How much of one segment one carrier recorded; what is exempt is said, not added. */
function CoverageOf({
    carrier,
    segment,
    coverage,
}: {
    carrier: string | undefined;
    segment: Segment;
    coverage: readonly PersonCoverage[];
}) {
    const text = useText();
    const format = useFormat();
    const own = coverage.find((each) => each.personId === carrier)?.segments.find((each) => each.segmentId === segment.id);
    if (own === undefined) return null;
    const said = [
        own.permille === null ? '' : formatPermille(own.permille),
        own.exemptMs === 0 ? '' : fill(text.actPart.segment.exempt, { duration: format.duration(own.exemptMs) }),
    ];
    return <span className="figure">{said.filter((each) => each !== '').join(' · ')}</span>;
}
