import type { Id, Instant } from '@liuhen/domain';
import { uiCss } from '@liuhen/ui';
import { useMemo, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { ActChart } from './act-chart.tsx';
import { tracksOf } from './act-tracks.ts';
import { type ActDetail, factsOf } from './strip-chart-input.ts';

/** The answer row and the strip chart of an act where something else is asked about it; the cursor stands at the moment in question. */
export function FindingAct({ actId, at }: { actId: Id; at: Instant | null }) {
    const { data, error, isPending, refetch } = useAsk('act.get', { params: { id: actId } });
    if (isPending) return <Waiting />;
    if (data === undefined) return <ErrorNote error={error} of="read" onRetry={() => void refetch()} />;
    return <Chart key={`${actId} ${at}`} act={data} at={at} />;
}

function Chart({ act, at }: { act: ActDetail; at: Instant | null }) {
    const text = useText();
    const [now] = useState(() => Date.now());
    const [cursor, setCursor] = useState<Instant | undefined>(at ?? undefined);
    const facts = useMemo(
        () => factsOf(act, now, text.act.period, ({ scenario, place }) => `${scenarioWords(text, scenario)} · ${place}`),
        [act, now, text],
    );
    const tracks = useMemo(() => tracksOf(act), [act]);
    return (
        <>
            <style href="liuhen-ui" precedence="default">
                {uiCss}
            </style>
            <ActChart act={act} facts={facts} tracks={tracks} cursor={cursor} onCursor={setCursor} onPhoto={() => undefined} />
        </>
    );
}
