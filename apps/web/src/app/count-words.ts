import type { useFormat } from './language.tsx';

/** With a plus where counting stopped before the end. */
export const countWords = (
    format: Pick<ReturnType<typeof useFormat>, 'count'>,
    total: number,
    { totalIsLeast }: { readonly totalIsLeast?: boolean | undefined },
): string => format.count(total) + (totalIsLeast === true ? '+' : '');
