import { fill } from '@liuhen/contract';
import { App, Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';
import { instantOfWhen, type When, WhenInput, whenOf } from './when-field.tsx';

type Participant = ActDetail['participants'][number];
type Span = { key: number; from: When; to: When };
type Stay = { segmentId: string; spans: readonly Span[]; startsAt: number; endsAt: number };

/** In which segments somebody was present, and from when to when (附件1 第5条: only while present does an officer count). */
export function PresenceDialogue({ act, of, onClose }: { act: ActDetail; of: Participant; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const words = text.actPart.people;
    const [stays, setStays] = useState(() => staysOf(act, of));
    const state = useCommand('act.statePresence', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const change = (segmentId: string, next: Partial<Stay>) =>
        setStays(stays.map((each) => (each.segmentId === segmentId ? { ...each, ...next } : each)));
    const changeSpan = ({ segmentId, spans }: Stay, key: number, next: Partial<Span>) =>
        change(segmentId, { spans: spans.map((each) => (each.key === key ? { ...each, ...next } : each)) });
    const whole = stays.every(({ spans }) =>
        spans.every(({ from, to }) => instantOfWhen(from) !== undefined && instantOfWhen(to) !== undefined),
    );
    const submit = () => state.mutate({ params: { id: of.id }, body: { presence: stays.flatMap(presenceOf) } });
    return (
        <Modal
            open
            title={fill(words.presenceTitle, { name: of.name })}
            okText={text.common.save}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: !whole || state.isPending }}
        >
            <p className="soft">{words.presenceWhat}</p>
            <ErrorNote error={state.error} of="command" onRetry={submit} />
            {act.segments.map((segment, index) => {
                const stay = stays.find((each) => each.segmentId === segment.id);
                if (stay === undefined) return null;
                const name = fill(text.actPart.segment.number, { number: index + 1 });
                return (
                    <fieldset key={segment.id} className="stay">
                        <Checkbox
                            checked={stay.spans.length > 0}
                            onChange={({ target }) => change(segment.id, { spans: target.checked ? [wholeSpan(stay)] : [] })}
                        >
                            {`${name} ${scenarioWords(text, segment.scenario)} · ${segment.place}`}
                        </Checkbox>
                        {stay.spans.map((span, at) => {
                            const which = stay.spans.length > 1 ? `${name} (${at + 1})` : name;
                            return (
                                <div key={span.key} className="stay-span">
                                    <WhenInput
                                        label={`${which} ${words.from}`}
                                        value={span.from}
                                        onChange={(from) => changeSpan(stay, span.key, { from })}
                                    />
                                    <WhenInput
                                        label={`${which} ${words.to}`}
                                        value={span.to}
                                        onChange={(to) => changeSpan(stay, span.key, { to })}
                                    />
                                    {stay.spans.length > 1 && (
                                        <Button
                                            size="small"
                                            type="text"
                                            aria-label={`${words.removeSpan} ${which}`}
                                            onClick={() =>
                                                change(segment.id, { spans: stay.spans.filter((each) => each.key !== span.key) })
                                            }
                                        >
                                            {words.removeSpan}
                                        </Button>
                                    )}
                                </div>
                            );
                        })}
                        {stay.spans.length > 0 && (
                            <Button
                                size="small"
                                aria-label={`${name} ${words.addSpan}`}
                                onClick={() => change(segment.id, { spans: [...stay.spans, nextSpan(stay)] })}
                            >
                                {words.addSpan}
                            </Button>
                        )}
                    </fieldset>
                );
            })}
        </Modal>
    );
}

/** Somebody who left and came back has several stays in one segment. */
const staysOf = (act: ActDetail, of: Participant): Stay[] =>
    act.segments.map(({ id: segmentId, startsAt, endsAt }) => {
        const own = of.presence.filter((each) => each.segmentId === segmentId);
        const spans = own
            .map(({ from, to }) => ({ from: from ?? startsAt, to: to ?? endsAt }))
            .toSorted((a, b) => a.from - b.from)
            .map(({ from, to }, key) => ({ key, from: whenOf(from), to: whenOf(to) }));
        return { segmentId, spans, startsAt, endsAt };
    });

const wholeSpan = ({ startsAt, endsAt }: Stay): Span => ({ key: 0, from: whenOf(startsAt), to: whenOf(endsAt) });

/** Coming back: from where the last stay ended to the end of the segment; the officer states both. */
function nextSpan({ spans, endsAt, startsAt }: Stay): Span {
    const last = spans.at(-1);
    const from = last === undefined ? startsAt : (instantOfWhen(last.to) ?? startsAt);
    return { key: Math.max(-1, ...spans.map((each) => each.key)) + 1, from: whenOf(from), to: whenOf(endsAt) };
}

/** The segment's own beginning and end are said as such, so that they follow when it is changed. */
function presenceOf({ segmentId, spans, startsAt, endsAt }: Stay) {
    const same = (at: number | undefined, edge: number) => at === undefined || at === Math.floor(edge / 60_000) * 60_000;
    return spans.map(({ from, to }) => {
        const [start, end] = [instantOfWhen(from), instantOfWhen(to)];
        return { segmentId, from: same(start, startsAt) ? null : (start ?? null), to: same(end, endsAt) ? null : (end ?? null) };
    });
}
