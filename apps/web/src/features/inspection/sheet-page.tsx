import { fill } from '@liuhen/contract';
import type { ScenarioKey } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Dot, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { tracksOf } from '../act/act-tracks.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import type { RecordingMoment } from '../recording/moment-link.tsx';
import { type PlayersHandle, SyncPlayers } from '../recording/sync-players.tsx';
import { momentInTracks, type Track } from '../recording/tracks.ts';
import { AppealsCard } from './appeals-card.tsx';
import { BesideCard } from './beside-card.tsx';
import type { Sheet } from './inspection-types.ts';
import { formatPercent } from './percent.ts';
import { RectificationsCard } from './rectifications-card.tsx';
import { ReviewCard } from './review-card.tsx';
import { SHEET_STATUS } from './sheets-card.tsx';

export function SheetPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/inspections/sheets/$id' });
    const { data, error, isPending, refetch } = useAsk('inspectionSheet.get', { params: { id } });
    if (isPending) return <Waiting />;
    const back = <Link to="/inspections">{text.inspection.title}</Link>;
    if (data === undefined) return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    return <Loaded key={data.id} sheet={data} />;
}

function Loaded({ sheet }: { sheet: Sheet }) {
    const text = useText();
    const words = text.inspection;
    const players = useRef<PlayersHandle>(null);
    const tracks = useMemo(() => (sheet.may.play ? tracksOfSheet(sheet) : []), [sheet]);
    const [at, setAt] = useState<number>();
    const showMoment = (moment: RecordingMoment) => {
        const to = momentInTracks(tracks, moment);
        if (to === undefined) return;
        setAt(to);
        players.current?.seek(to);
    };
    return (
        <>
            <PageHead
                crumb={
                    <Link to="/inspections/$id" params={{ id: sheet.inspection.id }}>
                        {sheet.inspection.title}
                    </Link>
                }
                title={`${text.sheet.title} ${sheet.number}`}
                tag={<Tag status={SHEET_STATUS[sheet.state]}>{words.sheetStates[sheet.state]}</Tag>}
                facts={
                    <Line
                        of={[
                            scenarioWords(text, sheet.scenario as ScenarioKey),
                            sheet.organisation.name,
                            `${words.place} ${sheet.place}`,
                            sheet.reviewer !== null && `${words.reviewer} ${sheet.reviewer.name}`,
                            sheet.score !== null && `${words.score} ${formatPercent(sheet.score)}`,
                        ]}
                    />
                }
                actions={
                    sheet.act?.opens === true && (
                        <LinkButton to="/acts/$id" params={{ id: sheet.actId }}>
                            {text.sheet.open}
                        </LinkButton>
                    )
                }
            />
            {sheet.skipReason !== null && (
                <div className="note note-act">
                    <strong>{`${words.sheetStates.skipped}: ${sheet.skipReason}`}</strong>
                </div>
            )}
            <div className="two">
                <div>
                    {sheet.may.play && (
                        <Card title={text.act.players} screenOnly>
                            {tracks.length === 0 ? (
                                <p className="empty-small">{text.act.playersEmpty}</p>
                            ) : (
                                <SyncPlayers
                                    tracks={tracks}
                                    at={at}
                                    onAt={setAt}
                                    ref={players}
                                    forSheet={{
                                        id: sheet.id,
                                        reason: fill(text.sheet.playReason, {
                                            number: sheet.inspection.number,
                                            place: sheet.place,
                                        }),
                                    }}
                                />
                            )}
                        </Card>
                    )}
                    {sheet.ownSheetFirst === null ? (
                        <ReviewCard
                            sheet={sheet}
                            {...(tracks.length === 0
                                ? {}
                                : { onShow: showMoment, nowShown: () => players.current?.moments()[0] })}
                        />
                    ) : (
                        <OwnSheetFirst id={sheet.ownSheetFirst} />
                    )}
                    {sheet.state === 'finished' && sheet.act !== null && sheet.ownSheetFirst === null && (
                        <BesideCard sheet={sheet} />
                    )}
                </div>
                <div>
                    <ActCard sheet={sheet} />
                    {sheet.ownSheetFirst === null && (
                        <>
                            <RectificationsCard sheet={sheet} />
                            <AppealsCard sheet={sheet} />
                        </>
                    )}
                    {sheet.inspection.own && <TraceCard objectId={sheet.id} />}
                </div>
            </div>
        </>
    );
}

/** Whoever is to review the act for another inspection sees nothing of this review before. */
function OwnSheetFirst({ id }: { id: string }) {
    const words = useText().comparison;
    return (
        <div className="note" role="note">
            <strong>{words.ownFirst}</strong>
            <p>{words.ownFirstWhat}</p>
            <LinkButton to="/inspections/sheets/$id" params={{ id }}>
                {words.ownSheet}
            </LinkButton>
        </div>
    );
}

/** The officers' files first, as they stand on the sheet. */
const tracksOfSheet = ({ act, officers }: Sheet): Track[] =>
    tracksOf({
        recordings: act?.recordings ?? [],
        participants: officers.map((each) => ({ person: each, name: each.name })),
    });

/** What the system knows of the act, beside what the reviewer has to find. */
function ActCard({ sheet }: { sheet: Sheet }) {
    const text = useText();
    const format = useFormat();
    const words = text.sheet;
    const { act, officers } = sheet;
    if (act === null)
        return (
            <Card title={words.act}>
                <div className="body">
                    <p>{words.restricted}</p>
                </div>
            </Card>
        );
    const { status, openGaps, missingOfficers, coveragePermille } = act.standing;
    return (
        <Card title={words.act}>
            <div className="body">
                <Facts
                    of={[
                        [words.party, act.party],
                        [
                            text.inspection.period,
                            act.endsAt === null ? format.dateTime(act.startsAt) : format.period(act.startsAt, act.endsAt),
                        ],
                        [words.officers, format.list(officers.map((each) => each.name))],
                        [
                            words.standing,
                            <span key="standing">
                                <Dot status={status} />{' '}
                                <Line
                                    of={[
                                        words.standings[status],
                                        fill(words.standingFacts, { gaps: openGaps, officers: missingOfficers }),
                                        coveragePermille !== null && fill(words.coverage, { percent: coveragePermille / 10 }),
                                    ]}
                                />
                            </span>,
                        ],
                        [
                            words.recordings,
                            act.recordings.length === 0
                                ? words.noRecordings
                                : act.recordings.map((each) => (
                                      <div key={each.id}>
                                          {act.opens ? (
                                              <Link to="/recordings/$id" params={{ id: each.id }}>
                                                  {each.name}
                                              </Link>
                                          ) : (
                                              each.name
                                          )}
                                          {each.officer !== null && format.brackets(each.officer)}
                                      </div>
                                  )),
                        ],
                    ]}
                />
                {!act.opens && <p className="faint">{sheet.may.play ? words.elsewhereOpen : words.elsewhere}</p>}
            </div>
        </Card>
    );
}
