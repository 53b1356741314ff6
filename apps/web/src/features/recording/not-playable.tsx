import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { useText } from '../../app/language.tsx';
import { useMay } from '../../app/session.ts';
import { CopyHelp } from './copy-help.tsx';
import { useFindingWords } from './finding-words.ts';
import { PhotoView } from './photo-view.tsx';

type Recording = ResponseOf<Endpoints['recording.get']>;

/** The copy comes with the answer that says that it is there. */
const none = () => {};

/** Why nothing plays: the file itself, or only its coding. */
export function NotPlayable({ recording }: { recording: Recording }) {
    const text = useText();
    const may = useMay();
    const findings = useFindingWords();
    const why = findings.hinderance(recording);
    if (recording.findings.some((each) => each.code === 'media.picture'))
        return <PhotoView id={recording.id} name={recording.name} />;
    if (why === undefined) {
        return (
            <div className="empty-small">
                <strong>{text.recording.notPlayable}</strong>
                <p>{fill(text.recording.notPlayableWhat, { codec: recording.codec ?? '?' })}</p>
            </div>
        );
    }
    const copy = recording.derivable.find((kind) => kind === 'playable' || kind === 'repaired');
    const tried = recording.derivedItems.find((each) => each.kind === copy);
    if (copy !== undefined && tried?.state !== 'made')
        return (
            <div className="empty-small no-player">
                <p>{text.derived.cannotShow}</p>
                {may('recording.play') && <CopyHelp recordingId={recording.id} onMade={none} />}
            </div>
        );
    const sentence = why.severity === 'broken' ? text.recording.brokenFileWhat : text.recording.limitedFileWhat;
    const todo = (text.findingDo as Readonly<Record<string, string>>)[why.code];
    return (
        <div className="empty-small">
            <strong>{why.code === 'media.picture' ? text.recording.pictureFile : text.recording.brokenFile}</strong>
            <p>{fill(sentence, { finding: findings.words(why) })}</p>
            {todo !== undefined && (
                <p>
                    {text.recording.whatNow}
                    {todo}
                </p>
            )}
        </div>
    );
}
