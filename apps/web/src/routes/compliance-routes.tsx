import { createRoute } from '@tanstack/react-router';
import { page, shell } from './base.tsx';
import { searches } from './search.ts';

const compliance = createRoute({
    getParentRoute: () => shell,
    path: '/compliance',
    validateSearch: searches.compliance,
    component: page(() => import('../features/compliance/compliance-page.tsx'), 'CompliancePage'),
});

const attestations = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/attestations',
    validateSearch: searches.attestations,
    component: page(() => import('../features/compliance/attestation-list-page.tsx'), 'AttestationListPage'),
});
const findings = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/findings',
    validateSearch: searches.findings,
    component: page(() => import('../features/compliance/finding-list-page.tsx'), 'FindingListPage'),
});
const finding = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/findings/$id',
    component: page(() => import('../features/compliance/finding-page.tsx'), 'FindingPage'),
});
const interruptions = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/interruptions',
    validateSearch: searches.interruptions,
    component: page(() => import('../features/compliance/interruption-list-page.tsx'), 'InterruptionListPage'),
});
const attestation = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/attestations/$id',
    component: page(() => import('../features/compliance/attestation-page.tsx'), 'AttestationPage'),
});

const outcomes = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/outcomes',
    validateSearch: searches.outcomes,
    component: page(() => import('../features/compliance/outcome-list-page.tsx'), 'OutcomeListPage'),
});
const outcome = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/outcomes/$id',
    component: page(() => import('../features/compliance/outcome-page.tsx'), 'OutcomePage'),
});
const trainings = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/trainings',
    validateSearch: searches.trainings,
    component: page(() => import('../features/compliance/training-list-page.tsx'), 'TrainingListPage'),
});
const training = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/trainings/$id',
    component: page(() => import('../features/compliance/training-page.tsx'), 'TrainingPage'),
});
const trainingDue = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/training-due',
    validateSearch: searches.trainingDue,
    component: page(() => import('../features/compliance/training-due-page.tsx'), 'TrainingDuePage'),
});

const statistics = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/statistics',
    validateSearch: searches.statistics,
    component: page(() => import('../features/compliance/statistics-page.tsx'), 'StatisticsPage'),
});

const statisticsCounted = createRoute({
    getParentRoute: () => shell,
    path: '/compliance/statistics/counted',
    validateSearch: searches.statisticsCounted,
    component: page(() => import('../features/compliance/statistics-counted-page.tsx'), 'StatisticsCountedPage'),
});

/** The notice, what was found by it, and the registers that it asks for. */
export const complianceRoutes = [
    compliance,
    attestations,
    findings,
    finding,
    interruptions,
    attestation,
    outcomes,
    outcome,
    trainings,
    training,
    trainingDue,
    statistics,
    statisticsCounted,
] as const;
