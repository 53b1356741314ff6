/** Unique and exclusion violations: the race guard behind what a command has already looked at. */
const VIOLATIONS = new Set(['23505', '23P01']);

/** Name of the constraint that refused a write, if one did. */
export function constraintOf(error: unknown): string | undefined {
    const { code, constraint } = error as { code?: string; constraint?: string };
    return code !== undefined && VIOLATIONS.has(code) ? constraint : undefined;
}
