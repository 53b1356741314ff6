import { fill } from '@liuhen/contract';
import { FILING_LEVELS } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, Line, PageHead, Waiting } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Tabs } from '../../app/tabs.tsx';
import { BoardTabs } from '../board/board-tabs.tsx';
import { DockQuestions } from './dock-questions.tsx';
import { FileDialogue } from './file-dialogue.tsx';
import { PicturesShown, Thumbnail, usePictures } from './pictures.tsx';
import { ProposalChart } from './proposal-chart.tsx';
import { ProposalView } from './proposal-view.tsx';

type Item = ItemOf<'recording.proposals'>;

/** What found no act by itself: one question each, with what is known (附件1 第14条: nobody labels files). */
export function FilingPage() {
    const text = useText();
    const format = useFormat();
    const search = useSearch({ from: '/signed-in/shell/recordings/filing' });
    const navigate = useNavigate({ from: '/recordings/filing' });
    const pages = usePages('recording.proposals', search);
    const counts = new Map(pages.head?.counts.map((each) => [each.level, each.count]));
    const all = [...counts.values()].reduce((sum, each) => sum + each, 0);
    const keptOf = (level: Item['proposal']['level']) =>
        pages.head?.kept.find((each) => each.level === level) ?? { level, decided: 0, kept: 0 };
    const pictures = usePictures(pages.items.map((each) => each.recording.id));
    return (
        <PicturesShown of={pictures.shown}>
            <PageHead
                crumb={<Link to="/recordings">{text.recording.title}</Link>}
                title={text.filing.title}
                facts={text.filing.sub}
                actions={
                    <>
                        {pictures.button}
                        <Button
                            aria-pressed={search.mine === 'yes'}
                            onClick={() =>
                                void navigate({
                                    search: ({ mine, ...rest }) => (mine === 'yes' ? rest : { ...rest, mine: 'yes' as const }),
                                    replace: true,
                                })
                            }
                        >
                            {search.mine === 'yes' ? text.filing.all : text.filing.mine}
                        </Button>
                    </>
                }
            />
            <BoardTabs />
            <DockQuestions />
            {(all > 0 || search.level !== undefined) && (
                <Tabs label={text.filing.title}>
                    <Link
                        to="/recordings/filing"
                        search={({ level: _, ...rest }) => rest}
                        activeOptions={{ exact: true, includeSearch: true }}
                    >
                        {text.filing.all} {pages.head !== undefined && format.count(all)}
                    </Link>
                    {FILING_LEVELS.filter((level) => counts.has(level) || search.level === level).map((level) => (
                        <Link key={level} to="/recordings/filing" search={(before) => ({ ...before, level })}>
                            {text.filing.levels[level]} {format.count(counts.get(level) ?? 0)}
                        </Link>
                    ))}
                </Tabs>
            )}
            {pictures.note}
            {pages.isPending && <Waiting />}
            {pages.error !== null && <ErrorNote error={pages.error} of="read" onRetry={() => void pages.refetch()} />}
            {pages.data !== undefined && pages.items.length === 0 && (
                <Card label={text.filing.title}>
                    <Empty title={text.filing.empty} what={text.filing.emptyWhat} />
                </Card>
            )}
            {pages.items.map((item) => (
                <ItemCard key={item.recording.id} item={item} kept={keptOf(item.proposal.level)} />
            ))}
            {pages.hasNextPage && (
                <Button onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
                    {text.common.more}
                </Button>
            )}
        </PicturesShown>
    );
}

function ItemCard({
    item: { recording, proposal },
    kept,
}: {
    item: Item;
    kept: NonNullable<Parameters<typeof ProposalView>[0]['kept']>;
}) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [filing, setFiling] = useState(false);
    const start = recording.corrected?.start.at ?? recording.deviceStart;
    return (
        <Card
            label={recording.name}
            title={
                <Link to="/recordings/$id" params={{ id: recording.id }}>
                    {recording.name}
                </Link>
            }
            right={
                may('recording.file') && (
                    <Button type="link" onClick={() => setFiling(true)}>
                        {text.filing.other}
                    </Button>
                )
            }
        >
            <div className="body proposal-body">
                <Thumbnail id={recording.id} name={recording.name} />
                <Line
                    of={[
                        start === null ? text.act.noTime : format.dateTime(start, 'second'),
                        recording.durationMs === null ? null : format.duration(recording.durationMs),
                        recording.device?.number ?? null,
                        recording.officer === null ? null : fill(text.filing.officer, { name: recording.officer.name }),
                    ]}
                />
                <ProposalChart item={{ recording, proposal }} />
                <ProposalView recordingId={recording.id} proposal={proposal} kept={kept} />
            </div>
            {filing && <FileDialogue recordings={[recording]} onClose={() => setFiling(false)} />}
        </Card>
    );
}
