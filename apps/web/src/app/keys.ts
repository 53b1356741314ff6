import { useEffect, useRef } from 'react';

/** What a slider and a box to tick do with keys themselves; letters are nothing to them. */
const OWN_KEYS: Readonly<Record<string, RegExp>> = {
    range: /^(Arrow.*|Page.*|Home|End)$/,
    checkbox: /^( |Enter)$/,
    radio: /^( |Arrow.*)$/,
};

const typing = (target: EventTarget | null, key: string): boolean => {
    const own = target instanceof HTMLInputElement ? OWN_KEYS[target.type] : undefined;
    if (own !== undefined) return own.test(key);
    return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
};

/** A focused button takes the space bar itself. */
const pressable = (target: EventTarget | null): boolean =>
    target instanceof Element && target.closest('button, a, summary, [role="button"], [role="menuitem"]') !== null;

/** Whether a dialogue is open: keys of the page below must not act then. */
const covered = (): boolean =>
    document.querySelector('[role="dialog"][aria-modal="true"], .ant-modal-wrap:not([style*="none"])') !== null;

/** Keys of a page while nobody is typing: `{ n: create, '/': search }`. Modifier keys stay the browser's. */
export function useKeys(keys: Readonly<Record<string, (() => void) | undefined>>): void {
    const latest = useRef(keys);
    useEffect(() => {
        latest.current = keys;
    });
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            if (
                event.ctrlKey ||
                event.metaKey ||
                event.altKey ||
                event.defaultPrevented ||
                typing(event.target, event.key) ||
                covered()
            )
                return;
            if (event.key === ' ' && pressable(event.target)) return;
            const act = latest.current[event.key];
            if (act === undefined) return;
            event.preventDefault();
            act();
        };
        document.addEventListener('keydown', onKey);
        return () => document.removeEventListener('keydown', onKey);
    }, []);
}

/** `/` puts the cursor into the search field of the page. */
export const focusSearch = (): void => {
    const field = document.querySelector<HTMLInputElement>('input[data-search]');
    field?.focus();
    field?.select();
};
