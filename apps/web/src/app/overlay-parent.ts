/** Where a dialogue is drawn: what is on the whole screen hides everything that is not inside it. */
export const overlayParent = (): HTMLElement =>
    document.fullscreenElement instanceof HTMLElement ? document.fullscreenElement : document.body;
