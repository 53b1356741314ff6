import { fill } from '@liuhen/contract';
import type { ScenarioKey } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, Tag } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import type { Inspection } from './inspection-types.ts';
import { formatPercent } from './percent.ts';

type Sheet = ItemOf<'inspection.sheets'>;

export const SHEET_STATUS = { open: 'act', finished: 'held', skipped: 'judge' } as const;

/** One line for each act drawn, in the order drawn. */
export function SheetsCard({ of }: { of: Inspection }) {
    const text = useText();
    const pages = usePages('inspection.sheets', { inspectionId: of.id });
    const words = text.inspection;
    return (
        <Card title={words.sheets}>
            <DataList<Sheet>
                id="inspection-sheets"
                name={words.sheets}
                columns={useColumns(of)}
                items={pages.items}
                idOf={(sheet) => sheet.id}
                total={pages.total}
                pages={pages}
                empty={<Empty title={words.sheetsEmpty} what={words.sheetsEmptyWhat} />}
            />
        </Card>
    );
}

function useColumns(of: Inspection): Column<Sheet>[] {
    const text = useText();
    const format = useFormat();
    const words = text.inspection;
    const waits = (sheet: Sheet) =>
        [
            ...(sheet.appealWaiting ? [words.waitingAppeal] : []),
            ...(sheet.openRectifications > 0
                ? [fill(words.waitingRectification, { count: format.count(sheet.openRectifications) })]
                : []),
            ...(sheet.skipReason === null ? [] : [sheet.skipReason]),
        ].join(' · ');
    const columns: Column<Sheet>[] = [
        {
            key: 'number',
            title: text.sheet.act,
            width: 'minmax(172px, 1.6fr)',
            shown: 'always',
            phone: 'title',
            cell: (sheet) => (
                <>
                    <Link to="/inspections/sheets/$id" params={{ id: sheet.id }} className="main mono-figures">
                        {sheet.number}
                    </Link>
                    {waits(sheet) !== '' && <span className="second">{waits(sheet)}</span>}
                </>
            ),
            plain: (sheet) => `${sheet.number} ${waits(sheet)}`.trim(),
        },
        { key: 'place', title: words.place, width: '64px', number: true, plain: (sheet) => format.count(sheet.place) },
        {
            key: 'state',
            title: words.state,
            width: '100px',
            cell: (sheet) => <Tag status={SHEET_STATUS[sheet.state]}>{words.sheetStates[sheet.state]}</Tag>,
            plain: (sheet) => words.sheetStates[sheet.state],
        },
        {
            key: 'score',
            title: words.score,
            width: '80px',
            number: true,
            plain: (sheet) => (sheet.withheld ? text.comparison.scoreLater : formatPercent(sheet.score)),
        },
        { key: 'organisation', title: words.inspected, width: 'minmax(120px, 1fr)', plain: (sheet) => sheet.organisation },
        {
            key: 'scenario',
            title: words.scenarios,
            width: 'minmax(100px, 1fr)',
            plain: (sheet) => scenarioWords(text, sheet.scenario as ScenarioKey),
        },
        {
            key: 'recorded',
            title: words.recorded,
            width: '88px',
            plain: (sheet) =>
                sheet.recorded === null ? words.recordedUnknown : sheet.recorded ? words.recordedYes : words.recordedNo,
        },
    ];
    const reviewer: Column<Sheet> = {
        key: 'reviewer',
        title: words.reviewer,
        width: '92px',
        plain: (sheet) => sheet.reviewer ?? words.unassigned,
    };
    return of.own ? [...columns, reviewer] : columns;
}
