/** Job that looks at the bytes of a scan and reads the codes on its sheets. */
export const SCAN_TASK = 'document.readScan';
