/** `docNumber` 文号, `serial` 编号 (《卫生行政执法文书规范》第4条). */
export const SERIES_NUMBERINGS = ['docNumber', 'serial'] as const;
export type SeriesNumbering = (typeof SERIES_NUMBERINGS)[number];

export const BLOCK_STATES = ['open', 'returned'] as const;
export type BlockState = (typeof BLOCK_STATES)[number];

/** `returned` came back unused with its block; `voided` belonged to a document that was voided. Neither is given again. */
export const NUMBER_STATES = ['reserved', 'given', 'returned', 'voided'] as const;
export type NumberState = (typeof NUMBER_STATES)[number];

/** A draft says so on every page; only a final print is signed and sealed. */
export const PRINT_KINDS = ['draft', 'final'] as const;
export type PrintKind = (typeof PRINT_KINDS)[number];

export const SIGNATURE_OUTCOMES = ['signed', 'refused', 'absent'] as const;
export type SignatureOutcome = (typeof SIGNATURE_OUTCOMES)[number];

export const SIGNATURE_MEANS = ['wet', 'onScreen'] as const;
export type SignatureMeans = (typeof SIGNATURE_MEANS)[number];

/** How a party came to know what it signs. */
export const SIGNATURE_READINGS = ['byParty', 'aloud'] as const;
export type SignatureReading = (typeof SIGNATURE_READINGS)[number];

export const SCAN_ROLES = ['signed', 'sealed', 'receipt', 'posting', 'capture', 'imported'] as const;
export type ScanRole = (typeof SCAN_ROLES)[number];

/** `certified` needs a seal service, which is a port of the server. */
export const SEAL_MEANS = ['ink', 'certified'] as const;
export type SealMeans = (typeof SEAL_MEANS)[number];

export const SERVICE_STATES = ['open', 'served', 'failed'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];
