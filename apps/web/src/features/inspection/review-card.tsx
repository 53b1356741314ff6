import { fill } from '@liuhen/contract';
import { App, Button, Checkbox, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { refreshAll } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useCommand } from '../../app/use-command.ts';
import { MomentField } from '../recording/moment-field.tsx';
import { MomentLink, momentWords } from '../recording/moment-link.tsx';
import { AssignDialogue } from './assign-dialogue.tsx';
import type { Sheet } from './inspection-types.ts';
import { formatPercent } from './percent.ts';

type Answer = Sheet['answers'][number];
type Moment = Answer['moments'][number];

/** What the players beside the sheet can do for it. */
type Players = {
    /** Leads them to a moment. */
    onShow?: (moment: Moment) => void;
    /** Where they stand; `undefined`: nothing is shown. */
    nowShown?: () => { segment: { recordingId: string }; mediaMs: number } | undefined;
};

/** The items of the scheme: points, words and moments, written by the reviewer and read by everybody whom it concerns. */
export function ReviewCard({ sheet, ...players }: { sheet: Sheet } & Players) {
    const text = useText();
    const words = text.sheet;
    const { message } = App.useApp();
    const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map(sheet.answers.map((each) => [each.item, each])));
    const [remark, setRemark] = useState(sheet.remark ?? '');
    const [open, setOpen] = useState<'skip' | 'assign'>();
    const close = () => setOpen(undefined);
    const save = useCommand('inspectionSheet.save', { onDone: () => void message.success(words.saved) });
    const finish = useCommand('inspectionSheet.finish', {
        onDone: ({ score }) => void message.success(fill(words.finished, { score: formatPercent(score) })),
    });
    const skip = useCommand('inspectionSheet.skip', { onDone: close });
    const change = (item: string, patch: Partial<Answer>) => {
        // Words and moments may come before the points: nothing is left out of the score by them.
        const before: Answer = answers.get(item) ?? { item, open: true, moments: [] };
        const { points, open: undecided, words: said, ...rest } = { ...before, ...patch };
        const next = {
            ...rest,
            ...(points === undefined ? {} : { points }),
            ...(undecided === true && points === undefined ? { open: undecided } : {}),
            ...(said === undefined ? {} : { words: said }),
        };
        setAnswers(new Map(answers).set(item, next));
    };
    const body = () => ({
        answers: [...answers.values()].map(({ words: said, ...each }) =>
            said === undefined || said.trim() === '' ? each : { ...each, words: said },
        ),
        ...(remark.trim() === '' ? {} : { remark }),
        version: sheet.version,
    });
    const request = () => ({ params: { id: sheet.id }, body: body() });
    const busy = save.isPending || finish.isPending;
    return (
        <Card title={words.items}>
            <div className="body">
                {sheet.scheme.map((item) => (
                    <Item
                        key={item.key}
                        sheet={sheet}
                        {...players}
                        item={item}
                        answer={answers.get(item.key)}
                        onChange={(patch) => change(item.key, patch)}
                    />
                ))}
                {sheet.may.write ? (
                    <Input.TextArea
                        aria-label={words.remark}
                        placeholder={words.remark}
                        value={remark}
                        maxLength={1_000}
                        autoSize={{ minRows: 2 }}
                        onChange={({ target }) => setRemark(target.value)}
                    />
                ) : (
                    sheet.remark !== null && <p>{sheet.remark}</p>
                )}
                <ErrorNote error={finish.error ?? save.error} of="command" onReload={() => void refreshAll()} />
                <div className="buttons no-print">
                    {sheet.may.write && (
                        <>
                            <Button type="primary" disabled={busy} onClick={() => finish.mutate(request())}>
                                {words.finish}
                            </Button>
                            <Button disabled={busy} onClick={() => save.mutate(request())}>
                                {words.save}
                            </Button>
                        </>
                    )}
                    {(sheet.may.write ||
                        (sheet.may.assign && sheet.reviewer === null) ||
                        (sheet.act === null && sheet.may.assign)) && (
                        <Button onClick={() => setOpen('skip')}>{words.skip}</Button>
                    )}
                    {sheet.may.assign && <Button onClick={() => setOpen('assign')}>{words.assign}</Button>}
                </div>
            </div>
            {open === 'skip' && (
                <ReasonDialogue
                    title={words.skip}
                    what={words.skipWhat}
                    label={text.inspection.reason}
                    error={skip.error}
                    busy={skip.isPending}
                    onClose={close}
                    onSubmit={(reason) => skip.mutate({ params: { id: sheet.id }, body: { reason } })}
                />
            )}
            {open === 'assign' && <AssignDialogue sheet={sheet} onClose={close} />}
        </Card>
    );
}

