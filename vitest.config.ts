import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const, pool: 'forks' as const, testTimeout: 30_000, hookTimeout: 60_000 };

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
                    exclude: ['**/*.heavy.test.ts', '**/node_modules/**'],
                    globalSetup: ['apps/server/src/testing/global-setup.ts'],
                },
            },
            {
                test: {
                    ...node,
                    name: 'heavy',
                    include: ['apps/**/*.heavy.test.ts', 'packages/**/*.heavy.test.ts'],
                    testTimeout: 3_600_000,
                    globalSetup: ['apps/server/src/testing/global-setup.ts'],
                },
            },
            {
                test: {
                    ...node,
                    name: 'e2e',
                    include: ['e2e/**/*.test.ts'],
                    testTimeout: 120_000,
                    globalSetup: ['apps/server/src/testing/global-setup.ts'],
                },
            },
        ],
    },
});
