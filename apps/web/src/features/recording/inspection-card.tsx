import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { useText } from '../../app/language.tsx';
import { Card, Dot, Facts } from '../../app/page.tsx';
import { frameRate, statusOf, useFindingWords } from './finding-words.ts';
import { inspectionFacts } from './inspection-facts.ts';

type Recording = ResponseOf<Endpoints['recording.get']>;

/** What was measured in the file and what is worth knowing about it. */
export function InspectionCard({ recording }: { recording: Recording }) {
    const text = useText();
    const { words } = useFindingWords();
    const { inspection } = recording;
    if (inspection === null) {
        return (
            <Card title={text.recording.inspection}>
                <p className="empty-small">{text.recording.inspectionPending}</p>
            </Card>
        );
    }
    const facts = inspectionFacts(inspection);
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
            ...rate(track.bitrate),
        ].join(' · '),
    );
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
                    ]}
                />
                <details style={{ marginTop: 10 }}>
                    <summary className="soft">{text.recording.inspectionRaw}</summary>
                    <pre className="bytes">{JSON.stringify(inspection, null, 2)}</pre>
                </details>
            </div>
        </Card>
    );
}
