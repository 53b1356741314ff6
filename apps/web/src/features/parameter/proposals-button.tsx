import { fill } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';

/** How many proposed changes of parameters wait for who is signed in. */
export function useProposalsToDecide(): number {
    const may = useMay();
    const { data } = useAsk('parameter.proposals', { query: {} }, { enabled: may('parameter.approve') });
    return data?.items.filter(({ mayDecide }) => mayDecide).length ?? 0;
}

/** The way to them from the first page of whoever has no acts of their own; nothing where nothing waits. */
export function ProposalsButton() {
    const text = useText();
    const format = useFormat();
    const count = useProposalsToDecide();
    if (count === 0) return null;
    return <LinkButton to="/parameters">{fill(text.parameter.waiting, { count: format.count(count) })}</LinkButton>;
}
