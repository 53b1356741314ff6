import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot } from '../../app/page.tsx';

type Recording = ResponseOf<Endpoints['recording.get']>;
type Joint = NonNullable<NonNullable<Recording['run']>['before']>;

/** The files of this recorder that continue each other, with every joint, and what lies before and after (附件1 第10条). */
export function RunCard({ recording }: { recording: Recording }) {
    const text = useText();
    const format = useFormat();
    const { run } = recording;
    if (run === null || (run.files.length === 1 && run.before === null && run.after === null)) return null;
    const limit = fill(text.run.limit[run.limitSource], { ms: format.count(run.limitMs) });
    return (
        <Card title={text.run.title} small={run.files.length > 1 && fill(text.run.files, { count: run.files.length })}>
            <div className="body">
                {run.start !== null && run.end !== null && (
                    <p className="run-when">
                        {format.period(run.start, run.end)} · {format.duration(run.end - run.start)}
                    </p>
                )}
                <JointLine joint={run.before} side="before" />
                <ol className="run">
                    {run.files.map((file) => (
                        <li key={file.id} aria-current={file.id === recording.id ? 'true' : undefined}>
                            {file.holeMs !== null && <span className="run-joint">{jointWords(file.holeMs)}</span>}
                            {file.id === recording.id ? (
                                <strong>{file.name}</strong>
                            ) : file.name === '' ? (
                                <span className="faint">{text.run.hidden}</span>
                            ) : (
                                <Link to="/recordings/$id" params={{ id: file.id }}>
                                    {file.name}
                                </Link>
                            )}
                        </li>
                    ))}
                </ol>
                <JointLine joint={run.after} side="after" />
                <p className="second">{limit}</p>
            </div>
        </Card>
    );

    function jointWords(holeMs: number): string {
        return holeMs <= 0 ? text.run.touches : fill(text.run.joint, { time: format.duration(holeMs) });
    }
}

/** What stands before or after the run: a gap, or a joint that nobody can judge by the clock. */
function JointLine({ joint, side }: { joint: Joint | null; side: 'before' | 'after' }) {
    const text = useText();
    const format = useFormat();
    if (joint === null) return null;
    const { holeMs, verdict, recording } = joint;
    const length = holeMs === null ? text.run.unknown : format.duration(Math.max(0, holeMs));
    return (
        <p className="run-edge">
            <Dot status={verdict === 'gap' ? 'act' : 'judge'} />{' '}
            {fill(verdict === 'gap' ? text.run.gap[side] : text.run.review[side], { time: length })}
            {recording.name !== '' && (
                <>
                    {' · '}
                    <Link to="/recordings/$id" params={{ id: recording.id }}>
                        {recording.name}
                    </Link>
                </>
            )}
        </p>
    );
}
