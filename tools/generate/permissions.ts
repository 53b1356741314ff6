import { endpoints, RAW_ROUTES } from '@liuhen/contract';
import { PERMISSIONS_OF, ROLES } from '@liuhen/domain';

/** Who may call what: every endpoint against every role. */
export function permissionsPage(): string {
    const routes = [
        ...Object.entries(endpoints).map(([id, each]) => ({
            id,
            method: each.method as string,
            path: each.path,
            permission: each.permission as string,
        })),
        ...RAW_ROUTES.map((each) => ({ id: each.id, method: 'raw', path: each.path, permission: each.permission as string })),
    ];
    const rows = routes.map(({ id, method, path, permission }) => {
        const cells = ROLES.map((role) =>
            permission === 'public' || permission === 'signedIn' || PERMISSIONS_OF[role].some((each) => each === permission)
                ? '●'
                : '',
        );
        return `| \`${id}\` | ${method} \`${path}\` | ${permission} | ${cells.join(' | ')} |`;
    });
    return [
        '# Permissions',
        '',
        'Made from the contract and `packages/domain/src/identity/roles.ts` by `npm run generate`. Everything not marked is denied;',
        'who may play a recording is further narrowed by `access.decide.ts`.',
        '',
        `| endpoint | route | permission | ${ROLES.join(' | ')} |`,
        `|---|---|---|${ROLES.map(() => '---').join('|')}|`,
        ...rows,
        '',
    ].join('\n');
}
