import { fill } from '@liuhen/contract';
import {
    buildOf,
    type CatalogueItem,
    type FactToCome,
    lacksOf,
    type NoticePiece,
    type ReadBlock,
    rulesToComeOf,
    shownOf,
} from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { useLanguage, useText } from '../../app/language.tsx';
import { Line, Tag } from '../../app/page.tsx';
import { type AttestationItem, AttestationStanding } from './attestation-words.tsx';
import { BUILD_STATUS } from './build-status.ts';
import { type ClauseStanding, ClauseStandings } from './clause-standing.tsx';

/** How what people confirm stands for the own organisation, by clause. */
type Attested = ReadonlyMap<string, AttestationItem>;
/** How what rules judge stands there, by clause. */
type Standing = ReadonlyMap<string, readonly ClauseStanding[]>;

/** The text on the left, on the right what is done about its words; pointing at one shows the other. */
export function NoticeText({
    blocks,
    attested,
    standing,
}: {
    blocks: readonly ReadBlock[];
    attested: Attested;
    standing: Standing;
}) {
    const [pointed, setPointed] = useState<string>();
    return (
        <div className="notice">
            {blocks.map((each) => (
                <Row
                    key={each.block.text}
                    of={each}
                    attested={attested}
                    standing={standing}
                    pointed={speaksOf(each, pointed) ? pointed : undefined}
                    onPoint={setPointed}
                />
            ))}
        </div>
    );
}

const speaksOf = ({ pieces, items }: ReadBlock, clause: string | undefined): boolean =>
    clause !== undefined &&
    (items.some((item) => item.clause.id === clause) || pieces.some(({ clauses }) => clauses.includes(clause)));

type RowProps = {
    of: ReadBlock;
    attested: Attested;
    standing: Standing;
    pointed: string | undefined;
    onPoint: (id: string | undefined) => void;
};

/** Only the rows that a pointer comes to or leaves are drawn again: there are hundreds. */
const Row = memo(function Row({ of: { block, pieces, items }, attested, standing, pointed, onPoint }: RowProps) {
    return (
        <div className={`notice-row notice-${block.kind}`}>
            <Words kind={block.kind} group={block.group} pieces={pieces} pointed={pointed} onPoint={onPoint} />
            {items.length > 0 && (
                <ul className="notice-does">
                    {items.map((item) => (
                        <Does
                            key={item.clause.id}
                            item={item}
                            confirmed={attested.get(item.clause.id)}
                            standing={standing.get(item.clause.id)}
                            pointed={pointed}
                            onPoint={onPoint}
                        />
                    ))}
                </ul>
            )}
        </div>
    );
});

type WordsProps = {
    kind: ReadBlock['block']['kind'];
    group: string | undefined;
    pieces: readonly NoticePiece[];
    pointed: string | undefined;
    onPoint: (id: string | undefined) => void;
};

/** The notice is Chinese in every language. */
function Words({ kind, group, pieces, pointed, onPoint }: WordsProps) {
    const content = pieces.map(({ text, clauses }) => (
        <span
            key={text + clauses.join()}
            className={clauses.length === 0 ? undefined : clauses.includes(pointed ?? '') ? 'demand on' : 'demand'}
            {...(clauses.length === 0
                ? {}
                : { onPointerEnter: () => onPoint(clauses[0]), onPointerLeave: () => onPoint(undefined) })}
        >
            {text}
        </span>
    ));
    if (kind === 'heading') {
        return (
            <h3 lang="zh-CN" className="notice-words">
                {content}
            </h3>
        );
    }
    return (
        <p lang="zh-CN" className="notice-words">
            {group !== undefined && <span className="second">{group}</span>}
            {content}
        </p>
    );
}

function Does({
    item,
    confirmed,
    standing,
    pointed,
    onPoint,
}: {
    item: CatalogueItem;
    confirmed: AttestationItem | undefined;
    standing: readonly ClauseStanding[] | undefined;
    pointed: string | undefined;
    onPoint: (id: string | undefined) => void;
}) {
    const text = useText();
    const { language } = useLanguage();
    const { clause, treatment } = item;
    const said = language === 'en' ? 'en' : 'zh';
    const build = buildOf(treatment);
    const to = pageOf(item);
    const lacks = lacksOf(treatment);
    return (
        <li
            id={clause.id}
            className={pointed === clause.id ? 'on' : undefined}
            onPointerEnter={() => onPoint(clause.id)}
            onPointerLeave={() => onPoint(undefined)}
        >
            <div className="top-line">
                <Tag status={BUILD_STATUS[build]}>{text.compliance.builds[build]}</Tag>
                <span className="quoted">{said === 'zh' ? `“${clause.quote}”` : clause.en}</span>
            </div>
            <p>{treatment[said]}</p>
            {lacks !== undefined && <p className="lacks">{fill(text.compliance.lacks, { what: lacks[said] })}</p>}
            {rulesToComeOf(clause.id).map(({ id, facts, ...what }) => (
                <p key={id} className="lacks">
                    {fill(text.compliance.toCome, {
                        what: what[said],
                        here: factsOf(facts, true, said),
                        needed: factsOf(facts, false, said),
                    })}
                </p>
            ))}
            {standing !== undefined && standing.length > 0 && <ClauseStandings clause={clause.id} of={standing} />}
            {confirmed !== undefined && (
                <p>
                    <Link to="/compliance/attestations/$id" params={{ id: confirmed.id }}>
                        <AttestationStanding item={confirmed} />
                    </Link>
                </p>
            )}
            <div className="second">
                <Line
                    of={[
                        <span key="id" className="mono">
                            {clause.id}
                        </span>,
                        text.compliance.forces[clause.force],
                        clause.bound !== 'nobody' && text.compliance.bounds[clause.bound],
                        treatment.as === 'notBuilt' && text.compliance.needs[treatment.needs],
                        to !== undefined && (
                            <Link key="see" to={to} aria-label={`${text.compliance.see} ${clause.id}`}>
                                {text.compliance.see}
                            </Link>
                        ),
                    ]}
                />
            </div>
        </li>
    );
}

const factsOf = (facts: readonly FactToCome[], isHere: boolean, said: 'zh' | 'en'): string =>
    facts
        .filter((each) => each.isHere === isHere)
        .map((each) => each[said])
        .join(said === 'zh' ? '；' : '; ');

/** The first page that can be gone to without knowing of which thing. */
const pageOf = ({ treatment }: CatalogueItem): string | undefined =>
    shownOf(treatment)?.pages.find((page) => !page.includes('$'));
