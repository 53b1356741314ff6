import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { formatMediaTime } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';
import { Card, Dot, Facts } from '../../app/page.tsx';
import { frameRate, statusOf, useFindingWords } from './finding-words.ts';
import { inspectionFacts } from './inspection-facts.ts';
import { useMeasuredRows } from './measured-rows.ts';

type Recording = ResponseOf<Endpoints['recording.get']>;

/** What was measured in the file and what is worth knowing about it. */
export function InspectionCard({ recording }: { recording: Recording }) {
    const text = useText();
    const { words } = useFindingWords();
    const rowsOf = useMeasuredRows();
    const { inspection } = recording;
    if (inspection === null) {
        return (
            <Card title={text.recording.inspection}>
                <p className="empty-small">{text.recording.inspectionPending}</p>
            </Card>
        );
    }
    const facts = inspectionFacts(inspection);
    const measured = rowsOf(facts, recording.keyMarks);
    const rate = (bitrate: number | undefined) =>
        bitrate === undefined
            ? []
            : [fill(text.recording.bitrate, { rate: (bitrate / 1_000_000).toFixed(bitrate < 1_000_000 ? 2 : 1) })];
    const video = facts.video.map((track) =>
        [
            track.codec,
            `${track.width}×${track.height}`,
            ...(track.frameRateMilli === undefined
                ? []
                : [fill(text.recording.frames, { rate: frameRate(track.frameRateMilli) })]),
            ...(track.declaredMilli === undefined
                ? []
                : [fill(text.measured.declared, { rate: frameRate(track.declaredMilli) })]),
            ...worstRate(track),
            ...rate(track.bitrate),
        ].join(' · '),
    );
    function worstRate({ worst, frameRateMilli }: (typeof facts.video)[number]): string[] {
        if (worst !== undefined)
            return [fill(text.measured.worst, { rate: frameRate(worst.rateMilli), at: formatMediaTime(worst.atMs) })];
        return frameRateMilli !== undefined && (facts.durationMs ?? 0) < 10_000 ? [text.measured.shortForWorst] : [];
    }
    const audio = facts.audio.map((track) =>
        [track.codec, `${track.sampleRate} Hz`, `${track.channels} ch`, ...rate(track.bitrate)].join(' · '),
    );
    const joined = (of: string[]) => (of.length === 0 ? undefined : of.join('; '));
    return (
        <Card title={text.recording.inspection}>
            <ul className="people">
                {recording.findings.length === 0 && (
                    <li>
                        <span>
                            <Dot status="held" />
                            {text.recording.noFindings}
                        </span>
                    </li>
                )}
                {recording.findings.map((finding) => (
                    <li key={finding.code + JSON.stringify(finding.params)}>
                        <span className="status">
                            <Dot status={finding.severity === 'advisory' ? 'judge' : statusOf(finding.severity)} />
                            <span>{words(finding)}</span>
                        </span>
                        <span className="faint nowrap">{text.recording.severity[finding.severity]}</span>
                    </li>
                ))}
            </ul>
            <div className="body" style={{ borderTop: '1px solid var(--line)' }}>
                <Facts
                    of={[
                        [
                            text.recording.container,
                            [facts.container, ...facts.encoders].filter((each) => each !== undefined).join(' · ') || undefined,
                        ],
                        [text.recording.video, joined(video)],
                        [text.recording.audio, joined(audio)],
                        ...measured,
                    ]}
                />
                <Signs recording={recording} />
                <details style={{ marginTop: 10 }}>
                    <summary className="soft">{text.recording.inspectionRaw}</summary>
                    <pre className="bytes">{JSON.stringify(inspection, null, 2)}</pre>
                </details>
            </div>
        </Card>
    );
}

/** Traces of wrapping, joining and cutting: stated, with what they are worth. */
function Signs({ recording }: { recording: Recording }) {
    const text = useText();
    const { sign } = useFindingWords();
    return (
        <section className="signs" aria-label={text.measured.signs}>
            <h3>{text.measured.signs}</h3>
            {recording.signs.length === 0 ? (
                <p className="second">{text.measured.signsNone}</p>
            ) : (
                <>
                    <ul>
                        {recording.signs.map((each) => (
                            <li key={each.code + JSON.stringify(each.params)}>{sign(each)}</li>
                        ))}
                    </ul>
                    <p className="second">{text.measured.signsWhat}</p>
                </>
            )}
        </section>
    );
}
