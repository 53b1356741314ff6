import { fill, ledgerFindingText } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { Card, Empty } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';

type Difference = ItemOf<'logCheck.findings'>;

/** What differed in one check: where, and in words what. */
export function FoundDifferences({ checkId, onClose }: { checkId: string; onClose: () => void }) {
    const text = useText();
    const format = useFormat();
    const pages = usePages('logCheck.findings', { checkId });
    const check = pages.head?.check;
    const title =
        check === undefined
            ? text.logCheck.findings
            : fill(text.logCheck.found, { night: check.night, log: text.logCheck.logs[check.log] });
    return (
        <Card
            title={title}
            right={
                <Button size="small" onClick={onClose}>
                    {text.logCheck.close}
                </Button>
            }
        >
            {check !== undefined && check.findings > (pages.total ?? 0) && (
                <p className="body faint">
                    {fill(text.logCheck.listed, {
                        count: format.count(check.findings),
                        listed: format.count(pages.total ?? 0),
                    })}
                </p>
            )}
            <DataList<Difference>
                id="log-differences"
                name={title}
                columns={useColumns(check?.log === 'own')}
                items={pages.items}
                idOf={(each) => String(each.place)}
                total={pages.total}
                pages={pages}
                empty={<Empty title={text.logCheck.foundNone} what={text.logCheck.foundNoneWhat} />}
            />
        </Card>
    );
}

/** Of the own log, entries and rows lead to what the log says of them. */
function useColumns(own: boolean): Column<Difference>[] {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const words = text.logCheck;
    const placeOf = ({ index, table, row, code }: Difference): string => {
        if (table !== null && row !== null) return fill(words.row, { table, row });
        if (index !== null) return fill(words.entry, { index: format.count(BigInt(index)) });
        return code.startsWith('key.') ? words.key : words.whole;
    };
    const said = ({ code, params }: Difference) => ledgerFindingText(language, code, params);
    return [
        {
            key: 'where',
            title: words.where,
            width: 'minmax(220px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (each) => {
                const place = <span className="wrap">{placeOf(each)}</span>;
                if (!own) return place;
                if (each.row !== null)
                    return (
                        <Link to="/log" search={{ objectId: each.row }}>
                            {place}
                        </Link>
                    );
                return each.index === null ? (
                    place
                ) : (
                    <Link to="/log" search={{ entry: each.index }}>
                        {place}
                    </Link>
                );
            },
            plain: placeOf,
        },
        {
            key: 'what',
            title: words.what,
            width: 'minmax(260px, 4fr)',
            cell: (each) => <span className="wrap">{said(each)}</span>,
            plain: said,
        },
        { key: 'code', title: words.code, width: '180px', shown: 'off', phone: 'hide', plain: (each) => each.code },
    ];
}
