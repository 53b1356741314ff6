import { TIMELINE_KINDS, type TimelineKind } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { Card, Empty } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useRetentionWords } from '../recording/retention-words.ts';
import { detailWords, type Happening, stateWords, titleWords } from './timeline-words.ts';

/** Kinds that are dated by the day only. */
const BY_DAY: ReadonlySet<TimelineKind> = new Set(['licence', 'name']);

/** Everything that happened about one party, newest first. */
export function TimelineCard({ partyId }: { partyId: string }) {
    const text = useText();
    const [kind, setKind] = useState<TimelineKind>();
    const pages = usePages('party.timeline', { partyId, ...(kind === undefined ? {} : { kind }) });
    return (
        <Card title={text.party.timeline} small={pages.total}>
            <DataList<Happening>
                id="party-timeline"
                name={text.party.timeline}
                columns={useColumns()}
                items={pages.items}
                idOf={(item) => item.id}
                total={pages.total}
                pages={pages}
                right={
                    <Pick
                        label={text.party.timelineWhat}
                        value={kind}
                        options={TIMELINE_KINDS.map((each) => [each, text.party.timelineKinds[each]] as const)}
                        onChange={setKind}
                    />
                }
                empty={
                    kind === undefined ? (
                        <Empty title={text.party.timelineEmptyTitle} what={text.party.timelineEmptyWhat} />
                    ) : (
                        <Empty
                            title={text.party.timelineKinds[kind]}
                            what={text.party.timelineNone}
                            action={
                                <button type="button" className="linkish" onClick={() => setKind(undefined)}>
                                    {text.common.clear}
                                </button>
                            }
                        />
                    )
                }
            />
        </Card>
    );
}

function useColumns(): Column<Happening>[] {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const kept = useRetentionWords();
    const keptWords = ({ retention }: Happening) =>
        retention === null ? '' : `${kept.words.title} ${kept.line(retention)} · ${kept.why(retention)}`;
    const at = (item: Happening) => (BY_DAY.has(item.kind) ? dateOf(item.at) : format.dateTime(item.at));
    return [
        {
            key: 'what',
            title: text.party.timelineWhat,
            width: 'minmax(200px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <>
                    <To item={item}>{titleWords(text, item, language)}</To>
                    <span className="second two-lines">{detailWords(text, item)}</span>
                    {item.retention !== null && <span className="second">{keptWords(item)}</span>}
                </>
            ),
            plain: (item) =>
                [titleWords(text, item, language), detailWords(text, item), keptWords(item)]
                    .filter((each) => each !== '')
                    .join(' · '),
        },
        {
            key: 'kind',
            title: text.party.kind,
            width: '92px',
            cell: (item) => <span className="soft">{text.party.timelineKinds[item.kind]}</span>,
            plain: (item) => text.party.timelineKinds[item.kind],
        },
        { key: 'at', title: text.party.timelineAt, width: '182px', plain: at },
        {
            key: 'state',
            title: text.party.state,
            width: '88px',
            plain: (item) => stateWords(text, item, language),
        },
    ];
}

/** The page that says more, for what has one of its own. */
function To({ item, children }: { item: Happening; children: ReactNode }) {
    const params = { id: item.linkId };
    const className = 'main two-lines';
    switch (item.kind) {
        case 'act':
            return (
                <Link to="/acts/$id" params={params} className={className}>
                    {children}
                </Link>
            );
        case 'recording':
            return (
                <Link to="/recordings/$id" params={params} className={className}>
                    {children}
                </Link>
            );
        case 'document':
            return (
                <Link to="/documents/$id" params={params} className={className}>
                    {children}
                </Link>
            );
        case 'case':
            return (
                <Link to="/cases/$id" params={params} className={className}>
                    {children}
                </Link>
            );
        case 'complaint':
            return (
                <Link to="/complaints/$id" params={params} className={className}>
                    {children}
                </Link>
            );
        case 'merge':
            return (
                <Link to="/parties/$id" params={params} className={className}>
                    {children}
                </Link>
            );
        default:
            return <span className="two-lines">{children}</span>;
    }
}
