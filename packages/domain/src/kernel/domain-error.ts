/**
 * A refusal by a business rule, or bad input: a code of the error catalogue and the parameters of its sentence.
 * Never carries a sentence: the texts live in the contract, in both languages. `params` may reach the user and the
 * log, so no secret and no file content goes in.
 */
export class DomainError extends Error {
    readonly code: string;
    readonly params: Readonly<Record<string, string | number>>;

    constructor(code: string, params: Readonly<Record<string, string | number>> = {}, options?: { cause?: unknown }) {
        super(code, options);
        this.name = 'DomainError';
        this.code = code;
        this.params = params;
    }
}