type ItemProps = Players & {
    sheet: Sheet;
    item: Sheet['scheme'][number];
    answer: Answer | undefined;
    onChange: (patch: Partial<Answer>) => void;
};

function Item({ sheet, item, answer, onChange, ...players }: ItemProps) {
    const text = useText();
    const words = text.sheet;
    const write = sheet.may.write;
    const counting = sheet.counting.find((each) => each.item === item.key);
    const applies = answer === undefined || answer.points !== undefined || answer.open === true;
    const name = item.words;
    return (
        <section style={{ marginBottom: 16 }} aria-label={name}>
            <strong>{name}</strong> <span className="faint">{fill(words.of, { most: item.most, weight: item.weight })}</span>
            {write ? (
                <div className="review-row">
                    <InputNumber<number>
                        aria-label={fill(words.points, { item: name })}
                        min={0}
                        max={item.most}
                        precision={0}
                        disabled={!applies}
                        value={answer?.points ?? null}
                        onChange={(points) => onChange({ points: points ?? undefined, open: true })}
                    />
                    <Checkbox
                        checked={!applies}
                        onChange={({ target }) => onChange({ points: undefined, open: target.checked ? undefined : true })}
                    >
                        {words.notApplicable}
                    </Checkbox>
                    <Input
                        aria-label={fill(words.words, { item: name })}
                        placeholder={words.wordsHint}
                        maxLength={500}
                        value={answer?.words ?? ''}
                        onChange={({ target }) => onChange({ words: target.value === '' ? undefined : target.value })}
                    />
                </div>
            ) : (
                answer !== undefined && (
                    <p>
                        {answer.points ?? (answer.open === true ? words.notScored : words.notApplicable)}
                        {counting !== undefined &&
                            counting.points !== null &&
                            counting.points !== answer.points &&
                            ` → ${fill(words.changedTo, { points: counting.points })}`}
                        {answer.words !== undefined && ` · ${answer.words}`}
                    </p>
                )
            )}
            <Moments
                sheet={sheet}
                item={name}
                moments={answer?.moments ?? []}
                onChange={(moments) => onChange({ moments })}
                {...players}
            />
        </section>
    );
}

type MomentsProps = Players & {
    sheet: Sheet;
    item: string;
    moments: readonly Moment[];
    onChange: (next: Moment[]) => void;
};

function Moments({ sheet, item, moments, onChange, onShow, nowShown }: MomentsProps) {
    const text = useText();
    const { message } = App.useApp();
    const recordings = (sheet.act?.recordings ?? []).map(({ id, name }) => ({ id, fileName: name }));
    const nameOf = (id: string) => recordings.find((each) => each.id === id)?.fileName ?? '';
    const addNow = () => {
        const now = nowShown?.();
        if (now === undefined) return void message.info(text.sheet.nothingPlays);
        const moment = { recordingId: now.segment.recordingId, mediaMs: Math.round(now.mediaMs) };
        const known = moments.some((each) => each.recordingId === moment.recordingId && each.mediaMs === moment.mediaMs);
        if (!known) onChange([...moments, moment]);
    };
    return (
        <>
            {moments.map((moment, at) => {
                const fileName = nameOf(moment.recordingId);
                const where = momentWords(fileName, moment);
                return (
                    <div key={`${moment.recordingId} ${moment.mediaMs}`} className="second">
                        {onShow !== undefined ? (
                            <button type="button" className="linkish" onClick={() => onShow(moment)}>
                                {where}
                            </button>
                        ) : sheet.act?.opens === true ? (
                            <MomentLink actId={sheet.actId} fileName={fileName} moment={moment} />
                        ) : (
                            where
                        )}
                        {sheet.may.write && (
                            <Button
                                type="text"
                                size="small"
                                aria-label={fill(text.moment.remove, { at: where })}
                                onClick={() => onChange(moments.filter((_, other) => other !== at))}
                            >
                                ×
                            </Button>
                        )}
                    </div>
                );
            })}
            {sheet.may.write && recordings.length > 0 && (
                <>
                    {nowShown !== undefined && (
                        <Button type="text" size="small" aria-label={fill(text.sheet.addNowTo, { item })} onClick={addNow}>
                            {text.sheet.addNow}
                        </Button>
                    )}
                    <MomentField recordings={recordings} onAdd={(moment) => onChange([...moments, moment])} />
                </>
            )}
        </>
    );
}
