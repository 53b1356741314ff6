import { fill } from '@liuhen/contract';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import type { Inspection } from './inspection-types.ts';
import { formatPercent } from './percent.ts';

type Score = ItemOf<'inspection.scores'>;

/** Scores of organisations and officers as they stand. */
export function ScoresCard({ of }: { of: Inspection }) {
    const text = useText();
    const format = useFormat();
    const words = text.inspection;
    const pages = usePages('inspection.scores', { inspectionId: of.id });
    const nameOf = (each: Score) => (each.kind === 'all' ? words.all : each.name);
    const columns: Column<Score>[] = [
        {
            key: 'name',
            title: words.kinds.organisation,
            width: 'minmax(150px, 1.5fr)',
            shown: 'always',
            phone: 'title',
            cell: (each) => <span className="main">{nameOf(each)}</span>,
            plain: nameOf,
        },
        { key: 'kind', title: words.kind, width: '108px', plain: (each) => words.kinds[each.kind] },
        { key: 'certificate', title: words.certificate, width: '104px', plain: (each) => each.certificateNumber ?? '' },
        { key: 'acts', title: words.acts, width: '100px', number: true, plain: (each) => format.count(each.acts) },
        { key: 'skipped', title: words.skipped, width: '90px', number: true, plain: (each) => format.count(each.skipped) },
        { key: 'score', title: words.score, width: '90px', number: true, plain: (each) => formatPercent(each.score) },
    ];
    return (
        <Card title={words.scores} small={words.scoresSub}>
            {(pages.head?.withheld ?? 0) > 0 && (
                <p className="body faint">
                    {fill(text.comparison.scoresWithout, { count: format.count(pages.head?.withheld ?? 0) })}
                </p>
            )}
            <DataList<Score>
                id="inspection-scores"
                name={words.scores}
                columns={columns}
                items={pages.items}
                idOf={(each) => `${each.kind} ${each.organisation} ${each.certificateNumber ?? ''} ${each.name}`}
                total={pages.total}
                pages={pages}
                empty={<Empty title={words.scoresEmpty} what={words.scoresEmptyWhat} />}
            />
        </Card>
    );
}
