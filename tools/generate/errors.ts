import { ERRORS, type ErrorCode, errorsEn, errorsZh } from '@liuhen/contract';

/** Every error with its status and its sentence in both languages. */
export function errorsPage(): string {
    const rows = Object.entries(ERRORS).map(
        ([code, status]) => `| \`${code}\` | ${status} | ${errorsZh[code as ErrorCode]} | ${errorsEn[code as ErrorCode]} |`,
    );
    return [
        '# Errors',
        '',
        'Made from `packages/contract/src/errors.ts` and its texts by `npm run generate`.',
        '',
        '| code | status | 中文 | English |',
        '|---|---|---|---|',
        ...rows,
        '',
    ].join('\n');
}
