import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { readSheet, type SheetReading, toHex } from '@liuhen/domain';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';

type Answer = ResponseOf<Endpoints['ledger.compareSheet']>;

/** Where one types what stands on a sheet of paper, and is told whether the log had it and has it still. */
export function CompareSheet() {
    const text = useText();
    const id = useId();
    const [typed, setTyped] = useState('');
    const reading = readSheet(typed);
    return (
        <Card title={text.daySheet.compare}>
            <div className="body">
                <label htmlFor={id}>{text.daySheet.field}</label>
                <Input.TextArea
                    id={id}
                    value={typed}
                    onChange={(event) => setTyped(event.target.value)}
                    aria-describedby={`${id}-help`}
                    autoSize={{ minRows: 2, maxRows: 8 }}
                    maxLength={20_000}
                    spellCheck={false}
                    autoComplete="off"
                />
                <p className="faint" id={`${id}-help`}>
                    {text.daySheet.fieldHelp}
                </p>
                <div aria-live="polite">
                    <ReadingWords reading={reading} />
                    {reading.kind === 'root' && <Compared query={{ root: toHex(reading.root) }} />}
                    {reading.kind === 'note' && <Compared query={{ note: reading.note }} />}
                </div>
            </div>
        </Card>
    );
}

/** What is wrong with what was typed, group by group. */
function ReadingWords({ reading }: { reading: SheetReading }) {
    const text = useText();
    if (reading.kind === 'wrongNote') return <Line status="judge" words={text.daySheet.wrongNote} />;
    if (reading.kind !== 'wrongGroups') return null;
    const { groups, faults } = reading;
    // The last group is still being typed.
    const seen = faults.filter(({ group, fault }) => fault !== 'length' || group < groups);
    return (
        <>
            {groups !== 13 && <p>{fill(text.daySheet.groups, { groups })}</p>}
            {(groups === 13 ? faults : seen).map(({ group, fault }) => (
                <Line key={group} status="judge" words={fill(text.daySheet.faults[fault], { group })} />
            ))}
        </>
    );
}

function Compared({ query }: { query: { root: string } | { note: string } }) {
    const answer = useAsk('ledger.compareSheet', { query });
    if (answer.error !== null) return <ErrorNote error={answer.error} of="read" onRetry={() => void answer.refetch()} />;
    return answer.data === undefined ? <Waiting /> : <Verdict answer={answer.data} />;
}

function Verdict({ answer: { found, note } }: { answer: Answer }) {
    const text = useText();
    const format = useFormat();
    const fits =
        note === null ? found.length > 0 && found.every(({ tree }) => tree === 'same') : note.signed && note.tree === 'same';
    return (
        <>
            {note !== null && <NoteVerdict note={note} />}
            {note === null && found.length === 0 && <Line status="broken" words={text.daySheet.notFound} />}
            {note === null &&
                found.map(({ head, size, at, tree }) => (
                    <Line
                        key={`${head} ${size}`}
                        status={tree === 'same' ? 'held' : 'broken'}
                        words={fill(tree === 'same' ? text.daySheet.found : text.daySheet.foundChanged, {
                            size: format.count(BigInt(size)),
                            head: text.checkpoint.heads[head],
                            time: format.dateTime(at, 'second'),
                        })}
                    />
                ))}
            {!fits && <p className="faint">{text.daySheet.what}</p>}
        </>
    );
}

function NoteVerdict({ note: { origin, own, signed, tree, size } }: { note: NonNullable<Answer['note']> }) {
    const text = useText();
    const format = useFormat();
    const words = { origin, size: format.count(BigInt(size)) };
    if (!own) return <Line status="broken" words={fill(text.daySheet.otherLog, words)} />;
    if (!signed) return <Line status="broken" words={text.daySheet.notSigned} />;
    const sentence = { same: text.daySheet.noteSame, different: text.daySheet.noteDifferent, shorter: text.daySheet.noteShorter }[
        tree
    ];
    return <Line status={tree === 'same' ? 'held' : 'broken'} words={fill(sentence, words)} />;
}

const Line = ({ status, words }: { status: 'held' | 'judge' | 'broken'; words: string }) => (
    <p className="verdict">
        <Dot status={status} />
        {words}
    </p>
);
