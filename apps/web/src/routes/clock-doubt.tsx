import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../app/language.tsx';
import { useAsk } from '../app/query.ts';
import { ReasonDialogue } from '../app/reason-dialogue.tsx';
import { useMay } from '../app/session.ts';
import { useCommand } from '../app/use-command.ts';

const ASK_EVERY_MS = 60_000;

/** On every page while the clock of the server is not trusted: what goes by time waits, and what a page says of deadlines may be wrong. */
export function ClockDoubt() {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [asking, setAsking] = useState(false);
    const { data } = useAsk('serverClock.get', {}, { refetchInterval: ASK_EVERY_MS });
    const confirm = useCommand('serverClock.confirm', { onDone: () => setAsking(false) });
    const doubt = data?.doubt ?? null;
    if (doubt === null) return null;
    const words = text.serverClock;
    const why = fill(words.doubts[doubt.code], doubt.params);
    return (
        <aside className="note note-bad no-print" role="alert">
            {fill(words.what, { why, since: format.dateTime(doubt.since) })}{' '}
            {may('ledger.check') && (
                <Button size="small" onClick={() => setAsking(true)}>
                    {words.confirm}
                </Button>
            )}
            {asking && (
                <ReasonDialogue
                    title={words.confirm}
                    what={words.confirmWhat}
                    label={words.confirmLabel}
                    error={confirm.error}
                    busy={confirm.isPending}
                    onClose={() => setAsking(false)}
                    onSubmit={(reason) => confirm.mutate({ body: { reason } })}
                />
            )}
        </aside>
    );
}
