import { fill } from '@liuhen/contract';
import type { Clock, Id, Instant, StatementInput, StripChartInput } from '@liuhen/domain';
import { coverageOf, rulingsIn, statementsOf, stripChart, withRulings } from '@liuhen/domain';
import { AnswerRow, answerEn, answerZh, StripChart, type StripChartItem, stripChartEn, stripChartZh } from '@liuhen/ui';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useLanguage, useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useFindingState, useFindingWords } from '../compliance/finding-words.tsx';
import { fromDevice, type Track, toDevice } from '../recording/tracks.ts';
import { type ActFinding, findingFactsOf } from './finding-facts.ts';
import { type ActDetail, documentsAt, photosOf } from './strip-chart-input.ts';

type Props = {
    act: ActDetail;
    facts: StripChartInput & StatementInput;
    /** What can be played; the players run on corrected time whatever clock is drawn. */
    tracks: readonly Track[];
    cursor: Instant | undefined;
    onCursor: (at: Instant) => void;
    /** Opens a photograph that stands on the chart. */
    onPhoto: (id: Id) => void;
};

/** The answer in sentences and the picture it is read from. */
export function ActChart({ act, facts, tracks, cursor, onCursor, onPhoto }: Props) {
    const { language } = useLanguage();
    const text = useText();
    const may = useMay();
    const [clock, setClock] = useState<Clock>('corrected');
    const found = useFindingsOn(act, tracks, clock);
    // Sentences are by the corrected clock, whichever is drawn.
    const corrected = useFindingsOn(act, tracks, 'corrected');
    const statements = useMemo(
        () => statementsOf(facts, withRulings(coverageOf(facts), rulingsIn(corrected))),
        [facts, corrected],
    );
    const model = useMemo(() => stripChart({ ...facts, clock, findings: found }), [facts, clock, found]);
    const onDevice = model.clock === 'device' && (model.correctedKnown === 'all' || model.correctedKnown === 'some');
    const move = useCallback((at: Instant) => onCursor(onDevice ? fromDevice(tracks, at) : at), [onCursor, onDevice, tracks]);
    const shown = cursor === undefined ? null : onDevice ? toDevice(tracks, cursor) : cursor;
    const [chosen, setChosen] = useState<StripChartItem>();
    const photo = chosen?.kind === 'mark' ? photosOf(act).find((each) => each.id === chosen.subject.id) : undefined;
    const named = chosen?.kind === 'mark' ? documentsAt(act, chosen.subject.id) : [];
    return (
        <div className="act-chart">
            <AnswerRow statements={statements} texts={language === 'en' ? answerEn : answerZh} />
            <StripChart
                model={model}
                texts={language === 'en' ? stripChartEn : stripChartZh}
                cursor={shown}
                onCursor={move}
                onClock={setClock}
                onSelect={setChosen}
                {...(chosen === undefined ? {} : { selectedKey: chosen.key })}
            />
            {photo !== undefined && may('recording.play') && (
                <p className="second no-print" role="status">
                    <button type="button" className="linkish" onClick={() => onPhoto(photo.id)}>
                        {fill(text.photo.openThis, { name: photo.name })}
                    </button>
                </p>
            )}
            {chosen?.kind === 'finding' && (
                <p className="second no-print" aria-live="polite">
                    <Link to="/compliance/findings/$id" params={{ id: chosen.subject.id }}>
                        {fill(text.ruleFinding.openThis, { words: chosen.subject.words })}
                    </Link>
                </p>
            )}
            {named.length > 0 && <NamedBy of={named} />}
        </div>
    );
}

/** What was found about the act, where it lies; nothing for whoever may not see findings. */
function useFindingsOn(act: ActDetail, tracks: readonly Track[], clock: Clock) {
    const may = useMay();
    const what = useFindingWords();
    const stateOf = useFindingState();
    const { overtaken } = useText().ruleFinding;
    const { data } = useAsk('finding.ofAct', { params: { id: act.id } }, { enabled: may('finding.list') });
    return useMemo(() => {
        const note = (of: ActFinding) =>
            [of.person?.name, stateOf(of), of.goneSince === null ? undefined : overtaken]
                .filter((part) => part !== undefined)
                .join(' · ');
        return findingFactsOf(data?.findings ?? [], act, { tracks, clock, words: { what, note } });
    }, [data, act, tracks, clock, what, stateOf, overtaken]);
}

/** The way from a point of the chart to the documents that name it. */
function NamedBy({ of }: { of: ActDetail['attached'] }) {
    const text = useText();
    const may = useMay();
    return (
        <p className="second no-print" role="status">
            {text.photo.namedIn}{' '}
            {of.map(({ documentId, documentTitle, title }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a document may name the same moment twice
                <span key={index} lang="zh-CN">
                    {may('document.list') ? (
                        <Link to="/documents/$id" params={{ id: documentId }}>
                            {documentTitle}
                        </Link>
                    ) : (
                        documentTitle
                    )}
                    {title !== '' && ` · ${title}`}{' '}
                </span>
            ))}
        </p>
    );
}
