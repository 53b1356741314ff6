import { expect, vi } from 'vitest';

/** A command of WebDriver BiDi and its result. */
export type Send = <T>(method: string, params?: object) => Promise<T>;
type Value = { result?: { value?: string | number | boolean } };

/**
 * In place of the window in which somebody picks a folder: one that answers at once. No driver can choose a folder in Firefox, so this is
 * put into the browser itself, which then reads the folder as it does for anybody.
 */
const PICKER = `(() => {
    const picker = {
        QueryInterface: ChromeUtils.generateQI([Ci.nsIFilePicker]),
        init() {}, appendFilters() {}, appendFilter() {}, appendRawFilter() {},
        isModeSupported: () => Promise.resolve(true),
        filterIndex: 0,
        get file() {
            const folder = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
            folder.initWithPath(globalThis.folderToPick);
            return folder;
        },
        get files() { return [this.file][Symbol.iterator](); },
        open: (picked) => Services.tm.dispatchToMainThread(() => picked.done(Ci.nsIFilePicker.returnOK)),
    };
    const factory = {
        QueryInterface: ChromeUtils.generateQI([Ci.nsIFactory]),
        createInstance: (iid) => picker.QueryInterface(iid),
    };
    Components.manager.QueryInterface(Ci.nsIComponentRegistrar)
        .registerFactory(Services.uuid.generateUUID(), '', '@mozilla.org/filepicker;1', factory);
})()`;

/** Whether Firefox asks if all files of the folder are really meant, and was told that they are. */
const SAY_YES = `(() => {
    const asking = [...document.querySelectorAll('browser.dialogFrame')]
        .map((frame) => frame.contentDocument?.querySelector('dialog')).find((dialog) => dialog != null);
    const yes = asking?.getButton('accept');
    if (yes === undefined || yes.disabled) return false;
    yes.click();
    return true;
})()`;

/** Chooses folders in Firefox, one after the other, as somebody does who clicks, picks and confirms. */
export async function folderChooser(send: Send, context: string | undefined) {
    const { contexts } = await send<{ contexts: { context: string }[] }>('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const inBrowser = async (expression: string) => {
        const target = { context: contexts[0]?.context };
        const answer = await send<Value>('script.evaluate', { expression, target, awaitPromise: true });
        return answer.result?.value;
    };
    await inBrowser(PICKER);
    return async (selector: string, folder: string): Promise<void> => {
        const locator = { type: 'css', value: selector };
        const { nodes } = await send<{ nodes: { sharedId: string }[] }>('browsingContext.locateNodes', { context, locator });
        const element = { sharedId: nodes[0]?.sharedId };
        await inBrowser(`globalThis.folderToPick = ${JSON.stringify(folder)}; true`);
        const click = [
            { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element } },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
        ];
        await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions: click }] });
        await vi.waitFor(async () => expect(await inBrowser(SAY_YES)).toBe(true), { timeout: 30_000, interval: 50 });
    };
}
