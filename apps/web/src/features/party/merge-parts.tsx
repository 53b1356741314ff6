import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import type { ItemOf } from '../../app/query.ts';
import { toldApart } from './told-apart.ts';

export type Merge = ItemOf<'party.merges'>;
type Preview = ResponseOf<Endpoints['party.previewMerge']>;

/** Both parties side by side, what differs marked, and how much of each kind would move. */
export function MergePreview({ preview: { duplicate, survivor, moves } }: { preview: Preview }) {
    const text = useText();
    const format = useFormat();
    const rows = [
        [text.party.name, duplicate.name, survivor.name],
        [text.party.kind, text.party.kinds[duplicate.kind], text.party.kinds[survivor.kind]],
        [text.party.creditCode, duplicate.creditCode, survivor.creditCode],
        [text.party.legalRepresentative, duplicate.legalRepresentative, survivor.legalRepresentative],
        [text.party.phone, duplicate.phone, survivor.phone],
        [text.party.address, duplicate.address, survivor.address],
    ] as const;
    const codesDiffer =
        duplicate.creditCode !== null && survivor.creditCode !== null && duplicate.creditCode !== survivor.creditCode;
    return (
        <>
            {codesDiffer && (
                <div className="note note-act" role="note">
                    <strong>{text.merge.codesDiffer}</strong>
                    <p>{text.merge.codesDifferWhat}</p>
                </div>
            )}
            <div className="scroll">
                <table className="table compare">
                    <thead>
                        <tr>
                            <th />
                            <th scope="col">{text.merge.duplicate}</th>
                            <th scope="col">{text.merge.survivor}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows.map(([label, left, right]) => (
                            <tr key={label} className={left === right ? 'soft' : ''}>
                                <th scope="row">{label}</th>
                                <td>{left ?? text.common.none}</td>
                                <td>{right ?? text.common.none}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            <p style={{ margin: '12px 0' }}>
                {fill(text.merge.moves, {
                    acts: format.count(moves.acts),
                    recordings: format.count(moves.recordings),
                    premises: format.count(moves.premises),
                    sites: format.count(moves.sites),
                    licences: format.count(moves.licences),
                    documents: format.count(moves.documents),
                    cases: format.count(moves.cases),
                    complaints: format.count(moves.complaints),
                    tasks: format.count(moves.tasks),
                })}{' '}
                {text.merge.stays}
            </p>
        </>
    );
}

/** One merger in a sentence: which into which. */
export function MergeWords({ merge: { duplicate, survivor } }: { merge: Merge }) {
    const text = useText();
    const format = useFormat();
    const [ofDuplicate, ofSurvivor] = toldApart(duplicate, survivor);
    const link = ({ id, name }: { id: string; name: string }, apart: string | null) => (
        <>
            <Link to="/parties/$id" params={{ id }}>
                {name}
            </Link>
            {apart !== null && <span className="soft">{format.brackets(apart)}</span>}
        </>
    );
    const [before = '', middle = '', after = ''] = text.merge.into.split(/\{duplicate\}|\{survivor\}/);
    return (
        <>
            {before}
            {link(duplicate, ofDuplicate)}
            {middle}
            {link(survivor, ofSurvivor)}
            {after}
        </>
    );
}

/** Who did what when with it, one after the other. */
export function useMergeFacts(): (merge: Merge) => string[] {
    const text = useText();
    const format = useFormat();
    return (merge) => {
        const facts = [
            fill(text.merge.proposedBy, {
                name: merge.proposedBy.name,
                at: format.dateTime(merge.proposedAt),
                why: merge.reason,
            }),
        ];
        const { decidedBy, decidedAt, undoneBy, undoneAt } = merge;
        const decision =
            merge.state === 'rejected'
                ? text.merge.rejectedBy
                : merge.state === 'withdrawn'
                  ? text.merge.withdrawnBy
                  : text.merge.confirmedBy;
        if (decidedBy !== null && decidedAt !== null)
            facts.push(fill(decision, { name: decidedBy.name, at: format.dateTime(decidedAt), why: merge.decisionNote ?? '' }));
        if (undoneBy !== null && undoneAt !== null)
            facts.push(
                fill(text.merge.undoneBy, { name: undoneBy.name, at: format.dateTime(undoneAt), why: merge.undoReason ?? '' }),
            );
        return facts;
    };
}
