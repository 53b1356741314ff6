import { fill } from '@liuhen/contract';
import { isCertain } from '@liuhen/domain';
import { Button } from 'antd';
import { useText } from '../../app/language.tsx';
import type { Paper } from './document-types.ts';
import type { Settled } from './scan-settle-dialogue.tsx';

type Reading = NonNullable<Paper['scans'][number]['reading']>;
type Sheet = Reading['sheets'][number];

type Props = {
    reading: Reading;
    /** Shown at once, where somebody has to look. */
    open: boolean;
    onSettle: ((settling: Settled) => void) | undefined;
};

/** What was read on each sheet, what is missing, and what a person said about it. */
export function ScanSheets({ reading, open, onSettle }: Props) {
    const text = useText();
    const { missing, twice, disordered, order, sheets, pages } = reading;
    const list = (numbers: readonly number[]) => numbers.join('、');
    return (
        <details className="scan-sheets" open={open}>
            <summary>{text.documentScan.sheets}</summary>
            {missing.length > 0 && <p>{fill(text.documentScan.missing, { pages: list(missing) })}</p>}
            {twice.length > 0 && <p>{fill(text.documentScan.twice, { pages: list(twice) })}</p>}
            {disordered && (
                <p>
                    {text.documentScan.disordered}{' '}
                    {onSettle !== undefined && (
                        <Button size="small" onClick={() => onSettle({ sheet: undefined, pages, certain: false })}>
                            {text.documentScan.acceptOrder}
                        </Button>
                    )}
                </p>
            )}
            {order !== null && (
                <p className="soft">{fill(text.documentScan.settledOrder, { name: order.by.name, reason: order.reason })}</p>
            )}
            <ul>
                {sheets.map((sheet) => (
                    <li key={sheet.sheet}>
                        <SheetWords sheet={sheet} />
                        {onSettle !== undefined && sheet.finding !== 'blank' && (
                            <Button
                                size="small"
                                aria-label={`${text.documentScan.settle} ${fill(text.documentScan.sheet, { sheet: sheet.sheet })}`}
                                onClick={() => onSettle({ sheet: sheet.sheet, pages, certain: isCertain(sheet.finding) })}
                            >
                                {text.documentScan.settle}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
        </details>
    );
}

function SheetWords({ sheet: { sheet, finding, page, settled } }: { sheet: Sheet }) {
    const text = useText();
    const words = [fill(text.documentScan.sheet, { sheet }), text.documentScan.sheetFindings[finding]];
    if (page !== null) words.push(fill(text.documentScan.page, { page }));
    return (
        <span>
            {words.join(' · ')}
            {settled !== null && (
                <span className="soft">
                    {' '}
                    {settled.as === 'page'
                        ? fill(text.documentScan.settledPage, {
                              name: settled.by.name,
                              page: settled.page ?? 0,
                              reason: settled.reason,
                          })
                        : fill(text.documentScan.settledNotPart, { name: settled.by.name, reason: settled.reason })}
                </span>
            )}{' '}
        </span>
    );
}
