import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useStatisticWords } from './use-statistic-words.ts';

type Answer = ResponseOf<Endpoints['statistics.compliance']>;

/** What all groups come to, each rate beside that of the whole city where only a part of it is shown. */
export function StatisticsSums({ of, city }: { of: Answer['sum']; city: Answer['city'] }) {
    const text = useText();
    const format = useFormat();
    const { share, tenths } = useStatisticWords();
    const words = text.statistics;
    const count = (value: number) => format.count(value);
    const beside = (value: string | null) => (value === null ? undefined : fill(words.city, { value }));
    const inCity = (value: (rates: NonNullable<Answer['city']>) => string) => beside(city === null ? null : value(city));
    const facts: readonly (readonly [name: string, value: string, ...more: (string | undefined)[]])[] = [
        [
            words.acts,
            count(of.acts),
            fill(words.ofActs, { complete: count(of.complete), failed: count(of.failed), review: count(of.review) }),
        ],
        [words.completeRate, share(of.completePermille), inCity((each) => share(each.completePermille))],
        [words.coverage, share(of.coveragePermille), inCity((each) => share(each.coveragePermille))],
        [
            words.interruptions,
            tenths(of.interruptionTenths),
            fill(words.timesAll, { count: count(of.interruptions) }),
            inCity((each) => tenths(each.interruptionTenths)),
        ],
        [
            words.late,
            count(of.late),
            fill(words.latePer, { value: tenths(of.lateTenths) }),
            inCity((each) => fill(words.latePer, { value: tenths(each.lateTenths) })),
        ],
        [words.openGaps, count(of.openGaps)],
        [
            words.open,
            count(of.openWeek + of.openMonth + of.openOlder),
            fill(words.ages, { week: count(of.openWeek), month: count(of.openMonth), older: count(of.openOlder) }),
        ],
        ...(of.documentErrors === null ? [] : [[words.documentErrors, count(of.documentErrors)] as const]),
        ...(of.faults === null ? [] : [[words.faults, count(of.faults)] as const]),
    ];
    return (
        <Card title={words.summary}>
            <dl className="statistics-sums">
                {facts.map(([name, value, ...more]) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>
                            <strong>{value}</strong>
                            {more.map((each) => each !== undefined && <div key={each}>{each}</div>)}
                        </dd>
                    </div>
                ))}
            </dl>
        </Card>
    );
}
