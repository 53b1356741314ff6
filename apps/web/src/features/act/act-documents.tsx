import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { DocumentsCard } from '../document/documents-card.tsx';
import type { ActDetail } from './strip-chart-input.ts';

/** Documents of an act. What is begun here while one case runs about the act belongs to that case as well. */
export function ActDocuments({ act }: { act: ActDetail }) {
    const may = useMay();
    const cases = useAsk('case.list', { query: { actId: act.id, ended: 'no', limit: 2 } }, { enabled: may('case.list') });
    const [only, ...others] = cases.data?.items ?? [];
    return (
        <DocumentsCard
            of={{ actId: act.id }}
            links={{
                actId: act.id,
                ...(act.party === null ? {} : { partyId: act.party.id }),
                ...(only === undefined || others.length > 0 ? {} : { caseId: only.id }),
            }}
        />
    );
}
