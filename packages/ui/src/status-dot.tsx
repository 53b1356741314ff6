import type { StatementStatus } from '@liuhen/domain';
import type { ReactNode } from 'react';

/**
 * Green held, amber somebody must act, grey a person must judge, red broken. Never alone: `label` says it to those who
 * do not see colours, unless the words beside it already do.
 */
export function StatusDot({ status, label }: { readonly status: StatementStatus; readonly label?: string }): ReactNode {
    const name = `lh-dot lh-${status}`;
    return label === undefined ? (
        <span className={name} aria-hidden="true" />
    ) : (
        <span className={name} role="img" aria-label={label} />
    );
}
