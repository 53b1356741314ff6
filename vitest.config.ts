import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const, pool: 'forks' as const, testTimeout: 30_000, hookTimeout: 60_000 };

/** What needs no database, or starts the real server, which brings its own: once, on the embedded one, is enough. */
const NOT_ON_15 = ['embedded-postgres', 'media', 'hashing', 'storage', 'table', 'time-stamp', 'typst']
    .map((folder) => `**/platform/${folder}/**`)
    .concat([
        '**/features/recording/**',
        '**/faults/**',
        '**/cli/**',
        '**/verify/**',
        '**/demo/**',
        '**/platform/database-start.test.ts',
    ]);
const on15 = process.env.LIUHEN_TEST_POSTGRES === '15';

/**
 * unit: pure, no database. feature: server with a real PostgreSQL, one cloned database per file.
 * e2e: a real browser against a real server.
 */
export default defineConfig({
    test: {
        allowOnly: false,
        passWithNoTests: false,
        projects: [
            {
                test: {
                    ...node,
                    name: 'unit',
                    exclude: ['**/*.heavy.test.ts', '**/node_modules/**'],
                    include: [
                        'packages/**/*.test.{ts,tsx}',
                        'apps/verify/**/*.test.ts',
                        'apps/witness/**/*.test.ts',
                        'apps/web/**/*.test.{ts,tsx}',
                        'tools/**/*.test.ts',
                    ],
                },
            },
            {
                test: {
                    ...node,
                    name: 'feature',
                    include: ['apps/server/**/*.test.ts'],
                    exclude: ['**/*.heavy.test.ts', '**/node_modules/**', ...(on15 ? NOT_ON_15 : [])],
                    globalSetup: ['apps/server/src/testing/global-setup.ts'],
                },
            },
            {
                test: {
                    ...node,
                    name: 'heavy',
                    include: ['apps/**/*.heavy.test.ts', 'packages/**/*.heavy.test.ts', 'e2e/**/*.heavy.test.ts'],
                    testTimeout: 3_600_000,
                    globalSetup: ['apps/server/src/testing/global-setup.ts'],
                },
            },
            {
                test: {
                    ...node,
                    name: 'e2e',
                    exclude: ['**/*.heavy.test.ts', '**/node_modules/**'],
                    include: ['e2e/**/*.test.ts'],
                    testTimeout: 240_000,
                    hookTimeout: 120_000,
                },
            },
        ],
    },
});
