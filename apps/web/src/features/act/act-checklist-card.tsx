import { fill } from '@liuhen/contract';
import { CHECK_PHASES, type CheckKey, formatDateTime } from '@liuhen/domain';
import { Checkbox } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';

type Check = ActDetail['checks'][number];

/** What 附件1 第7–9、15条 asks for, ticked by whom and when. What nobody ticked is for a person to judge, and fails nothing. */
export function ActChecklist({ act }: { act: ActDetail }) {
    const text = useText();
    const may = useMay();
    const words = text.actPart.check;
    const tick = useCommand('act.tick');
    const open = act.state !== 'cancelled' && may('act.manage');
    const phases = act.state === 'planned' ? (['before'] as const) : CHECK_PHASES;
    const shown = act.checks.filter((each) => (phases as readonly string[]).includes(each.phase));
    const left = shown.filter((each) => each.tickedAt === null).length;
    return (
        <Card title={words.title} small={left === 0 ? words.allDone : fill(words.open, { count: left })}>
            <ErrorNote
                error={tick.error}
                of="command"
                onRetry={() => {
                    if (tick.variables !== undefined) tick.mutate(tick.variables);
                }}
            />
            {phases.map((phase) => (
                <fieldset key={phase} className="checks">
                    <legend>{words.phases[phase]}</legend>
                    {shown
                        .filter((each) => each.phase === phase)
                        .map((each) => (
                            <CheckLine
                                key={each.key}
                                of={each}
                                disabled={!open || tick.isPending}
                                onTick={(done) => tick.mutate({ params: { id: act.id }, body: { key: each.key, done } })}
                            />
                        ))}
                </fieldset>
            ))}
        </Card>
    );
}

function CheckLine({ of, disabled, onTick }: { of: Check; disabled: boolean; onTick: (done: boolean) => void }) {
    const text = useText();
    const { language } = useLanguage();
    const words = text.actPart.check;
    return (
        <Checkbox checked={of.tickedAt !== null} disabled={disabled} onChange={({ target }) => onTick(target.checked)}>
            {of.words ?? words.items[of.key as CheckKey]}
            <span className="second">
                {of.tickedAt === null ? (
                    of.clause === null || of.clause === undefined ? (
                        words.own
                    ) : (
                        <span lang="zh-CN">{of.clause}</span>
                    )
                ) : (
                    fill(words.by, { name: of.tickedBy ?? '', time: formatDateTime(of.tickedAt, language) })
                )}
            </span>
        </Checkbox>
    );
}
