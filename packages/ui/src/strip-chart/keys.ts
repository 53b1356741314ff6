import { type Duration, MINUTE, SECOND } from '@liuhen/domain';

export type KeyAction =
    | { readonly kind: 'step'; readonly ms: Duration }
    | { readonly kind: 'edge'; readonly side: 'start' | 'end' }
    | { readonly kind: 'zoom'; readonly factor: number }
    | { readonly kind: 'item'; readonly by: 1 | -1 }
    | { readonly kind: 'fit' | 'dismiss' | 'choose' };

type Key = {
    readonly key: string;
    readonly shiftKey: boolean;
    readonly ctrlKey: boolean;
    readonly metaKey: boolean;
    readonly altKey: boolean;
};

/** What a key asks of the chart; keys with Ctrl, Alt or the system key stay the browser's. */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): KeyAction | undefined {
    if (ctrlKey || metaKey || altKey) return undefined;
    const step = shiftKey ? 10 * SECOND : SECOND;
    switch (key) {
        case 'ArrowLeft':
            return { kind: 'step', ms: -step };
        case 'ArrowRight':
            return { kind: 'step', ms: step };
        case 'PageUp':
            return { kind: 'step', ms: -MINUTE };
        case 'PageDown':
            return { kind: 'step', ms: MINUTE };
        case 'Home':
            return { kind: 'edge', side: 'start' };
        case 'End':
            return { kind: 'edge', side: 'end' };
        case '+':
        case '=':
            return { kind: 'zoom', factor: 1 / 1.6 };
        case '-':
        case '_':
            return { kind: 'zoom', factor: 1.6 };
        case '0':
            return { kind: 'fit' };
        case 'ArrowDown':
            return { kind: 'item', by: 1 };
        case 'ArrowUp':
            return { kind: 'item', by: -1 };
        case 'Enter':
        case ' ':
            return { kind: 'choose' };
        case 'Escape':
            return { kind: 'dismiss' };
        default:
            return undefined;
    }
}
