import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Hash } from '../../app/copy.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Facts } from '../../app/page.tsx';
import { isPlainName } from './inspection-facts.ts';
import { RETENTION_STATUS, useRetentionWords } from './retention-words.ts';

type Recording = ResponseOf<Endpoints['recording.get']>;

/** 附件1 第18条: to when it is kept, why, and by which figure. */
function Kept({ of }: { of: Recording['retention'] }) {
    const text = useText();
    const { words, line, why, isPast } = useRetentionWords();
    return (
        <span>
            <Dot status={RETENTION_STATUS[of.state]} />
            {line(of)}
            <span className="second-line">{why(of)}</span>
            {isPast(of) && <span className="second-line">{words.past}</span>}
            {of.due !== null && of.basis !== null && of.standing !== null && (
                <span className="second-line">
                    <span lang="zh-CN">{of.basis}</span> · {text.parameter.standings[of.standing]}
                </span>
            )}
        </span>
    );
}

/** What is known of the file: where it came from, what it says of its time, where it lies. */
export function FileCard({ recording }: { recording: Recording }) {
    const text = useText();
    const format = useFormat();
    const plain = isPlainName(recording.name, recording.originalNameHex);
    const { deviceTime } = recording;
    return (
        <Card title={text.recording.facts}>
            <div className="body">
                <Facts
                    of={[
                        [
                            text.recording.state,
                            <span key="state">
                                {text.recording.states[recording.state]}
                                <span className="second-line">{text.recording.stateWhat[recording.state]}</span>
                            </span>,
                        ],
                        [
                            text.recording.source,
                            `${text.recording.sources[recording.source]} · ${text.recording.roles[recording.role]}`,
                        ],
                        [text.recording.uploadedBy, `${recording.uploadedBy.name} · ${recording.organisation.name}`],
                        [text.recording.receivedAt, format.dateTime(recording.receivedAt, 'second')],
                        [text.recording.retention.title, <Kept key="kept" of={recording.retention} />],
                        [
                            text.recording.timeText,
                            deviceTime.basis === 'unknown'
                                ? text.recording.timeUnknown
                                : `${deviceTime.text}${format.brackets(`${text.recording.timeZone} ${deviceTime.zone}`)}`,
                        ],
                        [text.clock.corrected, <Corrected key="corrected" recording={recording} />],
                        [text.recording.timeBasis, text.recording.timeBases[deviceTime.basis]],
                        ...(deviceTime.conflict === null
                            ? []
                            : [
                                  [
                                      text.recording.timeConflict,
                                      <span key="conflict">
                                          <Dot status="act" />
                                          {conflictWords(deviceTime.conflict, text.recording.timeConflicts)}
                                      </span>,
                                  ] as const,
                              ]),
                        [
                            text.recording.originalName,
                            <span key="name" className="wrap">
                                {recording.name}
                            </span>,
                        ],
                        ...(plain
                            ? []
                            : [
                                  [
                                      text.recording.originalHex,
                                      <Hash key="hex" value={recording.originalNameHex} label={text.recording.originalHex} />,
                                  ] as const,
                              ]),
                        [
                            text.recording.copies,
                            recording.copies.length === 0
                                ? text.recording.copiesNone
                                : recording.copies.map((copy) => <CopyWords key={copy.store} copy={copy} />),
                        ],
                    ]}
                />
            </div>
        </Card>
    );
}

/** When it really ran, with its uncertainty, or why that is not known and where to do something about it. */
function Corrected({ recording: { corrected, clockDoubt, device } }: { recording: Recording }) {
    const text = useText();
    const format = useFormat();
    if (corrected !== null) {
        const { at, lower, upper } = corrected.start;
        const slack = format.duration(Math.max(1_000, Math.ceil((upper - lower) / 2_000) * 1_000));
        return (
            <>
                {format.dateTime(at, 'second')} {fill(text.clock.plusMinus, { time: slack })}
            </>
        );
    }
    return (
        <span>
            <Dot status="judge" /> {clockDoubt === null ? text.clock.correctedNone : text.clock.doubts[clockDoubt]}
            {device !== null && (
                <>
                    {' · '}
                    <Link to="/devices/$id" params={{ id: device.id }} hash="clock">
                        {text.clock.toClock}
                    </Link>
                </>
            )}
        </span>
    );
}

/** Where a copy lies and since when it is known to be whole; the store's id is only a detail. */
function CopyWords({ copy }: { copy: Recording['copies'][number] }) {
    const text = useText();
    const format = useFormat();
    const state = (text.recording.copyState as Readonly<Record<string, string>>)[copy.state] ?? copy.state;
    const nameless = /^[0-9a-f-]{36}$/.test(copy.store);
    return (
        <span className="copy-place">
            {nameless ? text.recording.localStore : copy.store} · {copy.state === 'damaged' && <Dot status="broken" />}
            {state}
            {copy.verifiedAt !== null && ` ${format.dateTime(copy.verifiedAt)}`}
            {nameless && (
                <span className="second-line" title={copy.store}>
                    {fill(text.recording.storeId, { id: copy.store.slice(0, 8) })}
                </span>
            )}
        </span>
    );
}

/** Either a code of the domain or what the container says instead. */
const conflictWords = (conflict: string, words: { resetClock: string; future: string; container: string }): string =>
    conflict === 'resetClock' || conflict === 'future' ? words[conflict] : fill(words.container, { text: conflict });
