import { fill } from '@liuhen/contract';
import { RECORDING_STATES } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { DataList } from '../../app/data-list.tsx';
import { DayInput } from '../../app/day-input.tsx';
import { DayRange, Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useKeys } from '../../app/keys.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { DevicePick, PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, useAsk, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { RetrievalDrawer } from '../access/retrieval-drawer.tsx';
import { RetrievalsButton } from '../access/retrieval-list-page.tsx';
import { FileDialogue } from './file-dialogue.tsx';
import { PicturesShown, usePictures } from './pictures.tsx';
import { useRecordingColumns } from './recording-columns.tsx';
import { UploadPanel } from './upload-panel.tsx';
import { useFileDrop } from './use-file-drop.ts';

type Recording = ItemOf<'recording.list'>;

/** How much waits for an answer; nothing where nothing does. */
function ToFile() {
    const text = useText();
    const format = useFormat();
    const { data } = useAsk('recording.proposalCount', {});
    if (data === undefined || data.count === 0) return null;
    return <LinkButton to="/recordings/filing">{fill(text.filing.waiting, { count: format.count(data.count) })}</LinkButton>;
}

export function RecordingListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/recordings' });
    const search = useSearch({ from: '/signed-in/shell/recordings' });
    const { from, to, keptTo, ...rest } = search;
    const { to: ended } = daysToInstants(undefined, keptTo);
    const kept = ended === undefined ? {} : { keptTo: ended };
    const pages = usePages(
        'recording.list',
        { ...rest, ...daysToInstants(from, to), ...kept },
        { unfinished: (each) => !each.inspected },
    );
    const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
    const [filing, setFiling] = useState(false);
    const [asking, setAsking] = useState(false);
    const [files, setFiles] = useState<readonly File[]>();
    const mayUpload = may('recording.upload');
    const upload = () => setFiles([]);
    useKeys(mayUpload ? { n: upload } : {});
    const dragging = useFileDrop(mayUpload ? setFiles : undefined);
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(search).length;
    const button = mayUpload && (
        <Button type="primary" onClick={upload}>
            {text.recording.upload}
        </Button>
    );
    const pictures = usePictures(pages.items.map((each) => each.id));
    const fileable = pages.items.filter((each) => chosen.has(each.id) && each.act === null);
    return (
        <PicturesShown of={pictures.shown}>
            <PageHead
                title={text.recording.title}
                facts={text.recording.sub}
                actions={
                    <>
                        <LinkButton to="/recordings/board">{text.board.short}</LinkButton>
                        {may('recording.play') && <LinkButton to="/recordings/viewings">{text.viewing.title}</LinkButton>}
                        <RetrievalsButton />
                        <ToFile />
                        {pictures.button}
                        {button}
                    </>
                }
            />
            {pictures.note}
            <Card label={text.recording.title}>
                <Filters
                    count={count}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={<SearchField label={text.recording.search} value={search.q} onChange={(q) => change({ q })} />}
                >
                    <Pick
                        label={text.recording.filed}
                        value={search.filed}
                        options={(['no', 'yes'] as const).map((each) => [each, text.recording.filedOptions[each]] as const)}
                        onChange={(filed) => change({ filed })}
                    />
                    <Pick
                        label={text.recording.findings}
                        value={search.findings}
                        options={(['yes', 'no'] as const).map((each) => [each, text.recording.findingsOptions[each]] as const)}
                        onChange={(findings) => change({ findings })}
                    />
                    <Pick
                        label={text.case.markedFilter}
                        value={search.evidence}
                        options={(['yes', 'no'] as const).map((each) => [each, text.case.markedValues[each]] as const)}
                        onChange={(evidence) => change({ evidence })}
                    />
                    <Pick
                        label={text.recording.state}
                        value={search.state}
                        options={RECORDING_STATES.map((each) => [each, text.recording.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <DevicePick
                        label={text.recording.device}
                        value={search.deviceId}
                        onChange={(deviceId) => change({ deviceId })}
                    />
                    <PersonPick
                        label={text.recording.officer}
                        placeholder={text.recording.officer}
                        value={search.officerId}
                        onChange={(officerId) => change({ officerId })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                    <span className="dates">
                        <span className="faint">{text.recording.retention.endsBy}</span>
                        <DayInput
                            label={text.recording.retention.endsBy}
                            value={keptTo ?? ''}
                            onChange={(next) => change({ keptTo: next === '' ? undefined : next })}
                        />
                    </span>
                </Filters>
                <DataList<Recording>
                    id="recordings"
                    name={text.recording.title}
                    columns={useRecordingColumns()}
                    items={pages.items}
                    idOf={(recording) => recording.id}
                    total={pages.total}
                    pages={pages}
                    {...(may('recording.file') || may('retrieval.request')
                        ? {
                              selection: {
                                  chosen,
                                  onChange: setChosen,
                                  actions: (
                                      <>
                                          {may('recording.file') && (
                                              <Button
                                                  size="small"
                                                  disabled={fileable.length === 0}
                                                  onClick={() => setFiling(true)}
                                              >
                                                  {fill(text.recording.fileMany, { count: fileable.length })}
                                              </Button>
                                          )}
                                          {may('retrieval.request') && (
                                              <Button size="small" disabled={chosen.size === 0} onClick={() => setAsking(true)}>
                                                  {fill(text.retrieval.askMany, { count: chosen.size })}
                                              </Button>
                                          )}
                                      </>
                                  ),
                              },
                          }
                        : {})}
                    empty={
                        count > 0 ? (
                            <Empty title={text.recording.noneTitle} what={text.recording.noneWhat} />
                        ) : (
                            <Empty
                                title={text.recording.emptyTitle}
                                what={mayUpload ? text.recording.emptyWhat : text.recording.emptyWhatRead}
                                action={button}
                            />
                        )
                    }
                />
            </Card>
            {dragging && <div className="drop-veil">{text.upload.drop}</div>}
            {files !== undefined && <UploadPanel files={files} onClose={() => setFiles(undefined)} />}
            {asking && <RetrievalDrawer of={{ recordingIds: [...chosen] }} onClose={() => setAsking(false)} />}
            {filing && (
                <FileDialogue
                    recordings={fileable}
                    onClose={() => {
                        setFiling(false);
                        setChosen(new Set());
                    }}
                />
            )}
        </PicturesShown>
    );
}
