import { fill } from '@liuhen/contract';
import type { BoardState } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';

export type BoardItem = ItemOf<'board.list'>;

export const BOARD_STATUS: Record<BoardState, Status> = {
    soon: 'act',
    running: 'held',
    late: 'broken',
    unsure: 'judge',
    explained: 'judge',
    noTerm: 'judge',
    settled: 'held',
};

/** How long is left, or how long it has been over: in words, since a colour alone says nothing. */
export function useLeft(): (item: Pick<BoardItem, 'due' | 'receivedAt'>, now: number) => string {
    const text = useText();
    const format = useFormat();
    return ({ due, receivedAt }, now) => {
        if (due === null) return '';
        if (receivedAt !== null) return fill(text.board.tookLate, { time: format.duration(Math.max(0, receivedAt - due), 2) });
        const left = due - now;
        const time = format.duration(Math.abs(left), 2);
        return fill(left > 0 ? text.board.left : text.board.over, { time });
    };
}
