import type { CountedFigure } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useFindingWords, VERDICT_STATUS } from './finding-words.tsx';

export type CountedItem = ItemOf<'statistics.counted'>;

const OPEN: readonly CountedFigure[] = ['openFindings', 'openWeek', 'openMonth', 'openOlder'];

/** The columns of a list of parts: what each is, when, for whom it is counted, and what makes it count. */
export function useCountedColumns(figure: CountedFigure): Column<CountedItem>[] {
    const text = useText();
    const format = useFormat();
    const words = text.statistics.counted;
    const what = useWhatWords();
    const column = (key: string, title: string, width: string, plain: (item: CountedItem) => string) => ({
        ...{ key, title, width },
        plain,
    });
    const time = (of: number | undefined) => (of === undefined ? '' : format.duration(of, 2));
    const isOfActs = figure !== 'faults' && figure !== 'documentErrors' && !OPEN.includes(figure);
    return [
        {
            ...{ key: 'what', title: words.what, width: 'minmax(240px, 2fr)', shown: 'always', phone: 'title' },
            plain: what,
            cell: (item) => <What item={item} />,
        },
        column('at', words.at, '170px', ({ at }) => format.dateTime(at)),
        column('organisation', text.statistics.organisation, 'minmax(120px, 1fr)', ({ organisation }) => organisation.name),
        column('person', words.person, '110px', ({ person }) => person?.name ?? text.common.none),
        ...(isOfActs
            ? [
                  {
                      ...column('verdict', words.verdict, '110px', ({ judged }) => verdictOf(judged)),
                      cell: ({ judged }: CountedItem) =>
                          judged === null ? null : (
                              <>
                                  <Dot status={VERDICT_STATUS[judged.verdict] ?? 'judge'} /> {verdictOf(judged)}
                              </>
                          ),
                  },
                  column('unmet', words.unmet, 'minmax(180px, 1.4fr)', ({ judged }) =>
                      (judged?.unmet ?? [])
                          .map(({ rule, verdict }) => `${text.ruleFinding.rules[rule]} ${text.ruleFinding.verdicts[verdict]}`)
                          .join(text.statistics.comma),
                  ),
              ]
            : []),
        ...(figure === 'coverage'
            ? [
                  column('recorded', words.recorded, '110px', ({ judged }) => time(judged?.coveredMs)),
                  column('required', words.required, '110px', ({ judged }) => time(judged?.requiredMs)),
                  column('exempt', words.exempt, '110px', ({ judged }) => time(judged?.exemptMs)),
              ]
            : []),
        ...(figure === 'interruptions' || figure === 'openGaps'
            ? [
                  column('place', words.place, '110px', ({ gap }) => (gap === null ? '' : text.interruption.places[gap.place])),
                  column('length', words.length, '110px', ({ gap }) => (gap === null ? '' : time(gap.to - gap.from))),
                  column('carrier', words.carrier, '120px', ({ gap }) => gap?.person?.name ?? text.interruption.room),
              ]
            : []),
        ...(figure === 'late'
            ? [
                  {
                      ...column('took', words.took, '130px', ({ late }) => time(late?.tookMs)),
                      cell: ({ late, own }: CountedItem) =>
                          late !== null && own ? (
                              <Link to="/recordings/$id" params={{ id: late.recordingId }} className="above">
                                  {time(late.tookMs)}
                              </Link>
                          ) : (
                              time(late?.tookMs)
                          ),
                  },
                  column('limit', words.limit, '110px', ({ late }) => time(late?.limitMs)),
              ]
            : []),
        ...(figure === 'documentErrors'
            ? [column('step', words.step, '180px', ({ document }) => (document === null ? '' : words.steps[document.step]))]
            : []),
    ];

    function verdictOf(judged: CountedItem['judged']): string {
        return judged === null ? '' : text.ruleFinding.verdicts[judged.verdict];
    }
}

/** What it is, in one line: for tables that leave the house. */
function useWhatWords(): (item: CountedItem) => string {
    const text = useText();
    const finding = useFindingWords();
    return ({ act, finding: found, device, document }) =>
        [
            found !== null && finding(found),
            act !== null && `${act.number} ${scenarioWords(text, act.scenario)} ${act.place}`,
            device !== null && [device.number, device.model].filter(Boolean).join(' '),
            document !== null && [document.number, document.title].filter(Boolean).join(' '),
        ]
            .filter(Boolean)
            .join(' · ');
}

/** The same with the page where it can be opened: findings everywhere, everything else where it is one's own. */
function What({ item }: { item: CountedItem }) {
    const text = useText();
    const finding = useFindingWords();
    const { act, finding: found, device, document, own, organisation } = item;
    if (found !== null)
        return (
            <>
                <Link to="/compliance/findings/$id" params={{ id: found.id }} className="main">
                    {finding(found)}
                </Link>
                {act !== null && <Second of={[act.number, scenarioWords(text, act.scenario), act.place]} />}
            </>
        );
    if (device !== null)
        return (
            <>
                {own ? (
                    <Link to="/devices/$id" params={{ id: device.id }} className="main">
                        {device.number}
                    </Link>
                ) : (
                    device.number
                )}
                <Second of={[device.model]} />
            </>
        );
    if (document !== null)
        return (
            <>
                {own ? (
                    <Link to="/documents/$id" params={{ id: document.id }} className="main">
                        {document.title}
                    </Link>
                ) : (
                    document.title
                )}
                <Second of={[document.number]} />
            </>
        );
    if (act === null) return null;
    return (
        <>
            {own ? (
                <Link to="/acts/$id" params={{ id: act.id }} className="main">
                    {act.place}
                </Link>
            ) : (
                act.place
            )}
            <Second of={[act.number, scenarioWords(text, act.scenario)]} />
            {!own && (
                <span className="second">
                    <Link to="/compliance/findings" search={{ q: act.number, organisationId: organisation.id }}>
                        {text.statistics.counted.findingsOf}
                    </Link>
                </span>
            )}
        </>
    );
}

const Second = ({ of }: { of: readonly (string | null)[] }) => <span className="second">{of.filter(Boolean).join(' · ')}</span>;
