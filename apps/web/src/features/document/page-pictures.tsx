import { fill } from '@liuhen/contract';
import { type RefObject, useEffect, useRef } from 'react';
import { useText } from '../../app/language.tsx';
import type { PagePictures, PageShape, Range } from './use-page-pictures.ts';

type Props = { pages: PagePictures; onView: (range: Range | undefined) => void; jump: { readonly page: number } | undefined };

/** An A4 page: the room that is kept until it is known how large the pages are. */
const A4: PageShape = { width: 595.28, height: 841.89, picture: '', body: '' };

/** All pages of a document below each other. Each has its room; only those on the screen have a picture. */
export function PagePictureList({ pages: { shapes, pictureOf }, onView, jump }: Props) {
    const text = useText();
    const list = useRef<HTMLDivElement>(null);
    const all = shapes.length === 0 ? [A4] : shapes;
    usePagesInView(list, all.length, onView);
    useEffect(() => {
        if (jump === undefined || list.current === null) return;
        const page = list.current.children[jump.page - 1];
        if (page instanceof HTMLElement) scrollInto(list.current, page);
    }, [jump]);
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        <div className="doc-preview" tabIndex={0} ref={list}>
            {all.map(({ width, height }, at) => {
                const page = at + 1;
                const label = fill(text.documentSign.pageOf, { page, pages: all.length });
                const url = pictureOf(page);
                return (
                    <div key={page} className="doc-sheet" data-page={page} style={{ aspectRatio: `${width}/${height}` }}>
                        {url === undefined ? <span>{shapes.length === 0 ? '' : label}</span> : <img src={url} alt={label} />}
                    </div>
                );
            })}
        </div>
    );
}

/** Moves the pages and nothing around them, and only where the page is out of sight. */
function scrollInto(list: HTMLElement, page: HTMLElement): void {
    const [frame, sheet] = [list.getBoundingClientRect(), page.getBoundingClientRect()];
    if (sheet.bottom > frame.top + frame.height / 4 && sheet.top < frame.bottom - frame.height / 4) return;
    list.scrollTop += sheet.top - frame.top - 12;
}

/** Says which pages of a list are on the screen, whenever others are. */
function usePagesInView(list: RefObject<HTMLElement | null>, count: number, onView: Props['onView']): void {
    const tell = useRef(onView);
    useEffect(() => {
        tell.current = onView;
    });
    // biome-ignore lint/correctness/useExhaustiveDependencies: other pages are there when their number changed
    useEffect(() => {
        const shown = new Set<number>();
        const observer = new IntersectionObserver((entries) => {
            for (const { target, isIntersecting } of entries) {
                const page = Number((target as HTMLElement).dataset.page);
                if (isIntersecting) shown.add(page);
                else shown.delete(page);
            }
            tell.current(shown.size === 0 ? undefined : { first: Math.min(...shown), last: Math.max(...shown) });
        });
        for (const sheet of list.current?.children ?? []) observer.observe(sheet);
        return () => observer.disconnect();
    }, [list, count]);
}
