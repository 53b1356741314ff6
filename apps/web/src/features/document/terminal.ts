const KEY = 'liuhen.terminal';

/** What this device is called in the register of blocks; kept on the device, because it is a fact about it. */
export const terminalName = (): string => localStorage.getItem(KEY) ?? '';
export const nameTerminal = (name: string): void => localStorage.setItem(KEY, name);
