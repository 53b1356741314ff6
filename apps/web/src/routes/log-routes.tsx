import { createRoute } from '@tanstack/react-router';
import { page, shell } from './base.tsx';
import { searches } from './search.ts';

const log = createRoute({
    getParentRoute: () => shell,
    path: '/log',
    validateSearch: searches.log,
    component: page(() => import('../features/ledger/log-page.tsx'), 'LogPage'),
});

const checkpoints = createRoute({
    getParentRoute: () => shell,
    path: '/log/checkpoints',
    validateSearch: searches.checkpoints,
    component: page(() => import('../features/ledger/checkpoint-list-page.tsx'), 'CheckpointListPage'),
});

const sheets = createRoute({
    getParentRoute: () => shell,
    path: '/log/sheets',
    validateSearch: searches.sheets,
    component: page(() => import('../features/ledger/sheet-list-page.tsx'), 'SheetListPage'),
});

const checks = createRoute({
    getParentRoute: () => shell,
    path: '/log/checks',
    validateSearch: searches.checks,
    component: page(() => import('../features/ledger/log-check-page.tsx'), 'LogCheckPage'),
});

/** The log, what is signed of it, and how it was checked. */
export const logRoutes = [log, checkpoints, sheets, checks] as const;
