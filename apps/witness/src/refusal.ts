import type { Refusals } from './words.ts';

/** Why the witness does not start, said at the console in the operator's language. */
export class Refusal extends Error {
    readonly code: keyof Refusals;
    readonly params: Readonly<Record<string, string>>;

    constructor(code: keyof Refusals, params: Readonly<Record<string, string>> = {}) {
        super(code);
        this.name = 'Refusal';
        this.code = code;
        this.params = params;
    }
}
